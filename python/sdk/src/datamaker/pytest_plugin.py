"""The fixture `datamaker` of pytest: rows that follow from the name of the test, from a server or from the `datamaker` command."""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from .client import DataMaker
from .errors import ConfigurationError, DataMakerError
from .rows import Row

#: How the command is called where no server is asked, if not `datamaker`: `npx datamaker`.
COMMAND_VARIABLE = "DATAMAKER_COMMAND"
#: What all seeds begin with where it is set: other rows for all tests.
SEED_VARIABLE = "DATAMAKER_SEED"
#: Characters of a seed: the engine takes no more.
MOST_OF_SEED = 1024

#: Fields, a template as its file has it, the path of such a file; a text is the name or id of a template of the server.
TemplateInput = str | Path | Mapping[str, Any] | Sequence[Mapping[str, Any]]


class Data:
    """The data of one test. Rows of a template go on where those before ended: no two are the same row, and what is unique stays so."""

    def __init__(self, seed: str, server: Callable[[], DataMaker]) -> None:
        """Made by the fixture."""
        self.seed = seed
        self._server = server
        self._next: dict[str, int] = {}

    def row(self, template: TemplateInput) -> Row:
        """The next row of a template."""
        return self.rows(template, 1)[0]

    def rows(self, template: TemplateInput, count: int) -> list[Row]:
        """The next rows of a template."""
        key = template if isinstance(template, str) else json.dumps(template, default=str)
        start = self._next.get(key, 0)
        if isinstance(template, str):
            rows = list(self._server().template(template).generate(count, seed=self.seed, start=start))
        else:
            rows = _rows_of_command(template, count, self.seed, start)
        self._next[key] = start + count
        return rows


def seed_of_test(nodeid: str) -> str:
    """The seed of a test: its file and names, so that it does not depend on which tests there are beside it."""
    base = os.environ.get(SEED_VARIABLE)
    seed = f"{base} > {nodeid}" if base else nodeid
    if len(seed) <= MOST_OF_SEED:
        return seed
    # What tells tests apart in a long name is mostly at its end; a digest tells the others.
    digest = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{digest} {seed[-(MOST_OF_SEED - 100) :]}"


@pytest.fixture(scope="session")
def datamaker_server() -> Iterator[Callable[[], DataMaker]]:
    """The server that `DM_URL` and `DM_API_KEY` name, once somebody asks it."""
    opened: list[DataMaker] = []

    def server() -> DataMaker:
        if not opened:
            opened.append(DataMaker())
        return opened[0]

    yield server
    for client in opened:
        client.close()


@pytest.fixture
def datamaker(request: pytest.FixtureRequest, datamaker_server: Callable[[], DataMaker]) -> Data:
    """Rows for a test, the same each time it runs."""
    return Data(seed_of_test(request.node.nodeid), datamaker_server)


def _rows_of_command(template: TemplateInput, count: int, seed: str, start: int) -> list[Row]:
    command = shlex.split(os.environ.get(COMMAND_VARIABLE) or "datamaker")
    source = str(template) if isinstance(template, Path) else "-"
    document = template if isinstance(template, Mapping) else {"fields": template}
    words = ["generate", source, f"--count={count}", f"--from={start}", f"--seed={seed}", "--format=ndjson"]
    try:
        ended = subprocess.run(
            [*command, *words],
            input=None if source != "-" else json.dumps(document),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    except FileNotFoundError:
        hint = f"install it (npm install @datamaker/cli), or say in {COMMAND_VARIABLE} how it is called"
        raise ConfigurationError(f"there is no command {command[0]!r}: {hint}") from None
    if ended.returncode != 0:
        # `error: <code>: <what is wrong>`, and a line for each problem.
        code, _, said = ended.stderr.strip().removeprefix("error: ").partition(": ")
        raise DataMakerError(said, code=code)
    return [json.loads(line) for line in ended.stdout.split("\n") if line]
