"""Jobs of a real server."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from servers import Server

from datamaker import AsyncDataMaker, ConflictError, DataMaker, NotFoundError, RunFailedError, UsageError

Make = Callable[..., str]
FIELDS = ({"name": "id", "type": "sequence"}, {"name": "email", "type": "email"})


def test_makes_parts_whose_bytes_are_those_of_one_answer(dm: DataMaker, template: Make, tmp_path: Path) -> None:
    made = template(*FIELDS, name="Customer of jobs")
    job = dm.jobs.create("Customer of jobs", 20_000, format="csv", delimiter=";", seed="demo", part_rows=3000)
    status = job.wait()
    assert (status.id, status.state, status.rows, status.total_parts) == (job.id, "done", 20_000, 7)
    whole = dm.generate(made, 20_000, format="csv", delimiter=";", seed="demo")
    assert job.download(tmp_path / "customers.csv") == len(whole)
    assert (tmp_path / "customers.csv").read_bytes() == whole
    assert [path.name for path in tmp_path.iterdir()] == ["customers.csv"]
    manifest = job.manifest()
    third = job.part_bytes(3)
    assert hashlib.sha256(third).hexdigest() == manifest["parts"][2]["sha256"]
    assert b"".join(job.pieces(3)) == third
    check = dm.jobs.get(job.id).verify()
    assert (check.ok, check.parts, check.bytes, check.damaged) == (True, 7, len(whole), [])
    with pytest.raises(UsageError, match="no part 8"):
        list(job.pieces(8))
    with pytest.raises(ConflictError):
        job.resume()


def test_makes_parts_that_are_files(server: Server, dm: DataMaker, template: Make, tmp_path: Path) -> None:
    made = template(*FIELDS)
    job = dm.jobs.create(made, 2500, format="parquet", seed="demo", part_rows=1000, part_files=True)
    assert job.wait().total_parts == 3
    paths = job.download_parts(tmp_path)
    assert paths == [tmp_path / f"{made}.{n:05}-of-00003.parquet" for n in (1, 2, 3)]
    assert sorted(tmp_path.iterdir()) == paths
    for n, path in enumerate(paths):
        count = min(1000, 2500 - n * 1000)
        alone = dm.generate(made, count, start=n * 1000, format="parquet", seed="demo")
        assert path.read_bytes() == alone == b"".join(job.pieces(n + 1))
    # One is whole, one is gone, and one is another of the same length.
    whole, size = paths[0].stat(), paths[2].stat().st_size
    third = paths[2].read_bytes()
    paths[1].unlink()
    paths[2].write_bytes(bytes(size))
    assert job.download_parts(str(tmp_path)) == paths
    again = paths[0].stat()
    assert (again.st_ino, again.st_mtime_ns) == (whole.st_ino, whole.st_mtime_ns)
    assert paths[2].read_bytes() == third
    with pytest.raises(ConflictError, match="download_parts") as refused:
        job.download(tmp_path / "all.parquet")
    assert refused.value.code == "job_of_files"
    for path, message in ((tmp_path / "absent", "there is no folder"), (paths[0], "is not a folder")):
        with pytest.raises(UsageError, match=message):
            job.download_parts(path)
    assert sorted(tmp_path.iterdir()) == paths
    joined = dm.jobs.create(made, 10, format="csv")
    joined.wait()
    with pytest.raises(UsageError, match="one file together"):
        joined.download_parts(tmp_path)

    async def main() -> None:
        paths[1].unlink()
        async with AsyncDataMaker(api_key=server.key, url=server.url) as other:
            assert await other.jobs.get(job.id).download_parts(tmp_path) == paths
        assert paths[1].exists()

    asyncio.run(main())


def test_ends_one_and_tells_what_cannot_be(dm: DataMaker, template: Make) -> None:
    job = dm.jobs.create(template(*FIELDS), 4_000_000_000, format="ndjson", sink="hash")
    job.cancel()
    with pytest.raises(RunFailedError) as failed:
        job.wait()
    assert failed.value.run["id"] == job.id
    assert job.read().state == "cancelled"
    with pytest.raises(ConflictError):
        job.manifest()
    with pytest.raises(NotFoundError):
        dm.jobs.get("run_00000000000000000000").read()
    with pytest.raises(NotFoundError):
        dm.jobs.create("Nobody of jobs", 1)


def test_is_awaited(server: Server, template: Make, tmp_path: Path) -> None:
    made = template(*FIELDS)

    async def main() -> None:
        async with AsyncDataMaker(api_key=server.key, url=server.url) as dm:
            job = await dm.jobs.create(made, 500, format="csv", seed="demo", part_rows=200)
            assert (await job.wait()).parts == 3
            whole = await dm.generate(made, 500, format="csv", seed="demo")
            assert b"".join([piece async for piece in job.pieces()]) == whole
            assert await job.download(tmp_path / "rows.csv") == len(whole)
            assert (await job.verify()).ok

    asyncio.run(main())
