"""Two downloads into one place at once, without a server."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from datamaker.async_client import AsyncJob
from datamaker.client import Job


class Pieces(Job):
    """A job whose parts are these, and that downloads another one to the same place between them."""

    def __init__(self, target: Path | None) -> None:
        self._target = target

    def pieces(self, number: int | None = None) -> Iterator[bytes]:
        yield b"one "
        if self._target is not None:
            assert Pieces(None).download(self._target) == 8
        yield b"half"


class AsyncPieces(AsyncJob):
    def __init__(self) -> None:
        pass

    async def pieces(self, number: int | None = None) -> AsyncIterator[bytes]:
        for piece in (b"one ", b"half"):
            yield piece
            await asyncio.sleep(0)


def expect_whole(target: Path) -> None:
    assert target.read_bytes() == b"one half"
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(target.stat().st_mode) == 0o666 & ~umask


def test_do_not_write_into_each_other(tmp_path: Path) -> None:
    assert Pieces(tmp_path / "rows.csv").download(tmp_path / "rows.csv") == 8
    expect_whole(tmp_path / "rows.csv")


def test_nor_where_they_are_awaited(tmp_path: Path) -> None:
    async def main() -> None:
        jobs = [AsyncPieces().download(tmp_path / "rows.csv") for _ in range(3)]
        assert await asyncio.gather(*jobs) == [8, 8, 8]

    asyncio.run(main())
    expect_whole(tmp_path / "rows.csv")
