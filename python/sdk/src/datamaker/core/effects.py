"""What the core asks of whoever drives it, and what it is told.

The core does no I/O: each call is a generator that yields effects and is sent their results. `driving` has the two
loops that do what is asked, a blocking one and one for asyncio.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from ..rows import Source

T = TypeVar("T")


@dataclass(frozen=True)
class Request:
    """An HTTP request, whole."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    #: Seconds to wait for the answer; None: as the client does.
    timeout: float | None = None

    @property
    def is_repeatable(self) -> bool:
        """Whether it has one effect however often it is sent."""
        return self.method != "POST" or "Idempotency-Key" in self.headers


@dataclass(frozen=True)
class Response:
    """An answer. Names of headers are in small letters; `stream` is what the driver reads on from, if it was opened."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    stream: Any = None


@dataclass(frozen=True)
class Send:
    """Send a request. Result: its `Response`; `NetworkError` is thrown in where none came."""

    request: Request


@dataclass(frozen=True)
class Open:
    """As `Send`, but the body of an answer below 400 is left for `Read`."""

    request: Request


@dataclass(frozen=True)
class Read:
    """The next bytes of an opened answer; b"" at its end. `NetworkError` is thrown in when it broke off."""

    stream: Any


@dataclass(frozen=True)
class Close:
    """Let go of an opened answer."""

    stream: Any


@dataclass(frozen=True)
class Wait:
    """Do nothing for so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Pull:
    """The next rows of a source, a list; empty at its end."""

    source: Source


@dataclass(frozen=True)
class Start:
    """Do what a flow asks for while this one goes on. Result: what `Join` takes. It asks for nothing but `Send` and `Wait`."""

    flow: Generator[Any, Any, Any]


@dataclass(frozen=True)
class Join:
    """Wait for the end of what was started. Result: what came of it; its error is thrown in."""

    work: Any


@dataclass(frozen=True)
class Guard:
    """Send this when the flow is left half-way, as by Ctrl-C; None: what was to be sent so is over."""

    request: Request | None


@dataclass(frozen=True)
class Emit:
    """Hand this on to whoever iterates."""

    value: Any


Effect: TypeAlias = Send | Open | Read | Close | Wait | Pull | Start | Join | Guard | Emit
Flow: TypeAlias = Generator[Effect, Any, T]
