"""Values of Python as JSON that the server takes."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from ..errors import UsageError

#: Whole numbers beyond that are texts on their way to a table, as the server wants them: other readers of JSON round them.
EXACT = 2**53
_PLAIN = (str, bool, type(None))


def encode(value: Any) -> bytes:
    """JSON in UTF-8. Raises `UsageError` for what is no value of JSON."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_other).encode()
    except (TypeError, ValueError, RecursionError, UnicodeEncodeError) as error:
        raise UsageError(f"that cannot be sent as JSON: {error}") from None


def encode_row(row: Any, index: int) -> bytes:
    """A row as JSON, large whole numbers as texts. Raises `UsageError` that names the row."""
    if not isinstance(row, Mapping):
        raise UsageError(f"row {index} is no dict but {type(row).__name__}")
    for value in row.values():
        kind = type(value)
        if kind in _PLAIN or kind is float or (kind is int and -EXACT <= value <= EXACT):
            continue
        row = {name: portable(value) for name, value in row.items()}
        break
    try:
        return encode(dict(row))
    except UsageError as error:
        raise UsageError(f"row {index}: {error.message}; NaN and infinity have to be None") from None


def portable(value: Any) -> Any:
    """A value with its large whole numbers as texts."""
    if isinstance(value, int) and not isinstance(value, (bool, Enum)):
        return value if -EXACT <= value <= EXACT else str(value)
    if isinstance(value, Mapping):
        return {str(name): portable(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [portable(inner) for inner in value]
    return value


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
