"""Holds every answer that tests/service/shapes_test.cpp gets against the schema of its shape.

    shapes_check.py SERVICE_TEST
"""

import json
import os
import subprocess
import sys
import tempfile

from jsonschema import Draft202012Validator, FormatChecker

faults_shown = 20


def answers_of(program):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "answers")
        subprocess.run([program, "--run_test=the_shapes"], env={**os.environ, "TIES_ANSWERS": path}, check=True)
        with open(path, encoding="utf-8") as file:
            return [json.loads(line) for line in file]


def references_in(thing):
    if isinstance(thing, dict):
        if isinstance(thing.get("$ref"), str):
            yield thing["$ref"]
        for value in thing.values():
            yield from references_in(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from references_in(value)


def main(program):
    head, *answers = answers_of(program)
    components = {"components": {"schemas": head["schemas"]}}
    faults = []
    for name, schema in head["schemas"].items():
        Draft202012Validator.check_schema(schema)
        missing = [ref for ref in references_in(schema) if ref.rsplit("/", 1)[1] not in head["schemas"]]
        faults += [f"{name}: {ref} is no shape" for ref in missing]

    validators = {}
    exercised = set()
    for answer in answers:
        key = json.dumps(answer["gives"])
        if key not in validators:
            validators[key] = Draft202012Validator({**components, **answer["gives"]}, format_checker=FormatChecker())
        exercised.add(answer["verb"])
        for error in validators[key].iter_errors(answer["data"]):
            at = "/".join(str(part) for part in error.absolute_path)
            faults.append(f"{answer['verb']}: {at}: {error.message[:300]}")

    faults += [f"{verb} was never asked" for verb, gives in head["verbs"].items() if gives and verb not in exercised]
    for fault in faults[:faults_shown]:
        print(fault)
    if faults:
        sys.exit(f"{len(faults)} faults")
    print(f"{len(answers)} answers of {len(exercised)} verbs are as their shapes say")


if __name__ == "__main__":
    main(sys.argv[1])
