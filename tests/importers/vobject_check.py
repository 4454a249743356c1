#!/usr/bin/env python3
"""A second opinion on cards, by Debian's python3-vobject.

Cards that vobject writes go through Ties (card_echo reads and writes them again), and vobject must find in what comes
back what it had put in. The samples go the same way, and what vobject reads of each sample and of Ties's answer must be
the same people.

usage: vobject_check.py CARD_ECHO SAMPLES_DIRECTORY TIES
"""

import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

try:
    import vobject
except ImportError:
    sys.exit("python3-vobject is not installed: tests/run installs it, and so does apt-get install python3-vobject")

VERSIONS = ("3.0", "4.0")

# What vobject itself cannot read: other encodings than UTF-8, soft line breaks, types in brackets, blank first lines.
UNREADABLE_BY_VOBJECT = {
    "android-2.1.vcf", "apple-2005-3.0.vcf", "broken.vcf", "evolution-3.0.vcf", "outlook-2003-2.1.vcf",
    "the-bat-2.1.vcf", "utf16be-no-mark.vcf", "utf16le-mark.vcf", "windows-1252.vcf",
}

faults = []


def check(condition, *told):
    if not condition:
        faults.append(" ".join(str(each) for each in told))


def echo(program, version, cards):
    """What Ties writes of these bytes, with the lines on which it had something to say."""
    done = subprocess.run([program, version], input=cards, capture_output=True, check=True)
    return done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def read(text):
    return list(vobject.readComponents(text))


def values(card, name):
    return [line.value for line in card.contents.get(name, [])]


def one(card, name, fallback=""):
    found = values(card, name)
    return found[0] if found else fallback


def digits(text):
    """Of a phone number, without its extension."""
    return re.sub(r"\D", "", re.split(r";| x", text)[0])


def check_shape(version, text):
    """Every line is short, and ends and begins as the standard says."""
    for line in text.encode("utf-8").split(b"\r\n"):
        check(len(line) <= 75, version, "a line of", len(line), "bytes:", line)
        check(b"\n" not in line and b"\r" not in line, version, "a bare line end:", line)
    check(text.endswith("END:VCARD\r\n"), version, "the last line is not END:VCARD")


WORDS = [
    "Ada", "Zoë", "林", "若溪", "O'Hara", "a,b", "c;d", "back\\slash", "\\n", "ﬁ", "😀", "x" * 80, "é" * 60, "BEGIN:VCARD",
    "END:VCARD", "=3D", "^n", '"quoted"', "colon:", "Ω", "-", "(x)", "%41", "#", "&amp;", "<b>",
]


def phrase(rng, most=4):
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, most)))


def made_by_vobject(rng, number):
    """A card with a value for each property that both sides know, and what was put in."""
    put = {
        "family": rng.choice(["Solvik", "Van Der Berg", "Ångström", "Müller"]),
        "given": rng.choice(["Runa", "Zoë", "Łukasz", "Mina"]),
        "nickname": f"nick{number}",
        "email": f"person{number}@x{rng.randint(0, 99)}.example",
        "phone": f"+4740{rng.randint(100000, 999999)}",
        "organisation": "Org " + phrase(rng),
        "title": "Title " + phrase(rng),
        "note": "\n".join("Note " + phrase(rng, 6) for _ in range(rng.randint(1, 4))),
        "categories": [f"tag{i} " + rng.choice(["a", "b,c", "d;e", "林"]) for i in range(rng.randint(1, 3))],
        "uid": f"uid-{number}",
        "x": "X " + phrase(rng, 6),
    }
    card = vobject.vCard()
    card.add("n").value = vobject.vcard.Name(family=put["family"], given=put["given"])
    card.add("fn").value = put["given"] + " " + put["family"]
    card.add("nickname").value = put["nickname"]
    email = card.add("email")
    email.value = put["email"]
    email.type_param = rng.choice(["HOME", "WORK"])
    phone = card.add("tel")
    phone.value = put["phone"]
    phone.type_param = rng.choice(["CELL", "HOME", "WORK"])
    put["email type"], put["phone type"] = email.type_param, phone.type_param
    card.add("org").value = [put["organisation"]]
    card.add("title").value = put["title"]
    card.add("note").value = put["note"]
    card.add("categories").value = put["categories"]
    card.add("uid").value = put["uid"]
    card.add("x-made-up").value = put["x"]
    card.add("adr").value = vobject.vcard.Address(street="1 Weir, Road", city="Ghent; east", country="Belgium")
    return card.serialize(), put


def squeezed(text):
    return re.sub(r"[ \t]+", " ", text).strip()


