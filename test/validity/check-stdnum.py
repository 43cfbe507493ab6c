"""Reads a JSON list of texts; writes those that a module of python-stdnum refuses, with the reason."""

import importlib
import json
import sys

module = importlib.import_module(sys.argv[1])
wrong = []
for value in json.load(sys.stdin):
    try:
        module.validate(value)
    except Exception as problem:
        wrong.append(f"{value}: {type(problem).__name__}")
json.dump(wrong, sys.stdout)
