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
    rows.append(datamaker.row(CUSTOMER))
    assert [row["id"] for row in rows] == [1, 2, 3]
    pathlib.Path("customer.json").write_text(json.dumps({{"fields": CUSTOMER}}))
    assert datamaker.rows(pathlib.Path("customer.json"), 3) == rows
    note(country, rows)

def test_server(datamaker):
    if "DM_API_KEY" in os.environ:
        assert datamaker.rows("{template}", 3) == datamaker.rows(CUSTOMER, 3)

def test_wrong(datamaker):
    with pytest.raises(Exception, match="did you mean email"):
        datamaker.row([{{"name": "a", "type": "emial"}}])
"""


def run_tests(folder: Path, template: str = "", **environment: str) -> list[object]:
    """Runs the tests, and gives what they noted."""
    (folder / "test_shop.py").write_text(TESTS.format(customer=json.dumps(CUSTOMER), template=template))
    noted = folder / "rows.jsonl"
    noted.unlink(missing_ok=True)
    command = f"{node()} --conditions=datamaker-source {ROOT / 'packages/cli/src/main.ts'}"
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "datamaker.pytest_plugin", "-p", "no:cacheprovider"],
        cwd=folder,
        env={**os.environ, "DATAMAKER_COMMAND": command, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return [json.loads(line) for line in noted.read_text().splitlines()]


def test_rows_follow_from_the_test_and_are_those_of_a_server(
    tmp_path: Path, server: Server, template: Callable[..., str]
) -> None:
    first = run_tests(tmp_path, template(*CUSTOMER), DM_URL=server.url, DM_API_KEY=server.key)
    assert [name for name, _ in first] == ["de", "fr"]  # type: ignore[misc]
    assert first[0][1] != first[1][1]  # type: ignore[index]
    assert run_tests(tmp_path) == first
    assert run_tests(tmp_path, DATAMAKER_SEED="other") != first


def test_says_what_to_do_without_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datamaker import ConfigurationError
    from datamaker.pytest_plugin import Data

    monkeypatch.setenv("DATAMAKER_COMMAND", str(tmp_path / "nothing"))
    with pytest.raises(ConfigurationError, match="npm install @datamaker/cli"):
        Data("seed", pytest.fail).row(CUSTOMER)
