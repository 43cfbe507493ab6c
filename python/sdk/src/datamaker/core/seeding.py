"""Seeds of whole databases, and what takes them back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from .connections import ConnectionCore
from .core import part
from .effects import Flow
from .runs import Run, begin_run, id_of_run, read_run, wait_for


def seed(
    connection: ConnectionCore,
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
    yield from connection.core.flush()
    body: dict[str, Any] = {"rows": rows, "fanOut": fan_out, "everyTable": every_table, "tables": tables}
    body |= {"seed": seed, "locale": locale, "mode": mode}
    return (yield from begin_run(connection.core, f"/connections/{(yield from connection.id())}/seed", body, wait))


def undo(
    connection: ConnectionCore,
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
    yield from connection.core.flush()
    path = f"/runs/{part(id_of_run(run))}/undo"
    answer = yield from connection.core.post(path, {"edited": edited, "dryRun": True if dry_run else None})
    if dry_run:
        return dict(answer)
    if not wait:
        return dict((yield from read_run(connection.core, answer["run_id"])).raw)
    return dict((yield from wait_for(connection.core, answer["run_id"])).result)


def verify_rows(connection: ConnectionCore, run: Run | str) -> Flow[dict[str, Any]]:
    """Read back what a seed or a push has written. `ok` is true when all of it is there as it was."""
    answer: dict[str, Any] = yield from connection.core.post(f"/runs/{part(id_of_run(run))}/verify", {})
    return answer
