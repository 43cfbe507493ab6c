"""What is drawn in a run is drawn again when the run is made again."""

from __future__ import annotations

import random

from datamaker import DataMaker

KEY = {"DM_API_KEY": "dmk_" + "x" * 40}


def draws(**environment: str) -> list[float]:
    dm = DataMaker(environment={**KEY, **environment})
    return [dm.rng.random(), dm.rng.random(), random.random()]


def test_the_same_seed_draws_the_same() -> None:
    assert draws(DM_SEED="one") == draws(DM_SEED="one")
    assert draws(DM_SEED="one") != draws(DM_SEED="two")


def test_outside_of_a_run_draws_anew_and_leaves_random_alone() -> None:
    random.seed(7)
    before = random.random()
    random.seed(7)
    first = draws()
    assert first[2] == before
    assert draws()[:2] != first[:2]


def test_names_that_are_made_for_a_moment_are_the_same() -> None:
    def names(run: str | None) -> list[str]:
        dm = DataMaker(environment={**KEY, **({"DM_RUN_ID": run} if run else {})})
        return [dm._core.keys.name(), dm._core.keys.name()]

    assert names("run_a") == names("run_a")
    assert len({*names("run_a"), *names("run_b"), *names(None)}) == 6


def test_tells_a_dry_run() -> None:
    assert DataMaker(environment={**KEY, "DM_DRY_RUN": "true"}).dry_run
    assert not DataMaker(environment=KEY).dry_run
