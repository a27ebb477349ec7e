"""Reads a flat OpenDocument spreadsheet (FODS) from standard input and prints the rows of its first sheet as JSON.

Each cell is [its type, its value], or null when it is empty; rows and cells that the file repeats are repeated. Rows without any value at the end are left out.
"""

import json
import sys
import xml.etree.ElementTree as xml

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def value_of(cell):
    kind = cell.get(OFFICE + "value-type")
    if kind is None:
        return None
    text = "\n".join("".join(line.itertext()) for line in cell.findall(TEXT + "p"))
    return [kind, cell.get(OFFICE + "value", cell.get(OFFICE + "date-value", text))]


def cells_of(row):
    cells = []
    for cell in row.findall(TABLE + "table-cell"):
        cells += [value_of(cell)] * int(cell.get(TABLE + "number-columns-repeated", "1"))
    return cells


rows = []
waiting = []
sheet = xml.parse(sys.stdin.buffer).getroot().find(f".//{TABLE}table")
for row in sheet.iter(TABLE + "table-row"):
    cells = cells_of(row)
    times = int(row.get(TABLE + "number-rows-repeated", "1"))
    if all(cell is None for cell in cells):
        waiting.append((cells, times))
        continue
    for before, repeated in [*waiting, (cells, times)]:
        rows += [before] * repeated
    waiting = []
json.dump(rows, sys.stdout)
