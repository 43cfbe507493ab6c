"""Rows that wait when a program ends. None may be lost without a word."""

from __future__ import annotations

import atexit
import os
import sys
import traceback
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .core import Core
    from .effects import Flow

_kept: set[Core] = set()
_runners: weakref.WeakKeyDictionary[Core, Callable[[Flow[None]], None]] = weakref.WeakKeyDictionary()


def keep_until_flushed(core: Core) -> None:
    """Keep a client alive that nobody else may hold any more."""
    _kept.add(core)


def let_go(core: Core) -> None:
    """Nothing waits any more."""
    _kept.discard(core)


def flush_at_end(core: Core, run: Callable[[Flow[None]], None]) -> None:
    """Say what sends the rows that wait when the program ends. It must not hold on to the client."""
    _runners[core] = run


@atexit.register
def _at_end() -> None:
    left = [core for core in _kept if core.has_waiting]
    try:
        for core in left:
            run = _runners.get(core)
            if run is None:
                raise RuntimeError("rows of insert_one were never sent: end with `await dm.close()`")  # noqa: TRY301
            run(core.flush())
    except Exception:  # noqa: BLE001 - whatever it is, the program must not end well
        traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(1)
