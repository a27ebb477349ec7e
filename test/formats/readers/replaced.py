"""Reads a JSON list of texts from standard input and prints them as they come back from an encoding (argument) that lacks some characters."""

import json
import sys

encoding = sys.argv[1]
texts = json.load(sys.stdin)
json.dump([text if text is None else text.encode(encoding, "replace").decode(encoding) for text in texts], sys.stdout)
