#!/usr/bin/env python3
"""Times the service's reads over many contacts, against plain SQL on the same file in the same run.

    service.py PROGRAM [CONTACTS]      build/release/ties; 30000 contacts when not said

One client, one kept connection. Absolute figures are of the machine and of what else runs on it: judge by the last column,
how many times as long as the floor: a window of 100 rows read by SQLite alone, without any company, tag, total or JSON.
"""
import csv
import http.client
import os
import pathlib
import sqlite3
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "http"))
from live import Live  # noqa: E402

GIVEN = ["Ada", "Grace", "Alan", "Edith", "Odo", "Mira", "Ines", "Bence", "Tove", "Linnea"]
FAMILY = ["Quillmark", "Tidewell", "Marsh", "Vale", "Solvang", "Brightloom", "Berg", "Dahl", "Arvelund", "Skerry"]
ROUNDS = 200


def write_people(path, count):
    with open(path, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["First Name", "Last Name", "Company", "Title", "Email"])
        for i in range(count):
            rows.writerow([GIVEN[i % 10], f"{FAMILY[i // 10 % 10]} {i}", f"Company {i % 3000}", "Engineer", f"p{i}@people.example"])


def percentiles(work):
    times = []
    for i in range(ROUNDS):
        begin = time.perf_counter()
        work(i)
        times.append((time.perf_counter() - begin) * 1000)
    times.sort()
    return times[ROUNDS // 2], times[ROUNDS * 95 // 100]


def main():
    program, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 30_000
    with tempfile.TemporaryDirectory() as folder:
        people = os.path.join(folder, "people.csv")
        write_people(people, count)
        with Live(program, [["import", people]]) as live:
            connection = http.client.HTTPConnection(live.netloc)

            def get(target):
                connection.request("GET", target, headers={"Authorization": "Bearer " + live.tokens["all"]})
                answer = connection.getresponse()
                body = answer.read()
                if answer.status != 200:
                    raise RuntimeError(f"{target}: {answer.status} {body[:200]}")

            offset = lambda i: i * 997 % (count - 100)
            reads = {
                "a window of 100, by name": lambda i: get(f"/api/v1/contacts?limit=100&offset={offset(i)}"),
                "by last contact": lambda i: get(f"/api/v1/contacts?limit=100&sort=-last&offset={offset(i)}"),
                "by company": lambda i: get(f"/api/v1/contacts?limit=100&sort=company&offset={offset(i)}"),
                "a word that a tenth have": lambda i: get(f"/api/v1/contacts?limit=100&query={FAMILY[i % 10]}"),
                "one contact": lambda i: get(f"/api/v1/contacts/{2 + offset(i)}"),
                "follow-ups": lambda i: get("/api/v1/followups"),
                "health": lambda i: get("/healthz"),
            }
            file = sqlite3.connect(live.file)
            window = "SELECT * FROM contact WHERE me = 0 AND deleted_on IS NULL AND archived = 0 ORDER BY folded, id LIMIT 100 OFFSET ?"
            floor, worst = percentiles(lambda i: file.execute(window, (offset(i),)).fetchall())
            print(f"{'read':28} {'p50 ms':>8} {'p95 ms':>8} {'floor':>7}")
            print(f"{'floor: plain SQL, a window':28} {floor:8.2f} {worst:8.2f} {1:7.2f}")
            for name, read in reads.items():
                middle, worst = percentiles(read)
                print(f"{name:28} {middle:8.2f} {worst:8.2f} {middle / floor:7.2f}")
            file.close()


if __name__ == "__main__":
    main()
