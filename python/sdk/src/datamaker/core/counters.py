"""Counters of the project."""

from __future__ import annotations

from ..errors import UsageError
from .core import Core, part
from .effects import Flow


class CounterCore:
    """Calls on a counter: 1, 2, 3 …, over all scenarios and generations of the project."""

    def __init__(self, core: Core, name: str) -> None:
        """`name`: 1 to 128 characters."""
        if not isinstance(name, str) or name == "":
            raise UsageError("a counter is named by a text")
        self.core = core
        self.name = name

    def next(self) -> Flow[int]:
        """Count on. Nobody else gets that number."""
        answer = yield from self.core.post(self._path("/next"), {})
        return int(answer["value"])

    def take(self, count: int) -> Flow[range]:
        """Count on `count` times, in one call: the numbers, which nobody else gets. At most 1,000,000."""
        if not isinstance(count, int) or isinstance(count, bool) or count < 1:
            raise UsageError("a whole number from 1 on says how many numbers are taken")
        answer = yield from self.core.post(self._path("/next"), {"count": count})
        return range(int(answer["first"]), int(answer["value"]) + 1)

    def peek(self) -> Flow[int]:
        """The number that was given last; 0 when there was none."""
        answer = yield from self.core.get(self._path())
        return int(answer["value"])

    def reset(self) -> Flow[int]:
        """Let the next number be 1 again. Returns 0."""
        answer = yield from self.core.post(self._path("/reset"), {})
        return int(answer["value"])

    def delete(self) -> Flow[None]:
        """Delete it for good. Raises `NotFoundError`."""
        yield from self.core.delete(self._path())

    def _path(self, place: str = "") -> str:
        return f"/counters/{part(self.name)}{place}"
