"""Connections: what is known of them, and what is in their systems."""

from __future__ import annotations

import re
from typing import Any

from ..errors import UsageError
from .core import Core, part
from .effects import Flow

_ID = re.compile(r"conn_[0-9a-hjkmnp-tv-z]{20,26}")


class ConnectionCore:
    """A connection, which calls are about."""

    def __init__(self, core: Core, ref: str) -> None:
        """`ref`: an id or a name."""
        if not isinstance(ref, str) or ref == "":
            raise UsageError("a connection is named by its id or its name")
        self.core = core
        self.ref = ref
        #: Rows of `insert_one` that wait for others, by how they go in.
        self.waiting: dict[bytes, tuple[dict[str, Any], list[Any]]] = {}
        self._type: str | None = None

    def id(self) -> Flow[str]:
        """The id, as a part of a path."""
        if _ID.fullmatch(self.ref):
            return self.ref
        return part((yield from self.core.id_by_name("connection", "/connections", self.ref)))

    def type(self) -> Flow[str]:
        """What kind of system it leads to, such as `postgres`; that never changes."""
        if self._type is None:
            self._type = str((yield from read(self))["type"])
        return self._type


def read(connection: ConnectionCore) -> Flow[dict[str, Any]]:
    """The connection: `id`, `name`, `type`, `url`, `readOnly`, `verification` and more. Never a password."""
    found: dict[str, Any] = yield from connection.core.get(f"/connections/{(yield from connection.id())}")
    return found


def verify(connection: ConnectionCore) -> Flow[dict[str, Any]]:
    """Try the connection. Returns `verification`: `status` is `verified`, or `problem`, `message` and `hint` say what is wrong."""
    found = yield from connection.core.post(f"/connections/{(yield from connection.id())}/verify", {})
    verification: dict[str, Any] = found["verification"]
    return verification


def tables(connection: ConnectionCore, *, refresh: bool = False) -> Flow[list[dict[str, Any]]]:
    """Tables of the system, each with `schema`, `name`, `columns`, `primaryKey` and more. `refresh`: not as kept within the hour."""
    path = f"/connections/{(yield from connection.id())}/metadata"
    found = yield from connection.core.get(path, {"refresh": True if refresh else None})
    tables: list[dict[str, Any]] = found["tables"]
    return tables
