"""Writes the weighted names of a provider of Faker as JSON: python3 dump-faker.py <folder of the package> <locale>.

The file is parsed, not run: its tables are literals, and nothing else of it is needed.
"""

import ast
import json
import sys

TABLES = {"first_names_female": "female", "first_names_male": "male", "last_names": "last"}

folder, locale = sys.argv[1:]
with open(f"{folder}/faker/providers/person/{locale}/__init__.py", encoding="utf-8") as file:
    module = ast.parse(file.read())
provider = next(node for node in module.body if isinstance(node, ast.ClassDef) and node.name == "Provider")
tables = {}
for node in provider.body:
    if not isinstance(node, (ast.Assign, ast.AnnAssign)) or not isinstance(node.value, ast.Call):
        continue
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    if getattr(target, "id", None) not in TABLES or getattr(node.value.func, "id", None) != "OrderedDict":
        continue
    tables[TABLES[target.id]] = list(dict(ast.literal_eval(node.value.args[0])).items())
json.dump(tables, sys.stdout)
