"""Draws requests from the OpenAPI document and holds every answer against it.

    fuzz_api.py BASE_URL TOKEN OPENAPI_JSON [--seconds 30] [--examples 25] [--skip operationId,...]

Of every operation it sends requests that are right, nearly right, and hostile. Whatever comes back must be no failure
of the service, have a documented status, match the schema of that status, be a problem when it refuses, and tell
nothing of the machine: no path, no SQL. The token should have every scope; the file behind the service is changed.
"""

import argparse
import collections
import http.client
import json
import re
import sys
import tempfile
import time
from urllib.parse import quote, urlsplit

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir
from jsonschema import Draft202012Validator, FormatChecker

METHODS = {"get", "post", "put", "patch", "delete"}
# Refusals that come before any operation is known.
OF_EVERY_REQUEST = {"400", "405", "408", "411", "413", "414", "431"}
TELLS_OF_THE_MACHINE = [
    re.compile(r"/(?:home|root|tmp|var|usr|opt|srv|mnt|proc)/\w"),
    re.compile(r"\bsql\b|sqlite|\bconstraint failed\b", re.IGNORECASE),
    re.compile(r"std::|\bterminate called\b|\bnlohmann\b|\bPoco\b|\.cpp:\d"),
]
PLAUSIBLE = [
    "Ada Lovelace", "Grace Hopper", "Acme", "PyCon 26", "compilers", "friday", "2026-03-01", "in 2 weeks",
    "2026-05-04T14:00", "ada@acme.example", "+47 22 22 22 22", "https://acme.example/jobs/7", "2w", "30", "none", "1",
    "2", "3", "applied", "interviews", "referral", "simple", "headline=theirs", "contact ada",
    "met @Ada at #PyCon26, works on compilers, follow up in 2 weeks", "look_ahead_days", "id", "-name", "id,name",
    "tag:alumni", "last:>90d",
]
HOSTILE = [
    "", " ", "\x00", "\t\r\n", "'", "\"", "\\", "'; DROP TABLE contact; --", "1 OR 1=1", "../../../x", "..\\..\\x",
    "%2e%2e%2f", "%00", "%s%n%x", "<script>alert(1)</script>", "{{7*7}}", "${jndi:x}", "=1+2", "@SUM(1)", "-1", "0",
    "99999999999999999999", "1e999", "NaN", "null", "true", "\u202e\u0645\u0631\u062d\u0628\u0627", "\U0001f9ff" * 3,
    "\ufeff", "\ud7ff", "e\u0301" * 20, "x" * 300, "x" * 5000, "[" * 50, "{}", "[]", "tag:", "last:>", "is:", "@",
    "+", "#", ">", "\"unclosed", "@new:", "2026-02-30", "0000-00-00", "9999-12-31", "in 999999999 days",
]
BROKEN_BODIES = [
    b"", b"{", b"null", b"[]", b"\"x\"", b"\xff\xfe", b"{\"a\":" * 400, b"[" * 5000, b"{\"name\":1e999}",
    b"{\"name\":\"a\",\"name\":\"b\"}", b"{\"name\":\"\\ud800\"}",
]

STRAY_QUERIES = ["no_such_argument=1", "%ff=%fe", "limit", "=", "limit=1&limit=2", "q=%00"]
STRAY_TYPES = ["text/plain", "application/xml", "application/json; charset=latin-1", "multipart/form-data"]


class Document:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.whole = json.load(file)
        self.validators = {}

    def resolved(self, thing):
        while "$ref" in thing:
            reference = thing["$ref"]
            thing = self.whole
            for part in reference[2:].split("/"):
                thing = thing[part.replace("~1", "/").replace("~0", "~")]
        return thing

    def operations(self):
        for path, methods in self.whole["paths"].items():
            for method, operation in methods.items():
                if method in METHODS:
                    yield method, path, operation

    def faults(self, schema, value):
        key = json.dumps(schema, sort_keys=True)
        if key not in self.validators:
            whole = {"components": self.whole["components"], **schema}
            self.validators[key] = Draft202012Validator(whole, format_checker=FormatChecker())
        faults = self.validators[key].iter_errors(value)
        return [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:200]}" for fault in faults]


