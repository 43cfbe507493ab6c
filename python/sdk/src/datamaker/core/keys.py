"""Idempotency keys: by them the server knows a request that it has done."""

from __future__ import annotations

import threading
import uuid


class Step:
    """One call, which may be several requests."""

    def __init__(self, name: str) -> None:
        """`name` is of this call alone."""
        self._name = name
        self._chunks = 0

    def key(self) -> str:
        """The key of the next request of the call."""
        self._chunks += 1
        return f"{self._name}/{self._chunks}"


class Keys:
    """Keys of a client.

    In a run they are made of the run and of the number of the call, so that an attempt to make the run again sends the keys
    of the attempt before: what that has done is answered, and not done twice. Elsewhere they are random.
    """

    def __init__(self, run_id: str | None) -> None:
        """`run_id`: of the scenario's run; None outside of one."""
        self._run_id = run_id
        self._steps = 0
        self._lock = threading.Lock()

    def step(self) -> Step:
        """Begin a call."""
        if self._run_id is None:
            return Step(uuid.uuid4().hex)
        with self._lock:
            self._steps += 1
            return Step(f"{self._run_id}/{self._steps}")

    def name(self) -> str:
        """A name that nothing else has, and that a run which is made again gives the same thing."""
        return uuid.uuid4().hex if self._run_id is None else self.step().key().replace("/", " ")
