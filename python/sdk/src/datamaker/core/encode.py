"""Values of Python as JSON that the server takes."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from importlib import import_module
from typing import Any
from uuid import UUID

from ..errors import UsageError

#: Whole numbers beyond that are texts on their way to a table, as the server wants them: other readers of JSON round them.
EXACT = 2**53
#: What rows are written of at once; what else there is may have whole numbers inside, or be nothing that can be sent.
_KNOWN = frozenset({str, bool, type(None), float, int, date, datetime, time, Decimal, UUID, bytes})


def _fast() -> Any:
    """orjson, where it is installed (`datamaker[fast]`): it writes rows several times as fast."""
    try:
        return import_module("orjson")
    except ImportError:
        return None


_orjson = _fast()


def _other(value: Any) -> Any:
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, (Decimal, UUID)):
        if isinstance(value, Decimal) and not value.is_finite():
            raise ValueError(f"{value} is no number of JSON")
        return str(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return base64.b64encode(value).decode()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    # Numbers of numpy, without importing it.
    if hasattr(value, "item") and callable(value.item) and getattr(value, "shape", None) == ():
        return value.item()
    raise TypeError(f"{type(value).__name__} is no value of JSON")


_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_other)


def encode(value: Any) -> bytes:
    """JSON in UTF-8. Raises `UsageError` for what is no value of JSON."""
    try:
        return _encoder.encode(value).encode()
    except (TypeError, ValueError, RecursionError, UnicodeEncodeError) as error:
        raise UsageError(f"that cannot be sent as JSON: {error}") from None


def encode_row(row: Any, index: int) -> bytes:
    """A row as JSON, large whole numbers as texts. Raises `UsageError` that names the row."""
    if type(row) is dict and (encoded := _together([row])) is not None:
        return encoded
    if not isinstance(row, Mapping):
        raise UsageError(f"row {index} is no dict but {type(row).__name__}")
    try:
        return encode({name: portable(value) for name, value in row.items()})
    except UsageError as error:
        raise UsageError(f"row {index}: {error.message}; NaN and infinity have to be None") from None


def encode_rows(rows: Sequence[Any], index: int) -> bytes | Iterator[bytes]:
    """Rows as JSON with commas between them, where they are so plain that this goes at once; else each by itself.

    The bytes of a row do not hang on the rows beside it. `index` is the number of the first.
    """
    encoded = _together(rows)
    return encoded if encoded is not None else (encode_row(row, at) for at, row in enumerate(rows, index))


def _together(rows: Sequence[Any]) -> bytes | None:
    """Rows with commas between them; None where one of them has to be looked at by itself."""
    if set(map(type, rows)) != {dict}:
        return None
    kinds: set[type] = set()
    is_odd = False
    # Values are looked at a column at a time, which loops in C; what they are called does not matter here.
    for column in _columns_of(rows):
        own = set(map(type, column))
        kinds |= own
        is_odd = is_odd or (datetime in own and _has_odd_offset(column))
    if not kinds <= _KNOWN:
        return None
    try:
        if _orjson is None:
            return None if int in kinds and _are_large(rows) else _encoder.encode(rows)[1:-1].encode()
        # Whole numbers of 54 bits raise, and so do names that are no texts. It would cut seconds off an offset.
        option = _orjson.OPT_STRICT_INTEGER
        if is_odd or time in kinds:
            option |= _orjson.OPT_PASSTHROUGH_DATETIME
        written: bytes = _orjson.dumps(rows, _other, option)[1:-1]
    except (TypeError, ValueError):
        return None
    # What is no number is null for it.
    return None if float in kinds and b"null" in written and _are_odd(rows) else written


def _columns_of(rows: Sequence[dict[str, Any]]) -> Iterable[Iterable[Any]]:
    """All values, in columns where rows are of one length."""
    return zip(*map(dict.values, rows), strict=True) if len(set(map(len, rows))) == 1 else map(dict.values, rows)


def _has_odd_offset(values: Iterable[Any]) -> bool:
    """Whether one of them may have an offset with seconds, as zones had in former times."""
    zones = {value.tzinfo for value in values if type(value) is datetime}
    return any(zone is not None and (type(zone) is not timezone or _has_seconds(zone)) for zone in zones)


def _has_seconds(zone: timezone) -> bool:
    return bool(zone.utcoffset(None) % timedelta(minutes=1))


def _are_large(rows: Sequence[dict[str, Any]]) -> bool:
    return any(type(value) is int and not -EXACT <= value <= EXACT for row in rows for value in row.values())


def _are_odd(rows: Sequence[dict[str, Any]]) -> bool:
    return any(type(value) is float and not math.isfinite(value) for row in rows for value in row.values())


def portable(value: Any) -> Any:
    """A value with its large whole numbers as texts."""
    if isinstance(value, int) and not isinstance(value, (bool, Enum)):
        return value if -EXACT <= value <= EXACT else str(value)
    if isinstance(value, Mapping):
        return {str(name): portable(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [portable(inner) for inner in value]
    return value
