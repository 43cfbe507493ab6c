"""The way out of a scenario: HTTP over the unix socket of its broker, with nothing but the standard library.

A scenario starts sooner without the libraries that the way to a URL takes, and they may be others than the script's own.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import TypeVar
from urllib.parse import urlencode

from .core.effects import Request, Response
from .errors import NetworkError
from .settings import Settings

T = TypeVar("T")

_PIECE = 1 << 16
#: Requests of an asyncio program at a time; as many as the broker answers.
_AT_ONCE = 8


class _Connection(HTTPConnection):
    """A connection to a unix socket."""

    def __init__(self, path: str) -> None:
        super().__init__("datamaker")
        self._path = path

    def connect(self) -> None:
        way = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            if isinstance(self.timeout, (int, float)):
                way.settimeout(self.timeout)
            way.connect(self._path)
        except BaseException:
            way.close()
            raise
        self.sock = way


class OpenAnswer:
    """An answer whose body is still to come."""

    def __init__(self, connection: _Connection, answer: HTTPResponse) -> None:
        self.connection = connection
        self.answer = answer


class BrokerTransport:
    """HTTP to the broker for programs that wait. Threads may share it."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is opened before the first request."""
        if settings.socket is None:
            raise ValueError("there is no socket")
        self._path = settings.socket
        self._timeout = settings.timeout
        self._headers = {"Authorization": f"Bearer {settings.key}", "User-Agent": "datamaker-python"}
        if settings.project_id is not None:
            self._headers["X-DataMaker-Project"] = settings.project_id
        self._lock = threading.Lock()
        self._idle: list[_Connection] = []

    def send(self, request: Request) -> Response:
        """Send a request and read its answer. Raises `NetworkError`."""
        opened = self._ask(request)
        return Response(opened.answer.status, _headers(opened.answer), self._rest(opened))

    def open(self, request: Request) -> Response:
        """Send a request; the body of an answer below 400 is read by `read`. Raises `NetworkError`."""
        opened = self._ask(request)
        status, headers = opened.answer.status, _headers(opened.answer)
        if status >= 400:
            return Response(status, headers, self._rest(opened))
        return Response(status, headers, stream=opened)

    def read(self, stream: OpenAnswer) -> bytes:
        """The next bytes, b"" at the end. Raises `NetworkError`."""
        try:
            piece = stream.answer.read1(_PIECE)
            if piece == b"" and not _is_whole(stream.answer):
                raise HTTPException("the answer ends too early")  # noqa: TRY301
        except (OSError, HTTPException) as error:
            raise _broken(error, reached=True) from error
        return piece

    def end(self, stream: OpenAnswer) -> None:
        """Let go of an answer, wherever it is."""
        self._leave(stream)

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _ask(self, request: Request) -> OpenAnswer:
        connection = self._take()
        timeout = self._timeout if request.timeout is None else request.timeout
        path = request.path + (f"?{urlencode(request.query)}" if request.query else "")
        reached = connection.sock is not None
        try:
            connection.timeout = timeout
            if connection.sock is None:
                connection.connect()
                reached = True
            connection.sock.settimeout(timeout)
            connection.request(request.method, path, request.body, {**self._headers, **request.headers})
            return OpenAnswer(connection, connection.getresponse())
        except (OSError, HTTPException) as error:
            connection.close()
            raise _broken(error, reached) from error
        except BaseException:
            connection.close()
            raise

    def _rest(self, opened: OpenAnswer) -> bytes:
        try:
            return opened.answer.read()
        except (OSError, HTTPException) as error:
            raise _broken(error, reached=True) from error
        finally:
            self._leave(opened)

    def _take(self) -> _Connection:
        with self._lock:
            return self._idle.pop() if self._idle else _Connection(self._path)

    def _leave(self, opened: OpenAnswer) -> None:
        """Keep the connection for the next request, if all of the answer has been read."""
        connection, answer = opened.connection, opened.answer
        if not answer.isclosed() or connection.sock is None:
            answer.close()
            connection.close()
            return
        with self._lock:
            self._idle.append(connection)


class AsyncBrokerTransport:
    """The same for asyncio: a few threads wait."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is opened before the first request."""
        self._way = BrokerTransport(settings)
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="datamaker")

    async def send(self, request: Request) -> Response:
        """Send a request and read its answer. Raises `NetworkError`."""
        return await self._do(lambda: self._way.send(request))

    async def open(self, request: Request) -> Response:
        """Send a request; the body of an answer below 400 is read by `read`. Raises `NetworkError`."""
        return await self._do(lambda: self._way.open(request))

    async def read(self, stream: OpenAnswer) -> bytes:
        """The next bytes, b"" at the end. Raises `NetworkError`."""
        return await self._do(lambda: self._way.read(stream))

    async def end(self, stream: OpenAnswer) -> None:
        """Let go of an answer, wherever it is."""
        self._way.end(stream)

    async def close(self) -> None:
        """Close all connections."""
        self._way.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _do(self, what: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, what)


def _headers(answer: HTTPResponse) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.getheaders()}


def _is_whole(answer: HTTPResponse) -> bool:
    # read1 says nothing of an answer that breaks off before its length.
    return not answer.length


def _broken(error: Exception, reached: bool) -> NetworkError:
    if isinstance(error, TimeoutError):
        what = "did not answer in time" if reached else "could not be reached in time"
        return NetworkError(f"the broker of the scenario {what}", code="timeout", reached=reached)
    what = "broke the connection off" if reached else "cannot be reached"
    return NetworkError(f"the broker of the scenario {what}: {error or type(error).__name__}", reached=reached)
