"""What calls say of tables and columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

from ..errors import UsageError

OnConflict: TypeAlias = Literal["fail", "skip", "update"]
Columns: TypeAlias = str | Sequence[str] | None


def options_of(
    table: str,
    on_conflict: OnConflict | None,
    key: Columns,
    mapping: Mapping[str, str | None] | None,
    schema: str | None,
    batch_size: int | None,
) -> dict[str, Any]:
    """How rows go into a table, as requests have it. Raises `UsageError`."""
    if not isinstance(table, str) or table == "":
        raise UsageError("name the table")
    if on_conflict not in (None, "fail", "skip", "update"):
        raise UsageError(f'on_conflict is "fail", "skip" or "update", not {on_conflict!r}')
    options = {
        "table": table,
        "schema": schema,
        "on_conflict": on_conflict,
        "key": columns_of(key),
        "mapping": None if mapping is None else dict(mapping),
        "batch_size": batch_size,
    }
    return {name: value for name, value in options.items() if value is not None}


def columns_of(given: Columns) -> list[str] | None:
    """Names of columns as a list."""
    if given is None:
        return None
    return [given] if isinstance(given, str) else list(given)


def place_of(table: str | None, entity: str | None, path: str | None) -> str:
    """The one place that was named. Raises `UsageError`."""
    named = [one for one in (table, entity, path) if one is not None]
    if len(named) != 1:
        raise UsageError("name the table, the entity or the path, one of them")
    return named[0]
