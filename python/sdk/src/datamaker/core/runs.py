"""Runs of the server: what goes on after its request was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import RunFailedError
from .core import Core, json_of, part
from .effects import Flow, Request

#: Seconds; the server answers when the run has ended, or after 300.
WAIT = 330.0
_ENDED = frozenset({"done", "failed", "cancelled", "timeout", "lost"})


@dataclass(frozen=True)
class Run:
    """Work of the server: a seed, an undo, a push."""

    id: str
    kind: str
    #: `queued`, `running`, `done`, `failed`, `cancelled`, `timeout` or `lost`.
    state: str
    #: What became of the rows; see docs/reference/rest.md.
    result: Mapping[str, Any]
    error: Mapping[str, Any] | None
    raw: Mapping[str, Any] = field(repr=False)

    @property
    def has_ended(self) -> bool:
        """Whether nothing changes any more."""
        return self.state in _ENDED


def run_of(raw: Mapping[str, Any]) -> Run:
    """A run, of what the server says of it."""
    return Run(raw["id"], raw["kind"], raw["state"], raw["result"] or {}, raw["error"], raw)


def read_run(core: Core, run_id: str) -> Flow[Run]:
    """A run as it is now."""
    raw = yield from core.get(f"/runs/{part(run_id)}")
    return run_of(raw)


def wait_for(core: Core, run_id: str) -> Flow[Run]:
    """A run that is done. Raises `RunFailedError` when it ends otherwise."""
    while True:
        request = Request("GET", f"/runs/{part(run_id)}", (("wait", "true"),), timeout=WAIT)
        run = run_of(json_of((yield from core.send(request))))
        if run.state == "done":
            return run
        if run.has_ended:
            error = run.error or {"code": run.state, "message": f"the run is {run.state}"}
            raise RunFailedError(f"run {run.id}: {error['message']}", code=str(error["code"]), run=run.raw)


def begin_run(core: Core, path: str, body: Mapping[str, Any], wait: bool) -> Flow[Run]:
    """A run that a POST begins; when it is done, or as it begins."""
    answer = yield from core.post(path, body)
    run_id: str = answer["run_id"]
    return (yield from (wait_for if wait else read_run)(core, run_id))


def id_of_run(run: Run | str) -> str:
    """The id, of either."""
    return run.id if isinstance(run, Run) else run
