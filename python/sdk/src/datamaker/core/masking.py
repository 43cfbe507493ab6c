"""Masking of rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import UsageError
from ..rows import Rows, RowsLike, Source
from .chunks import Chunker
from .core import Core
from .effects import Flow, Pull
from .encode import encode
from .generation import template_id as id_of_template

#: A body has at most 5 MiB.
_BYTES = 3 * 1024 * 1024


def mask(
    core: Core,
    rows: RowsLike,
    strategies: Mapping[str, str] | None = None,
    *,
    fields: Mapping[str, Any] | None = None,
    template_id: str | None = None,
    seed: str | int | None = None,
    key: str | None = None,
    key_name: str | None = None,
) -> Flow[Rows]:
    """Rows with what is personal replaced: `dm.mask(rows, {"email": "format-preserve", "name": "replace"})`.

    Strategies and their options (`fields`) are those of docs/how-to/mask-rows.md. `key` is the secret of strategies that need one, at
    least 16 bytes; without it the server makes one for your workspace, so that the same value always becomes the same fake. What is
    sensitive, `template_id` (an id or a name) says, else names and values do.

    Raises `ValidationError`, and gives no rows, when a field with personal data has no strategy, or a strategy does not fit. Integers
    beyond 2^53 become texts.
    """
    if (strategies is None) == (fields is None):
        raise UsageError("give strategies, or fields")
    options = {
        "strategies": strategies,
        "fields": fields,
        "templateId": None if template_id is None else (yield from id_of_template(core, template_id)),
        "key": key,
        "keyName": key_name,
    }
    source, chunker, masked = Source(rows), Chunker(max_bytes=_BYTES), Rows()
    step = core.keys.step()
    counted: dict[str, int] = {}
    taking = True
    while taking:
        taken = yield Pull(source)
        taking = len(taken) > 0
        for chunk in chunker.add(taken) if taking else chunker.end():
            # With one seed for all chunks, the first rows of each would have the same fakes.
            drawn = seed if masked.seed is None else f"{masked.seed}/{len(masked)}"
            rest = encode({k: v for k, v in {**options, "seed": drawn}.items() if v is not None})
            answer = yield from core.post_bytes("/mask", chunk.body(rest), step)
            masked.extend(answer["rows"])
            masked.seed = masked.seed or str(answer["seed"])
            for name, count in _counts(answer["log"]):
                counted[name] = counted.get(name, 0) + count
    if counted:
        core.say("masked " + ", ".join(f"{name} ×{count}" for name, count in counted.items()))
    return masked


def _counts(log: Any) -> list[tuple[str, int]]:
    return [(f"{one['field']} ({one['strategy']})", int(one["values"])) for one in log]
