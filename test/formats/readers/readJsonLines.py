"""Reads UTF-8 JSON Lines from standard input by Python's json module and prints them as JSON.

Argument: line feed. Each object becomes a list of [key, value]; a number becomes {"number": its digits}.
"""

import json
import sys

line_feed = sys.argv[1]
text = sys.stdin.buffer.read().decode("utf-8")


def number(digits):
    return {"number": digits}


def constant(name):
    sys.exit(f"{name} is no JSON")


decoder = json.JSONDecoder(
    object_pairs_hook=lambda pairs: [list(pair) for pair in pairs],
    parse_int=number,
    parse_float=number,
    parse_constant=constant,
)
rows = []
at = 0
while at < len(text):
    row, at = decoder.raw_decode(text, at)
    if not text.startswith(line_feed, at):
        sys.exit(f"Row {len(rows) + 1} does not end with the line feed")
    at += len(line_feed)
    rows.append(row)
json.dump(rows, sys.stdout)