def part_of(path):
    """"contacts" of "/api/v1/contacts/{contact}"."""
    return path.split("/")[3] if path.startswith("/api/v1/") else ""


def values(document, schema):
    """Values that fit the schema, and now and then one that does not."""
    schema = document.resolved(schema)
    if "anyOf" in schema:
        return st.one_of([values(document, one) for one in schema["anyOf"]])
    if "enum" in schema:
        return st.one_of(st.sampled_from(schema["enum"]), st.sampled_from(schema["enum"]), st.just("no such word"))
    types = schema.get("type", "string")
    return st.one_of([values_of_type(document, schema, one) for one in (types if isinstance(types, list) else [types])])


def values_of_type(document, schema, kind):
    if kind == "string":
        return st.one_of([st.sampled_from(PLAUSIBLE)] * 2 + [st.sampled_from(HOSTILE), st.text(max_size=20)])
    if kind in ("integer", "number"):
        return st.one_of(st.integers(0, 5), st.integers(0, 999_999_999), st.sampled_from([-1, 2**31, 2**63, 10**30]))
    if kind == "boolean":
        return st.booleans()
    if kind == "array":
        return st.lists(values(document, schema.get("items", {})), min_size=schema.get("minItems", 0), max_size=3)
    if kind == "object":
        return objects(document, schema)
    return st.none()


def objects(document, schema):
    properties = schema.get("properties", {})
    required = {name: values(document, properties[name]) for name in schema.get("required", []) if name in properties}
    optional = {name: values(document, of) for name, of in properties.items() if name not in required}
    return st.fixed_dictionaries(required, optional=optional)


NUMBERS = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, st.sampled_from(HOSTILE))
STRANGE_NAMES = st.sampled_from(["x", "", "id", "__proto__"])
ANYTHING = st.one_of(
    SCALARS,
    st.lists(SCALARS, max_size=3),
    st.dictionaries(STRANGE_NAMES, SCALARS, max_size=2),
    st.just([[[{"x": [1]}]]]),
)


def bodies(document, schema, example):
    """What the schema allows, what it does not, and the example, whole or with a part changed: (kind, value)."""
    schema = document.resolved(schema)
    kinds = [st.tuples(st.just("whole"), values(document, schema)), st.tuples(st.just("whole"), ANYTHING)]
    kinds.append(st.tuples(st.just("bytes"), st.sampled_from(BROKEN_BODIES)))
    if isinstance(example, dict):
        properties = schema.get("properties", {})
        parts = [st.just({}), st.just({}), st.just({"no_such_argument": 1})]
        parts += [st.fixed_dictionaries({name: values(document, of)}) for name, of in properties.items()]
        parts += [st.dictionaries(st.sampled_from(sorted(properties) or ["x"]), ANYTHING, max_size=1)]
        kinds += [st.tuples(st.just("changed"), st.one_of(parts))] * 5
    return st.one_of(kinds)


def body_of(drawn, example):
    kind, value = drawn
    if kind == "bytes":
        return value
    return json.dumps({**example, **value} if kind == "changed" else value).encode("utf-8", "replace")


def path_values(parameter):
    """Texts, and places among the records that are known by then."""
    chosen = [st.integers(0, 19), st.integers(0, 19), st.sampled_from(["1", "2", "ada", "999999", "me"])]
    if "example" in parameter:
        chosen.append(st.just(str(parameter["example"])))
    chosen.append(st.sampled_from([text for text in HOSTILE if text.strip() and len(text) < 400]))
    return st.one_of(chosen)


def now_and_then(choices, of):
    return st.sampled_from([None] * (of - 1) * len(choices) + choices)


