"""Rows into the systems of connections."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from functools import partial
from typing import Any, Literal

from ..errors import ConflictError, DataMakerError, UsageError
from ..rows import RowsLike, Source
from .chunks import Chunk, Chunker
from .connections import ConnectionCore
from .core import Core, json_of
from .effects import Flow, Join, Pull, Request, Response, Start
from .encode import encode
from .placing import Columns, OnConflict, options_of
from .pushing import push_stream
from .reports import InsertReport, added, checked

#: So many rows of `insert_one` wait for each other.
_TOGETHER = 500
#: So many chunks are on their way: the server reads one while it writes the other.
_AT_ONCE = 2


def insert(
    connection: ConnectionCore,
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

    `rows` is a list, a generator, a DataFrame or a Table; memory holds three chunks of at most 10,000 rows and 4 MiB. A
    chunk is written as a whole or not at all, where the system can do so; what was written before an error stays, and
    `written` of the error says how many rows that is.

    `on_conflict` says what becomes of a row whose key is there: `"fail"` (default), `"skip"` or `"update"`; `key` names the
    columns of that key, in place of the primary key. `mapping` names the column of each field, None to leave it out; without
    it fields go into columns of their name. Fields and columns that do not fit are refused before anything is written.

    Raises `RowsRefusedError` when a system took some rows only, unless `allow_failures`; `ConnectionFailedError`,
    `ValidationError`, `ConflictError` (also of connections that are read-only).
    """
    yield from connection.core.flush()
    options = options_of(table, on_conflict, key, mapping, schema, batch_size)
    report = yield from _put(connection, options, rows)
    return checked(report, allow_failures)


def upsert(
    connection: ConnectionCore,
    table: str,
    rows: RowsLike,
    key: Columns = None,
    *,
    mapping: Mapping[str, str | None] | None = None,
    schema: str | None = None,
    batch_size: int | None = None,
) -> Flow[InsertReport]:
    """Put rows into a table, changing those that are there; as `insert` with `on_conflict="update"`."""
    yield from connection.core.flush()
    options = options_of(table, "update", key, mapping, schema, batch_size)
    return checked((yield from _put(connection, options, rows)), allow_failures=False)


def insert_one(
    connection: ConnectionCore,
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
    options = options_of(table, on_conflict, key, mapping, schema, None)
    name = encode(options)
    with connection.core.lock:
        if not connection.waiting:
            connection.core.wait(partial(_flush, connection))
        _, rows = connection.waiting.setdefault(name, (options, []))
        # What the caller does with the dict afterwards is of no concern.
        rows.append(dict(row))
    if len(rows) >= _TOGETHER:
        yield from connection.core.flush()


def post(
    connection: ConnectionCore,
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
    yield from connection.core.flush()
    options: dict[str, Any] = {"table": place, "mode": "row" if mode == "single" else mode}
    options |= {"batch_key": batch_key, "batch_size": batch_size}
    given = [rows] if isinstance(rows, Mapping) else rows
    report = yield from send_rows(connection, {k: v for k, v in options.items() if v is not None}, given)
    return checked(report, allow_failures)


def _flush(connection: ConnectionCore) -> Flow[None]:
    with connection.core.lock:
        waiting, connection.waiting = connection.waiting, {}
    for options, rows in waiting.values():
        checked((yield from send_rows(connection, options, rows)), allow_failures=False)


def _put(connection: ConnectionCore, options: Mapping[str, Any], rows: RowsLike) -> Flow[InsertReport]:
    report = yield from push_stream(connection, options, rows)
    return (yield from send_rows(connection, options, rows)) if report is None else report


def send_rows(connection: ConnectionCore, options: Mapping[str, Any], rows: RowsLike) -> Flow[InsertReport]:
    """Send rows, chunk by chunk. While the server writes one it reads the next, and one more is made ready here."""
    core, source, chunker = connection.core, Source(rows), Chunker()
    way = _Way(core, f"/connections/{(yield from connection.id())}/rows", options)
    try:
        while taken := (yield Pull(source)):
            for chunk in chunker.add(taken):
                yield from way.start(chunk)
        yield from way.arrive(0)
        for chunk in chunker.end():
            yield from way.send(chunk)
    except Exception as error:
        told = yield from way.leave(error)
        if isinstance(told, DataMakerError):
            told.written = way.total.written
        if told is error:
            raise
        raise told from None
    return way.total


class _Way:
    """Chunks of one call on their way, one behind the other."""

    def __init__(self, core: Core, path: str, options: Mapping[str, Any]) -> None:
        self._core = core
        self._path = path
        self._options = options
        self._step = core.keys.step()
        self._key: str | None = None
        self._begun: deque[tuple[Any, Request]] = deque()
        #: What went wrong with a chunk: it comes before all that is wrong with rows behind it.
        self._failure: DataMakerError | None = None
        self.total = InsertReport()

    def start(self, chunk: Chunk) -> Flow[None]:
        """Send a chunk, and do not wait for its answer."""
        yield from self.arrive(_AT_ONCE - 1)
        request = self._request_of(chunk)
        self._begun.append(((yield Start(self._core.send(request))), request))

    def send(self, chunk: Chunk) -> Flow[None]:
        """Send a chunk."""
        self.total = added(self.total, json_of((yield from self._core.send(self._request_of(chunk)))))

    def arrive(self, left: int) -> Flow[None]:
        """Wait until no more than so many chunks are on their way."""
        while len(self._begun) > left:
            work, request = self._begun.popleft()
            try:
                answer: Response = yield Join(work)
            except DataMakerError as error:
                if _is_too_soon(error):
                    # Those behind it were too soon as well: all of them are to be there before more are sent.
                    left = 0
                    answer = yield from self._again(request)
                else:
                    self._failure = error
                    raise
            self.total = added(self.total, json_of(answer))

    def leave(self, error: Exception) -> Flow[Exception]:
        """Wait for what is on its way, whatever becomes of it. Result: the error to be told, the first there was."""
        while self._begun:
            try:
                if self._failure is None:
                    yield from self.arrive(0)
                else:
                    work, _ = self._begun.popleft()
                    self.total = added(self.total, json_of((yield Join(work))))
            except DataMakerError:
                # Of chunks behind one that was refused the server says that they were not looked at.
                continue
        return self._failure or error

    def _again(self, request: Request) -> Flow[Response]:
        try:
            return (yield from self._core.send(request))
        except DataMakerError as error:
            self._failure = error
            raise

    def _request_of(self, chunk: Chunk) -> Request:
        # Rows may lean on those before: the server writes no chunk before the one ahead of it is there.
        rest = encode(self._options if self._key is None else {**self._options, "after": self._key})
        request = self._core.posting(self._path, chunk.body(rest), self._step)
        self._key = request.headers["Idempotency-Key"]
        return request


def _is_too_soon(error: DataMakerError) -> bool:
    """Whether a chunk overtook the one before it, which is there by now."""
    return isinstance(error, ConflictError) and any(one.get("code") == "not_after" for one in error.diagnostics)
