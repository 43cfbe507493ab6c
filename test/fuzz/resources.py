"""What answers named, so that requests ask for it: whoever asks for drawn ids is told of nothing but 404."""

import collections
import os
import re

import requests

# Where connections may lead, and the tables that are there.
TARGET = os.environ.get("DATAMAKER_FUZZ_TARGET")
TABLES = ["customer", "category", "product", "order", "order_line", "wish"]
# The folder of a path, and the prefix of the ids in it; sets and files have names.
KINDS = {
    "templates": "tmpl",
    "runs": "run",
    "connections": "conn",
    "projects": "proj",
    "people": "usr",
    "invites": "inv",
    "keys": "key",
    "secrets": "sec",
    "sessions": "ses",
    "sets": "sets",
    "workspace": "files",
}
FOLDERS = ["/templates", "/connections", "/sets", "/runs", "/projects"]
# Of these only what the run made is changed: it would take its own rights away, and be refused ever after.
OWN = {"key", "usr", "proj"}
IN_BODIES = {"template_id": "tmpl", "templateId": "tmpl", "projectId": "proj", "set": "sets"}
LISTS_IN_BODIES = {"templates": "tmpl", "connections": "conn", "sets": "sets", "files": "files"}
# The first two fit a table that is there.
FIELDS = [
    {"name": "email", "type": "email"},
    {"name": "full_name", "type": "fullName"},
    {"name": "id", "type": "uuid"},
    {"name": "price", "type": "amount"},
]
FORMATS = ["json", "ndjson", "csv", "sql", "xml", "xlsx", "parquet", "avro"]
ID = re.compile(r'"(?:id|run_id)":"(([a-z]+)_[0-9a-z]{20,26})"')
NAME = re.compile(r'"name":"([\w.-]{1,80})"')
KEPT = 12

named = collections.defaultdict(dict)
made = collections.defaultdict(dict)


def kind_of(path):
    return KINDS.get(path.split("/")[1])


def look_around(base, key):
    """Asks for what is there before the first request, where the run has a key."""
    for folder in FOLDERS if key else []:
        answer = requests.get(f"{base.rstrip('/')}{folder}", headers={"X-API-Key": key}, timeout=60)
        keep(folder, answer)


def note(case, response):
    """Keeps what an answer named."""
    keep(case.operation.path, response)
    if case.method == "POST" and case.operation.path in ("/keys", "/projects") and response.status_code == 201:
        made[kind_of(case.operation.path)].update((found, True) for found, _ in ID.findall(response.text))


def keep(path, response):
    if response.status_code not in (200, 201, 202) or "json" not in str(response.headers.get("content-type")):
        return
    text = response.text[:20_000]
    for found, prefix in ID.findall(text):
        named[prefix][found] = True
    if kind_of(path) in ("sets", "files"):
        named[kind_of(path)].update((name, True) for name in NAME.findall(text))


def one_of(kind, number):
    """One of the first that were named, or of the last; None: there is none."""
    known = list(named[kind])
    known = known[:KEPT] + known[-KEPT:]
    return known[number % len(known)] if known else None


def aim(case, number):
    """Puts what is known in place of what was drawn in a path; little is deleted."""
    given = case.path_parameters or {}
    kind = kind_of(case.operation.path)
    for name in given:
        if kind in OWN and case.method != "GET":
            if given[name] in named[kind] and given[name] not in made[kind]:
                given[name] = next(reversed(made[kind]), f"{kind}_none")
        elif name not in ("token", "file") and number % 8 and (case.method != "DELETE" or number % 3 == 0):
            known = one_of("conn" if name == "connectionId" else kind, number)
            if known is not None:
                given[name] = f"{known}@v1" if name == "ref" and number % 11 == 0 else known


