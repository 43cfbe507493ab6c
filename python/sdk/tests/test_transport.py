"""Calls through a way that goes wrong, and over the socket of a scenario's broker."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from faulty import FAULTS, broker, faulty
from servers import Postgres, Server, free_port

from datamaker import ConfigurationError, DataMaker, NetworkError

#: Effects that are counted; the full run has a thousand.
CALLS = 1000 if os.environ.get("FULL") == "1" else 60


def test_every_row_is_there_once_when_answers_are_lost(
    server: Server, target: Postgres, connection: Callable[..., str], table: str
) -> None:
    into = connection()
    with faulty(server.url, 30, seed=7) as way, DataMaker(api_key=server.key, url=way.url, retries=20) as dm:
        dm._core.retries.base = 0.001
        conn = dm.connection(into)
        for number in range(CALLS):
            assert conn.insert(table, [{"id": number, "name": f"n{number}"}]).written == 1
    assert target.query(f"SELECT count(*), sum(id) FROM {table}") == [(CALLS, CALLS * (CALLS - 1) // 2)]
    assert set(way.met) == set(FAULTS)


def test_a_counter_skips_no_number_when_answers_are_lost(server: Server) -> None:
    with faulty(server.url, 30, seed=11) as way, DataMaker(api_key=server.key, url=way.url, retries=20) as dm:
        dm._core.retries.base = 0.001
        counter = dm.counter("lossy")
        assert [counter.next() for _ in range(CALLS)] == list(range(1, CALLS + 1))
        assert counter.take(10) == range(CALLS + 1, CALLS + 11)
    assert set(way.met) == set(FAULTS)


def test_rows_are_the_same_when_answers_are_cut(server: Server, dm: DataMaker, template: Callable[..., str]) -> None:
    made = template({"name": "id", "type": "sequence"}, {"name": "email", "type": "email"})
    right = dm.generate(made, 5000, seed="a")
    for seed in range(3):
        with faulty(server.url, 60, seed) as way, DataMaker(api_key=server.key, url=way.url, retries=50) as shaken:
            shaken._core.retries.base = 0.001
            assert shaken.generate(made, 5000, seed="a") == right
            drawn = shaken.stream(made, 3000)
            rows = list(drawn)
            assert rows == dm.generate(made, 3000, seed=drawn.seed)


def test_a_run_that_is_made_again_adds_nothing_twice(
    server: Server, target: Postgres, template: Callable[..., str], connection: Callable[..., str], table: str
) -> None:
    made, into = (
        template({"name": "id", "type": "number", "options": {"min": 1, "max": 10**9, "unique": True}}),
        connection(),
    )
    for attempt in ("1", "2"):
        environment = {
            "DM_API_KEY": server.key,
            "DM_URL": server.url,
            "DM_RUN_ID": f"run_{table}",
            "DM_ATTEMPT": attempt,
        }
        with DataMaker(environment=environment) as dm:
            assert dm.attempt == int(attempt)
            # Nobody has said a seed: that the rows are the same is what the server remembers.
            assert dm.connection(into).insert(table, dm.stream(made, 12_000)).written == 12_000
    assert target.query(f"SELECT count(*) FROM {table}") == [(12_000,)]


def test_a_scenario_speaks_to_its_broker_alone(server: Server, template: Callable[..., str], tmp_path: Path) -> None:
    made = template({"name": "id", "type": "sequence"}, name=f"of {tmp_path.name}")
    with broker(server.url, tmp_path / "broker.sock") as way:
        environment = {
            "DM_BROKER_SOCKET": str(tmp_path / "broker.sock"),
            "DM_RUN_TOKEN": server.key,
            "DM_API_KEY": "dmk_that_nobody_should_see_000000",
            "DM_URL": "http://127.0.0.1:1",
            "DM_RUN_ID": "run_a",
            "DM_PARAMS": '{"environment":"regression","size":"500"}',
        }
        with DataMaker(environment=environment) as dm:
            assert dm.generate(f"of {tmp_path.name}", 2) == [{"id": 1}, {"id": 2}]
            assert (dm.params["environment"], dm.params.get_int("size")) == ("regression", 500)
    assert [path.partition("?")[0] for _, path, _ in way.seen] == ["/templates", f"/templates/{made}/generate"]
    assert {headers["authorization"] for _, _, headers in way.seen} == {f"Bearer {server.key}"}
    assert way.seen[1][2]["idempotency-key"] == "run_a/1/1"


def test_a_server_that_is_not_there_is_named() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with DataMaker(api_key="k", url=url, retries=1) as dm:
        dm._core.retries.base = 0
        with pytest.raises(NetworkError, match=f"{url} cannot be reached") as caught:
            dm.generate("tmpl_00000000000000000000", 1)
    assert not caught.value.reached


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({}, "set DM_API_KEY"),
        ({"DATAMAKER_API_KEY": "k"}, "DATAMAKER_API_KEY is a variable of the server"),
        ({"DM_API_KEY": "k", "DM_URL": "ftp://x"}, "no URL of a server"),
        ({"DM_API_KEY": "k", "DM_URL": "http://u:p@x"}, "no user, password"),
        ({"DM_API_KEY": "k\nx"}, "characters"),
        ({"DM_API_KEY": "k", "DM_PARAMS": "[1]"}, "DM_PARAMS must be a JSON object"),
        ({"DM_API_KEY": "k", "DM_ATTEMPT": "x"}, "DM_ATTEMPT"),
    ],
)
def test_settings_that_are_wrong_are_told(environment: dict[str, str], says: str) -> None:
    with pytest.raises(ConfigurationError, match=says):
        DataMaker(environment=environment)
