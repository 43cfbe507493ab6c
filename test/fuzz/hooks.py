"""What schemathesis draws, made to reach further than the doors: most of what is drawn is refused at once."""

import itertools
import re

import resources
import schemathesis

counter = itertools.count()
TYPES = ["uuid", "email", "fullName", "phone", "amount", "integer", "boolean", "birthdate", "iban", "words", "slug"]
LOCALES = ["en_US", "de_DE", "en_AE", "ja_JP"]
# Rows of many columns are read by a validator that takes its time.
MAX_ROWS = 300


def known(values, given, number):
    """One that is known in place of one that was drawn; where it was drawn wrong on purpose, that."""
    return values[number % len(values)] if isinstance(given, str) and number % 5 else given


# Traces, files, causes and statements are the server's own business.
INTERNALS = re.compile(r"\bat \S+ \(|node_modules|packages/server|FST_|SQLSTATE|\bSELECT .* FROM |violates |/tmp/|[a-z]Error\b")


@schemathesis.check
def no_internals(context, response, case):
    if response.status_code >= 400:
        # What the request said itself may be told again, and what a system calls the fault of a statement that was sent to it.
        told = str(case.as_transport_kwargs()) + ("SQLSTATE" if case.operation.path.endswith("/execute") else "")
        shown = [found.group() for found in INTERNALS.finditer(response.text) if found.group() not in told]
        assert not shown, f"shows {shown[0]!r}"


@schemathesis.hook
def after_call(context, case, response):
    resources.note(case, response)


def sent(case, kwargs):
    """All headers, by their names in small letters."""
    headers = [*dict(case.headers or {}).items(), *dict(kwargs.get("headers") or {}).items()]
    return {name.lower(): value for name, value in headers}


def drop_door_keeping(case, kwargs, number):
    """A drawn key beside the run's own is refused whatever is asked, and so is a project that is none."""
    if "x-api-key" in sent(case, kwargs) and number % 20:
        for name in list(case.headers or {}):
            if name.lower() == "authorization":
                del case.headers[name]
        (case.cookies or {}).clear()
    if number % 12:
        (case.headers or {}).pop("X-DataMaker-Project", None)


@schemathesis.hook
def before_call(context, case, kwargs):
    number = next(counter)
    if number == 0 and not case.operation.path.startswith("/api/v1/"):
        resources.look_around(case.operation.base_url, sent(case, kwargs).get("x-api-key"))
    drop_door_keeping(case, kwargs, number)
    resources.aim(case, number)
    resources.ask(case, number)
    # A key that another request had is refused whatever is asked: some may be, not all.
    for name in list(case.headers or {}):
        if name.lower() == "idempotency-key" and number % 4:
            case.headers[name] = f"{number}-{case.headers[name]}"[:255]
    body = case.body
    if not isinstance(body, dict):
        return
    if number % 3 and case.operation.path.startswith("/api/v1/"):
        make_likely(body, number)
    elif number % 4:
        resources.furnish(case, number)
    for key in ("count", "recordCount", "num_rows"):
        if isinstance(body.get(key), int) and body[key] > MAX_ROWS and number % 20:
            body[key] = body[key] % MAX_ROWS + 1


def make_likely(body, number):
    """A body that may well be answered: one name of each key, names and types that are fine."""
    for key in ("recordCount", "num_rows", "exportFormat", "format_options", "samples"):
        body.pop(key, None)
    if "schema_fields" in body:
        body.pop("schema", None)
    if "field_names" in body:
        body.pop("contract_id", None)
    if "locale" in body:
        body["locale"] = known(LOCALES, body["locale"], number)
    names = body.get("field_names")
    if isinstance(names, list):
        body["field_names"] = [f"{word(name)}_{index}" for index, name in enumerate(names[:80])]
    for key in ("schema_fields", "schema"):
        fields = body.get(key)
        for index, field in enumerate(fields if isinstance(fields, list) else []):
            if not isinstance(field, dict):
                continue
            field["name"] = f"{word(field.get('name'))}_{index}"
            field["type"] = known(TYPES, field.get("type"), number + index)
            if "locale" in field:
                field["locale"] = known(LOCALES, field["locale"], number + index)
            if (number + index) % 9:
                field.pop("constraints", None)


def word(given):
    """What of a text is letters of ASCII."""
    return "".join(letter for letter in str(given)[:40] if letter.isascii() and letter.isalnum()) or "x"
