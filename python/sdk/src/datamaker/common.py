"""What both clients have that needs no server."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .checks import Checks, Subject
from .core.core import Core
from .core.retries import RetryPolicy
from .frames import to_dataframe
from .log import Log
from .overrides import PerRow, PickFrom, per_row, pick_from
from .params import Params
from .rows import Row
from .settings import read_params, read_settings


class Common:
    """Values for overrides, parameters, log and checks."""

    _core: Core

    def __init__(
        self,
        *,
        api_key: str | None = None,
        url: str | None = None,
        project_id: str | None = None,
        timeout: float = 150.0,
        retries: int = 5,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        """A client of a server.

        Without arguments, and inside of a scenario, everything comes from the environment: `DM_API_KEY`, `DM_URL` (default
        http://127.0.0.1:3000) and `DM_PROJECT_ID` (default: the project of the key, or the oldest). `timeout`: seconds to wait for an
        answer. `retries`: attempts after the first, with growing pauses, where the network breaks or the server has no room (429, 503);
        0: none. Raises `ConfigurationError`.
        """
        settings = read_settings(
            api_key=api_key, url=url, project_id=project_id, timeout=timeout, environment=environment
        )
        self._params = Params(read_params(environment))
        self.log = Log(environment)
        #: All checks of `assert_that` and `expect_that`, with a `report()`.
        self.checks = Checks()
        #: Draws the same again when the run is made again: `dm.rng.choice(cities)`. Outside of a run it draws anew.
        self.rng = random.Random(settings.seed)
        if settings.seed is not None:
            # Scripts that draw without it, too, and libraries.
            random.seed(settings.seed)
        self._start(Core(settings, RetryPolicy(retries=retries), self.log.info))

    def _start(self, core: Core) -> None:
        """Take what all calls share."""
        raise NotImplementedError

    @property
    def params(self) -> Params:
        """What the run was started with: `dm.params["environment"]`."""
        return self._params

    @property
    def run_id(self) -> str | None:
        """The run of the scenario; None outside of one."""
        return self._core.settings.run_id

    @property
    def attempt(self) -> int:
        """How often the run was begun, this time included."""
        return self._core.settings.attempt

    @property
    def dry_run(self) -> bool:
        """Whether the run only tells what it would write."""
        return self._core.settings.dry_run

    def pick_from(self, values: Iterable[Any], weights: Iterable[float] | None = None) -> PickFrom:
        """An override by which each row takes one of `values`; `weights` says how often each comes."""
        return pick_from(values, weights)

    def callable(self, function: Callable[..., Any]) -> PerRow:
        """An override that calls `function()` or `function(row)` for each row."""
        return per_row(function)

    def assert_that(self, value: Any, name: str | None = None) -> Subject:
        """Check a value or rows, and raise `CheckFailedError` at the first check that does not hold.

        `dm.assert_that(orders, "orders").has_count(500).has_unique("id").all_in("customer_id", ids)`
        """
        return Subject(value, name, self.checks, raises=True)

    def expect_that(self, value: Any, name: str | None = None) -> Subject:
        """As `assert_that`, but go on; `dm.checks.raise_for_failures()` raises at the end, with all of them."""
        return Subject(value, name, self.checks, raises=False)

    def to_dataframe(self, rows: Iterable[Row]) -> Any:
        """A pandas DataFrame of rows. Needs `datamaker[pandas]`."""
        return to_dataframe(rows)
