"""The core without a network and a clock: flows are played with answers that are known beforehand."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from typing import Any

from datamaker import DataMakerError
from datamaker.core.core import Core
from datamaker.core.effects import (
    Close,
    Effect,
    Emit,
    Flow,
    Guard,
    Join,
    Open,
    Pull,
    Read,
    Request,
    Response,
    Send,
    Start,
    Wait,
)
from datamaker.core.retries import RetryPolicy
from datamaker.settings import Settings


def core(**policy: Any) -> Core:
    settings = Settings(url="http://server", key="k")
    return Core(settings, RetryPolicy(random=random.Random(1), **policy), lambda _line: None)


def answer(status: int, body: Any = None, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, named, b"" if body is None else json.dumps(body).encode())


def failure(status: int, code: str, details: Mapping[str, Any] | None = None, **headers: str) -> Response:
    return answer(status, {"error": {"code": code, "message": "no", "details": details or {}}}, **headers)


class Played:
    """Drives a flow with answers that are known beforehand, and remembers what was asked."""

    def __init__(self, flow: Flow[Any], answers: list[Any] | Iterator[Any], beside: Played | None = None) -> None:
        self.requests: list[Request] = [] if beside is None else beside.requests
        self.waits: list[float] = [] if beside is None else beside.waits
        self.emitted: list[Any] = []
        self.result: Any = None
        #: What is to be sent when the flow is left half-way, as it was said; None: that is over.
        self.guards: list[Request | None] = []
        left = answers if isinstance(answers, Iterator) else iter(answers)
        effect: Effect = next(flow)
        try:
            while True:
                reply: Any = None
                match effect:
                    case Send() | Open():
                        self.requests.append(effect.request)
                        reply = next(left)
                    case Read():
                        reply = next(effect.stream)
                    case Wait():
                        self.waits.append(effect.seconds)
                    case Pull():
                        reply = effect.source.take()
                    case Emit():
                        self.emitted.append(effect.value)
                    case Start():
                        reply = self._started(effect.flow, left)
                    case Join():
                        reply = effect.work
                    case Guard():
                        self.guards.append(effect.request)
                    case Close():
                        pass
                fails = isinstance(reply, Exception) and not isinstance(effect, Start)
                effect = flow.throw(reply) if fails else flow.send(reply)
        except StopIteration as end:
            self.result = end.value

    def _started(self, flow: Flow[Any], left: Iterator[Any]) -> Any:
        """What will come of a flow beside this one, which is done as soon as it starts."""
        try:
            return Played(flow, left, self).result
        except DataMakerError as error:
            return error
