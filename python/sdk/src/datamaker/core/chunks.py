"""Rows in chunks that the server takes in one request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .encode import encode_row

#: A request takes 10,000 rows and 10 MiB; beside the rows there is little else in it.
MAX_ROWS = 10_000
MAX_BYTES = 4 * 1024 * 1024


class Chunk:
    """Rows of one request, encoded."""

    def __init__(self) -> None:
        """Begin without rows."""
        self.rows: list[bytes] = []
        self.bytes = 0

    def body(self, rest: bytes) -> bytes:
        """The body of a request: an object with `rows` and what `rest`, an object in JSON, has."""
        head = b'{"rows":[' + b",".join(self.rows) + b"]"
        return head + (b"}" if rest == b"{}" else b"," + rest[1:])


class Chunker:
    """Cuts rows into chunks of at most so many rows and bytes; a row that is larger by itself is a chunk of its own.

    The same rows make the same chunks, however they come, so that a run that is made again sends the same requests.
    """

    def __init__(self, max_rows: int = MAX_ROWS, max_bytes: int = MAX_BYTES) -> None:
        """Begin with an empty chunk."""
        self._limits = (max_rows, max_bytes)
        self._open = Chunk()
        self._taken = 0

    def add(self, rows: Iterable[Any]) -> Iterator[Chunk]:
        """Take rows, and give the chunks that are full. Raises `UsageError` for a row that cannot be sent."""
        max_rows, max_bytes = self._limits
        for row in rows:
            encoded = encode_row(row, self._taken)
            self._taken += 1
            size = len(encoded) + 1
            if self._open.rows and (len(self._open.rows) >= max_rows or self._open.bytes + size > max_bytes):
                yield self._open
                self._open = Chunk()
            self._open.rows.append(encoded)
            self._open.bytes += size

    def end(self) -> Iterator[Chunk]:
        """What is left."""
        if self._open.rows:
            yield self._open
            self._open = Chunk()
