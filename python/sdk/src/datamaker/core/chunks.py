"""Rows in chunks that the server takes in one request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .encode import encode_row, encode_rows

#: A request takes 10,000 rows and 10 MiB; beside the rows there is little else in it.
MAX_ROWS = 10_000
MAX_BYTES = 4 * 1024 * 1024


class Chunk:
    """Rows of one request, encoded."""

    def __init__(self) -> None:
        """Begin without rows."""
        #: Rows in JSON, some at a time with commas between them.
        self.parts: list[bytes] = []
        self.rows = 0
        #: With a comma for each row.
        self.bytes = 0

    def add(self, part: bytes, rows: int) -> None:
        """Take rows."""
        self.parts.append(part)
        self.rows += rows
        self.bytes += len(part) + 1

    def body(self, rest: bytes) -> bytes:
        """The body of a request: an object with `rows` and what `rest`, an object in JSON, has."""
        end = b"]}" if rest == b"{}" else b"]," + rest[1:]
        return b"".join((b'{"rows":[', b",".join(self.parts), end))


class Chunker:
    """Cuts rows into chunks of at most so many rows and bytes; a row that is larger by itself is a chunk of its own.

    The same rows make the same chunks, however they come, so that a run that is made again sends the same requests.
    """

    def __init__(self, max_rows: int = MAX_ROWS, max_bytes: int = MAX_BYTES) -> None:
        """Begin with an empty chunk."""
        self._limits = (max_rows, max_bytes)
        self._open = Chunk()
        self._taken = 0

    def add(self, rows: Sequence[Any]) -> Iterator[Chunk]:
        """Take rows, and give the chunks that are full. Raises `UsageError` for a row that cannot be sent."""
        max_rows, max_bytes = self._limits
        at = 0
        while at < len(rows):
            if self._open.rows >= max_rows:
                yield self._cut()
            some = rows[at : at + max_rows - self._open.rows]
            encoded = encode_rows(some, self._taken)
            at += len(some)
            if isinstance(encoded, bytes) and self._open.bytes + len(encoded) + 1 <= max_bytes:
                self._open.add(encoded, len(some))
                self._taken += len(some)
                continue
            each = encoded if not isinstance(encoded, bytes) else _each(some, self._taken)
            for row in each:
                if self._open.rows and (self._open.rows >= max_rows or self._open.bytes + len(row) + 1 > max_bytes):
                    yield self._cut()
                self._open.add(row, 1)
                self._taken += 1

    def end(self) -> Iterator[Chunk]:
        """What is left."""
        if self._open.rows:
            yield self._cut()

    def _cut(self) -> Chunk:
        chunk, self._open = self._open, Chunk()
        return chunk


def _each(rows: Sequence[Any], index: int) -> Iterator[bytes]:
    return (encode_row(row, at) for at, row in enumerate(rows, index))
