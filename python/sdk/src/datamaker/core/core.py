"""What all calls share: sending with retries, errors, keys, pages."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from ..errors import DataMakerError, NetworkError, NotFoundError, NotSupportedError, class_of
from ..settings import Settings
from .effects import Flow, Open, Request, Response, Send, Wait
from .encode import encode
from .keys import Keys, Step
from .retries import RetryPolicy
from .unsent import keep_until_flushed, let_go

#: What the server says of paths that it does not have, as opposed to things that are not there.
_NO_ROUTE = "there is no such route"


class Core:
    """State of a client that all of its calls share."""

    def __init__(self, settings: Settings, retries: RetryPolicy, say: Callable[[str], None]) -> None:
        """`say` takes a line for whoever watches, such as what was masked."""
        self.settings = settings
        self.retries = retries
        self.say = say
        self.keys = Keys(settings.run_id)
        #: Ids by kind and name, as they were found; names cost a request each.
        self.ids: dict[tuple[str, str], str] = {}
        #: Of rows that wait; threads may share a client.
        self.lock = threading.Lock()
        self._waiting: list[Callable[[], Flow[None]]] = []

    @property
    def has_waiting(self) -> bool:
        """Whether rows of `insert_one` wait for others."""
        return len(self._waiting) > 0

    def wait(self, flush: Callable[[], Flow[None]]) -> None:
        """Rows wait, which `flush` sends."""
        self._waiting.append(flush)
        keep_until_flushed(self)

    def flush(self) -> Flow[None]:
        """Send the rows of `insert_one` that wait for others; all calls on connections do so by themselves, before they begin."""
        while True:
            with self.lock:
                if not self._waiting:
                    let_go(self)
                    return
                flush = self._waiting.pop(0)
            yield from flush()

    def send(self, request: Request, *, opened: bool = False) -> Flow[Response]:
        """Send until it is answered, or there is no point any more. Raises `DataMakerError` of the right class."""
        attempt = 0
        while True:
            try:
                answer: Response = yield Open(request) if opened else Send(request)
            except NetworkError as error:
                failure: DataMakerError = error
            else:
                if answer.status < 300:
                    return answer
                if request.method == "DELETE" and answer.status == 404 and attempt > 0:
                    # The attempt before has done it, and its answer was lost.
                    return answer
                failure = error_of(answer, request)
            pause = self.retries.pause(request, attempt, failure)
            if pause is None:
                raise failure
            attempt += 1
            yield Wait(pause)

    def get(self, path: str, query: Mapping[str, Any] | None = None) -> Flow[Any]:
        """JSON of a GET. A value of the query that is None is left out, of a list each is sent."""
        answer = yield from self.send(Request("GET", path, _pairs(query or {})))
        return json_of(answer)

    def post(self, path: str, body: Mapping[str, Any], step: Step | None = None) -> Flow[Any]:
        """JSON of a POST. Members that are None are left out."""
        answer = yield from self.send(self.posting(path, body, step))
        return json_of(answer)

    def post_bytes(self, path: str, body: bytes, step: Step) -> Flow[Any]:
        """The same of a body that is JSON already."""
        answer = yield from self.send(self.posting(path, body, step))
        return json_of(answer)

    def posting(self, path: str, body: Mapping[str, Any] | bytes, step: Step | None = None) -> Request:
        """A POST with a key of its own."""
        sent = body if isinstance(body, bytes) else encode({k: v for k, v in body.items() if v is not None})
        key = (step or self.keys.step()).key()
        return Request("POST", path, (), sent, {"Content-Type": "application/json", "Idempotency-Key": key})

    def delete(self, path: str) -> Flow[None]:
        """Delete what is at a path."""
        yield from self.send(Request("DELETE", path))

    def items(self, path: str, query: Mapping[str, Any] | None = None) -> Flow[list[dict[str, Any]]]:
        """All items of a list, page by page."""
        found: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            page = yield from self.get(path, {"limit": 100, **(query or {}), "cursor": cursor})
            found += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return found

    def id_by_name(self, kind: str, path: str, name: str) -> Flow[str]:
        """The id of the one thing of a kind with a name. Raises `NotFoundError`; `DataMakerError` where several have it."""
        known = self.ids.get((kind, name))
        if known is not None:
            return known
        found = yield from self.items(path, {"name": name})
        ids = [item["id"] for item in found if item["name"] == name]
        if not ids:
            raise NotFoundError(f"no {kind} of the project has the id or name {name!r}", status=404)
        if len(ids) > 1:
            raise DataMakerError(f"{len(ids)} {kind}s are called {name!r}: give the id", code="ambiguous_name")
        self.ids[kind, name] = ids[0]
        return str(ids[0])


def part(name: str) -> str:
    """A name as one part of a path."""
    # Names of nothing but dots would be taken out of the path.
    return quote(name, safe="").replace(".", "%2E") if set(name) <= {"."} else quote(name, safe="")


def json_of(answer: Response) -> Any:
    """What an answer says. Raises `DataMakerError` when it is no JSON, as of a proxy."""
    if answer.body == b"":
        return None
    try:
        return json.loads(answer.body)
    except ValueError:
        raise DataMakerError(
            "the answer is no JSON: is that a DataMaker server?", code="invalid_answer", status=answer.status
        ) from None


def error_of(answer: Response, request: Request) -> DataMakerError:
    """The error that an answer tells of."""
    try:
        error = json.loads(answer.body)["error"]
        code, message, details = str(error["code"]), str(error["message"]), error.get("details") or {}
    except (ValueError, KeyError, TypeError):
        code, details = "error", {}
        message = f"{request.method} {request.path} was answered with {answer.status}, not by a DataMaker server"
    about: dict[str, Any] = {
        "status": answer.status,
        "details": details,
        "request_id": answer.headers.get("request-id"),
        "retry_after": seconds_of(answer.headers.get("retry-after")),
    }
    if code in ("not_found", "method_not_allowed") and (message == _NO_ROUTE or code == "method_not_allowed"):
        return NotSupportedError(
            f"this server has no {request.method} {request.path}: it needs a newer version", **about
        )
    return class_of(code, answer.status)(message, code=code, **about)


def seconds_of(text: str | None) -> float | None:
    """Seconds of a Retry-After; None where there is none that says seconds."""
    return float(text) if text is not None and text.isascii() and text.isdecimal() else None


def _pairs(query: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for name, value in query.items():
        for one in value if isinstance(value, (list, tuple)) else [value]:
            if one is not None:
                pairs.append((name, str(one).lower() if isinstance(one, bool) else str(one)))
    return tuple(pairs)
