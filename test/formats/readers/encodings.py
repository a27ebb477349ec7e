"""Compares a table of characters and their bytes with one of Python's codecs.

Arguments: codec, and how many code points are asked about, but for the line feed, which stands between them: one call
for all is a hundred times as fast as one for each. Reads {"code point": "bytes in hex"} from standard input. Prints what
the codec encodes, in the same form, and the code points whose bytes it does not decode to them.
"""

import json
import sys

codec, count = sys.argv[1], int(sys.argv[2])
table = json.load(sys.stdin)
points = [point for point in range(count) if point != 0x0A]
lines = "\n".join(map(chr, points)).encode(codec, "ignore").split(b"\n")
if len(lines) != len(points):
    sys.exit(f"{codec} made {len(lines)} lines of {len(points)}")
encodes = {point: line.hex() for point, line in zip(points, lines) if line}
strange = []
for point, data in table.items():
    try:
        if bytes.fromhex(data).decode(codec) == chr(int(point)):
            continue
    except UnicodeError:
        pass
    strange.append(int(point))
json.dump({"encodes": encodes, "strange": strange}, sys.stdout)
