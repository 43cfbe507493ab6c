"""A way to a server that goes wrong: requests and answers are lost, cut in the middle, or refused for now."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import ThreadingUnixStreamServer
from typing import Any

import httpx

_OWN = {
    "connection",
    "transfer-encoding",
    "content-length",
    "content-encoding",
    "host",
    "accept-encoding",
    "keep-alive",
    "date",
}
FAULTS = ("lose the request", "lose the answer", "cut the answer", "unavailable", "rate_limited")


class Faulty:
    """Passes requests on; of each hundred `share` meet a fault."""

    def __init__(self, target: str, share: int, seed: int) -> None:
        self.url = ""
        self.target = target
        self.share = share
        self.met: list[str] = []
        self.seen: list[tuple[str, str, dict[str, str]]] = []
        self._random = random.Random(seed)
        self._lock = threading.Lock()

    def fault(self) -> str | None:
        with self._lock:
            if self._random.randrange(100) >= self.share:
                return None
            drawn = self._random.choice(FAULTS)
            self.met.append(drawn)
            return drawn


def _handler(faulty: Faulty, client: httpx.Client) -> type[BaseHTTPRequestHandler]:

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None: ...

        def address_string(self) -> str:
            return "client"

        def _pass(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            faulty.seen.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}))
            fault = faulty.fault()
            if fault == "lose the request":
                return self._cut()
            if fault in ("unavailable", "rate_limited"):
                content = b'{"error":{"code":"%s","message":"not now"}}' % fault.encode()
                return self._answer(503 if fault == "unavailable" else 429, {"Retry-After": "0"}, content)
            headers = {k: v for k, v in self.headers.items() if k.lower() not in _OWN}
            answer = client.request(self.command, self.path, content=body, headers=headers)
            if fault == "lose the answer":
                return self._cut()
            kept = {k: v for k, v in answer.headers.items() if k.lower() not in _OWN}
            if fault == "cut the answer":
                self._answer(answer.status_code, kept, answer.content[: len(answer.content) // 2], len(answer.content))
                return self._cut()
            return self._answer(answer.status_code, kept, answer.content)

        def _answer(self, status: int, headers: dict[str, str], content: bytes, length: int | None = None) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", str(len(content) if length is None else length))
            self.end_headers()
            self.wfile.write(content)
            self.wfile.flush()

        def _cut(self) -> None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

        do_GET = do_POST = do_DELETE = do_PATCH = _pass  # noqa: N815

    return Handler


@contextmanager
def faulty(target: str, share: int, seed: int) -> Iterator[Faulty]:
    """Stands before a server, on a port of its own."""
    way = Faulty(target, share, seed)
    with httpx.Client(base_url=target, timeout=60) as client:
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(way, client))
        way.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield from _serving(server, way)


@contextmanager
def broker(target: str, path: Path) -> Iterator[Faulty]:
    """Stands before a server, on a unix socket."""
    way = Faulty(target, 0, 0)
    with httpx.Client(base_url=target, timeout=60) as client:
        yield from _serving(ThreadingUnixStreamServer(str(path), _handler(way, client)), way)


def _serving(server: Any, way: Faulty) -> Iterator[Faulty]:
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield way
    finally:
        server.shutdown()
        server.server_close()
