"""The pages as files: what is sent, how long it may be kept, and to whom. live.py starts the service before it:
   live.py PROGRAM python3 pages_check.py {address} {token}"""
import gzip
import re
import sys
import urllib.error
import urllib.request

address, token = sys.argv[1], sys.argv[2]
faults, checked = [], 0


class Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def get(path, signed_in=True, **headers):
    request = urllib.request.Request(address + path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    if signed_in:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        answer = urllib.request.build_opener(Stays).open(request)
    except urllib.error.HTTPError as error:
        answer = error
    return answer.status, answer.headers, answer.read()


def promise(what, holds):
    global checked
    checked += 1
    if not holds:
        faults.append(what)


page = "text/html,application/xhtml+xml"
status, headers, body = get("/contacts/7", Accept=page)
index = body.decode()
promise("any address that a browser opens is the pages' program", status == 200 and "<script" in index)
promise("it is asked for anew each time", headers["Cache-Control"] == "no-cache" and headers["ETag"])
promise("and not sent twice", get("/contacts/7", Accept=page, If_None_Match=headers["ETag"])[0] == 304)
promise("no code stands in the page itself", not re.search(r"<script(?![^>]*\bsrc=)|\bon\w+=|<style|style=", index))
promise("who is not signed in is sent to do so", get("/contacts/7", False, Accept=page)[0] == 303)
promise("a script that asks for what is not there is told so", get("/contacts/7", Accept="application/json")[0] == 404)
promise("nor is a page under the API", get("/api/v1/nothing", Accept=page)[0] == 404)
promise("nor among the assets", get("/assets/nothing.js", Accept=page)[0] == 404)
promise("nor above them", get("/assets/..%2f..%2fetc%2fpasswd", Accept=page)[0] in (400, 404))

names = re.findall(r'(?:src|href)="(/assets/[^"]+)"', index)
promise("the page names its program and its sheet", len(names) >= 2)
for name in names:
    status, headers, plain = get(name, False)
    promise(f"{name} may be kept for ever", status == 200 and headers["Cache-Control"] == "public, max-age=31536000, immutable")
    promise(f"{name} is plain for who takes no gzip", headers["Content-Encoding"] is None)
    status, headers, packed = get(name, False, Accept_Encoding="gzip")
    promise(f"{name} is the same, gzipped", headers["Content-Encoding"] == "gzip" and gzip.decompress(packed) == plain)
    promise(f"{name} is told apart by what was taken", "Accept-Encoding" in headers["Vary"])
for name, kind in (("/sw.js", "text/javascript"), ("/manifest.webmanifest", "application/manifest+json"), ("/icon.svg", "image/svg+xml"), ("/icon-192.png", "image/png")):
    status, headers, _ = get(name, False)
    promise(f"{name} is {kind}", status == 200 and headers["Content-Type"].startswith(kind))
    promise(f"{name} is asked for anew", headers["Cache-Control"] == "no-cache")

print("\n".join(f"not so: {fault}" for fault in faults))
print(f"{checked - len(faults)} passed, {len(faults)} failed")
sys.exit(1 if faults else 0)
