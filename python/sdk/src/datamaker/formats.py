"""Formats by the ends of names."""

from __future__ import annotations

from .errors import UsageError

_FORMATS = {
    "json": "json",
    "ndjson": "ndjson",
    "jsonl": "ndjson",
    "csv": "csv",
    "sql": "sql",
    "xml": "xml",
    "xlsx": "xlsx",
    "parquet": "parquet",
    "avro": "avro",
}


def format_of(name: str) -> str:
    """The format of a file of that name. Raises `UsageError`."""
    found = _FORMATS.get(name.rpartition(".")[2].lower())
    if found is None:
        raise UsageError(f"the end of {name!r} says no format: give format=, or one of .{', .'.join(_FORMATS)}")
    return found
