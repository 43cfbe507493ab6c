"""Statements, and rows out of the systems of connections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import DataMakerError, UsageError
from ..rows import Row, Rows
from .connections import ConnectionCore
from .effects import Flow
from .encode import encode, portable
from .placing import Columns, columns_of, place_of
from .sets import delete_set, load_set

#: So many rows a read gives at once; more come by way of a set.
_READ = 1000


def execute(connection: ConnectionCore, sql: str, params: Sequence[Any] | None = None) -> Flow[list[Row]]:
    """Send one statement to a database, in its own SQL.

    `params` fill the places that the system has for them: `$1`, `$2` in PostgreSQL, `?` in MySQL. Never put values into the
    text. Returns the rows that it gives; statements that give none return an empty list. Integers beyond 2^53 and decimals are
    texts, bytes are in base64. Each call is a session of its own. Through read-only connections nothing is changed
    (`ConflictError`).

    Raises `ValidationError` for what is wrong with the statement, and `DataMakerError` with the code `result_too_large`
    when it gives more than 10,000 rows or 5 MiB: it was done then.
    """
    if isinstance(params, (str, bytes)) or not isinstance(params, (Sequence, type(None))):
        raise UsageError("params is a list of values, one for each place in the statement")
    yield from connection.core.flush()
    path = f"/connections/{(yield from connection.id())}/execute"
    answer = yield from connection.core.post(path, {"sql": sql, "params": [portable(value) for value in params or ()]})
    if answer["more"]:
        message = "the statement was done, and gives more than 10,000 rows or 5 MiB: ask for fewer, or use fetch"
        raise DataMakerError(message, code="result_too_large")
    rows: list[Row] = answer["rows"]
    return rows


def fetch(
    connection: ConnectionCore,
    table: str | None = None,
    *,
    entity: str | None = None,
    path: str | None = None,
    schema: str | None = None,
    select: Columns = None,
    where: Sequence[Mapping[str, Any]] | None = None,
    filter: str | None = None,  # noqa: A002 - the scenario API calls it that
    order_by: Columns = None,
    top: int = 100,
) -> Flow[list[Row]]:
    """Rows out of a table, an entity set (`entity=`) or a path of REST (`path=`), at most `top`.

    `where` is a list of conditions, all of which hold: `{"column": "id", "is": ">=", "value": 10}`; `filter` is in the language of
    the system (`$filter` of OData, the query of REST). More than 1000 rows come by way of a set, which is deleted at once, and
    need a key that may write.
    """
    place = place_of(table, entity, path)
    if isinstance(top, bool) or not isinstance(top, int) or top < 1:
        raise UsageError("top is a whole number from 1 on")
    yield from connection.core.flush()
    columns, order = columns_of(select), columns_of(order_by)
    conditions = None if where is None else list(where)
    found: dict[str, Any] = {"rows": [], "more": True}
    if top <= _READ:
        query = {
            "table": place,
            "schema": schema,
            "column": columns,
            "filter": filter,
            "orderBy": order,
            "top": top,
        }
        query["where"] = None if conditions is None else encode(conditions).decode()
        found = yield from connection.core.get(f"/connections/{(yield from connection.id())}/rows", query)
    rows: list[Row] = found["rows"]
    if len(rows) == top or not found["more"]:
        return rows
    # Too many rows, or too many bytes, for one answer.
    name = f"fetched {connection.core.keys.name()}"
    yield from fetch_to_set(
        connection, name, place, schema=schema, select=columns, where=conditions, filter=filter, order_by=order, top=top
    )
    loaded: Rows = yield from load_set(connection.core, name)
    yield from delete_set(connection.core, name)
    return loaded


def fetch_to_set(
    connection: ConnectionCore,
    name: str,
    table: str | None = None,
    *,
    entity: str | None = None,
    path: str | None = None,
    schema: str | None = None,
    select: Columns = None,
    where: Sequence[Mapping[str, Any]] | None = None,
    filter: str | None = None,  # noqa: A002
    order_by: Columns = None,
    top: int = 10_000,
) -> Flow[dict[str, Any]]:
    """Save rows of a system as a set, without their passing through here; as `fetch`, up to a million rows."""
    body = {
        "table": place_of(table, entity, path),
        "set": name,
        "schema": schema,
        "select": columns_of(select),
        "where": None if where is None else list(where),
        "filter": filter,
        "order_by": columns_of(order_by),
        "top": top,
    }
    saved: dict[str, Any] = yield from connection.core.post(f"/connections/{(yield from connection.id())}/fetch", body)
    return saved
