"""Lines for whoever watches a run."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import Any


class Log:
    """`dm.log.info("seeded %d rows", 5, table="orders")`: a message as `logging` makes it, and fields beside it.

    Lines go to the standard output. With DM_LOG_FORMAT=json each is an object with `at`, `level`, `message`, `fields` and perhaps
    `traceback`; else it is text.
    """

    def __init__(
        self, environment: Mapping[str, str] = os.environ, write: Callable[[str], object] | None = None
    ) -> None:
        """`write` takes a line without its end."""
        self._is_json = environment.get("DM_LOG_FORMAT") == "json"
        self._write = write or _print

    def debug(self, message: str, *args: Any, exc_info: Any = None, **fields: Any) -> None:
        """Details."""
        self._say("debug", message, args, exc_info, fields)

    def info(self, message: str, *args: Any, exc_info: Any = None, **fields: Any) -> None:
        """What goes as it should."""
        self._say("info", message, args, exc_info, fields)

    def warn(self, message: str, *args: Any, exc_info: Any = None, **fields: Any) -> None:
        """What somebody should look at."""
        self._say("warn", message, args, exc_info, fields)

    warning = warn

    def error(self, message: str, *args: Any, exc_info: Any = None, **fields: Any) -> None:
        """What went wrong. `exc_info=True` adds the traceback of the exception that is handled."""
        self._say("error", message, args, exc_info, fields)

    def exception(self, message: str, *args: Any, **fields: Any) -> None:
        """`error` with the traceback of the exception that is handled."""
        self._say("error", message, args, True, fields)

    def _say(self, level: str, message: str, args: tuple[Any, ...], exc_info: Any, fields: Mapping[str, Any]) -> None:
        text = _formatted(message, args)
        trace = _traceback(exc_info)
        if self._is_json:
            at = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            line = {"at": at, "level": level, "message": text, "fields": dict(fields)}
            if trace:
                line["traceback"] = trace
            self._write(json.dumps(line, ensure_ascii=False, default=str))
            return
        beside = "".join(f" {name}={value}" for name, value in fields.items())
        self._write(f"{level.upper()} {text}{beside}" + (f"\n{trace}" if trace else ""))


def _formatted(message: str, args: tuple[Any, ...]) -> str:
    if not args:
        return str(message)
    try:
        return str(message) % (args[0] if len(args) == 1 and isinstance(args[0], Mapping) and args[0] else args)
    except (TypeError, ValueError, KeyError):
        # A line with a slip in it is still better than a run that fails of it.
        return f"{message} {args!r}"


def _traceback(exc_info: Any) -> str:
    if not exc_info:
        return ""
    error = exc_info if isinstance(exc_info, BaseException) else sys.exc_info()[1]
    if isinstance(exc_info, tuple):
        error = exc_info[1]
    if error is None:
        return ""
    return "".join(traceback.format_exception(type(error), error, error.__traceback__)).rstrip()


def _print(line: str) -> None:
    print(line, flush=True)
