"""HTTP to the URL of the server. Scenarios have a way of their own, in `broker_transport`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import httpx

from .core.effects import Request, Response
from .errors import NetworkError
from .settings import Settings

#: Seconds until a connection has to stand.
_CONNECT = 10.0


def _options(settings: Settings) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {settings.key}", "User-Agent": f"datamaker-python/{_version()}"}
    if settings.project_id is not None:
        headers["X-DataMaker-Project"] = settings.project_id
    return {
        "base_url": settings.url,
        "headers": headers,
        "timeout": httpx.Timeout(settings.timeout, connect=_CONNECT),
        # A key must not follow to another host.
        "follow_redirects": False,
    }


def _version() -> str:
    try:
        return version("datamaker")
    except PackageNotFoundError:
        return "0"


def _headers(answer: httpx.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers.items()}


def _broken(error: httpx.HTTPError, settings: Settings) -> NetworkError:
    where = settings.url
    reached = not isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout))
    if isinstance(error, httpx.TimeoutException):
        what = "did not answer in time" if reached else "could not be reached in time"
        return NetworkError(f"{where} {what}", code="timeout", reached=reached)
    what = "broke the connection off" if reached else "cannot be reached"
    return NetworkError(f"{where} {what}: {error or type(error).__name__}", reached=reached)


@dataclass
class OpenAnswer:
    """An answer whose body is still to come."""

    answer: httpx.Response
    pieces: Iterator[bytes]


@dataclass
class OpenAnswerLater:
    """The same for asyncio."""

    answer: httpx.Response
    pieces: AsyncIterator[bytes]


class Transport:
    """HTTP for programs that wait. Threads may share it."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is opened before the first request."""
        self._settings = settings
        self._client = httpx.Client(**_options(settings))

    def send(self, request: Request) -> Response:
        """Send a request and read its answer. Raises `NetworkError`."""
        try:
            answer = self._client.send(self._request(request))
        except httpx.HTTPError as error:
            raise _broken(error, self._settings) from error
        return Response(answer.status_code, _headers(answer), answer.content)

    def open(self, request: Request) -> Response:
        """Send a request; the body of an answer below 400 is read by `read`. Raises `NetworkError`."""
        try:
            answer = self._client.send(self._request(request), stream=True)
            if answer.status_code >= 400:
                answer.read()
                return Response(answer.status_code, _headers(answer), answer.content)
        except httpx.HTTPError as error:
            raise _broken(error, self._settings) from error
        return Response(answer.status_code, _headers(answer), stream=OpenAnswer(answer, answer.iter_bytes()))

    def read(self, stream: OpenAnswer) -> bytes:
        """The next bytes, b"" at the end. Raises `NetworkError`."""
        try:
            return next(stream.pieces, b"")
        except httpx.HTTPError as error:
            raise _broken(error, self._settings) from error

    def end(self, stream: OpenAnswer) -> None:
        """Let go of an answer, wherever it is."""
        stream.answer.close()

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def _request(self, request: Request) -> httpx.Request:
        return _build(self._client, request)


class AsyncTransport:
    """The same for asyncio."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is opened before the first request."""
        self._settings = settings
        self._client = httpx.AsyncClient(**_options(settings))

    async def send(self, request: Request) -> Response:
        """Send a request and read its answer. Raises `NetworkError`."""
        try:
            answer = await self._client.send(_build(self._client, request))
        except httpx.HTTPError as error:
            raise _broken(error, self._settings) from error
        return Response(answer.status_code, _headers(answer), answer.content)

    async def open(self, request: Request) -> Response:
        """Send a request; the body of an answer below 400 is read by `read`. Raises `NetworkError`."""
        try:
            answer = await self._client.send(_build(self._client, request), stream=True)
            if answer.status_code >= 400:
                await answer.aread()
                return Response(answer.status_code, _headers(answer), answer.content)
        except httpx.HTTPError as error:
            raise _broken(error, self._settings) from error
        return Response(answer.status_code, _headers(answer), stream=OpenAnswerLater(answer, answer.aiter_bytes()))

    async def read(self, stream: OpenAnswerLater) -> bytes:
        """The next bytes, b"" at the end. Raises `NetworkError`."""
        try:
            return await anext(stream.pieces, b"")
        except httpx.HTTPError as error:
            raise _broken(error, self._settings) from error

    async def end(self, stream: OpenAnswerLater) -> None:
        """Let go of an answer, wherever it is."""
        await stream.answer.aclose()

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()


def _build(client: httpx.Client | httpx.AsyncClient, request: Request) -> httpx.Request:
    timeout = client.timeout if request.timeout is None else httpx.Timeout(request.timeout, connect=_CONNECT)
    return client.build_request(
        request.method,
        request.path,
        params=list(request.query) or None,
        content=request.body,
        headers=dict(request.headers),
        timeout=timeout,
    )
