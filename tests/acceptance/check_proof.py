#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks a proof bundle by core/merkle/README.md alone: the second opinion on `verbatim check-proof`.

Written from the format, with the standard library and nothing of the project's code, Ed25519
included. What it accepts: the one writing of a bundle, a checkpoint signed by the bundle's key (or
by --key), every header in the tree of the checkpoint, every body under its header, erasures that
are themselves proven, and events that are about what the bundle says.

  check_proof.py FILE [--key FILE]            exit 0: it holds, 1: it doesn't
  check_proof.py FILE --changes FOLDER [--count N] [--seed S]
      writes N one-byte changes of it into the folder, and a line each: name, and 0 or 1 as above
"""
import argparse
import base64
import hashlib
import os
import random
import re
import sys


class Refused(Exception):
    pass


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


# Ed25519, RFC 8032, section 5.1: points as x, y over one denominator.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(scalar, point):
    total = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = add(total, point)
        point = add(point, point)
        scalar >>= 1
    return total


def decode_point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def good_signature(public_key, text, signature):
    if len(signature) != 64:
        return False
    key, commitment = decode_point(public_key), decode_point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or s >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + text).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    left, right = multiply(s, BASE), add(commitment, multiply(challenge, key))
    return ((left[0] * right[2] - right[0] * left[2]) % P == 0
            and (left[1] * right[2] - right[1] * left[2]) % P == 0)


# Protobuf's wire format: fields of one message, last value of a number, lists for repeated ones.
def varint(data, at):
    value = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise Refused("a message ends in the midst of a number")
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value & (2**64 - 1), at


def fields(data):
    found, at = {}, 0
    while at < len(data):
        tag, at = varint(data, at)
        kind = tag & 7
        if kind == 0:
            value, at = varint(data, at)
        elif kind in (1, 5):
            size = 8 if kind == 1 else 4
            value, at = data[at:at + size], at + size
        elif kind == 2:
            size, at = varint(data, at)
            value, at = data[at:at + size], at + size
        else:
            raise Refused("a message has a field of no known kind")
        if at > len(data):
            raise Refused("a message is cut short")
        found.setdefault(tag >> 3, []).append(value)
    return found


def last(message, number, default):
    return message.get(number, [default])[-1]


def packed(values):
    numbers = []
    for value in values:
        if isinstance(value, int):
            numbers.append(value)
            continue
        at = 0
        while at < len(value):
            number, at = varint(value, at)
            numbers.append(number)
    return numbers


def decode64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Refused("base64")
    if base64.b64encode(data) != text:
        raise Refused("another writing of base64")
    return data


class Lines:
    def __init__(self, text):
        self.text, self.at = text, 0

    def take(self):
        end = self.text.find(b"\n", self.at)
        if end < 0:
            raise Refused("the file ends too soon")
        line, self.at = self.text[self.at:end], end + 1
        return line

    def exactly(self, wanted):
        if self.take() != wanted:
            raise Refused("line %r is missing" % wanted)

    def after(self, word):
        line = self.take()
        if not line.startswith(word):
            raise Refused("%r belongs here" % word)
        return line[len(word):]

    def number(self, word):
        text = self.after(word)
        if not re.fullmatch(rb"0|[1-9][0-9]{0,19}", text) or int(text) >= 2**64:
            raise Refused("a number")
        return int(text)

    def data(self, size):
        pieces = []
        have = 0
        while have < size:
            pieces.append(decode64(self.take()))
            if len(pieces[-1]) != min(57, size - have):
                raise Refused("lines of 76 characters")
            have += len(pieces[-1])
        return b"".join(pieces)


def parse_key(text):
    match = re.fullmatch(rb"([^+\x00-\x20\x7f]+)\+([0-9a-f]{8})\+(\S+)", text)
    if not match:
        raise Refused("a key")
    name, short, data = match.group(1), match.group(2), decode64(match.group(3))
    if len(data) != 33 or data[0] != 1 or sha256(name, b"\n", data)[:4].hex().encode() != short:
        raise Refused("a key")
    return name, data[1:]


def parse_event(lines):
    event = {"sequence": lines.number(b"sequence ")}
    event["header"] = lines.data(lines.number(b"header "))
    line = lines.take()
    if line in (b"body withheld", b"body erased"):
        event["state"] = line[5:].decode()
    elif line.startswith(b"salt "):
        event["state"] = "there"
        event["salt"] = decode64(line[5:])
        event["body"] = lines.data(lines.number(b"body "))
        if len(event["salt"]) != 16:
            raise Refused("a salt has 16 bytes")
    else:
        raise Refused("a body")
    count = lines.number(b"proof ")
    if count > 64:
        raise Refused("no tree is that high")
    event["proof"] = [lines.data(32) for _ in range(count)]
    lines.exactly(b"")
    return event


def parse(text):
    lines = Lines(text)
    bundle = {}
    lines.exactly(b"verbatim proof 1")
    about = re.fullmatch(rb"event (0|[1-9][0-9]{0,19})|(annotation|article) ([0-9a-f]{32})",
                         lines.after(b"about "))
    if not about:
        raise Refused("about what?")
    bundle["event"] = int(about.group(1)) if about.group(1) else None
    bundle["kind"] = (about.group(2) or b"event").decode()
    bundle["id"] = bytes.fromhex((about.group(3) or b"").decode())
    bundle["key"] = parse_key(lines.after(b"key "))
    count = lines.number(b"events ")
    lines.exactly(b"")
    begin = lines.at
    bundle["head"] = [lines.take() for _ in range(3)]
    bundle["text"] = text[begin:lines.at]
    lines.exactly(b"")
    bundle["signature"] = lines.take()
    lines.exactly(b"")
    bundle["events"] = []
    for _ in range(count):
        bundle["events"].append(parse_event(lines))
    sequences = [event["sequence"] for event in bundle["events"]]
    if not sequences or sequences[0] == 0 or sorted(set(sequences)) != sequences:
        raise Refused("sequences in order, from 1, each once")
    if text[lines.at:] != b"sha256 %s\n" % hashlib.sha256(text[:lines.at]).hexdigest().encode():
        raise Refused("the digest of the last line")
    return bundle


def root_of(leaf, size, hash_, proof):
    """RFC 9162, section 2.1.3.2."""
    node, edge = leaf, size - 1
    for sibling in proof:
        if edge == 0:
            raise Refused("a proof is too long")
        if node & 1 or node == edge:
            hash_ = sha256(b"\x01", sibling, hash_)
            while not node & 1 and node:
                node, edge = node >> 1, edge >> 1
        else:
            hash_ = sha256(b"\x01", hash_, sibling)
        node, edge = node >> 1, edge >> 1
    if edge:
        raise Refused("a proof is too short")
    return hash_


def check_signature(bundle):
    name, public_key = bundle["key"]
    if any(byte < 32 and byte != 10 for byte in bundle["text"] + bundle["signature"]):
        raise Refused("control characters")
    bundle["text"].decode()
    prefix = "— ".encode() + name + b" "
    if not bundle["signature"].startswith(prefix):
        raise Refused("the signature is another's")
    data = decode64(bundle["signature"][len(prefix):])
    if data[:4] != sha256(name, b"\n\x01", public_key)[:4]:
        raise Refused("the signature is of another key")
    if not good_signature(public_key, bundle["text"], data[4:]):
        raise Refused("the signature is not of this checkpoint")


def check_tree(bundle):
    origin, size, root = bundle["head"]
    if not origin or not re.fullmatch(rb"0|[1-9][0-9]{0,19}", size) or int(size) >= 2**64:
        raise Refused("a checkpoint")
    root = decode64(root)
    for event in bundle["events"]:
        if event["sequence"] > int(size):
            raise Refused("an event outside the tree")
        leaf = sha256(b"\x00", event["header"])
        if root_of(event["sequence"] - 1, int(size), leaf, event["proof"]) != root:
            raise Refused("event %d is not in the tree" % event["sequence"])


# Numbers of fields: proto/verbatim/v1/event.proto and article.proto.
def check_meaning(bundle):
    erased = set()
    for event in bundle["events"]:
        header = fields(event["header"])
        event["id"], event["stream"] = last(header, 1, b""), last(header, 2, b"")
        event["type"] = last(header, 4, b"").decode()
        if len(event["id"]) != 16:
            raise Refused("a header without an id")
        if event["state"] != "there":
            continue
        if (len(event["body"]) != last(header, 11, 0)
                or sha256(event["salt"], event["body"]) != last(header, 10, b"")):
            raise Refused("the body of event %d" % event["sequence"])
        if event["type"] == "verbatim.v1.ContentErased":
            named = packed(fields(event["body"]).get(5, []))
            erased.update(number for number in named if number < event["sequence"])
    for event in bundle["events"]:
        if event["state"] == "erased" and event["sequence"] not in erased:
            raise Refused("nothing erased event %d" % event["sequence"])
    check_subject(bundle)


def check_subject(bundle):
    foreign = ("verbatim.v1.ContentErased", "verbatim.v1.SourceCaptured")
    events = bundle["events"]
    if bundle["kind"] == "event":
        rest = [event for event in events if event["sequence"] != bundle["event"]]
        if len(rest) == len(events) or any(event["type"] != foreign[0] for event in rest):
            raise Refused("not about that event")
        return
    if bundle["kind"] == "article":
        stream = bundle["id"].hex().encode()
        if all(event["stream"] != stream for event in events):
            raise Refused("nothing of that article")
    else:
        streams = [event["stream"] for event in events
                   if event["type"] == "verbatim.v1.AnnotationAdded"
                   and sha256(event["id"])[:16] == bundle["id"]]
        if not streams:
            raise Refused("nothing adds that annotation")
        stream = streams[0]
    if any(event["stream"] != stream and event["type"] not in foreign for event in events):
        raise Refused("an event of another article")


def check(text, trusted=None):
    """Raises Refused, or UnicodeDecodeError, unless the bundle holds."""
    bundle = parse(text)
    if trusted is not None and bundle["key"] != trusted:
        raise Refused("signed by another key")
    check_signature(bundle)
    check_tree(bundle)
    check_meaning(bundle)
    return bundle


def holds(text, trusted=None):
    try:
        check(text, trusted)
        return True
    except (Refused, UnicodeDecodeError):
        return False


def resealed(text):
    above = text[:text.rfind(b"sha256 ")]
    return above + b"sha256 %s\n" % hashlib.sha256(above).hexdigest().encode()


def mutations(text, count, seed):
    """One byte changed, added or taken away; every other one with the last line's digest made again."""
    draw = random.Random(seed)
    end = text.rfind(b"sha256 ")
    for i in range(count):
        seal = i % 2 == 1
        at = draw.randrange(end if seal else len(text))
        kind = draw.randrange(4)
        if kind == 0:
            changed = text[:at] + text[at + 1:]
        elif kind == 1:
            changed = text[:at] + bytes([draw.choice(b"\n\r =0Aa\x00\xff")]) + text[at:]
        else:
            byte = text[at] ^ (1 << draw.randrange(8)) if kind == 2 else draw.randrange(256)
            changed = text[:at] + bytes([byte]) + text[at + 1:]
        if seal:
            changed = resealed(changed)
        if changed != text:
            yield changed


def write_changes(text, folder, count, seed):
    for number, changed in enumerate(mutations(text, count, seed)):
        name = "%06d.proof" % number
        with open(os.path.join(folder, name), "wb") as file:
            file.write(changed)
        print(name, 0 if holds(changed) else 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file")
    parser.add_argument("--key")
    parser.add_argument("--changes")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with open(arguments.file, "rb") as file:
        text = file.read()
    trusted = None
    if arguments.key:
        with open(arguments.key, "rb") as file:
            trusted = parse_key(file.read().split(b"\n")[0])
    try:
        bundle = check(text, trusted)
    except (Refused, UnicodeDecodeError) as why:
        print("NOT PROVED: %s" % why)
        return 1
    print("holds: %d events of %s" % (len(bundle["events"]), bundle["head"][0].decode()))
    if arguments.changes:
        write_changes(text, arguments.changes, arguments.count, arguments.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
