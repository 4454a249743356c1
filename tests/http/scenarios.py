#!/usr/bin/env python3
"""Runs the scenarios of tests/http/scenarios against a running service.

    scenarios.py PROGRAM            each table on a fresh file
    scenarios.py PROGRAM NAME …     these tables only

A table is a JSON file: {"commands": [words of `ties`, …], "steps": [step, …]}. A step:
  say       what it promises
  do        "METHOD /path"; as: the token ("all" when not said; "nobody": none)
  body      JSON, or `raw` for bytes as they are; headers: name → value, null leaves one out
  status    exactly that; has / lacks: texts that the body must, or must not, hold
  header    name → text that its value must hold; null: it must be absent
  until     pointer → value: the request is sent again, for ten seconds at most, until the answer says so
  direct    true: what it is about does not come through a proxy
  keep      name → "header:ETag" or "/data/id": later steps write {name}
"""
import json
import pathlib
import re
import sys
import time

from live import Live

HERE = pathlib.Path(__file__).resolve().parent
NEVER = ["sqlite", "SELECT ", "/tmp/", "std::", "nlohmann", "Poco"]  # what no answer may tell of the inside


def filled(value, kept):
    if isinstance(value, str):
        return re.sub(r"\{(\w+)\}", lambda found: str(kept.get(found[1], found[0])), value)
    if isinstance(value, list):
        return [filled(item, kept) for item in value]
    if isinstance(value, dict):
        return {key: filled(item, kept) for key, item in value.items()}
    return value


def pointed(document, pointer):
    for part in pointer.strip("/").split("/"):
        document = document[int(part)] if isinstance(document, list) else document[part]
    return document


def faults(step, status, headers, text):
    found = []
    if status != step["status"]:
        found.append(f"status {status}, not {step['status']}")
    found += [f"lacks {part!r}" for part in step.get("has", []) if part not in text]
    found += [f"has {part!r}" for part in step.get("lacks", []) + NEVER if part in text and not (part in NEVER and step.get("inside"))]
    for name, part in step.get("header", {}).items():
        value = headers.get(name)
        if (value is not None) if part is None else (value is None or part not in value):
            found.append(f"{name}: {value!r}, not {part!r}")
    if status >= 400 and step["do"].split()[0] != "HEAD" and not step.get("page"):
        problem = json.loads(text) if text.startswith("{") else {}
        found += [f"the problem has no {member}" for member in ("type", "title", "status", "detail", "request_id") if member not in problem]
        if headers.get("Content-Type") != "application/problem+json":
            found.append("it is no problem+json")
    return found


def run(table, live, netloc=None):
    """Sends every step; gives how many there were and what went wrong."""
    wrong, kept = [], {}
    for step in table["steps"]:
        if netloc and step.get("direct"):
            continue
        step = filled(step, kept)
        method, path = step["do"].split(" ", 1)
        body = step.get("raw", step.get("body"))
        for _ in range(100):
            status, headers, data = live.request(method, path, step.get("headers"), body, step.get("as", "all"), netloc)
            text = data.decode("utf-8", "replace")
            if all(status < 400 and pointed(json.loads(text), place) == value for place, value in step.get("until", {}).items()):
                break
            time.sleep(0.1)
        problems = faults(step, status, headers, text)
        if problems:
            wrong.append(f"{step['say']}\n  {step['do']}: {'; '.join(problems)}\n  {text[:600]}")
            continue
        for name, place in step.get("keep", {}).items():
            kept[name] = headers.get(place[7:]) if place.startswith("header:") else pointed(json.loads(text), place)
    return len(table["steps"]), wrong


def tables(names=()):
    for path in sorted((HERE / "scenarios").glob("*.json")):
        if not names or path.stem in names:
            yield path.stem, json.loads(path.read_text())


def main():
    program, names = sys.argv[1], sys.argv[2:]
    steps, failed = 0, 0
    for name, table in tables(names):
        with Live(program, table.get("commands", [])) as live:
            count, wrong = run(table, live)
        steps += count
        failed += len(wrong)
        for message in wrong:
            print(f"{name}: {message}")
        if "level=error" in live.said:
            failed += 1
            print(f"{name}: the log tells of errors:\n{live.said[-2000:]}")
    print(f"{steps - failed} passed, {failed} failed")
    return 1 if failed or steps == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
