"""The fixture of pytest, as a run of pytest sees it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from servers import ROOT, Server, node

CUSTOMER = [{"name": "id", "type": "sequence"}, {"name": "email", "type": "email"}]

TESTS = """
import json, os, pathlib, pytest

CUSTOMER = json.loads('''{customer}''')

def note(name, rows):
    with open("rows.jsonl", "a") as file:
        file.write(json.dumps([name, rows]) + "\\n")

@pytest.mark.parametrize("country", ["de", "fr"])
def test_local(datamaker, country):
    rows = datamaker.rows(CUSTOMER, 2)
    note(country, rows)
    if country == "de":
        assert datamaker.row(CUSTOMER)["id"] == 3

def test_file(datamaker):
    path = pathlib.Path("customer.json")
    path.write_text(json.dumps({{"fields": CUSTOMER}}))
    assert datamaker.row(path)["id"] == 1

def test_server(datamaker):
    if "DM_API_KEY" in os.environ:
        assert datamaker.rows("{template}", 3) == datamaker.rows(CUSTOMER, 3)
        assert datamaker.row("{template}")["id"] == 4

def test_wrong(datamaker):
    with pytest.raises(Exception, match="unknown type .emial."):
        datamaker.row([{{"name": "a", "type": "emial"}}])
"""


def run_tests(
    folder: Path, template: str = "", only: str = "test", **environment: str
) -> list[tuple[str, list[object]]]:
    """Runs the tests, and gives what they noted."""
    (folder / "test_shop.py").write_text(TESTS.format(customer=json.dumps(CUSTOMER), template=template))
    noted = folder / "rows.jsonl"
    noted.unlink(missing_ok=True)
    command = f"{node()} --conditions=datamaker-source {ROOT / 'packages/cli/src/main.ts'}"
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-k", only, "-p", "datamaker.pytest_plugin", "-p", "no:cacheprovider"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "python/sdk/src"), "DATAMAKER_COMMAND": command, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return [(name, rows) for name, rows in map(json.loads, noted.read_text().splitlines())]


def test_rows_follow_from_the_test_and_are_those_of_a_server(
    tmp_path: Path, server: Server, template: Callable[..., str]
) -> None:
    first = run_tests(tmp_path, template(*CUSTOMER), DM_URL=server.url, DM_API_KEY=server.key)
    assert [name for name, _ in first] == ["de", "fr"]
    assert first[0][1] != first[1][1]
    assert run_tests(tmp_path, only="fr") == first[1:]
    assert run_tests(tmp_path, only="fr", DATAMAKER_SEED="other") != first[1:]


def test_says_what_to_do_without_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datamaker import ConfigurationError
    from datamaker.pytest_plugin import Data

    monkeypatch.setenv("DATAMAKER_COMMAND", str(tmp_path / "nothing"))
    with pytest.raises(ConfigurationError, match="npm install @datamaker/cli"):
        Data("seed", pytest.fail).row(CUSTOMER)
