"""What tests share: one server and one target for all of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, settings
from servers import Postgres, Server, datamaker, postgres

from datamaker import DataMaker

# How fast the machine is says nothing of what is tested.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def target() -> Iterator[Postgres]:
    with postgres() as server:
        yield server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with datamaker() as running:
        yield running


@pytest.fixture(scope="session")
def api(server: Server) -> Iterator[httpx.Client]:
    """Requests of our own, with the owner's key."""
    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {server.key}"}, timeout=60) as client:
        yield client


@pytest.fixture
def dm(server: Server) -> Iterator[DataMaker]:
    with DataMaker(api_key=server.key, url=server.url) as client:
        yield client


_numbers = itertools.count(1)


@pytest.fixture
def template(api: httpx.Client) -> Callable[..., str]:
    """Makes a template of fields, and gives its id."""

    def make(*fields: dict[str, Any], name: str | None = None) -> str:
        body = {"name": name or f"template {next(_numbers)}", "fields": list(fields)}
        answer = api.post("/templates", json=body)
        assert answer.status_code == 201, answer.text
        made: str = answer.json()["id"]
        return made

    return make


@pytest.fixture
def connection(api: httpx.Client, target: Postgres) -> Callable[..., str]:
    """Makes a connection to the target, and gives its id."""

    def make(name: str | None = None, **more: Any) -> str:
        body = {"name": name or f"connection {next(_numbers)}", "type": "postgres", "url": target.url, **more}
        answer = api.post("/connections", json=body)
        assert answer.status_code == 201, answer.text
        assert answer.json()["verification"]["status"] == "verified", answer.text
        made: str = answer.json()["id"]
        return made

    return make


@pytest.fixture
def table(target: Postgres) -> Iterator[str]:
    """A table `id integer PRIMARY KEY, name text` of its own."""
    name = f"thing_{next(_numbers)}"
    target.query(f"CREATE TABLE {name} (id integer PRIMARY KEY, name text)")
    yield name
    target.query(f"DROP TABLE {name}")
