"""Counters of the workspace."""

from __future__ import annotations

from typing import Any

from ..errors import UsageError
from .core import Core, part
from .effects import Flow


class CounterCore:
    """Calls on a counter: 1, 2, 3 …, over all scenarios and generations of the workspace."""

    def __init__(self, core: Core, name: str) -> None:
        """`name`: 1 to 128 characters."""
        if not isinstance(name, str) or name == "":
            raise UsageError("a counter is named by a text")
        self.core = core
        self.name = name

    def next(self) -> Flow[int]:
        """Count on. Nobody else gets that number."""
        return (yield from self._ask("POST", "/next"))

    def peek(self) -> Flow[int]:
        """The number that was given last; 0 when there was none."""
        return (yield from self._ask("GET", ""))

    def reset(self) -> Flow[int]:
        """Let the next number be 1 again. Returns 0."""
        return (yield from self._ask("POST", "/reset"))

    def _ask(self, method: str, place: str) -> Flow[int]:
        path = f"/counters/{part(self.name)}{place}"
        answer: Any = yield from (self.core.get(path) if method == "GET" else self.core.post(path, {}))
        return int(answer["value"])