def check_made(version, put, card):
    told = f"{version}, {put['uid']}:"
    check(card.n.value.family == put["family"], told, "family", card.n.value.family)
    check(card.n.value.given == put["given"], told, "given", card.n.value.given)
    check(card.fn.value == f"{put['given']} {put['family']}", told, "name", card.fn.value)
    check(one(card, "nickname") == put["nickname"], told, "nickname", one(card, "nickname"))
    check(card.email.value == put["email"], told, "email", card.email.value)
    check(card.email.type_param.upper() == put["email type"], told, "email type", card.email.type_param)
    check(card.tel.value == put["phone"], told, "phone", card.tel.value)
    check(card.tel.type_param.upper() == put["phone type"], told, "phone type", card.tel.type_param)
    check(card.org.value == [put["organisation"]], told, "organisation", card.org.value, put["organisation"])
    check(card.title.value == put["title"], told, "title", card.title.value, put["title"])
    check(card.note.value == put["note"], told, "note", repr(card.note.value), repr(put["note"]))
    check(card.categories.value == put["categories"], told, "categories", card.categories.value)
    check(card.uid.value == put["uid"], told, "uid", card.uid.value)
    check(one(card, "x-made-up") == put["x"], told, "an own property", repr(one(card, "x-made-up")), repr(put["x"]))
    check(card.adr.value.street == "1 Weir, Road", told, "street", card.adr.value.street)
    check(card.adr.value.city == "Ghent; east", told, "city", card.adr.value.city)


def check_cards_of_vobject(program):
    rng = random.Random(20260301)
    made = [made_by_vobject(rng, number) for number in range(300)]
    cards = "".join(text for text, _ in made).encode("utf-8")
    for version in VERSIONS:
        text, issues = echo(program, version, cards)
        check(issues == "", version, "issues with vobject's cards:", issues)
        check_shape(version, text)
        back = read(text)
        check(len(back) == len(made), version, len(back), "cards came back of", len(made))
        for (_, put), card in zip(made, back):
            check_made(version, put, card)


def people(cards):
    """What any two readings of the same people must agree on."""
    found = []
    for card in cards:
        kind = one(card, "kind", one(card, "x-addressbookserver-kind")).lower()
        if kind == "group":
            continue
        found.append({
            "emails": sorted(value.lower() for value in values(card, "email")),
            "phones": sorted(digits(value) for value in values(card, "tel") if value.startswith(("+", "tel:+"))),
            "organisations": [squeezed(value[0]) for value in values(card, "org")],
            "uid": one(card, "uid"),
        })
    return found


def check_samples(program, directory):
    samples = sorted(pathlib.Path(directory).glob("*.vcf"))
    check(len(samples) >= 17, "only", len(samples), "samples were found")
    compared = 0
    for sample in samples:
        for version in VERSIONS:
            text, _ = echo(program, version, sample.read_bytes())
            check_shape(f"{sample.name}, {version}", text)
            ours = people(read(text))
            check(len(ours) > 0, sample.name, "nobody was written")
            if sample.name in UNREADABLE_BY_VOBJECT:
                continue
            theirs = people(read(sample.read_text(encoding="utf-8")))
            check(len(ours) == len(theirs), sample.name, version, len(ours), "people, vobject has", len(theirs))
            for mine, other in zip(ours, theirs):
                told = f"{sample.name}, {version}: {other['emails']}"
                # A number in the shape of its country is one that only Ties makes international.
                missing = [number for number in other.pop("phones") if number not in mine["phones"]]
                check(not missing, told, "lacks", missing)
                mine.pop("phones")
                check(mine == other, told, "\n  Ties    ", mine, "\n  vobject ", other)
            compared += 1
    check(compared >= 14, "only", compared, "samples were compared")


def check_export(ties, directory):
    """What `ties export` writes of the samples."""
    with tempfile.TemporaryDirectory() as folder:
        command = [ties, "--file", str(pathlib.Path(folder) / "ties.db"), "--today", "2026-03-04"]
        for sample in sorted(pathlib.Path(directory).glob("*.vcf")):
            subprocess.run(command + ["import", str(sample)], capture_output=True, check=False)
        listed = subprocess.run(command + ["contact", "list", "--json"], capture_output=True, check=True).stdout
        for form, version in (("vcard", "3.0"), ("vcard4", "4.0")):
            done = subprocess.run(command + ["export", "--format", form], capture_output=True, check=True)
            text = done.stdout.decode("utf-8")
            check_shape(version, text)
            cards = read(text)
            names = sorted(contact["name"] for contact in json.loads(listed))
            check(len(names) > 20, "only", len(names), "contacts to export")
            check(names == sorted(one(card, "fn") for card in cards), "exported", version, names)
            check({one(card, "version") for card in cards} == {version}, "exported", version)


def main():
    if len(sys.argv) != 4:
        print(__doc__)
        return 2
    check_cards_of_vobject(sys.argv[1])
    check_samples(sys.argv[1], sys.argv[2])
    check_export(sys.argv[3], sys.argv[2])
    for fault in faults[:20]:
        print(fault)
    print(f"{len(faults)} faults" if faults else "vobject agrees")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
