"""Reads CSV from stdin: python read_csv.py <delimiter>. One row in each line of the output, as a list in JSON."""

import csv
import io
import json
import sys

text = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline="")
for row in csv.reader(text, delimiter=sys.argv[1], strict=True):
    print(json.dumps(row))
