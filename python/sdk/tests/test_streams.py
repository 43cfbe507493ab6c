"""Streams into tables, on a real server: by way of here and by way of the server alone they are the same."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import pytest
from servers import Postgres, Server

from datamaker import AsyncDataMaker, ConflictError, DataMaker, DataMakerError, ValidationError

Make = Callable[..., str]
#: More than one chunk, and not a whole number of them.
COUNT = 12_345
FIELDS: list[dict[str, Any]] = [
    {"name": "id", "type": "sequence"},
    {"name": "name", "type": "full_name"},
    {"name": "email", "type": "email", "options": {"null_percentage": 20}},
    {"name": "born", "type": "date"},
    {"name": "at", "type": "datetime"},
    {"name": "amount", "type": "float", "options": {"min": -1000, "max": 1000}},
    {"name": "large", "type": "number", "options": {"min": 1, "max": 10**15}},
    {"name": "yes", "type": "boolean"},
    {"name": "key", "type": "uuid"},
    {"name": "text", "type": "lorem"},
    {
        "name": "inside",
        "type": "object",
        "options": {"fields": [{"name": "city", "type": "city"}, {"name": "n", "type": "number"}]},
    },
]
COLUMNS = """id integer PRIMARY KEY, name text, email text, born date, at timestamptz, amount numeric, large bigint, yes boolean, key uuid,
  text text, inside jsonb"""
_numbers = itertools.count(1)


@pytest.fixture
def tables(target: Postgres) -> Iterator[tuple[str, str]]:
    """Two tables that are alike."""
    names = (f"one_{next(_numbers)}", f"other_{next(_numbers)}")
    for name in names:
        target.query(f"CREATE TABLE {name} ({COLUMNS})")
    yield names
    for name in names:
        target.query(f"DROP TABLE {name}")


@pytest.fixture
def pushes(api: httpx.Client) -> Callable[[], int]:
    """Counts pushes."""

    def count() -> int:
        return len(api.get("/runs", params={"kind": "push", "limit": 100}).json()["items"])

    return count


def same(target: Postgres, one: str, other: str) -> None:
    """Both have the same rows, as texts."""
    digest = "SELECT count(*), md5(string_agg(t::text, chr(10) ORDER BY id)) FROM {} t"
    assert target.query(digest.format(one)) == target.query(digest.format(other))


def test_that_nobody_touched_give_the_table_that_their_rows_give(
    dm: DataMaker,
    template: Make,
    connection: Make,
    target: Postgres,
    tables: tuple[str, str],
    pushes: Callable[[], int],
) -> None:
    made, into = dm.template(template(*FIELDS)), dm.connection(connection())
    one, other = tables
    before = pushes()
    given: dict[str, Any] = {"seed": "a", "start": 7, "overrides": {"name": dm.pick_from(["x", "ü\n\t\\"])}}
    whole = made.stream(COUNT, **given)
    reports = [into.insert(one, whole)]
    assert pushes() == before + 1
    assert (whole.seed, next(whole, None)) == ("a", None)
    reports.append(into.insert(other, (row for row in made.stream(COUNT, **given))))
    assert pushes() == before + 1
    assert reports[0] == reports[1]
    assert reports[0].written == COUNT
    same(target, one, other)
    # Rows whose keys are there are left out, or changed.
    for on_conflict in ("skip", "update"):
        more: dict[str, Any] = {**given, "seed": "b", "start": 0}
        passing = (row for row in made.stream(COUNT, **more))
        reports = [into.insert(one, made.stream(COUNT, **more), on_conflict=on_conflict)]
        reports.append(into.insert(other, passing, on_conflict=on_conflict))
        assert reports[0] == reports[1]
        same(target, one, other)


def test_go_on_where_somebody_took_rows(
    dm: DataMaker, template: Make, connection: Make, target: Postgres, table: str
) -> None:
    rows = dm.stream(template({"name": "id", "type": "sequence"}), COUNT)
    assert next(rows) == {"id": 1}
    assert dm.connection(connection()).insert(table, rows).written == COUNT - 1
    assert target.query(f"SELECT min(id), count(*) FROM {table}") == [(2, COUNT - 1)]


def test_know_nothing_of_what_was_saved_for_the_template(
    dm: DataMaker, api: httpx.Client, template: Make, connection: Make, target: Postgres
) -> None:
    target.query("CREATE TABLE saved_for (id integer PRIMARY KEY, a text, b text)")
    made, into = template({"name": "id", "type": "sequence"}, {"name": "a", "type": "full_name"}), connection()
    saved = {"table": "saved_for", "columns": {"id": "id", "a": "b"}}
    assert api.put(f"/templates/{made}/mappings/{into}", json=saved).status_code == 200
    report = dm.connection(into).insert("saved_for", dm.stream(made, COUNT))
    assert report.columns == {"id": "id", "a": "a"}
    assert target.query("SELECT count(a), count(b) FROM saved_for") == [(COUNT, 0)]
    # A push of its own does.
    target.query("TRUNCATE saved_for")
    dm.connection(into).push(made, 10, "saved_for")
    assert target.query("SELECT count(a), count(b) FROM saved_for") == [(0, 10)]


def test_are_refused_as_their_rows_are(
    dm: DataMaker, template: Make, connection: Make, target: Postgres, table: str
) -> None:
    made, into = dm.template(template({"name": "id", "type": "sequence"})), dm.connection(connection())

    def error_of(conn: Any, name: str, rows: Any) -> DataMakerError:
        with pytest.raises(DataMakerError) as caught:
            conn.insert(name, rows)
        return caught.value

    def told(error: DataMakerError) -> Any:
        return type(error), error.code, error.status, [(one["code"], one["pointer"]) for one in error.diagnostics]

    target.query(f"INSERT INTO {table} VALUES (11000, 'in the way')")
    error = error_of(into, table, made.stream(COUNT))
    assert told(error) == (ValidationError, "validation_error", 422, [("row_refused", "/rows")])
    # Chunks before the one with that row stay; those of a run grow where they are quick.
    assert error.written in (5_000, 10_000)
    assert target.query(f"SELECT count(*) FROM {table}") == [(error.written + 1,)]
    target.query(f"DELETE FROM {table} WHERE id < 11000")
    assert told(error_of(into, table, (row for row in made.stream(COUNT)))) == told(error)
    assert target.query(f"SELECT count(*) FROM {table}") == [(10_001,)]
    for name, conn in (("no_such_table", into), (table, dm.connection(connection(readOnly=True)))):
        pair = [error_of(conn, name, rows) for rows in (made.stream(COUNT), (row for row in made.stream(COUNT)))]
        assert told(pair[0]) == told(pair[1])
        assert pair[0].message == pair[1].message
        assert isinstance(pair[0], (ValidationError, ConflictError))


def test_do_the_same_for_asyncio(
    server: Server, template: Make, connection: Make, target: Postgres, tables: tuple[str, str]
) -> None:
    made, into = template(*FIELDS), connection()

    async def scenario() -> None:
        async with AsyncDataMaker(api_key=server.key, url=server.url) as dm:
            conn = dm.connection(into)
            whole = dm.stream(made, COUNT, seed="a")

            async def rows() -> AsyncIterator[dict[str, Any]]:
                async for row in dm.stream(made, COUNT, seed="a"):
                    yield row

            assert await conn.insert(tables[0], whole) == await conn.insert(tables[1], rows())
            assert [row async for row in whole] == []

    asyncio.run(scenario())
    same(target, *tables)
