"""Rows as JSON: the same by orjson and by the standard library."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datamaker import UsageError
from datamaker.core import encode
from datamaker.core.chunks import Chunker

orjson = pytest.importorskip("orjson")

offsets = st.integers(-86_000, 86_000).map(lambda seconds: timezone(timedelta(seconds=seconds)))
#: Those of today.
minutes = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
zones = st.just(timezone.utc) | minutes | offsets | st.sampled_from(["Europe/Berlin", "Asia/Kolkata"]).map(ZoneInfo)
plain = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.sampled_from([2**53, -(2**53), 2**53 + 1, -(2**53) - 1])
    | st.floats()
    | st.text()
    | st.just("\ud800")
)
values = st.recursive(
    plain
    | st.dates()
    | st.datetimes()
    | st.datetimes(timezones=zones)
    | st.times()
    | st.uuids()
    | st.decimals()
    | st.binary(max_size=5)
    | st.sets(st.integers(), max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
names = st.text(max_size=4) | st.integers(0, 3)
rows = st.lists(st.dictionaries(names, values, max_size=4), max_size=12)


def by(way: Any, given_rows: Any, step: int) -> Any:
    """The rows of the chunks, or why not; and where the chunks were cut."""
    patch = pytest.MonkeyPatch()
    patch.setattr(encode, "_orjson", way)
    try:
        chunker = Chunker(5, 200)
        chunks = [c for at in range(0, len(given_rows), step) for c in chunker.add(given_rows[at : at + step])]
        bodies = [chunk.body(b"{}") for chunk in [*chunks, *chunker.end()]]
    except UsageError as error:
        return error.message
    finally:
        patch.undo()
    return bodies


@given(rows, st.integers(1, 12), st.integers(1, 12))
def test_rows_are_the_same_either_way_and_however_they_come(given_rows: Any, one: int, other: int) -> None:
    fast, slow = by(orjson, given_rows, one), by(None, given_rows, one)
    if isinstance(slow, str) or isinstance(fast, str):
        assert fast == slow
    else:
        # Bytes may differ where numbers can be written in two ways.
        assert rows_of(fast) == rows_of(slow)
    assert by(orjson, given_rows, other) == fast
    assert by(None, given_rows, other) == slow


def rows_of(bodies: list[bytes]) -> list[str]:
    return [repr(row) for body in bodies for row in json.loads(body)["rows"]]


@pytest.mark.parametrize("way", [None, orjson])
def test_what_looks_alike_is_told_apart(way: Any) -> None:
    given_rows = [
        {"a": None, "b": 1.5},
        {"a": "null", "b": 2**53},
        {"a": date(2026, 1, 2), "b": time(3, 4)},
        {"a": datetime(2026, 1, 2, tzinfo=timezone(timedelta(seconds=3208))), "b": Decimal("1.50")},
        {"a": UUID(int=1), "b": b"\x00"},
    ]
    (body,) = by(way, given_rows, 5)
    assert json.loads(body)["rows"] == [
        {"a": None, "b": 1.5},
        {"a": "null", "b": 2**53},
        {"a": "2026-01-02", "b": "03:04:00"},
        {"a": "2026-01-02T00:00:00+00:53:28", "b": "1.50"},
        {"a": "00000000-0000-0000-0000-000000000001", "b": "AA=="},
    ]
    for bad in (float("nan"), float("-inf")):
        assert by(way, [{"a": None}, {"a": bad}], 2).startswith("row 1: ")
