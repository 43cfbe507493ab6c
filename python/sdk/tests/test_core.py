"""What the core does, effect by effect: no network, no clock."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from played import Played, answer, core, failure

import datamaker
from datamaker import DataMakerError, NetworkError, NotFoundError, RateLimitedError, UsageError, ValidationError, client
from datamaker.checks import Checks, Subject
from datamaker.core.chunks import Chunker
from datamaker.core.effects import Response
from datamaker.core.encode import encode_row
from datamaker.core.generation import TemplateCore
from datamaker.core.keys import Keys
from datamaker.core.lines import Lines
from datamaker.errors import BY_CODE, class_of
from datamaker.log import Log
from datamaker.overrides import Overrides, per_row, pick_from
from datamaker.rows import Source

TEMPLATE = "tmpl_00000000000000000000"
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
rows_of_values = st.lists(st.dictionaries(st.text(max_size=8), json_values, max_size=4), max_size=60)


class TestChunks:
    @given(rows_of_values, st.integers(1, 20), st.integers(1, 400), st.integers(1, 7))
    def test_hold_all_rows_in_order_within_their_limits(self, rows: Any, most: int, size: int, step: int) -> None:
        chunker = Chunker(most, size)
        chunks = [chunk for at in range(0, len(rows), step) for chunk in chunker.add(rows[at : at + step])]
        chunks += chunker.end()
        bodies = [json.loads(chunk.body(b'{"table":"t"}')) for chunk in chunks]
        sent = [row for body in bodies for row in body["rows"]]
        assert [json.loads(encode_row(row, 0)) for row in rows] == sent
        for chunk, body in zip(chunks, bodies, strict=True):
            assert body["table"] == "t"
            assert 1 <= len(body["rows"]) <= most
            assert len(body["rows"]) == 1 or chunk.bytes <= size

    @given(rows_of_values, st.integers(1, 9), st.integers(1, 9))
    def test_are_the_same_however_rows_come(self, rows: Any, one: int, other: int) -> None:
        def cut(step: int) -> list[bytes]:
            chunker = Chunker(5, 100)
            parts = [chunk for at in range(0, len(rows), step) for chunk in chunker.add(rows[at : at + step])]
            return [chunk.body(b"{}") for chunk in [*parts, *chunker.end()]]

        assert cut(one) == cut(other)


class TestRows:
    def test_are_sent_as_json_that_tables_take(self) -> None:
        row = {
            "day": date(2026, 1, 2),
            "at": datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc),
            "amount": Decimal("12.30"),
            "id": UUID(int=1),
            "bytes": b"\x00\xff",
            "large": 2**53 + 1,
            "exact": 2**53,
            "deep": [{"large": -(2**60)}],
            "yes": True,
        }
        assert json.loads(encode_row(row, 0)) == {
            "day": "2026-01-02",
            "at": "2026-01-02T03:04:05+00:00",
            "amount": "12.30",
            "id": "00000000-0000-0000-0000-000000000001",
            "bytes": "AP8=",
            "large": "9007199254740993",
            "exact": 2**53,
            "deep": [{"large": "-1152921504606846976"}],
            "yes": True,
        }

    @pytest.mark.parametrize(
        "row", [{"a": float("nan")}, {"a": float("inf")}, {"a": Decimal("NaN")}, {"a": object()}, {"a": "\ud800"}, 7]
    )
    def test_that_cannot_be_sent_are_named(self, row: Any) -> None:
        with pytest.raises(UsageError, match="row 41"):
            encode_row(row, 41)

    @pytest.mark.parametrize("rows", [{"a": 1}, "text", b"bytes", 7, None])
    def test_are_many(self, rows: Any) -> None:
        with pytest.raises(UsageError, match="rows must be"):
            Source(rows)

    @given(rows_of_values, st.lists(st.integers(1, 50), min_size=1))
    def test_come_out_of_lines_however_these_are_cut(self, rows: Any, sizes: list[int]) -> None:
        text = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
        lines, found, at = Lines(), [], 0
        for index in range(len(text)):
            size = sizes[index % len(sizes)]
            found += lines.feed(text[at : at + size])
            at += size
            if at >= len(text):
                break
        assert found + lines.end() == rows


class TestRetries:
    PASSING = (
        failure(503, "unavailable"),
        failure(429, "rate_limited", retry_after="3"),
        failure(409, "request_in_progress", retry_after="1"),
        failure(502, "connection_failed", {"problem": "busy"}, retry_after="2"),
        failure(502, "connection_failed", {"problem": "refused"}),
        answer(502),
        answer(504),
        NetworkError("broke off"),
        NetworkError("not reached", reached=False),
    )

    @given(st.lists(st.sampled_from(PASSING), max_size=5))
    def test_have_one_key_and_wait_as_they_are_told(self, failures: list[Any]) -> None:
        played = Played(core().post("/x", {"a": 1}), [*failures, answer(200, {"ok": True})])
        assert played.result == {"ok": True}
        assert len(played.requests) == len(failures) + 1
        assert len({request.headers["Idempotency-Key"] for request in played.requests}) == 1
        assert {request.body for request in played.requests} == {b'{"a":1}'}
        for attempt, (failed, wait) in enumerate(zip(failures, played.waits, strict=True)):
            told = float(failed.headers.get("retry-after", 0)) if isinstance(failed, Response) else 0
            assert told <= wait <= told + min(8.0, 0.25 * 2**attempt)

    @pytest.mark.parametrize("failed", PASSING)
    def test_end(self, failed: Any) -> None:
        with pytest.raises(DataMakerError):
            Played(core(retries=3).post("/x", {}), [failed] * 4)

    @pytest.mark.parametrize(
        "failed",
        [
            failure(422, "validation_error"),
            failure(401, "unauthorized"),
            failure(404, "not_found"),
            failure(500, "internal_error"),
            failure(429, "quota_exceeded"),
            failure(429, "rate_limited", retry_after="3600"),
            failure(502, "connection_failed", {"problem": "unknown_outcome"}),
            failure(502, "connection_failed", {"problem": "timeout"}),
            failure(422, "idempotency_key_reused"),
        ],
    )
    def test_are_not_made_where_they_would_not_help(self, failed: Response) -> None:
        with pytest.raises(DataMakerError) as caught:
            Played(core().post("/x", {}), [failed])
        assert caught.value.status == failed.status

    def test_know_that_a_deletion_has_happened(self) -> None:
        played = Played(core().delete("/sets/a"), [NetworkError("broke off"), failure(404, "not_found")])
        assert len(played.requests) == 2
        with pytest.raises(NotFoundError):
            Played(core().delete("/sets/a"), [failure(404, "not_found")])

    def test_take_up_rows_where_they_broke_off(self) -> None:
        def stream(first: int, after: int, *end: Any) -> Response:
            lines = b"".join(b'{"i":%d}\n' % index for index in range(first, first + after))
            pieces = iter([lines[: len(lines) // 2], lines[len(lines) // 2 :], *end])
            return Response(200, {"x-datamaker-seed": "a%20seed"}, stream=pieces)

        broken = NetworkError("broke off")
        answers = [stream(0, 3, b'{"i":', broken), broken, stream(3, 2, broken), stream(5, 5, b"")]
        played = Played(TemplateCore(core(), TEMPLATE).rows(10), answers)
        assert played.result == [{"i": index} for index in range(10)]
        assert played.result.seed == "a seed"
        bodies = [json.loads(request.body or b"") for request in played.requests]
        assert [(body["from"], body["count"], body.get("seed")) for body in bodies] == [
            (0, 10, None),
            (3, 7, "a seed"),
            (3, 7, "a seed"),
            (5, 5, "a seed"),
        ]

    def test_refuse_rows_that_are_too_few(self) -> None:
        short = Response(200, {"x-datamaker-seed": "a"}, stream=iter([b'{"i":0}\n', b""]))
        with pytest.raises(DataMakerError, match="2 rows were asked for, and 1 came"):
            Played(TemplateCore(core(), TEMPLATE).rows(2), [short])


class TestKeys:
    def test_are_those_of_the_attempt_before_in_a_run(self) -> None:
        def keys() -> list[str]:
            made = Keys("run_1")
            steps = [made.step(), made.step()]
            return [steps[0].key(), steps[0].key(), steps[1].key()]

        assert keys() == keys() == ["run_1/1/1", "run_1/1/2", "run_1/2/1"]

    def test_are_new_each_time_elsewhere(self) -> None:
        assert len({Keys(None).step().key() for _ in range(100)}) == 100


class TestOverrides:
    @given(st.lists(st.integers(0, 9), min_size=1, max_size=12).filter(any), st.integers(0, 2**64))
    def test_pick_by_weight_where_values_are_too_many_to_send(self, weights: list[int], seed: int) -> None:
        values = [f"v{index}" for index in range(len(weights))]
        told = Overrides({"f": pick_from(values, weights)})
        assert told.wire == {"f": {"pick_from": values, "weights": weights}}
        told._here.append(("f", pick_from(values, weights)))
        rows: list[dict[str, Any]] = [{"f": None} for _ in range(600)]
        told.apply(rows, 0, str(seed))
        picked = [values.index(row["f"]) for row in rows]
        total = sum(weights)
        for index, weight in enumerate(weights):
            share = picked.count(index) / len(rows)
            assert (weight > 0) or share == 0
            # Six standard deviations of 600 draws.
            assert abs(share - weight / total) < 6 * (0.25 / 600) ** 0.5

        # The same rows, whatever the range that they are in.
        part: list[dict[str, Any]] = [{"f": None} for _ in range(100)]
        told.apply(part, 250, str(seed))
        assert [row["f"] for row in part] == [row["f"] for row in rows[250:350]]

    @pytest.mark.parametrize(
        ("values", "weights"),
        [
            ([], None),
            ([1], [1, 2]),
            ([1], [0]),
            ([1], [-1]),
            ([1], [float("nan")]),
            ([1], [float("inf")]),
            ("text", None),
        ],
    )
    def test_pick_from_nothing_else(self, values: Any, weights: Any) -> None:
        with pytest.raises(UsageError):
            pick_from(values, weights)

    def test_are_picked_here_where_they_are_too_many_to_send(self) -> None:
        for values in (list(range(100_001)), ["x" * 3_000_000]):
            told = Overrides({"f": pick_from(values)})
            assert (told.wire, told.here) == ({}, ["f"])

    def test_keep_dicts_that_look_like_picks_as_values(self) -> None:
        assert Overrides({"f": {"pick_from": [1]}}).wire == {"f": {"constant": {"pick_from": [1]}}}

    def test_call_functions_with_or_without_the_row(self) -> None:
        counted = iter(range(10))
        given = {"a": per_row(lambda: next(counted)), "b": per_row(lambda row: row["a"] * 10), "c": per_row(str.upper)}
        told = Overrides({name: given[name] for name in ("a", "b")})
        rows = [{"a": None, "b": None}, {"a": None, "b": None}]
        told.apply(rows, 0, "s")
        assert rows == [{"a": 0, "b": 0}, {"a": 1, "b": 10}]

    def functions_that_want_more() -> list[Callable[..., Any]]:  # type: ignore[misc]
        return [lambda a, b: a, lambda *, a: a]

    @pytest.mark.parametrize("function", [*functions_that_want_more(), 7])
    def test_refuse_functions_that_want_more(self, function: Any) -> None:
        with pytest.raises(UsageError):
            per_row(function)

    def test_refuse_a_function_that_nobody_marked(self) -> None:
        with pytest.raises(UsageError, match=r"dm\.callable"):
            Overrides({"f": lambda: 1})


class TestReference:
    def test_names_every_call_and_every_error(self) -> None:
        page = (Path(__file__).resolve().parents[3] / "docs/reference/python-sdk.md").read_text()
        calls: set[str] = set()
        for kind in (
            client.DataMaker,
            client.Template,
            client.Connection,
            client.WorkspaceFile,
            client.Counter,
            Log,
            Subject,
            Checks,
        ):
            calls |= {name for name in dir(kind) if not name.startswith("_")}
        # `warning` is another word for `warn`.
        calls -= {"warning", "checks"}
        errors = {name for name in datamaker.__all__ if name.endswith("Error")}
        assert {name for name in calls | errors if not re.search(rf"\b{name}\b", page)} == set()

    def test_names_every_variable(self) -> None:
        root = Path(__file__).resolve().parents[3]
        source = "".join(path.read_text() for path in (root / "python/sdk/src").rglob("*.py"))
        page = (root / "docs/reference/python-sdk.md").read_text()
        assert {name for name in re.findall(r"\bDM_[A-Z_]+[A-Z]", source) if f"`{name}`" not in page} == set()


class TestErrors:
    def test_of_the_server_all_have_a_class(self) -> None:
        page = Path(__file__).resolve().parents[3] / "docs/reference/errors.md"
        # The table of the first section; what follows are codes of diagnostics.
        section = page.read_text().split("\n## ")[0] + page.read_text().split("\n## ")[1]
        codes = set(re.findall(r"^\| `([a-z_]+)`\s*\| \d{3}", section, re.MULTILINE))
        assert codes
        assert codes == set(BY_CODE)

    def test_that_are_newer_go_by_status(self) -> None:
        assert class_of("something_new", 429) is RateLimitedError
        assert class_of("something_new", 422) is ValidationError

    def test_say_what_to_do(self) -> None:
        diagnostic = {
            "code": "unknown_field",
            "pointer": "/overrides/x",
            "message": "no field x",
            "hint": "did you mean y?",
        }
        with pytest.raises(ValidationError) as caught:
            Played(core().post("/x", {}), [failure(422, "validation_error", {"diagnostics": [diagnostic]})])
        assert str(caught.value) == "validation_error: no\n  /overrides/x: no field x (did you mean y?)"

    def test_say_that_a_server_is_too_old(self) -> None:
        old = answer(404, {"error": {"code": "not_found", "message": "there is no such route"}})
        with pytest.raises(DataMakerError, match="needs a newer version") as caught:
            Played(core().post("/counters/a/next", {}), [old])
        assert caught.value.code == "not_supported_by_server"

    def test_of_somebody_else_are_told_as_such(self) -> None:
        with pytest.raises(DataMakerError, match="not by a DataMaker server"):
            Played(core().get("/x"), [Response(404, {}, b"<html>")])
