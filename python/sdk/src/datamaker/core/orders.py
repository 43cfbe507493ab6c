"""Rows of templates that were asked for, and of which none has come yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .generation import TemplateCore


@dataclass(frozen=True)
class Order:
    """Which rows."""

    template: TemplateCore
    count: int
    seed: str | int | None
    overrides: Mapping[str, Any] | None
    start: int


class Ordered:
    """A stream of rows that knows what was asked for, until its first row is taken."""

    #: None: somebody has taken rows.
    order: Order | None = None
    #: What the rows are made from, from the first one on.
    seed: str | None = None
    #: Whether all rows went elsewhere, so that none comes here.
    is_away = False

    def send_away(self) -> None:
        """Say that all rows went elsewhere."""
        self.order, self.is_away = None, True
