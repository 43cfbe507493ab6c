"""Rows: what calls give, and what they take."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeAlias

from .errors import UsageError

Row: TypeAlias = dict[str, Any]
"""A row as calls give it: names of fields, and values as JSON has them (dates are texts)."""

#: Rows as calls take them: a list, a generator, a pandas DataFrame or a pyarrow Table; of the asynchronous client also an
#: asynchronous generator. Values may be dates, UUIDs, decimals, bytes and numbers of numpy too.
RowsLike: TypeAlias = Iterable[Mapping[str, Any]] | AsyncIterable[Mapping[str, Any]] | Any

#: So many rows are taken from a source at a time.
BATCH = 1000


class Rows(list[Row]):
    """A list of rows that knows the seed that it was made from; `None` where it is not known."""

    seed: str | None = None


class Source:
    """Rows on their way in, some at a time."""

    def __init__(self, rows: RowsLike) -> None:
        """Take rows of any kind. Raises `UsageError` where it is none."""
        self.later: AsyncIterator[Mapping[str, Any]] | None = None
        self._now: Iterator[Any] = iter(())
        if isinstance(rows, (Mapping, str, bytes)):
            raise UsageError(f"rows must be many rows, this is one {type(rows).__name__}: put it into a list")
        frame = _batches_of_frame(rows)
        if frame is not None:
            self._now = (row for batch in frame for row in batch)
        elif isinstance(rows, AsyncIterable):
            self.later = aiter(rows)
        elif isinstance(rows, Iterable):
            self._now = iter(rows)
        else:
            raise UsageError(f"rows must be a list or a generator of dicts, or a DataFrame; not {type(rows).__name__}")

    def take(self) -> list[Any]:
        """The next rows; empty at the end."""
        if self.later is not None:
            raise UsageError("rows of an asynchronous generator are for AsyncDataMaker")
        return list(islice(self._now, BATCH))

    async def take_later(self) -> list[Any]:
        """The next rows, where they come from an asynchronous source."""
        if self.later is None:
            return self.take()
        taken: list[Any] = []
        async for row in self.later:
            taken.append(row)
            if len(taken) == BATCH:
                break
        return taken


def _batches_of_frame(rows: Any) -> Iterator[list[Row]] | None:
    """Rows of a DataFrame or a Table, by the names of its columns; None: it is neither. Nothing is imported for that."""
    package = type(rows).__module__.partition(".")[0]
    if package == "pandas" and hasattr(rows, "iloc"):
        return _batches_of_pandas(rows)
    if package == "pyarrow" and hasattr(rows, "to_batches"):
        return (batch.to_pylist() for batch in rows.to_batches(max_chunksize=BATCH))
    if package == "polars" and hasattr(rows, "iter_slices"):
        return (part.to_dicts() for part in rows.iter_slices(BATCH))
    return None


def _batches_of_pandas(frame: Any) -> Iterator[list[Row]]:
    names = [str(name) for name in frame.columns]
    for start in range(0, len(frame), BATCH):
        part = frame.iloc[start : start + BATCH]
        # What pandas writes for a missing value (NaN, NaT, NA) is null for everybody else.
        columns = [
            [
                None if gone else value
                for value, gone in zip(part.iloc[:, i].tolist(), part.iloc[:, i].isna(), strict=True)
            ]
            for i in range(len(names))
        ]
        yield [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
