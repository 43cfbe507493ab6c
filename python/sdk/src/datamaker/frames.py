"""DataFrames and Tables. Their libraries are extras, and imported when they are used."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

from .errors import ConfigurationError, UsageError


def needed(module: str, extra: str) -> Any:
    """A module of an extra. Raises `ConfigurationError` that says how to install it."""
    try:
        return import_module(module)
    except ImportError as error:
        hint = f"pip install 'datamaker[{extra}]'"
        raise ConfigurationError(f"{module} is needed for that: {hint}", code="missing_extra") from error


def to_dataframe(rows: Iterable[Mapping[str, Any]]) -> Any:
    """A pandas DataFrame of rows. Needs `datamaker[pandas]`."""
    return needed("pandas", "pandas").DataFrame([dict(row) for row in rows])


def table_of_parquet(content: bytes) -> Any:
    """A pyarrow Table of a Parquet file. Needs `datamaker[arrow]`."""
    return needed("pyarrow.parquet", "arrow").read_table(io.BytesIO(content))


def dataframe_of_parquet(content: bytes) -> Any:
    """A pandas DataFrame of a Parquet file, with dates and numbers as such. Needs `datamaker[pandas,arrow]`."""
    needed("pandas", "pandas")
    return table_of_parquet(content).to_pandas()


def dataframe_of_file(name: str, content: bytes, sheet: str | int, options: Mapping[str, Any]) -> Any:
    """A pandas DataFrame of a file, by the end of its name."""
    pandas = needed("pandas", "pandas")
    kind = name.rpartition(".")[2].lower()
    stream = io.BytesIO(content)
    if kind in ("csv", "txt"):
        return pandas.read_csv(stream, **options)
    if kind in ("json", "ndjson", "jsonl"):
        return pandas.read_json(stream, **{"lines": kind != "json", **options})
    if kind == "xlsx":
        needed("openpyxl", "pandas")
        return pandas.read_excel(stream, sheet_name=sheet, **options)
    raise UsageError(f"{name!r} is no table: read_dataframe takes .csv, .txt, .json, .ndjson and .xlsx")
