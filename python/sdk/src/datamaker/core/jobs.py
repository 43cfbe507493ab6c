"""Generations in parts, which any number of workers make."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import ConflictError, DataMakerError, NetworkError, RunFailedError, UsageError
from .core import Core, json_of, part
from .effects import Close, Emit, Flow, Read, Request, Wait
from .generation import template_id
from .runs import WAIT

#: What the server reads back in one request, about: none takes as long as a proxy waits.
_CHECKED_BYTES = 1024**3
#: Names of files that lead out of no folder.
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}")


@dataclass(frozen=True)
class JobStatus:
    """How far a job is."""

    id: str
    #: `queued`, `running`, `done`, `failed`, `cancelled` or `lost`.
    state: str
    rows: int
    total_rows: int
    parts: int
    total_parts: int
    rows_per_second: float | None
    seconds_left: float | None
    error: Mapping[str, Any] | None
    raw: Mapping[str, Any] = field(repr=False)

    @property
    def has_ended(self) -> bool:
        """Whether nothing goes on; a job that has failed can be resumed."""
        return self.state not in ("queued", "running")


@dataclass(frozen=True)
class JobCheck:
    """What became of the parts of a job since they were made."""

    ok: bool
    parts: int
    bytes: int
    #: Each with `part`, `code` (`part_missing`, `part_damaged`) and `message`.
    damaged: list[Mapping[str, Any]]


def create_job(
    core: Core,
    template: str,
    count: int,
    *,
    format: str = "json",  # noqa: A002 - that is what the server calls it
    seed: str | int | None = None,
    start: int = 0,
    sink: str = "files",
    part_rows: int | None = None,
    part_files: bool = False,
    overrides: Mapping[str, Any] | None = None,
    **options: Any,
) -> Flow[str]:
    """Have rows made; the id of the job."""
    ref = yield from template_id(core, template)
    body = {
        **options,
        "template_id": ref,
        "count": count,
        "from": start,
        "format": format,
        "seed": seed,
        "sink": sink,
        "part_rows": part_rows,
        # Servers from before there were such take no other word for it.
        "part_files": part_files or None,
        "overrides": overrides,
    }
    answer = yield from core.post("/jobs", body)
    run_id: str = answer["run_id"]
    return run_id


class JobCore:
    """Calls on a job."""

    def __init__(self, core: Core, job_id: str) -> None:
        """`job_id`: the id of its run."""
        if not isinstance(job_id, str) or job_id == "":
            raise UsageError("a job is named by its id")
        self.core = core
        self.id = job_id

    def read(self) -> Flow[JobStatus]:
        """How far it is."""
        return _status((yield from self.core.get(self._path())))

    def wait(self) -> Flow[JobStatus]:
        """Wait for its end. Raises `RunFailedError` when it ends otherwise than `done`."""
        while True:
            request = Request("GET", self._path(), (("wait", "true"),), timeout=WAIT)
            status = _status(json_of((yield from self.core.send(request))))
            if status.state == "done":
                return status
            if status.has_ended:
                error = status.error or {"code": status.state, "message": f"the job is {status.state}"}
                raise RunFailedError(f"job {self.id}: {error['message']}", code=str(error["code"]), run=status.raw)

    def cancel(self) -> Flow[None]:
        """End it now; nothing of it is kept."""
        yield from self.core.post(f"/runs/{part(self.id)}/cancel", {})

    def resume(self) -> Flow[None]:
        """Have the rest made of a job that has failed."""
        yield from self.core.post(f"/runs/{part(self.id)}/resume", {})

    def manifest(self) -> Flow[dict[str, Any]]:
        """What it made: template, seed, and of each of `parts` its rows, `bytes` and `sha256`."""
        made: dict[str, Any] = yield from self.core.get(f"{self._path()}/manifest")
        return made

    def verify(self) -> Flow[JobCheck]:
        """Have the server read all parts, and tell those that somebody has overwritten or removed."""
        made = yield from self.manifest()
        parts = size = 0
        damaged: list[Mapping[str, Any]] = []
        for first, last in _stretches(made["parts"]):
            some = yield from self.core.post(f"{self._path()}/verify", {"first": first, "last": last})
            parts += some["parts"]
            size += some["bytes"]
            damaged += some["damaged"]
        return JobCheck(not damaged, parts, size, damaged)

    def pieces(self, number: int | None = None) -> Flow[None]:
        """Emits the bytes of all parts as they come, or of one, counted from 1.

        Where the connection breaks it goes on behind the last byte. Raises `DataMakerError` (`part_damaged`) behind a part that is
        not what was made. All parts of a job with `part_files` are no one file: `ConflictError` (`job_of_files`).
        """
        made = yield from self.manifest()
        if number is None and made.get("part_files"):
            message = f"each part of job {self.id} is a file of its own: download_parts(folder) has them all"
            raise ConflictError(message, code="job_of_files")
        found = [one for one in made["parts"] if number is None or one["number"] == number]
        if not found:
            raise UsageError(f"the job has parts 1 to {len(made['parts'])}, and no part {number}")
        for one in found:
            yield from self.part_pieces(one)

    def files(self) -> Flow[list[Mapping[str, Any]]]:
        """The parts of a job with `part_files`, each with its `name`, which is one of a file in a folder."""
        made = yield from self.manifest()
        if not made.get("part_files"):
            raise UsageError(f"the parts of job {self.id} are one file together: download(path) has it")
        parts: list[Mapping[str, Any]] = made["parts"]
        for one in parts:
            if _PLAIN_NAME.fullmatch(one["name"]) is None:
                message = f"the server calls part {one['number']} {one['name'][:100]!r}, which is no name of a file"
                raise DataMakerError(message, code="invalid_answer")
        return parts

    def part_bytes(self, number: int) -> Flow[bytes]:
        """All bytes of a part, counted from 1, in memory; also while others are made. They are as the server has checked them."""
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise UsageError(f"parts are counted from 1 on, not {number!r}")
        answer = yield from self.core.send(Request("GET", f"{self._path()}/parts/{number}"))
        return bytes(answer.body)

    def part_pieces(self, made: Mapping[str, Any]) -> Flow[None]:
        """The same of a part, as the manifest has it."""
        digest = hashlib.sha256()
        taken = failures = 0
        while taken < made["bytes"]:
            headers = {"Range": f"bytes={taken}-"} if taken > 0 else {}
            request = Request("GET", f"{self._path()}/parts/{made['number']}", (), None, headers)
            answer = yield from self.core.send(request, opened=True)
            try:
                if taken > 0 and answer.status != 206:
                    raise DataMakerError("the answer is not the range that was asked for", code="invalid_answer")
                while piece := (yield Read(answer.stream)):
                    taken += len(piece)
                    failures = 0
                    digest.update(piece)
                    if taken > made["bytes"]:
                        raise _damaged(made)
                    yield Emit(piece)
                _check_whole(taken, made)
            except NetworkError as error:
                pause = self.core.retries.pause(request, failures, error)
                if pause is None:
                    raise
                failures += 1
                yield Close(answer.stream)
                yield Wait(pause)
            else:
                yield Close(answer.stream)
        if digest.hexdigest() != made["sha256"]:
            raise _damaged(made)

    def _path(self) -> str:
        return f"/jobs/{part(self.id)}"


def _status(raw: Mapping[str, Any]) -> JobStatus:
    progress, parts = raw["progress"], raw["parts"]
    return JobStatus(
        id=raw["id"],
        state=raw["state"],
        rows=progress["rows"],
        total_rows=progress["total"],
        parts=parts["done"],
        total_parts=parts["total"],
        rows_per_second=raw["rows_per_second"],
        seconds_left=raw["seconds_left"],
        error=raw["error"],
        raw=raw,
    )


def _stretches(parts: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """Numbers of parts that are read together, the first and the last."""
    first = last = None
    left = 0
    for one in parts:
        if first is None or last is None or left < one["bytes"]:
            if first is not None and last is not None:
                yield first, last
            first, left = one["number"], _CHECKED_BYTES
        last = one["number"]
        left -= one["bytes"]
    if first is not None and last is not None:
        yield first, last


def _check_whole(taken: int, made: Mapping[str, Any]) -> None:
    if taken < made["bytes"]:
        raise NetworkError("the answer broke off")


def _damaged(made: Mapping[str, Any]) -> DataMakerError:
    return DataMakerError(f"part {made['number']} is not what was made", code="part_damaged")
