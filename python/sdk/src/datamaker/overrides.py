"""What fields are in place of what their template says."""

from __future__ import annotations

import inspect
import itertools
import random
from bisect import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .core.encode import encode
from .errors import UsageError
from .rows import Row

#: The server takes so many values, and a body of 5 MiB; where there are more, they are picked here.
MAX_VALUES = 100_000
MAX_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True)
class PickFrom:
    """One of some values for each row, made by `pick_from`."""

    values: Sequence[Any]
    weights: Sequence[float] | None


@dataclass(frozen=True)
class PerRow:
    """What a function returns for each row, made by `callable`."""

    function: Callable[..., Any]
    parameters: int


def pick_from(values: Iterable[Any], weights: Iterable[float] | None = None) -> PickFrom:
    """Let each row take one of `values`.

    `weights` says how often each comes, one number for each value: `pick_from(["DE", "AT"], [3, 1])`. Which row takes which
    follows from the seed. Raises `UsageError` when there are no values, or the weights do not fit.
    """
    if isinstance(values, (str, bytes)):
        raise UsageError("pick_from takes a list of values, not one text: put it into a list")
    picked = list(values)
    if not picked:
        raise UsageError("pick_from has no values to pick from")
    if weights is None:
        return PickFrom(picked, None)
    weighing = list(weights)
    if len(weighing) != len(picked):
        raise UsageError(f"{len(weighing)} weights for {len(picked)} values: give one for each")
    if not all(isinstance(weight, (int, float)) and 0 <= weight < float("inf") for weight in weighing):
        raise UsageError("weights are numbers from 0 on")
    if sum(weighing) <= 0:
        raise UsageError("all weights are 0: no value could be picked")
    return PickFrom(picked, weighing)


def per_row(function: Callable[..., Any]) -> PerRow:
    """Call a function for each row, `function()` or `function(row)`, and put in what it returns.

    `row` is a dict of the row as it was generated; of several such fields the earlier ones are set already. Fields that the
    server derives from this one are made before, from what the template says. Raises `UsageError` for functions that want more.
    """
    if not callable(function):
        raise UsageError(f"dm.callable takes a function, not {type(function).__name__}")
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return PerRow(function, 0)
    places = [
        one for one in parameters if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD, one.VAR_POSITIONAL)
    ]
    needed = [one for one in places if one.default is one.empty and one.kind is not one.VAR_POSITIONAL]
    named = [one for one in parameters if one.kind is one.KEYWORD_ONLY and one.default is one.empty]
    if len(needed) > 1 or named:
        raise UsageError("the function of dm.callable takes nothing, or the row")
    return PerRow(function, 1 if needed or any(one.kind is one.VAR_POSITIONAL for one in places) else 0)


class Overrides:
    """Overrides of a call: what the server is told, and what is put into the rows here."""

    def __init__(self, given: Mapping[str, Any] | None) -> None:
        """Sort what was given. Raises `UsageError` for what cannot be sent."""
        self.wire: dict[str, Any] = {}
        self._here: list[tuple[str, PerRow | PickFrom]] = []
        for name, value in (given or {}).items():
            if isinstance(value, PerRow):
                self._here.append((name, value))
            elif isinstance(value, PickFrom):
                self._pick(name, value)
            elif callable(value):
                raise UsageError(f"the override of {name!r} is a function: write dm.callable(…) around it")
            else:
                # A dict that looks like a pick is a value here.
                self.wire[name] = {"constant": value}
        encode(self.wire)

    @property
    def are_sent(self) -> bool:
        """Whether the server does all of it."""
        return not self._here

    @property
    def here(self) -> list[str]:
        """Fields that are set here."""
        return [name for name, _ in self._here]

    def apply(self, rows: list[Row], first: int, seed: str) -> None:
        """Set the fields that are set here. `first` is the number of the first row."""
        for name, how in self._here:
            if isinstance(how, PickFrom):
                pick = _picker(how)
                for index, row in enumerate(rows, first):
                    _known(row, name)[name] = pick(random.Random(f"{seed}\0{name}\0{index}").random())
            else:
                for row in rows:
                    known = _known(row, name)
                    known[name] = how.function(dict(row)) if how.parameters else how.function()

    def _pick(self, name: str, pick: PickFrom) -> None:
        values = list(pick.values)
        if len(values) > MAX_VALUES or len(encode(values)) > MAX_BYTES:
            self._here.append((name, pick))
            return
        weights = {} if pick.weights is None else {"weights": list(pick.weights)}
        self.wire[name] = {"pick_from": values, **weights}


def _picker(pick: PickFrom) -> Callable[[float], Any]:
    """The value at a place from 0 to 1."""
    if pick.weights is None:
        return lambda at: pick.values[int(at * len(pick.values))]
    sums = list(itertools.accumulate(pick.weights))
    # A value of weight 0 has no place of its own, also when it is the last one.
    last = max(index for index, weight in enumerate(pick.weights) if weight > 0)
    return lambda at: pick.values[min(bisect(sums, at * sums[-1]), last)]


def _known(row: Row, name: str) -> Row:
    if name not in row:
        raise UsageError(f"the template has no field {name!r}; fields: {', '.join(list(row)[:20])}")
    return row
