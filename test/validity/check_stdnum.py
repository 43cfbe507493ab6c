"""Reads lines of JSON, ["module", ["value", ...], {options}], and answers each with the values that python-stdnum refuses."""

import importlib
import json
import sys

from stdnum.exceptions import ValidationError

for line in sys.stdin:
    name, values, options = json.loads(line)
    module = importlib.import_module("stdnum." + name)
    refused = []
    for value in values:
        try:
            module.validate(value, **options)
        except ValidationError as error:
            refused.append([value, str(error)])
    print(json.dumps(refused))
