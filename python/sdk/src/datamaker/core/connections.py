"""Rows into the systems of connections, and out of them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from ..errors import DataMakerError, UsageError
from ..overrides import Overrides
from ..rows import Row, Rows, RowsLike, Source
from .chunks import Chunker
from .core import Core, part
from .effects import Flow, Pull
from .encode import encode, portable
from .generation import template_id
from .runs import Run, id_of_run, read_run, wait_for
from .sets import delete_set, load_set

_ID = re.compile(r"conn_[0-9a-hjkmnp-tv-z]{20}")
#: So many rows a read gives at once; more come by way of a set.
_READ = 1000
#: So many rows of `insert_one` wait for each other.
_TOGETHER = 500

OnConflict: TypeAlias = Literal["fail", "skip", "update"]
Columns: TypeAlias = str | Sequence[str] | None


@dataclass(frozen=True)
class InsertReport:
    """What became of rows."""

    sent: int = 0
    written: int = 0
    #: Rows that were there already, with `on_conflict="skip"`.
    skipped: int = 0
    #: Rows that the system refused, where each row has an outcome of its own (REST, OData).
    failed: int = 0
    #: The first hundred: `row` (the number of the row, from 0), `status` of HTTP, `message`.
    failures: Sequence[Mapping[str, Any]] = ()
    #: The column that each field went into; None: none.
    columns: Mapping[str, str | None] = field(default_factory=dict)


class RowsRefusedError(DataMakerError):
    """A system refused some rows and took others; `report` says which. Everything was sent."""

    code = "rows_refused"

    def __init__(self, report: InsertReport) -> None:
        """Say how many, and why the first was refused."""
        why = report.failures[0]["message"] if report.failures else "no reason was given"
        super().__init__(f"{report.failed} of {report.sent} rows were refused, the first because: {why}")
        self.report = report
        self.written = report.written


class ConnectionCore:
    """Calls on a connection."""

    def __init__(self, core: Core, ref: str) -> None:
        """`ref`: an id or a name."""
        if not isinstance(ref, str) or ref == "":
            raise UsageError("a connection is named by its id or its name")
        self.core = core
        self.ref = ref
        self._waiting: dict[bytes, tuple[dict[str, Any], list[Any]]] = {}

    def read(self) -> Flow[dict[str, Any]]:
        """The connection: `id`, `name`, `type`, `url`, `readOnly`, `verification` and more. Never a password."""
        found: dict[str, Any] = yield from self.core.get(f"/connections/{(yield from self._id())}")
        return found

    def verify(self) -> Flow[dict[str, Any]]:
        """Try the connection. Returns `verification`: `status` is `verified`, or `problem`, `message` and `hint` say what is wrong."""
        found = yield from self.core.post(f"/connections/{(yield from self._id())}/verify", {})
        verification: dict[str, Any] = found["verification"]
        return verification

    def tables(self, *, refresh: bool = False) -> Flow[list[dict[str, Any]]]:
        """Tables of the system, each with `schema`, `name`, `columns`, `primaryKey` and more. `refresh`: not as kept within the hour."""
        path = f"/connections/{(yield from self._id())}/metadata"
        found = yield from self.core.get(path, {"refresh": True if refresh else None})
        tables: list[dict[str, Any]] = found["tables"]
        return tables

    def insert(
        self,
        table: str,
        rows: RowsLike,
        *,
        on_conflict: OnConflict | None = None,
        key: Columns = None,
        mapping: Mapping[str, str | None] | None = None,
        schema: str | None = None,
        batch_size: int | None = None,
        allow_failures: bool = False,
    ) -> Flow[InsertReport]:
        """Put rows into a table.

        `rows` is a list, a generator, a DataFrame or a Table; memory holds one chunk of at most 10,000 rows and 4 MiB of it. A
        chunk is written as a whole or not at all, where the system can do so; what was written before an error stays, and
        `written` of the error says how many rows that is.

        `on_conflict` says what becomes of a row whose key is there: `"fail"` (default), `"skip"` or `"update"`; `key` names the
        columns of that key, in place of the primary key. `mapping` names the column of each field, None to leave it out; without
        it fields go into columns of their name. Fields and columns that do not fit are refused before anything is written.

        Raises `RowsRefusedError` when a system took some rows only, unless `allow_failures`; `ConnectionFailedError`,
        `ValidationError`, `ConflictError` (also of connections that are read-only).
        """
        yield from self.core.flush()
        options = _options(table, on_conflict, key, mapping, schema, batch_size)
        report = yield from self._insert(options, rows)
        return _checked(report, allow_failures)

    def upsert(
        self,
        table: str,
        rows: RowsLike,
        key: Columns = None,
        *,
        mapping: Mapping[str, str | None] | None = None,
        schema: str | None = None,
        batch_size: int | None = None,
    ) -> Flow[InsertReport]:
        """Put rows into a table, changing those that are there; as `insert` with `on_conflict="update"`."""
        yield from self.core.flush()
        options = _options(table, "update", key, mapping, schema, batch_size)
        return _checked((yield from self._insert(options, rows)), allow_failures=False)

    def insert_one(
        self,
        table: str,
        row: Mapping[str, Any],
        *,
        on_conflict: OnConflict | None = None,
        key: Columns = None,
        mapping: Mapping[str, str | None] | None = None,
        schema: str | None = None,
    ) -> Flow[None]:
        """Put one row into a table, together with others.

        Rows wait until there are 500 for the table, until any other call on a connection, or until `flush` or `close`; errors come
        then. The blocking client sends what is left when the program ends, and has it end with an error when that fails.
        """
        if not isinstance(row, Mapping):
            raise UsageError(f"a row is a dict, not {type(row).__name__}")
        options = _options(table, on_conflict, key, mapping, schema, None)
        name = encode(options)
        with self.core.lock:
            if not self._waiting:
                self.core.wait(self._flush)
            _, rows = self._waiting.setdefault(name, (options, []))
            # What the caller does with the dict afterwards is of no concern.
            rows.append(dict(row))
        if len(rows) >= _TOGETHER:
            yield from self.core.flush()

    def post(
        self,
        path: str | None = None,
        rows: RowsLike = None,
        *,
        entity: str | None = None,
        mode: Literal["single", "batch"] | None = None,
        batch_key: str | None = None,
        batch_size: int | None = None,
        allow_failures: bool = False,
    ) -> Flow[InsertReport]:
        """Send rows to a path of a REST system, or an entity set of OData (`entity=`).

        `rows` may be one dict here. By default the connection says how rows are sent; `mode="single"` sends each by itself,
        `mode="batch"` many together, `batch_size` at a time, as a list or under `batch_key` (`{"items": […]}`); of REST alone.

        Raises as `insert` does.
        """
        place = path if entity is None else entity
        if place is None or (path is not None and entity is not None):
            raise UsageError("name the path, or the entity")
        if mode not in (None, "single", "batch"):
            raise UsageError('mode is "single" or "batch"')
        if batch_key is not None and mode == "single":
            raise UsageError('with mode="single" there is no batch_key')
        yield from self.core.flush()
        options: dict[str, Any] = {"table": place, "mode": "row" if mode == "single" else mode}
        options |= {"batch_key": batch_key, "batch_size": batch_size}
        given = [rows] if isinstance(rows, Mapping) else rows
        report = yield from self._insert({k: v for k, v in options.items() if v is not None}, given)
        return _checked(report, allow_failures)

    def execute(self, sql: str, params: Sequence[Any] | None = None) -> Flow[list[Row]]:
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
        yield from self.core.flush()
        path = f"/connections/{(yield from self._id())}/execute"
        answer = yield from self.core.post(path, {"sql": sql, "params": [portable(value) for value in params or ()]})
        if answer["more"]:
            message = "the statement was done, and gives more than 10,000 rows or 5 MiB: ask for fewer, or use fetch"
            raise DataMakerError(message, code="result_too_large")
        rows: list[Row] = answer["rows"]
        return rows

    def fetch(
        self,
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
        place = _place(table, entity, path)
        if isinstance(top, bool) or not isinstance(top, int) or top < 1:
            raise UsageError("top is a whole number from 1 on")
        yield from self.core.flush()
        columns, order = _columns(select), _columns(order_by)
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
            found = yield from self.core.get(f"/connections/{(yield from self._id())}/rows", query)
        rows: list[Row] = found["rows"]
        if len(rows) == top or not found["more"]:
            return rows
        # Too many rows, or too many bytes, for one answer.
        name = f"fetched {uuid.uuid4().hex}"
        yield from self.fetch_to_set(
            name, place, schema=schema, select=columns, where=conditions, filter=filter, order_by=order, top=top
        )
        loaded: Rows = yield from load_set(self.core, name)
        yield from delete_set(self.core, name)
        return loaded

    def fetch_to_set(
        self,
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
            "table": _place(table, entity, path),
            "set": name,
            "schema": schema,
            "select": _columns(select),
            "where": None if where is None else list(where),
            "filter": filter,
            "order_by": _columns(order_by),
            "top": top,
        }
        saved: dict[str, Any] = yield from self.core.post(f"/connections/{(yield from self._id())}/fetch", body)
        return saved

    def push(
        self,
        template: str,
        count: int,
        table: str,
        *,
        seed: str | int | None = None,
        overrides: Mapping[str, Any] | None = None,
        on_conflict: OnConflict | None = None,
        key: Columns = None,
        mapping: Mapping[str, str | None] | None = None,
        schema: str | None = None,
        wait: bool = True,
    ) -> Flow[Run]:
        """Have the server put rows of a template into a table, however many: none of them pass through here.

        Each row is written once, also when the server dies meanwhile. With `wait=False` the run is returned as it begins. Raises
        `RunFailedError` when it does not come to its end.
        """
        told = Overrides(overrides)
        if not told.are_sent:
            raise UsageError(f"{', '.join(told.here)}: values that are made here cannot be pushed; use insert")
        yield from self.core.flush()
        options = _options(table, on_conflict, key, mapping, schema, None)
        ref = yield from template_id(self.core, template)
        body = {**options, "template_id": ref, "count": count, "seed": seed, "overrides": told.wire or None}
        return (yield from self._run("push", body, wait))

    def seed(
        self,
        *,
        rows: int | None = None,
        fan_out: Mapping[str, int] | None = None,
        every_table: int | None = None,
        tables: Mapping[str, Mapping[str, Any]] | None = None,
        seed: str | int | None = None,
        locale: str | None = None,
        mode: Literal["chunks", "transaction"] | None = None,
        wait: bool = True,
    ) -> Flow[Run]:
        """Fill all tables of a database, parents before children; docs/how-to/seed-a-database.md tells of the options.

        `fan_out` is `{"min": 1, "max": 3}`. Returns the run, which `undo` takes back. Raises `RunFailedError` when it does not come to
        its end; what was written can be undone then, too: the error has the run.
        """
        yield from self.core.flush()
        body = {"rows": rows, "fanOut": fan_out, "everyTable": every_table, "tables": tables}
        return (yield from self._run("seed", {**body, "seed": seed, "locale": locale, "mode": mode}, wait))

    def undo(
        self,
        run: Run | str,
        *,
        edited: Literal["keep", "remove"] | None = None,
        dry_run: bool = False,
        wait: bool = True,
    ) -> Flow[dict[str, Any]]:
        """Remove exactly the rows that a seed has written. Returns what was removed, table by table; with `dry_run` what would be.

        `edited` says what becomes of rows that were changed since: without it nothing is removed where there are some. Raises
        `RunFailedError` with the code `rows_in_use` or `rows_edited` then.
        """
        yield from self.core.flush()
        path = f"/runs/{part(id_of_run(run))}/undo"
        answer = yield from self.core.post(path, {"edited": edited, "dryRun": True if dry_run else None})
        if dry_run:
            return dict(answer)
        if not wait:
            return dict((yield from read_run(self.core, answer["run_id"])).raw)
        return dict((yield from wait_for(self.core, answer["run_id"])).result)

    def verify_rows(self, run: Run | str) -> Flow[dict[str, Any]]:
        """Read back what a seed or a push has written. `ok` is true when all of it is there as it was."""
        answer: dict[str, Any] = yield from self.core.post(f"/runs/{part(id_of_run(run))}/verify", {})
        return answer

    def _run(self, kind: str, body: Mapping[str, Any], wait: bool) -> Flow[Run]:
        answer = yield from self.core.post(f"/connections/{(yield from self._id())}/{kind}", body)
        run_id: str = answer["run_id"]
        return (yield from (wait_for if wait else read_run)(self.core, run_id))

    def _insert(self, options: Mapping[str, Any], rows: RowsLike) -> Flow[InsertReport]:
        source, chunker, total = Source(rows), Chunker(), InsertReport()
        path = f"/connections/{(yield from self._id())}/rows"
        step, rest = self.core.keys.step(), encode(options)
        try:
            taking = True
            while taking:
                taken = yield Pull(source)
                taking = len(taken) > 0
                for chunk in chunker.add(taken) if taking else chunker.end():
                    total = _added(total, (yield from self.core.post_bytes(path, chunk.body(rest), step)))
        except DataMakerError as error:
            error.written = total.written
            raise
        return total

    def _flush(self) -> Flow[None]:
        with self.core.lock:
            waiting, self._waiting = self._waiting, {}
        for options, rows in waiting.values():
            _checked((yield from self._insert(options, rows)), allow_failures=False)

    def _id(self) -> Flow[str]:
        if _ID.fullmatch(self.ref):
            return self.ref
        return part((yield from self.core.id_by_name("connection", "/connections", self.ref)))


def _options(
    table: str,
    on_conflict: OnConflict | None,
    key: Columns,
    mapping: Mapping[str, str | None] | None,
    schema: str | None,
    batch_size: int | None,
) -> dict[str, Any]:
    if not isinstance(table, str) or table == "":
        raise UsageError("name the table")
    if on_conflict not in (None, "fail", "skip", "update"):
        raise UsageError(f'on_conflict is "fail", "skip" or "update", not {on_conflict!r}')
    options = {
        "table": table,
        "schema": schema,
        "on_conflict": on_conflict,
        "key": _columns(key),
        "mapping": None if mapping is None else dict(mapping),
        "batch_size": batch_size,
    }
    return {name: value for name, value in options.items() if value is not None}


def _columns(given: Columns) -> list[str] | None:
    if given is None:
        return None
    return [given] if isinstance(given, str) else list(given)


def _place(table: str | None, entity: str | None, path: str | None) -> str:
    named = [one for one in (table, entity, path) if one is not None]
    if len(named) != 1:
        raise UsageError("name the table, the entity or the path, one of them")
    return named[0]


def _added(total: InsertReport, answer: Mapping[str, Any]) -> InsertReport:
    failures = [{**one, "row": one["row"] + total.sent} for one in answer["failures"]]
    return InsertReport(
        sent=total.sent + answer["sent"],
        written=total.written + answer["written"],
        skipped=total.skipped + answer["skipped"],
        failed=total.failed + answer["failed"],
        failures=[*total.failures, *failures][:100],
        columns={**total.columns, **answer["columns"]},
    )


def _checked(report: InsertReport, allow_failures: bool) -> InsertReport:
    if report.failed > 0 and not allow_failures:
        raise RowsRefusedError(report)
    return report
