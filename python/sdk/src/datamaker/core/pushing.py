"""Rows of templates that the server itself puts into tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import ConnectionFailedError, DataMakerError, RunFailedError, UsageError, ValidationError
from ..overrides import Overrides
from .chunks import MAX_ROWS
from .connections import ConnectionCore
from .core import json_of
from .effects import Flow, Guard, Request
from .encode import encode
from .generation import template_id
from .orders import Order, Ordered
from .placing import Columns, OnConflict, options_of
from .reports import InsertReport, added
from .runs import Run, begin_run, wait_for

#: Systems that keep a chunk as a whole or not at all, whoever sends it.
_WHOLE = frozenset({"postgres", "mysql", "mssql", "oracle", "db2"})
#: What a server says before there is a run, where rows that pass through here may still go in: of templates that ask systems, say. In
#: a run only what it would say again in the next attempt: else the rows of one attempt would go in both ways.
_OTHERWISE = frozenset({"validation_error"})
_OUTSIDE = _OTHERWISE | {"too_many_runs"}
#: What runs say of rows and tables, for which a request is answered with `validation_error`.
_REFUSED = frozenset({"row_refused", "value_refused", "not_in_system", "invalid_connection", "driver_missing"})
#: What runs say of systems, for which a request is answered with `connection_failed`.
_BROKEN = ("broken", "busy", "database", "dns", "protocol", "refused", "timeout", "tls", "too_large", "unknown_outcome")
_FAILED = frozenset({*_BROKEN, "auth", "permission", "target_not_allowed"})


def push(
    connection: ConnectionCore,
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
    yield from connection.core.flush()
    options = options_of(table, on_conflict, key, mapping, schema, None)
    ref = yield from template_id(connection.core, template)
    body = {**options, "template_id": ref, "count": count, "seed": seed, "overrides": told.wire or None}
    return (yield from begin_run(connection.core, f"/connections/{(yield from connection.id())}/push", body, wait))


def push_stream(connection: ConnectionCore, options: Mapping[str, Any], rows: Any) -> Flow[InsertReport | None]:
    """Have the server put in a stream that nobody has taken a row of; the same rows, report and errors as by way of here.

    None: that is nothing for it, and nothing was done.
    """
    order = rows.order if isinstance(rows, Ordered) else None
    if order is None or not (yield from _is_pushable(connection, order)):
        return None
    core = connection.core
    sent = {**options, "template_id": (yield from template_id(core, order.template.ref)), "count": order.count}
    sent |= {"from": order.start, "overrides": Overrides(order.overrides).wire or None, "seed": order.seed}
    # Rows that pass through here are not read back, and know nothing of what was saved for the template.
    body = {"mapping": None, "verify": False, **{k: v for k, v in sent.items() if v is not None}}
    path = f"/connections/{(yield from connection.id())}/push"
    try:
        answer = json_of((yield from core.send(core.posting(path, encode(body)))))
    except DataMakerError as error:
        if error.code in (_OUTSIDE if core.settings.run_id is None else _OTHERWISE):
            return None
        raise
    rows.send_away()
    run = yield from _watched(connection, answer["run_id"])
    rows.seed = str(run.raw["params"]["seed"])
    return added(InsertReport(), run.result)


def _is_pushable(connection: ConnectionCore, order: Order) -> Flow[bool]:
    are_numbers = type(order.count) is int and type(order.start) is int and order.start >= 0
    # Fewer rows are one request, and there before a run has begun.
    if not are_numbers or order.count <= MAX_ROWS or not Overrides(order.overrides).are_sent:
        return False
    if order.template.core.settings != connection.core.settings:
        return False
    return (yield from connection.type()) in _WHOLE


def _watched(connection: ConnectionCore, run_id: str) -> Flow[Run]:
    """The run when it is done; cancelled when nobody waits for it any more. Errors are those of rows that pass through here."""
    yield Guard(Request("POST", f"/runs/{run_id}/cancel"))
    try:
        run = yield from wait_for(connection.core, run_id)
    except RunFailedError as error:
        yield Guard(None)
        raise _told(error) from None
    yield Guard(None)
    return run


def _told(error: RunFailedError) -> DataMakerError:
    told: DataMakerError = error
    if error.code in _REFUSED:
        details: dict[str, Any] = {"diagnostics": [{"code": error.code, "pointer": "/rows", "message": error.message}]}
        told = ValidationError(error.message, code="validation_error", status=422, details=details)
    elif error.code in _FAILED:
        details = {"problem": error.code}
        told = ConnectionFailedError(error.message, code="connection_failed", status=502, details=details)
    told.written = int((error.run["result"] or {}).get("written", 0))
    return told
