"""Reads UTF-8 CSV from standard input by Python's csv module and prints its rows as JSON.

Arguments: delimiter, quote (empty for none), escape (empty for a doubled quote), line feed.
A row must end with the line feed. Python knows CR, LF and CRLF; what stands in front of these ends up in the last cell.
"""

import csv
import io
import json
import re
import sys

delimiter, quote, escape, line_feed = sys.argv[1:5]
text = sys.stdin.buffer.read().decode("utf-8")
csv.field_size_limit(1 << 30)
rest = re.sub(r"[\r\n]+$", "", line_feed)
if text and not text.endswith(line_feed):
    sys.exit("The last row does not end with the line feed")

dialect = {
    "delimiter": delimiter,
    "quotechar": quote or None,
    "quoting": csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
    "escapechar": escape or None,
    "doublequote": not escape,
}
rows = []
for row in csv.reader(io.StringIO(text, newline=""), **dialect):
    if rest:
        if not row[-1].endswith(rest):
            sys.exit(f"Row {len(rows) + 1} does not end with the line feed")
        row[-1] = row[-1][: -len(rest)]
    rows.append(row)
json.dump(rows, sys.stdout)
