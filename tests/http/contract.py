#!/usr/bin/env python3
"""Holds every real exchange of the scenarios against the service's own OpenAPI document, through Redocly's proxy.

    contract.py PROGRAM NODE REDOCLY      REDOCLY: the folder of node_modules/@redocly/cli

What a client sent wrongly on purpose was refused, and is no fault: faults are answers that the document does not
describe, and requests that were accepted although it does not allow them.
"""
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time

from live import Live
from scenarios import run, tables

REFUSALS_OF_ADDRESSES = (404, 405, 501)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Proxy:
    """Between the client and the service; writes down what passes, and what it thinks of it."""

    def __init__(self, node, redocly, live):
        self.har = os.path.join(live.folder, "exchanges.har")
        document = os.path.join(live.folder, "openapi.json")
        with open(document, "wb") as out:
            out.write(live.request("GET", "/api/v1/openapi.json")[2])
        self.port = free_port()
        self.report = open(os.path.join(live.folder, "report"), "w+")
        command = [node, os.path.join(redocly, "bin", "cli.js"), "proxy", "--target", live.address, "--port", str(self.port), "--har", self.har,
                   "--api", document, "--report-format", "json", "--match-mode", "basepath", "--max-findings", "100000"]
        self.process = subprocess.Popen(command, stdout=self.report, stderr=subprocess.STDOUT, env={**os.environ, "REDOCLY_TELEMETRY": "off"}, cwd=live.folder)
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the proxy did not start: " + self.stop())

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.report.seek(0)
        return self.report.read()

    def findings(self):
        said = self.stop()
        begin = said.find("\n{") + 1 if not said.startswith("{") else 0
        report = json.JSONDecoder().raw_decode(said[begin:])[0]
        with open(self.har) as file:
            exchanges = json.load(file)["log"]["entries"]
        return report, exchanges


def is_fault(finding, status):
    if finding["severity"] != "error" and "Undocumented" not in finding["message"]:
        return False
    if finding["severity"] == "info":
        return False
    if finding["ruleId"] == "undocumented-endpoint":
        return status not in REFUSALS_OF_ADDRESSES
    return finding["target"] == "response" or status < 400


def main():
    program, node, redocly = sys.argv[1:4]
    passed, failed = 0, 0
    for name, table in tables():
        with Live(program, table.get("commands", [])) as live:
            proxy = Proxy(node, redocly, live)
            _, wrong = run(table, live, f"127.0.0.1:{proxy.port}")
            report, exchanges = proxy.findings()
        findings = report.get("findings", report if isinstance(report, list) else [])
        faulty = set()
        for finding in findings:
            exchange = exchanges[finding["exchangeIndex"]]
            if is_fault(finding, exchange["response"]["status"]):
                faulty.add(finding["exchangeIndex"])
                print(f"{name}: {exchange['request']['method']} {exchange['request']['url']} → {exchange['response']['status']}: {finding['message']} {json.dumps(finding.get('details', {}))[:300]}")
        for message in wrong:
            print(f"{name}, through the proxy: {message}")
        failed += len(faulty) + len(wrong)
        passed += len(exchanges) - len(faulty)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
