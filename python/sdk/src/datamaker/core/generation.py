"""Rows of templates."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from ..errors import DataMakerError, NetworkError, UsageError
from ..overrides import Overrides
from ..rows import Row, Rows
from .core import Core, part
from .effects import Close, Emit, Flow, Read, Request, Response, Wait
from .keys import Step
from .lines import Lines

_ID = re.compile(r"tmpl_[0-9a-hjkmnp-tv-z]{20,26}(@v[1-9]\d*)?")
_VERSION = re.compile(r"(.+)(@v[1-9]\d*)", re.DOTALL)


class TemplateCore:
    """Calls on a template."""

    def __init__(self, core: Core, ref: str) -> None:
        """`ref`: an id or a name, perhaps with a version behind it: `tmpl_…@v3`, `Customer@v3`."""
        if not isinstance(ref, str) or ref == "":
            raise UsageError("a template is named by its id or its name")
        self.core = core
        self.ref = ref

    def read(self) -> Flow[dict[str, Any]]:
        """The template: `id`, `name`, `fields`, `version` and more."""
        ref = yield from self._id()
        template: dict[str, Any] = yield from self.core.get(f"/templates/{ref}")
        return template

    def preview(self, *, seed: str | int | None = None, overrides: Mapping[str, Any] | None = None) -> Flow[list[Row]]:
        """The first three rows, which cost nothing."""
        told = Overrides(overrides)
        ref = yield from self._id()
        # Without a seed nobody knows what is picked here.
        drawn = self.core.keys.step().key() if seed is None and not told.are_sent else seed
        body = {"seed": drawn, "overrides": told.wire or None}
        rows: list[Row] = yield from self.core.post(f"/templates/{ref}/preview", body)
        told.apply(rows, 0, str(drawn))
        return rows

    def rows(
        self, count: int, *, seed: str | int | None = None, overrides: Mapping[str, Any] | None = None, start: int = 0
    ) -> Flow[Rows]:
        """All rows, in memory."""
        made = Rows()
        yield from self._rows(made, count, seed, overrides, start)
        return made

    def batches(
        self, count: int, *, seed: str | int | None = None, overrides: Mapping[str, Any] | None = None, start: int = 0
    ) -> Flow[None]:
        """Emits `Rows`, some at a time as they come."""
        yield from self._rows(None, count, seed, overrides, start)

    def bytes(
        self,
        count: int,
        format: str,  # noqa: A002 - that is what the server calls it
        *,
        seed: str | int | None = None,
        overrides: Mapping[str, Any] | None = None,
        start: int = 0,
        **options: Any,
    ) -> Flow[bytes]:
        """Rows in a format, in memory."""
        request = yield from self._in_format(count, format, seed, overrides, start, options)
        answer = yield from self.core.send(request)
        return bytes(answer.body)

    def pieces(
        self,
        count: int,
        format: str,  # noqa: A002
        *,
        seed: str | int | None = None,
        overrides: Mapping[str, Any] | None = None,
        start: int = 0,
        **options: Any,
    ) -> Flow[None]:
        """Emits the bytes of rows in a format, as they come. An answer that breaks off is an error, and not begun again."""
        request = yield from self._in_format(count, format, seed, overrides, start, options)
        answer = yield from self.core.send(request, opened=True)
        while piece := (yield Read(answer.stream)):
            yield Emit(piece)
        yield Close(answer.stream)

    def _rows(
        self,
        into: Rows | None,
        count: int,
        seed: str | int | None,
        overrides: Mapping[str, Any] | None,
        start: int,
    ) -> Flow[None]:
        _check(count, start)
        told = Overrides(overrides)
        ref = yield from self._id()
        step = self.core.keys.step()
        done = failures = 0
        while done < count:
            # Row i of a seed is the same in every range: where an answer breaks off, the next one begins.
            body = {"count": count - done, "from": start + done, "format": "ndjson", "async": False, "seed": seed}
            answer = yield from self._begin(ref, {**body, "overrides": told.wire or None}, step)
            seed = unquote(answer.headers.get("x-datamaker-seed", "")) or seed
            try:
                lines, more = Lines(), True
                while more:
                    piece = yield Read(answer.stream)
                    more = piece != b""
                    rows = lines.feed(piece) if more else lines.end()
                    if not rows:
                        continue
                    told.apply(rows, start + done, str(seed))
                    done += len(rows)
                    failures = 0
                    if into is None:
                        emitted = Rows(rows)
                        emitted.seed = str(seed)
                        yield Emit(emitted)
                    else:
                        into.extend(rows)
                yield Close(answer.stream)
            except NetworkError as error:
                yield Close(answer.stream)
                pause = self.core.retries.pause(Request("GET", ref), failures, error)
                if pause is None:
                    raise
                failures += 1
                # Where an answer breaks off is another place each time: what follows is a request of its own.
                step = Step(uuid.uuid4().hex)
                yield Wait(pause)
            else:
                if done < count:
                    raise DataMakerError(f"{count} rows were asked for, and {done} came", code="invalid_answer")
        if into is not None:
            into.seed = None if seed is None else str(seed)

    def _begin(self, ref: str, body: Mapping[str, Any], step: Step) -> Flow[Response]:
        answer = yield from self.core.send(self.core.posting(f"/templates/{ref}/generate", body, step), opened=True)
        return answer

    def _in_format(
        self,
        count: int,
        format: str,  # noqa: A002
        seed: str | int | None,
        overrides: Mapping[str, Any] | None,
        start: int,
        options: Mapping[str, Any],
    ) -> Flow[Any]:
        _check(count, start)
        told = Overrides(overrides)
        if not told.are_sent:
            fields = ", ".join(told.here)
            raise UsageError(
                f"{fields}: values that are made here need rows; leave the format out, or use fewer values"
            )
        ref = yield from self._id()
        body = {"count": count, "from": start, "format": format, "async": False, "seed": seed, **options}
        return self.core.posting(f"/templates/{ref}/generate", {**body, "overrides": told.wire or None})

    def _id(self) -> Flow[str]:
        found = yield from template_id(self.core, self.ref)
        return found


def template_id(core: Core, ref: str) -> Flow[str]:
    """The id of a template of an id or a name, with the version that stands behind it."""
    if _ID.fullmatch(ref):
        return ref
    name, version = ref, ""
    if matched := _VERSION.fullmatch(ref):
        name, version = matched.groups()
    found = yield from core.id_by_name("template", "/templates", name)
    return part(found) + version


def _check(count: int, start: int) -> None:
    if isinstance(count, bool) or not isinstance(count, int) or count < 1:
        raise UsageError(f"count must be a whole number from 1 on, not {count!r}")
    if isinstance(start, bool) or not isinstance(start, int) or start < 0:
        raise UsageError(f"start must be a whole number from 0 on, not {start!r}")
