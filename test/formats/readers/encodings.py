"""Compares a table of characters and their bytes with one of Python's codecs.

Arguments: codec, and how many code points are asked about. Reads {"code point": "bytes in hex"} from standard input. Prints what the codec encodes, in the same form, and the code points
whose bytes it does not decode to them.
"""

import json
import sys

codec, count = sys.argv[1], int(sys.argv[2])
table = json.load(sys.stdin)
encodes = {}
for point in range(count):
    try:
        encodes[point] = chr(point).encode(codec).hex()
    except UnicodeError:
        pass
strange = []
for point, data in table.items():
    try:
        if bytes.fromhex(data).decode(codec) == chr(int(point)):
            continue
    except UnicodeError:
        pass
    strange.append(int(point))
json.dump({"encodes": encodes, "strange": strange}, sys.stdout)
