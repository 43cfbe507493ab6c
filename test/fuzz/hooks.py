"""What schemathesis draws, made to reach further than the doors: most of what is drawn is refused at once."""

import itertools

import schemathesis

counter = itertools.count()
TYPES = ["uuid", "email", "fullName", "phone", "amount", "integer", "enum", "birthdate", "iban", "words", "regex", "sum"]
LOCALES = ["en_US", "de_DE", "en_AE", "ja_JP"]
# Rows of many columns are read by a validator that takes its time.
MAX_ROWS = 300


def known(values, given, number):
    """One that is known in place of one that was drawn; where it was drawn wrong on purpose, that."""
    return values[number % len(values)] if isinstance(given, str) and number % 5 else given


@schemathesis.hook
def before_call(context, case, kwargs):
    number = next(counter)
    # A key that another request had is refused whatever is asked: some may be, not all.
    for name in list(case.headers or {}):
        if name.lower() == "idempotency-key" and number % 4:
            case.headers[name] = f"{case.headers[name]}-{number}"[:255]
    body = case.body
    if not isinstance(body, dict):
        return
    for key in ("count", "recordCount", "num_rows"):
        if isinstance(body.get(key), int) and body[key] > MAX_ROWS and number % 20:
            body[key] = body[key] % MAX_ROWS + 1
    if "locale" in body:
        body["locale"] = known(LOCALES, body["locale"], number)
    for key in ("schema_fields", "schema"):
        fields = body.get(key)
        for index, field in enumerate(fields if isinstance(fields, list) else []):
            if isinstance(field, dict) and "type" in field:
                field["type"] = known(TYPES, field["type"], number + index)
                if "locale" in field:
                    field["locale"] = known(LOCALES, field["locale"], number + index)
                if number % 2:
                    field.pop("constraints", None)