def requests(document, operation):
    """What a request of the operation is made from."""
    needed, others = {}, {}
    for written in operation.get("parameters", []):
        parameter = document.resolved(written)
        key = (parameter["in"], parameter["name"])
        value = path_values(parameter) if parameter["in"] == "path" else values(document, parameter["schema"])
        (needed if parameter.get("required") else others)[key] = value
    parts = {"parameters": st.fixed_dictionaries(needed, optional=others), "stray": now_and_then(STRAY_QUERIES, 12)}
    if "requestBody" in operation:
        content = document.resolved(operation["requestBody"]).get("content", {})
        media = sorted(content)[0]
        of = content[media]
        if media.endswith("json"):
            parts["body"] = bodies(document, of.get("schema", {}), of.get("example"))
        else:
            parts["body"] = st.tuples(st.just("bytes"), st.binary(max_size=2000))
        parts["example"] = st.just(of.get("example"))
        parts["media"] = st.sampled_from(sorted(content) * 10 + STRAY_TYPES)
    return st.fixed_dictionaries(parts)


class Api:
    def __init__(self, base_url, token):
        parts = urlsplit(base_url)
        self.host, self.port, self.token = parts.hostname, parts.port, token
        self.connection = None

    def send(self, method, path, headers, body):
        for attempt in (1, 2):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection(self.host, self.port, timeout=20)
                all_headers = {"Authorization": f"Bearer {self.token}", **headers}
                self.connection.request(method.upper(), path, body=body, headers=all_headers)
                response = self.connection.getresponse()
                return response.status, dict((k.lower(), v) for k, v in response.getheaders()), response.read()
            except (http.client.HTTPException, ConnectionError):
                # A kept connection may have ended meanwhile; a new one has no excuse.
                self.connection.close()
                self.connection = None
                if attempt == 2:
                    raise