def fine_bodies(number):
    """What is answered as it is, by path: some of it is hardly drawn in a thousand tries."""
    template, count = one_of("tmpl", number), 1 + number % 60
    row = {"name": f"n{number}", "email": f"a{number}@example.org", "full_name": "Ada Lovelace"}
    generation = {"template_id": template, "count": count}
    into = {"template_id": template, "table": "customer", "count": count, "on_conflict": ["fail", "skip", "update"][number % 3]}
    seeding = [{"rows": 1 + number % 5}, {"everyTable": 1 + number % 5, "seed": f"s{number}"}, {}]
    return {
        "/sets": [{"name": f"set-{number % 9}", "rows": [row] * count}, {"name": f"set-{number % 9}", **generation}],
        "/mask": [{"rows": [row], "strategies": {"name": "replace", "email": "hash", "full_name": "replace"}}],
        "/connections/{id}/rows": [
            {"table": "category", "rows": [{"name": row["name"]}]},
            {"table": "customer", "rows": [{"email": row["email"], "full_name": row["full_name"]}], "on_conflict": "skip", "key": ["email"]},
            into,
        ],
        "/connections/{id}/push": [into, {**into, "key": ["email"]}],
        "/connections/{id}/fetch": [{"table": TABLES[number % len(TABLES)], "set": f"set-{number % 9}", "top": count}],
        "/connections/{id}/seed/plan": seeding,
        "/connections/{id}/seed": seeding,
        "/runs/{id}/undo": [{}, {"dryRun": True}, {"edited": "keep"}],
    }


def ask(case, number):
    """Versions and tables that are there, in a query."""
    query = case.query or {}
    for key in ("from", "to", "version"):
        if key in query and number % 4:
            query[key] = 1 + number % 2
    if "table" in query and number % 4:
        query["table"] = TABLES[number % len(TABLES)]
        query.pop("schema", None)
    if number % 5:
        query.pop("cursor", None)


def furnish(case, number):
    """The same in a body; tables, fields and addresses that are there."""
    body, path = case.body, case.operation.path
    fine = fine_bodies(number).get(path)
    if fine is not None and number % 2:
        body.clear()
        body.update(fine[number // 2 % len(fine)])
        return
    for key, kind in IN_BODIES.items():
        known = one_of(kind, number)
        if isinstance(body.get(key), str) and known is not None:
            body[key] = known
    for key, kind in LISTS_IN_BODIES.items():
        known = one_of(kind, number)
        if path.endswith("/move") and isinstance(body.get(key), list) and known is not None:
            body[key] = [known]
    if isinstance(body.get("table"), str):
        body["table"] = TABLES[number % len(TABLES)]
        for key in ("entity", "path", "schema"):
            body.pop(key, None)
    if path.startswith("/templates") and isinstance(body.get("fields"), list):
        body["fields"] = FIELDS[: 2 + number % 5 // 3 * 2]
        for key in ("locale", "weighting"):
            body.pop(key, None)
    if path.startswith("/connections") and "url" in body and TARGET:
        body.update(url=TARGET, **({"type": "postgres"} if "type" in body else {}))
        body.pop("auth", None)
    make_simple(body, path, number)


# What would be refused for itself, nearly however it is drawn.
INTRICATE = ("mapping", "overrides", "negative", "mode", "where", "filter", "select", "order_by", "key", "keyName", "options")
GENERATING = ("/generate", "/estimate", "/preview", "/profile")
GENERATION = ("count", "format", "seed", "async")


def make_simple(body, path, number):
    """Leaves out what excludes each other and what is too intricate to be drawn right; work of hours is not looked for."""
    if path.startswith(("/connections", "/templates/", "/mask")) and number % 7:
        for key in (*INTRICATE, "tables", "planHash", "batch_key"):
            body.pop(key, None)
    if path.endswith(GENERATING) and number % 7:
        for key in [key for key in body if key not in GENERATION]:
            del body[key]
        body["count"] = 1 + number % 60
        if "format" in body:
            body["format"] = FORMATS[number % len(FORMATS)]
    if path in ("/sets", "/connections/{id}/rows"):
        # Rows, or a template for them.
        for key in ("rows",) if "template_id" in body and number % 2 else ("template_id", "count"):
            body.pop(key, None)
    if path.endswith("/push") and number % 7:
        body["count"] = 1 + number % 60
    if path.endswith("/fetch") and isinstance(body.get("set"), str):
        body["set"] = f"fetched-{number % 5}"
        body.setdefault("table", TABLES[number % len(TABLES)])
    if path.endswith(("/seed", "/seed/plan")):
        body.pop("everyTable" if number % 2 else "rows", None)
    if number % 3 and isinstance(body.get("name"), str) and path.count("/") == 1:
        body["name"] = f"name-{number}"
    for key in ("rows", "everyTable", "count", "to", "from"):
        if isinstance(body.get(key), int) and not isinstance(body[key], bool) and number % 20:
            body[key] %= 60
