"""The way to the server: the broker of a scenario, where there is one, else HTTP to its URL."""

from __future__ import annotations

from typing import Any, Protocol

from .core.effects import Request, Response
from .settings import Settings


class Way(Protocol):
    """Sends requests, for programs that wait."""

    def send(self, request: Request) -> Response:
        """Send a request and read its answer. Raises `NetworkError`."""

    def open(self, request: Request) -> Response:
        """Send a request; the body of an answer below 400 is read by `read`. Raises `NetworkError`."""

    def read(self, stream: Any) -> bytes:
        """The next bytes, b"" at the end. Raises `NetworkError`."""

    def end(self, stream: Any) -> None:
        """Let go of an answer, wherever it is."""

    def close(self) -> None:
        """Close all connections."""


class AsyncWay(Protocol):
    """The same for asyncio."""

    async def send(self, request: Request) -> Response:
        """Send a request and read its answer. Raises `NetworkError`."""

    async def open(self, request: Request) -> Response:
        """Send a request; the body of an answer below 400 is read by `read`. Raises `NetworkError`."""

    async def read(self, stream: Any) -> bytes:
        """The next bytes, b"" at the end. Raises `NetworkError`."""

    async def end(self, stream: Any) -> None:
        """Let go of an answer, wherever it is."""

    async def close(self) -> None:
        """Close all connections."""


def open_way(settings: Settings) -> Way:
    """The way for programs that wait. Only what it takes is imported."""
    if settings.socket is not None:
        from .broker_transport import BrokerTransport

        return BrokerTransport(settings)
    from .transport import Transport

    return Transport(settings)


def open_async_way(settings: Settings) -> AsyncWay:
    """The way for asyncio."""
    if settings.socket is not None:
        from .broker_transport import AsyncBrokerTransport

        return AsyncBrokerTransport(settings)
    from .transport import AsyncTransport

    return AsyncTransport(settings)