class Run:
    def __init__(self, api, document):
        self.api, self.document = api, document
        self.faults = []
        self.statuses = collections.Counter()
        self.succeeded = set()
        self.known = collections.defaultdict(set)  # numbers of records, by the first part of the path

    def request(self, method, path, operation, drawn):
        target, query, headers = path, [], {}
        body = body_of(drawn["body"], drawn["example"]) if "body" in drawn else None
        for (place, name), value in drawn["parameters"].items():
            if place == "path":
                text = self.known_record(path, value) if isinstance(value, int) else value
                target = target.replace("{" + name + "}", quote(text, safe=""))
                continue
            for single in value if isinstance(value, list) else [value]:
                text = json.dumps(single) if isinstance(single, bool) else str(single)
                if place == "query":
                    query.append(f"{quote(name)}={quote(text.encode('utf-8', 'replace'))}")
                elif place == "header" and text.isprintable() and text.isascii() and text.strip():
                    headers[name] = text.strip()[:200]
        if drawn["stray"]:
            query.append(drawn["stray"])
        if "media" in drawn:
            headers["Content-Type"] = drawn["media"]
        if query:
            target += "?" + "&".join(query)
        return method, target, headers, body

    def known_record(self, path, place):
        known = sorted(self.known[part_of(path)], key=int)[-20:] or ["1"]
        return known[place % len(known)]

    def some_requests(self, method, path, operation, examples, ends):
        """A few in any case, then more until the time is over."""
        sent = []

        @settings(
            max_examples=examples,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(requests(self.document, operation))
        def one_request(drawn):
            if len(sent) < 4 or time.monotonic() < ends:
                sent.append(drawn)
                self.judge(path, operation, self.request(method, path, operation, drawn))

        one_request()

    def judge(self, path, operation, request):
        try:
            status, headers, body = self.api.send(*request)
        except (http.client.HTTPException, OSError) as error:
            self.faults.append((request, f"no answer: {error!r}"))
            self.api.connection = None
            return
        self.statuses[status] += 1

        def fault(what):
            self.faults.append((request, f"{status}: {what}; {body[:300]!r}"))

        documented = operation["responses"]
        if status >= 500 and not (status == 503 and "503" in documented):
            fault("the service failed")
        if str(status) not in documented and str(status) not in OF_EVERY_REQUEST:
            fault("a status that is not documented")
        text = body.decode("utf-8", "replace")
        if "\ufffd" in text and b"\xef\xbf\xbd" not in body:
            fault("the answer is no UTF-8")
        for pattern in TELLS_OF_THE_MACHINE:
            if found := pattern.search(text):
                fault(f"it tells of the machine: {found.group()}")
        media = headers.get("content-type", "").split(";")[0]
        if status >= 400 and media != "application/problem+json":
            return fault(f"a refusal as {media!r}")
        if not media.endswith("json"):
            if 200 <= status < 300:
                self.succeeded.add(operation["operationId"])
            return
        try:
            value = json.loads(text)
        except ValueError:
            return fault("the answer is no JSON")
        if status >= 400:
            schema = {"$ref": "#/components/schemas/Problem"}
            if isinstance(value, dict) and value.get("status") != status:
                fault("another status in the problem")
        else:
            self.succeeded.add(operation["operationId"])
            self.remember(path, value)
            contents = self.document.resolved(documented.get(str(status), {})).get("content", {})
            if media not in contents:
                return fault(f"a content type that is not documented: {media}")
            schema = contents[media]["schema"]
        for what in self.document.faults(schema, value)[:2]:
            fault(what)

    def remember(self, path, value):
        part = part_of(path)
        data = value.get("data", value.get("items", value)) if isinstance(value, dict) else value
        for record in data if isinstance(data, list) else [data]:
            if isinstance(record, dict) and isinstance(record.get("id"), int) and len(self.known[part]) < 500:
                self.known[part].add(str(record["id"]))


def in_order(operations):
    """What makes records goes first, what removes them last."""
    order = {"post": 0, "put": 1, "get": 2, "patch": 3, "delete": 4}
    return sorted(operations, key=lambda one: (order[one[0]], "{" in one[1]))


def is_skipped(operation, skip):
    ok = operation["responses"].get("200", {})
    return operation["operationId"] in skip or "text/event-stream" in ok.get("content", {})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("base_url")
    parser.add_argument("token")
    parser.add_argument("document")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--examples", type=int, default=25)
    parser.add_argument("--skip", default="")
    asked = parser.parse_args()

    scratch = tempfile.TemporaryDirectory()
    set_hypothesis_home_dir(scratch.name)
    document = Document(asked.document)
    run = Run(Api(asked.base_url, asked.token), document)
    operations = in_order([one for one in document.operations() if not is_skipped(one[2], asked.skip.split(","))])
    started = time.monotonic()
    for place, (method, path, operation) in enumerate(operations):
        # Each operation gets its share of the time that is left.
        ends = time.monotonic() + (asked.seconds - (time.monotonic() - started)) / (len(operations) - place)
        run.some_requests(method, path, operation, asked.examples, ends)

    answers = ", ".join(f"{status} {count} times" for status, count in sorted(run.statuses.items()))
    took = time.monotonic() - started
    print(f"{sum(run.statuses.values())} requests of {len(operations)} operations in {took:.0f} s; answers: {answers}")
    ids = {operation["operationId"] for _, _, operation in operations}
    never = sorted(ids - run.succeeded)
    if never:
        print("never with success:", ", ".join(never))
    if len(never) * 2 > len(operations):
        sys.exit("most operations never succeeded: this proves little")
    for (method, target, headers, body), what in run.faults[:20]:
        print(f"{method.upper()} {target[:300]} {headers} {body[:300] if body else b''!r}\n  {what}")
    if run.faults:
        sys.exit(f"{len(run.faults)} faults")


if __name__ == "__main__":
    main()
