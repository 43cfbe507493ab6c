"""The client for programs that wait."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping
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
from .core.unsent import flush_at_end
from .drafts import draft_of
from .driving import Blocking, Driver, blocking
from .errors import UsageError
from .formats import format_of
from .frames import dataframe_of_parquet, table_of_parquet
from .job_files import folder_of, is_whole
from .rows import Row, Rows
from .way import open_way


class RowStream(Iterator[Row], Ordered):
    """Rows as they come, one at a time; memory holds a few of them. Where the connection breaks it goes on behind the last row."""

    def __init__(self, batches: Iterator[Rows], order: Order) -> None:
        """Made by `stream`."""
        self._batches = batches
        self._rows: Iterator[Row] = iter(())
        self.order = order

    def __iter__(self) -> Iterator[Row]:
        """Itself: rows come once."""
        return self

    def __next__(self) -> Row:
        """The next row."""
        while True:
            for row in self._rows:
                return row
            if self.is_away:
                raise StopIteration
            self.order = None
            batch = next(self._batches)
            self.seed = batch.seed
            self._rows = iter(batch)


class Template(Blocking[TemplateCore]):
    """A template; made by `dm.template`."""

    read = blocking(TemplateCore.read)
    preview = blocking(TemplateCore.preview)

    @overload
    def generate(
        self,
        count: int,
        *,
        seed: str | int | None = None,
        overrides: Mapping[str, Any] | None = None,
        start: int = 0,
        format: None = None,
    ) -> Rows: ...
    @overload
    def generate(
        self,
        count: int,
        *,
        seed: str | int | None = None,
        overrides: Mapping[str, Any] | None = None,
        start: int = 0,
        format: str,
        **options: Any,
    ) -> bytes: ...
    def generate(self, count: int, *, format: str | None = None, **more: Any) -> Any:  # noqa: A002
        """Rows in memory: a list of dicts, or bytes of a `format`; see `DataMaker.generate`."""
        if format is None:
            return self._driver.run(self._core.rows(count, **more))
        return self._driver.run(self._core.bytes(count, format, **more))

    def stream(
        self,
        count: int,
        *,
        seed: str | int | None = None,
        overrides: Mapping[str, Any] | None = None,
        start: int = 0,
    ) -> RowStream:
        """Rows as they come; see `DataMaker.stream`."""
        batches = self._driver.iterate(self._core.batches(count, seed=seed, overrides=overrides, start=start))
        return RowStream(batches, Order(self._core, count, seed, overrides, start))

    def export(
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
                for piece in self._driver.iterate(self._core.pieces(count, format or format_of(target.name), **more)):
                    written += file.write(piece)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
        return written

    def dataframe(self, count: int, **more: Any) -> Any:
        """Rows as a pandas DataFrame, with dates and numbers as such. Needs `datamaker[pandas,arrow]`."""
        return dataframe_of_parquet(self.generate(count, format="parquet", **more))

    def table(self, count: int, **more: Any) -> Any:
        """Rows as a pyarrow Table. Needs `datamaker[arrow]`."""
        return table_of_parquet(self.generate(count, format="parquet", **more))


class Connection(Blocking[ConnectionCore]):
    """A connection; made by `dm.connection`. Keep it: finding one by its name is a request."""

    read = blocking(connections.read)
    verify = blocking(connections.verify)
    tables = blocking(connections.tables)
    insert = blocking(inserting.insert)
    insert_one = blocking(inserting.insert_one)
    upsert = blocking(inserting.upsert)
    post = blocking(inserting.post)
    execute = blocking(reading.execute)
    fetch = blocking(reading.fetch)
    fetch_to_set = blocking(reading.fetch_to_set)
    push = blocking(pushing.push)
    seed = blocking(seeding.seed)
    undo = blocking(seeding.undo)
    verify_rows = blocking(seeding.verify_rows)


class WorkspaceFiles(Blocking[FilesCore]):
    """The files of the project."""

    list = blocking(FilesCore.list)


class WorkspaceFile(Blocking[FileCore]):
    """A file of the project; made by `dm.workspace_file`. It need not be there yet."""

    read_bytes = blocking(FileCore.read_bytes)
    read_text = blocking(FileCore.read_text)
    read_json = blocking(FileCore.read_json)
    read_dataframe = blocking(FileCore.read_dataframe)
    write_bytes = blocking(FileCore.write_bytes)
    write_text = blocking(FileCore.write_text)
    write_json = blocking(FileCore.write_json)
    delete = blocking(FileCore.delete)

    def open(self, mode: str = "r", *, encoding: str = "utf-8", newline: str | None = None) -> Any:
        """A file object of it, in memory: `"r"`, `"rb"`, `"w"` or `"wb"`.

        What is written is uploaded when it is closed, and not when the `with` block ends with an exception.
        """
        if mode in ("r", "rt", "rb"):
            content = io.BytesIO(self.read_bytes())
            return content if mode == "rb" else io.TextIOWrapper(content, encoding=encoding, newline=newline)
        if mode in ("w", "wt", "wb"):
            upload = _Upload(self)
            return upload if mode == "wb" else _TextUpload(upload, encoding=encoding, newline=newline)
        raise UsageError(f'mode is "r", "rb", "w" or "wb", not {mode!r}')


class _Upload(io.BytesIO):
    """Bytes that are uploaded when they are closed."""

    def __init__(self, file: WorkspaceFile) -> None:
        super().__init__()
        self._file: WorkspaceFile | None = file

    def give_up(self) -> None:
        self._file = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.give_up()
        self.close()

    def close(self) -> None:
        file, self._file = self._file, None
        try:
            if file is not None:
                file.write_bytes(self.getvalue())
        finally:
            super().close()

    def __del__(self) -> None:
        # What nobody closed was not meant to be sent.
        self.give_up()


class _TextUpload(io.TextIOWrapper):
    """The same for text."""

    def __init__(self, upload: _Upload, *, encoding: str, newline: str | None) -> None:
        super().__init__(upload, encoding=encoding, newline=newline, write_through=True)
        self._upload = upload

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._upload.give_up()
        self.close()

    def __del__(self) -> None:
        self._upload.give_up()


class Counter(Blocking[CounterCore]):
    """A counter of the project; made by `dm.counter`."""

    next = blocking(CounterCore.next)
    take = blocking(CounterCore.take)
    peek = blocking(CounterCore.peek)
    reset = blocking(CounterCore.reset)
    delete = blocking(CounterCore.delete)


class Job(Blocking[JobCore]):
    """A generation in parts; made by `dm.jobs`."""

    read = blocking(JobCore.read)
    wait = blocking(JobCore.wait)
    cancel = blocking(JobCore.cancel)
    resume = blocking(JobCore.resume)
    manifest = blocking(JobCore.manifest)
    verify = blocking(JobCore.verify)
    part_bytes = blocking(JobCore.part_bytes)

    @property
    def id(self) -> str:
        """The id of its run."""
        return self._core.id

    def pieces(self, number: int | None = None) -> Iterator[bytes]:
        """The bytes of all parts as they come, or of part `number`, in constant memory. Each part is compared with the manifest."""
        return self._driver.iterate(self._core.pieces(number))

    def download(self, path: str | os.PathLike[str]) -> int:
        """All parts, one after the other, into a file, which is there when it is whole. Returns its bytes."""
        return _save(Path(path), self.pieces())

    def download_parts(self, folder: str | os.PathLike[str]) -> list[Path]:
        """Each part of a job with `part_files`, in a file of a folder that there is. Returns where they are, in order.

        A file is there when it is whole, and one that is there already is not asked for again: called once more, it goes on.
        """
        place = folder_of(folder)
        paths = []
        for made in self._driver.run(self._core.files()):
            target = place / made["name"]
            if not is_whole(target, made):
                _save(target, self._driver.iterate(self._core.part_pieces(made)))
            paths.append(target)
        return paths


def _save(target: Path, pieces: Iterator[bytes]) -> int:
    """Into a file, which is there when it is whole; its bytes."""
    written = 0
    draft = draft_of(target)
    try:
        with draft.open("xb") as file:
            for piece in pieces:
                written += file.write(piece)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return written


class Jobs(Blocking[Core]):
    """The jobs of the project."""

    def create(self, template_id: str, count: int, **more: Any) -> Job:
        """Have rows of a template made in parts, by as many workers as there are.

        `template_id`: an id or a name. `format`, `seed`, `overrides`, `start` and the options of the format are those of `generate`.
        `sink`: "files" keeps the parts for a week, "hash" counts and hashes their bytes. `part_rows`: rows of a part; as many as
        suit unless given. `part_files=True`: each part is a file of its own, as of a folder of Parquet files.
        """
        job_id = self._driver.run(create_job(self._core, template_id, count, **more))
        return self.get(job_id)

    def get(self, job_id: str) -> Job:
        """A job, by its id; nothing is asked yet."""
        return Job(JobCore(self._core, job_id), self._driver)


class DataMaker(Common, Blocking[Core]):
    """DataMaker, for programs that wait. Threads may share it.

    `dm = DataMaker()` is all that a scenario needs; elsewhere set `DM_API_KEY` and `DM_URL`, or give `api_key=` and `url=`.
    """

    def _start(self, core: Core) -> None:
        driver = Driver(open_way(core.settings))
        Blocking.__init__(self, core, driver)
        flush_at_end(core, driver.run)

    save_set = blocking(sets.save_set)
    load_set = blocking(sets.load_set)
    delete_set = blocking(sets.delete_set)
    mask = blocking(masking.mask)
    run = blocking(read_run)
    wait_for = blocking(wait_for)
    flush = blocking(Core.flush)

    def template(self, name_or_id: str) -> Template:
        """A template by its id or name, also at a version: `Customer@v3`. It is looked for at the first call."""
        return Template(TemplateCore(self._core, name_or_id), self._driver)

    def connection(self, name_or_id: str) -> Connection:
        """A connection by its id or name. It is looked for at the first call."""
        return Connection(ConnectionCore(self._core, name_or_id), self._driver)

    @overload
    def generate(
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
    def generate(
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
    def generate(self, template_id: str, count: int = 10, **more: Any) -> Any:
        """Rows of a template, in memory.

        `template_id`: an id or a name. `count`: rows, from 1 on. `seed`: the same seed gives the same rows; drawn unless given,
        and known as `.seed` of the list. `overrides`: field → a value that every row has, `dm.pick_from(…)` or `dm.callable(…)`.
        `start`: the number of the first row; row i of a seed is always the same.

        Returns a list of dicts. With `format` (`"csv"`, `"sql"`, `"xlsx"`, `"parquet"`, … see docs/reference/formats.md) it is bytes, and
        further arguments are options of the format: `format="sql", dialect="mysql"`. A million rows take some hundred megabytes:
        `stream` and `export` take none.

        Raises `NotFoundError`, `ValidationError`, `QuotaExceededError`, `NetworkError`.
        """
        return self.template(template_id).generate(count, **more)

    def stream(
        self,
        template_id: str,
        count: int,
        *,
        seed: str | int | None = None,
        overrides: Mapping[str, Any] | None = None,
        start: int = 0,
    ) -> RowStream:
        """Rows of a template as they come, one at a time, in constant memory; arguments as of `generate`."""
        return self.template(template_id).stream(count, seed=seed, overrides=overrides, start=start)

    def export(self, path: str | os.PathLike[str], template_id: str, count: int, **more: Any) -> int:
        """Rows of a template into a file, in constant memory; `format` is by the end of its name unless given.

        The file is there when it is whole. Returns its bytes.
        """
        return self.template(template_id).export(path, count, **more)

    @property
    def workspace_files(self) -> WorkspaceFiles:
        """The files of the project: `dm.workspace_files.list()`."""
        return WorkspaceFiles(FilesCore(self._core), self._driver)

    def workspace_file(self, path: str) -> WorkspaceFile:
        """A file of the project, with its folders: `lookups/postcodes.json`."""
        return WorkspaceFile(FileCore(self._core, path), self._driver)

    @property
    def jobs(self) -> Jobs:
        """Generations in parts: `dm.jobs.create("Customer", 1_000_000_000, format="csv")`."""
        return Jobs(self._core, self._driver)

    def counter(self, name: str) -> Counter:
        """A counter that goes on over all scenarios and generations of the project."""
        return Counter(CounterCore(self._core, name), self._driver)

    def close(self) -> None:
        """Send what waits (`insert_one`), and let go of connections."""
        try:
            self.flush()
        finally:
            self._driver.transport.close()

    def __enter__(self) -> DataMaker:
        """Itself; `close` at the end."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()
