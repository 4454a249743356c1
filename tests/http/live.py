#!/usr/bin/env python3
"""A running service to test: starts it on a fresh file and a free port of 127.0.0.1, makes tokens, and stops it.

`Live(program)` is a context; `request` sends one request and gives status, headers and bytes. By itself it runs a command
against a service with a little in it, and fails when that fails or the log tells of errors:

    live.py PROGRAM COMMAND {address} {token} {document} …
"""
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from urllib.parse import urlsplit

SCOPES = {
    "all": ["read", "write", "private", "import", "feeds", "admin"],
    "reader": ["read"],
    "writer": ["read", "write"],
    "importer": ["import"],
}
TODAY = "2026-03-04"


class Live:
    def __init__(self, program, commands=()):
        self.program = program
        self.commands = commands
        self.tokens = {}

    def ties(self, *words, text=None):
        done = subprocess.run([self.program, "--file", self.file, "--today", TODAY, *words], input=text, text=True, capture_output=True, timeout=120)
        if done.returncode != 0:
            raise RuntimeError(f"ties {' '.join(words)}: {done.stderr}")
        return done.stdout

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="ties-live-")
        self.file = os.path.join(self.folder, "ties.db")
        for words in self.commands:
            self.ties(*words)
        for name, scopes in SCOPES.items():
            options = [word for scope in scopes for word in ("--scope", scope)]
            self.tokens[name] = json.loads(self.ties("--json", "token", "add", name, *options))["data"]["token"]
        self.log = open(os.path.join(self.folder, "log"), "w+")
        self.process = subprocess.Popen([self.program, "--file", self.file, "--today", TODAY, "--quiet", "serve", "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.address = self.process.stdout.readline().strip()
        if not self.address:
            self.__exit__()
            raise RuntimeError("the service did not start: " + self.said)
        self.netloc = urlsplit(self.address).netloc
        return self

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)
        return self.process.returncode

    def __exit__(self, *_):
        try:
            self.stop()
        finally:
            if self.process.poll() is None:
                self.process.kill()
            self.process.stdout.close()
            self.log.seek(0)
            self.said = self.log.read()
            self.log.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def request(self, method, path, headers=None, body=None, token="all", netloc=None):
        sent = {"Host": self.netloc}
        if token in self.tokens:
            sent["Authorization"] = "Bearer " + self.tokens[token]
        if body is not None and not isinstance(body, (str, bytes)):
            body = json.dumps(body)
            sent["Content-Type"] = "application/json"
        sent.update(headers or {})
        connection = http.client.HTTPConnection(netloc or self.netloc, timeout=30)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            data = body.encode() if isinstance(body, str) else body
            for name, value in sent.items():
                if value is not None:
                    connection.putheader(name, value)
            if data is not None or method in ("POST", "PUT", "PATCH"):
                connection.putheader("Content-Length", str(len(data or b"")))
            connection.endheaders(data)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()


A_LITTLE = [
    ["init", "--name", "Mira Solvang", "--region", "NO"],
    ["contact", "add", "Ada Lovelace", "--company", "Acme", "--email", "ada@acme.example", "--tag", "compilers"],
    ["contact", "add", "Grace Hopper", "--company", "Fabrikam", "--private-note", "between us"],
    ["event", "add", "PyCon 26", "--place", "Oslo"],
    ["log", "met @Ada at #PyCon 26, works on compilers, follow up in 2 weeks"],
    ["company", "target", "Acme"],
    ["application", "add", "Staff Engineer", "--company", "Acme", "--source", "referral"],
    ["interview", "add", "1", "--kind", "coding", "--at", "2026-05-04 14:00", "--with", "grace"],
    ["referral", "add", "ada", "--company", "Acme", "--role", "Staff Engineer"],
    ["task", "add", "read her paper", "--contact", "ada", "--due", "friday"],
    ["contribution", "add", "Fix the lexer", "--link", "https://code.example/acme/lexer/pull/7", "--reviewed-by", "ada"],
    ["favour", "add", "ada", "given", "--text", "reviewed her talk"],
]


def main():
    program, command = sys.argv[1], sys.argv[2:]
    with Live(program, A_LITTLE) as live:
        document = os.path.join(live.folder, "openapi.json")
        with open(document, "wb") as out:
            out.write(live.request("GET", "/api/v1/openapi.json")[2])
        known = {"address": live.address, "token": live.tokens["all"], "document": document}
        code = subprocess.run([word.format(**known) for word in command]).returncode
        stopped = live.stop()
    if "level=error" in live.said or stopped != 0:
        print(f"the service ended with {stopped}; its log tells of errors:\n" + "\n".join(line for line in live.said.splitlines() if "level=error" in line)[-3000:])
        return 1
    return code


if __name__ == "__main__":
    sys.exit(main())
