"""Saved sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import UsageError
from ..rows import Rows, RowsLike, Source
from .core import Core, part
from .effects import Flow, Pull
from .generation import template_id as id_of_template

#: Rows of a set that are loaded in one request.
_PAGE = 10_000


@dataclass(frozen=True)
class SavedSet:
    """A version of a set, without its rows."""

    name: str
    version: int
    row_count: int
    #: Of the rows as lines of JSON.
    sha256: str
    #: Of sets that a template makes.
    seed: str | None


def save_set(
    core: Core,
    name: str,
    rows: RowsLike = None,
    *,
    template_id: str | None = None,
    count: int | None = None,
    seed: str | int | None = None,
) -> Flow[SavedSet]:
    """Save rows under a name; a name that is there gets a new version.

    Either `rows`, at most 100,000 and 10 MiB, with all digits of their numbers; or `template_id` (an id or a name) and `count`, up to
    a million rows that the server makes, of `seed`.
    """
    body: Mapping[str, Any]
    if (rows is None) == (template_id is None):
        raise UsageError("give rows, or template_id and count")
    if template_id is None:
        source = Source(rows)
        taken: list[Any] = []
        while batch := (yield Pull(source)):
            taken += [dict(row) for row in batch]
        body = {"name": name, "rows": taken}
    else:
        ref = yield from id_of_template(core, template_id)
        body = {"name": name, "template_id": ref, "count": count, "seed": seed}
    saved = yield from core.post("/sets", body)
    return SavedSet(saved["name"], saved["version"], saved["row_count"], saved["sha256"], saved.get("seed"))


def load_set(core: Core, name: str, version: int | None = None) -> Flow[Rows]:
    """The rows of a set, the newest version unless another is named. Raises `NotFoundError`."""
    loaded, offset = Rows(), 0
    path, query = f"/sets/{part(name)}", {"version": version}
    while True:
        page = yield from core.get(path, {**query, "offset": offset, "limit": _PAGE})
        loaded.extend(page["rows"])
        loaded.seed = page.get("seed")
        # Another version may come meanwhile: all rows are of the first page's.
        query = {"version": page["version"]}
        if page["next_offset"] is None:
            return loaded
        offset = page["next_offset"]


def delete_set(core: Core, name: str) -> Flow[None]:
    """Delete a set; for 30 days it can be restored."""
    yield from core.delete(f"/sets/{part(name)}")
