"""How rows go into tables, effect by effect."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from played import Played, answer, core, failure

from datamaker import ConnectionFailedError, DataMakerError, NetworkError, RunFailedError, UsageError, ValidationError
from datamaker.client import RowStream
from datamaker.core.connections import ConnectionCore
from datamaker.core.core import Core
from datamaker.core.effects import Flow, Join, Pull, Response, Send, Start
from datamaker.core.generation import TemplateCore
from datamaker.core.inserting import insert, send_rows
from datamaker.core.orders import Order
from datamaker.driving import Driver
from datamaker.overrides import per_row
from datamaker.settings import Settings
from datamaker.transport import Transport

TEMPLATE = "tmpl_00000000000000000000"
CONNECTION = "conn_00000000000000000000"
KIND = answer(200, {"type": "postgres"})
BEGUN = answer(202, {"run_id": "run_1", "state": "queued"})


def report(rows: int) -> Response:
    return answer(
        200, {"sent": rows, "written": rows, "skipped": 0, "failed": 0, "failures": [], "columns": {"i": "i"}}
    )


def run_of(state: str, written: int, error: dict[str, Any] | None = None) -> Response:
    result = {"sent": written, "written": written, "skipped": 0, "failed": 0, "failures": [], "columns": {"i": "i"}}
    run = {"id": "run_1", "kind": "push", "state": state, "params": {"seed": "drawn"}, "result": result, "error": error}
    return answer(200, run)


def numbered(count: int) -> Iterator[dict[str, Any]]:
    return ({"i": number} for number in range(count))


def connection(of: Core | None = None) -> ConnectionCore:
    return ConnectionCore(of or core(), CONNECTION)


def stream(of: Core, count: int = 20_000, **more: Any) -> RowStream:
    order = {"seed": None, "overrides": None, "start": 0, **more}
    return RowStream(iter(()), Order(TemplateCore(of, TEMPLATE), count, **order))


class TestRows:
    @given(st.integers(0, 45_000))
    def test_go_in_order_chunk_by_chunk(self, count: int) -> None:
        sizes = [min(10_000, count - at) for at in range(0, count, 10_000)]
        played = Played(insert(connection(), "t", numbered(count)), [report(size) for size in sizes])
        bodies = [json.loads(request.body or b"") for request in played.requests]
        assert [len(body["rows"]) for body in bodies] == sizes
        assert [row["i"] for body in bodies for row in body["rows"]] == list(range(count))
        assert played.result.written == count
        # Each has its own key, and the numbers of one call follow each other.
        keys = [request.headers["Idempotency-Key"].rpartition("/") for request in played.requests]
        assert [int(number) for _, _, number in keys] == list(range(1, len(sizes) + 1))
        assert len({name for name, _, _ in keys}) <= 1

    def test_are_made_ready_while_two_chunks_are_on_their_way(self) -> None:
        log = effects_of(send_rows(connection(), {"table": "t"}, numbered(45_000)))
        on_the_way, pulls = 0, [0, 0, 0]
        for effect in log:
            on_the_way += isinstance(effect, Start)
            on_the_way -= isinstance(effect, Join)
            assert on_the_way in (0, 1, 2)
            assert not (isinstance(effect, Send) and on_the_way)
            pulls[on_the_way] += isinstance(effect, Pull)
        # Ten pulls make a chunk, and one row more is needed to know that it is full.
        assert pulls == [11, 10, 25]
        assert isinstance(log[-1], Send)

    def test_name_the_chunk_that_has_to_be_there_before(self) -> None:
        for run_id in (None, "run_7"):
            client = Core(Settings(url="http://server", key="k", run_id=run_id), core().retries, print)
            answers = [report(10_000), report(10_000), report(5000)]
            requests = Played(insert(connection(client), "t", numbered(25_000)), answers).requests
            keys = [request.headers["Idempotency-Key"] for request in requests]
            assert [json.loads(request.body or b"").get("after") for request in requests] == [None, *keys[:-1]]

    def test_are_sent_again_when_they_overtook_those_before(self) -> None:
        overtook = failure(409, "conflict", {"diagnostics": [{"code": "not_after"}]})
        answers = [report(10_000), overtook, report(10_000), report(5000)]
        played = Played(insert(connection(), "t", numbered(25_000)), answers)
        assert played.result.written == 25_000
        assert played.requests[1].body == played.requests[2].body
        assert played.requests[1].headers == played.requests[2].headers

    def test_behind_a_chunk_that_is_refused_are_waited_for(self) -> None:
        behind = failure(409, "conflict", {"diagnostics": [{"code": "not_after"}]})
        refused = failure(422, "validation_error")
        with pytest.raises(ValidationError) as caught:
            Played(insert(connection(), "t", numbered(45_000)), [report(10_000), refused, behind])
        assert caught.value.written == 10_000
        # An answer that was lost is no reason to forget what came behind it.
        with pytest.raises(NetworkError) as lost:
            Played(insert(connection(core(retries=0)), "t", numbered(45_000)), [NetworkError("lost"), report(10_000)])
        assert lost.value.written == 10_000

    def test_are_sent_again_under_the_key_they_had(self) -> None:
        answers = [NetworkError("broke off"), report(10_000), failure(503, "unavailable"), report(5000)]
        played = Played(insert(connection(), "t", numbered(15_000)), answers)
        assert played.result.written == 15_000
        assert [request.headers["Idempotency-Key"][-1] for request in played.requests] == ["1", "1", "2", "2"]
        assert played.requests[0].body == played.requests[1].body

    def test_that_cannot_be_sent_leave_a_chunk_on_its_way_to_its_end(self) -> None:
        def rows(bad: Any) -> Iterator[Any]:
            yield from numbered(10_500)
            yield bad() if callable(bad) else bad

        with pytest.raises(UsageError, match="row 10500") as caught:
            Played(insert(connection(), "t", rows({"i": float("nan")})), [report(10_000)])
        assert caught.value.written == 10_000
        with pytest.raises(ZeroDivisionError):
            Played(insert(connection(), "t", rows(lambda: 1 // 0)), [report(10_000)])
        # What is wrong with rows before is told first.
        with pytest.raises(ValidationError) as earlier:
            Played(insert(connection(), "t", rows({"i": float("nan")})), [failure(422, "validation_error")])
        assert earlier.value.written == 0


class TestStreams:
    def test_that_nobody_took_rows_of_are_put_in_by_the_server(self) -> None:
        client = core()
        rows = stream(client, start=5, overrides={"a": 1})
        played = Played(
            insert(connection(client), "t", rows, on_conflict="skip"), [KIND, BEGUN, run_of("done", 20_000)]
        )
        assert (played.result.written, played.result.columns, rows.seed) == (20_000, {"i": "i"}, "drawn")
        assert [request.path for request in played.requests] == [
            f"/connections/{CONNECTION}",
            f"/connections/{CONNECTION}/push",
            "/runs/run_1",
        ]
        assert json.loads(played.requests[1].body or b"") == {
            "mapping": None,
            "verify": False,
            "table": "t",
            "on_conflict": "skip",
            "template_id": TEMPLATE,
            "count": 20_000,
            "from": 5,
            "overrides": {"a": {"constant": 1}},
        }
        # Whoever leaves meanwhile has the run cancelled.
        assert [guard and guard.path for guard in played.guards] == ["/runs/run_1/cancel", None]
        assert list(rows) == []

    @pytest.mark.parametrize(
        "given",
        [
            {"count": 10_000},
            {"count": "20000"},
            {"start": -1},
            {"overrides": {"a": per_row(lambda: 1)}},
            {"of": Core(Settings(url="http://other", key="k"), core().retries, print)},
        ],
    )
    def test_pass_through_here_where_that_is_not_the_same(self, given: dict[str, Any]) -> None:
        client = core()
        rows = stream(given.pop("of", client), **given)
        assert Played(insert(connection(client), "t", rows), [KIND, report(0)]).requests[1:] == []

    def test_pass_through_here_when_somebody_took_a_row(self) -> None:
        client = core()
        rows = stream(client)
        assert next(rows, None) is None
        assert Played(insert(connection(client), "t", rows), []).requests == []

    @pytest.mark.parametrize("kind", ["rest", "sap_odata", "mongodb"])
    def test_pass_through_here_to_systems_that_keep_row_by_row(self, kind: str) -> None:
        client = core()
        played = Played(insert(connection(client), "t", stream(client)), [answer(200, {"type": kind})])
        assert len(played.requests) == 1

    @pytest.mark.parametrize("run_id", [None, "run_7"])
    def test_pass_through_here_when_the_server_begins_no_run(self, run_id: str | None) -> None:
        for code, status in (("validation_error", 422), ("too_many_runs", 429)):
            client = Core(Settings(url="http://server", key="k", run_id=run_id), core().retries, print)
            flow = insert(connection(client), "t", stream(client))
            if code == "too_many_runs" and run_id is not None:
                # Its next attempt may be let in, and put in the rows of this one again.
                with pytest.raises(DataMakerError, match="too_many_runs"):
                    Played(flow, [KIND, failure(status, code)])
            else:
                assert len(Played(flow, [KIND, failure(status, code)]).requests) == 2

    @pytest.mark.parametrize("broken", [NetworkError("broke off"), failure(409, "request_in_progress")])
    def test_do_not_pass_through_here_while_it_is_not_known_whether_there_is_a_run(self, broken: Any) -> None:
        client = core(retries=0)
        with pytest.raises(DataMakerError):
            Played(insert(connection(client), "t", stream(client)), [KIND, broken])

    @pytest.mark.parametrize(
        ("code", "kind", "says"),
        [
            ("row_refused", ValidationError, "row_refused"),
            ("unknown_outcome", ConnectionFailedError, "unknown_outcome"),
            ("internal", RunFailedError, "internal"),
        ],
    )
    def test_fail_as_rows_do(self, code: str, kind: type[DataMakerError], says: str) -> None:
        client = core()
        rows = stream(client)
        failed = run_of("failed", 5000, {"code": code, "message": "no"})
        with pytest.raises(kind) as caught:
            Played(insert(connection(client), "t", rows), [KIND, BEGUN, failed])
        error = caught.value
        assert error.written == 5000
        told = [str(one["code"]) for one in error.diagnostics] or [str(error.details.get("problem", error.code))]
        assert told == [says]
        assert list(rows) == []


class TestLeaving:
    def test_has_the_server_stop(self) -> None:
        sent: list[str] = []

        class Way(Transport):
            def __init__(self) -> None: ...

            def send(self, request: Any) -> Response:
                sent.append(f"{request.method} {request.path}")
                if request.path == "/runs/run_1":
                    raise KeyboardInterrupt
                return {f"/connections/{CONNECTION}": KIND}.get(request.path, BEGUN)

        client = core()
        with pytest.raises(KeyboardInterrupt):
            Driver(Way()).run(insert(connection(client), "t", stream(client)))
        assert sent[-2:] == ["GET /runs/run_1", "POST /runs/run_1/cancel"]


def effects_of(flow: Flow[Any]) -> list[Any]:
    """All effects of a flow whose requests all go well."""
    log: list[Any] = []
    reply: Any = None
    try:
        while True:
            effect = flow.send(reply)
            log.append(effect)
            match effect:
                case Pull():
                    reply = effect.source.take()
                case Start() | Join() | Send():
                    reply = report(0)
    except StopIteration:
        return log
