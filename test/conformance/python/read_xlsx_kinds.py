"""Counts the cells of a workbook by what openpyxl takes them for ("f" is a formula): read_xlsx_kinds.py <path>. One line of JSON."""

import collections
import json
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
kinds = collections.Counter(cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row)
print(json.dumps(kinds))
