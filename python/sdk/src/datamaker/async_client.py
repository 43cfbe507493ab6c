"""The client for asyncio: what `client` has, with `await` before it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, overload

from .common import Common
from .core import connections, inserting, masking, pushing, reading, seeding, sets
from .core.connections import ConnectionCore
from .core.core import Core
from .core.counters import CounterCore
from .core.files import FileCore, FilesCore
from .core.generation import TemplateCore
from .core.jobs import JobCore, create_job
from .core.orders import Order, Ordered
from .core.runs import read_run, wait_for
from .drafts import draft_of
from .driving import AsyncDriver, Awaiting, awaiting
from .formats import format_of
from .frames import dataframe_of_parquet, table_of_parquet
from .job_files import folder_of, is_whole
from .rows import Row, Rows
from .way import open_async_way


class AsyncRowStream(AsyncIterator[Row], Ordered):
    """Rows as they come, one at a time; see `RowStream`."""

    def __init__(self, batches: AsyncIterator[Rows], order: Order) -> None:
        """Made by `stream`."""
        self._batches = batches
        self._rows: Iterator[Row] = iter(())
        self.order = order

    def __aiter__(self) -> AsyncIterator[Row]:
        """Itself: rows come once."""
        return self

    async def __anext__(self) -> Row:
        """The next row."""
        while True:
            for row in self._rows:
                return row
            if self.is_away:
                raise StopAsyncIteration
            self.order = None
            batch = await anext(self._batches)
            self.seed = batch.seed
            self._rows = iter(batch)


class AsyncTemplate(Awaiting[TemplateCore]):
    """A template; made by `dm.template`."""

    read = awaiting(TemplateCore.read)
    preview = awaiting(TemplateCore.preview)

    @overload
    async def generate(
        self,
        count: int,
        *,
        seed: str | int | None = None,
        overrides: Mapping[str, Any] | None = None,
        start: int = 0,
        format: None = None,
    ) -> Rows: ...
    @overload
    async def generate(
        self,
        count: int,
        *,
        seed: str | int | None = None,
        overrides: Mapping[str, Any] | None = None,
        start: int = 0,
        format: str,
        **options: Any,
    ) -> bytes: ...
    async def generate(self, count: int, *, format: str | None = None, **more: Any) -> Any:  # noqa: A002
        """Rows in memory: a list of dicts, or bytes of a `format`; see `DataMaker.generate`."""
        if format is None:
            return await self._driver.run(self._core.rows(count, **more))
        return await self._driver.run(self._core.bytes(count, format, **more))

    def stream(
        self,
        count: int,
        *,
        seed: str | int | None = None,
        overrides: Mapping[str, Any] | None = None,
        start: int = 0,
    ) -> AsyncRowStream:
        """Rows as they come; see `DataMaker.stream`."""
        batches = self._driver.iterate(self._core.batches(count, seed=seed, overrides=overrides, start=start))
        return AsyncRowStream(batches, Order(self._core, count, seed, overrides, start))

    async def export(
        self,
        path: str | os.PathLike[str],
        count: int,
        *,
        format: str | None = None,  # noqa: A002
        **more: Any,
    ) -> int:
        """Rows into a file; see `DataMaker.export`."""
        target = Path(path)
        written = 0
        # A file under that name is whole, whatever happens.
        draft = draft_of(target)
        try:
            with draft.open("xb") as file:
                async for piece in self._driver.iterate(
                    self._core.pieces(count, format or format_of(target.name), **more)
                ):
                    written += file.write(piece)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
        return written

    async def dataframe(self, count: int, **more: Any) -> Any:
        """Rows as a pandas DataFrame, with dates and numbers as such. Needs `datamaker[pandas,arrow]`."""
        return dataframe_of_parquet(await self.generate(count, format="parquet", **more))

    async def table(self, count: int, **more: Any) -> Any:
        """Rows as a pyarrow Table. Needs `datamaker[arrow]`."""
        return table_of_parquet(await self.generate(count, format="parquet", **more))


class AsyncConnection(Awaiting[ConnectionCore]):
    """A connection; made by `dm.connection`. Keep it: finding one by its name is a request."""

    read = awaiting(connections.read)
    verify = awaiting(connections.verify)
    tables = awaiting(connections.tables)
    insert = awaiting(inserting.insert)
    insert_one = awaiting(inserting.insert_one)
    upsert = awaiting(inserting.upsert)
    post = awaiting(inserting.post)
    execute = awaiting(reading.execute)
    fetch = awaiting(reading.fetch)
    fetch_to_set = awaiting(reading.fetch_to_set)
    push = awaiting(pushing.push)
    seed = awaiting(seeding.seed)
    undo = awaiting(seeding.undo)
    verify_rows = awaiting(seeding.verify_rows)


class AsyncWorkspaceFiles(Awaiting[FilesCore]):
    """The files of the project."""

    list = awaiting(FilesCore.list)


class AsyncWorkspaceFile(Awaiting[FileCore]):
    """A file of the project; made by `dm.workspace_file`. It need not be there yet."""

    read_bytes = awaiting(FileCore.read_bytes)
    read_text = awaiting(FileCore.read_text)
    read_json = awaiting(FileCore.read_json)
    read_dataframe = awaiting(FileCore.read_dataframe)
    write_bytes = awaiting(FileCore.write_bytes)
    write_text = awaiting(FileCore.write_text)
    write_json = awaiting(FileCore.write_json)
    delete = awaiting(FileCore.delete)


class AsyncCounter(Awaiting[CounterCore]):
    """A counter of the project; made by `dm.counter`."""

    next = awaiting(CounterCore.next)
    take = awaiting(CounterCore.take)
    peek = awaiting(CounterCore.peek)
    reset = awaiting(CounterCore.reset)
    delete = awaiting(CounterCore.delete)


class AsyncJob(Awaiting[JobCore]):
    """A generation in parts; made by `dm.jobs`."""

    read = awaiting(JobCore.read)
    wait = awaiting(JobCore.wait)
    cancel = awaiting(JobCore.cancel)
    resume = awaiting(JobCore.resume)
    manifest = awaiting(JobCore.manifest)
    verify = awaiting(JobCore.verify)
    part_bytes = awaiting(JobCore.part_bytes)

    @property
    def id(self) -> str:
        """The id of its run."""
        return self._core.id

    def pieces(self, number: int | None = None) -> AsyncIterator[bytes]:
        """The bytes of all parts as they come, or of part `number`, in constant memory. Each part is compared with the manifest."""
        return self._driver.iterate(self._core.pieces(number))

    async def download(self, path: str | os.PathLike[str]) -> int:
        """All parts, one after the other, into a file, which is there when it is whole. Returns its bytes."""
        return await _save(Path(path), self.pieces())

    async def download_parts(self, folder: str | os.PathLike[str]) -> list[Path]:
        """Each part of a job with `part_files`, in a file of a folder that there is. Returns where they are, in order.

        A file is there when it is whole, and one that is there already is not asked for again: called once more, it goes on.
        """
        place = folder_of(folder)
        paths = []
        for made in await self._driver.run(self._core.files()):
            target = place / made["name"]
            if not await asyncio.to_thread(is_whole, target, made):
                await _save(target, self._driver.iterate(self._core.part_pieces(made)))
            paths.append(target)
        return paths


async def _save(target: Path, pieces: AsyncIterator[bytes]) -> int:
    """Into a file, which is there when it is whole; its bytes."""
    written = 0
    draft = draft_of(target)
    try:
        with draft.open("xb") as file:
            async for piece in pieces:
                written += file.write(piece)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return written


class AsyncJobs(Awaiting[Core]):
    """The jobs of the project."""

    async def create(self, template_id: str, count: int, **more: Any) -> AsyncJob:
        """Have rows of a template made in parts, by as many workers as there are.

        `template_id`: an id or a name. `format`, `seed`, `overrides`, `start` and the options of the format are those of `generate`.
        `sink`: "files" keeps the parts for a week, "hash" counts and hashes their bytes. `part_rows`: rows of a part; as many as
        suit unless given. `part_files=True`: each part is a file of its own, as of a folder of Parquet files.
        """
        job_id = await self._driver.run(create_job(self._core, template_id, count, **more))
        return self.get(job_id)

    def get(self, job_id: str) -> AsyncJob:
        """A job, by its id; nothing is asked yet."""
        return AsyncJob(JobCore(self._core, job_id), self._driver)


class AsyncDataMaker(Common, Awaiting[Core]):
    """DataMaker for asyncio: the calls of `DataMaker`, with `await` before them, and `async for` over streams.

    `dm = DataMaker()` is all that a scenario needs; elsewhere set `DM_API_KEY` and `DM_URL`, or give `api_key=` and `url=`.
    """

    def _start(self, core: Core) -> None:
        Awaiting.__init__(self, core, AsyncDriver(open_async_way(core.settings)))

    save_set = awaiting(sets.save_set)
    load_set = awaiting(sets.load_set)
    delete_set = awaiting(sets.delete_set)
    mask = awaiting(masking.mask)
    run = awaiting(read_run)
    wait_for = awaiting(wait_for)
    flush = awaiting(Core.flush)

    def template(self, name_or_id: str) -> AsyncTemplate:
        """A template by its id or name, also at a version: `Customer@v3`. It is looked for at the first call."""
        return AsyncTemplate(TemplateCore(self._core, name_or_id), self._driver)

    def connection(self, name_or_id: str) -> AsyncConnection:
        """A connection by its id or name. It is looked for at the first call."""
        return AsyncConnection(ConnectionCore(self._core, name_or_id), self._driver)

    @overload
    async def generate(
        self,
        template_id: str,
        count: int = 10,
        *,
        seed: str | int | None = None,
        overrides: Mapping[str, Any] | None = None,
        start: int = 0,
        format: None = None,
    ) -> Rows: ...
    @overload
    async def generate(
        self,
        template_id: str,
        count: int = 10,
        *,
        seed: str | int | None = None,
        overrides: Mapping[str, Any] | None = None,
        start: int = 0,
        format: str,
        **options: Any,
    ) -> bytes: ...
    async def generate(self, template_id: str, count: int = 10, **more: Any) -> Any:
        """Rows of a template, in memory; see `DataMaker.generate`."""
        return await self.template(template_id).generate(count, **more)

    def stream(
        self,
        template_id: str,
        count: int,
        *,
        seed: str | int | None = None,
        overrides: Mapping[str, Any] | None = None,
        start: int = 0,
    ) -> AsyncRowStream:
        """Rows of a template as they come, one at a time, in constant memory; arguments as of `generate`."""
        return self.template(template_id).stream(count, seed=seed, overrides=overrides, start=start)

    async def export(self, path: str | os.PathLike[str], template_id: str, count: int, **more: Any) -> int:
        """Rows of a template into a file, in constant memory; `format` is by the end of its name unless given.

        The file is there when it is whole. Returns its bytes.
        """
        return await self.template(template_id).export(path, count, **more)

    @property
    def workspace_files(self) -> AsyncWorkspaceFiles:
        """The files of the project: `dm.workspace_files.list()`."""
        return AsyncWorkspaceFiles(FilesCore(self._core), self._driver)

    def workspace_file(self, path: str) -> AsyncWorkspaceFile:
        """A file of the project, with its folders: `lookups/postcodes.json`."""
        return AsyncWorkspaceFile(FileCore(self._core, path), self._driver)

    @property
    def jobs(self) -> AsyncJobs:
        """Generations in parts: `dm.jobs.create("Customer", 1_000_000_000, format="csv")`."""
        return AsyncJobs(self._core, self._driver)

    def counter(self, name: str) -> AsyncCounter:
        """A counter that goes on over all scenarios and generations of the project."""
        return AsyncCounter(CounterCore(self._core, name), self._driver)

    async def close(self) -> None:
        """Send what waits (`insert_one`), and let go of connections."""
        try:
            await self.flush()
        finally:
            await self._driver.transport.close()

    async def __aenter__(self) -> AsyncDataMaker:
        """Itself; `close` at the end."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        await self.close()
