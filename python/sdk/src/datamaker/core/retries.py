"""When a request is sent again, and how long after."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from ..errors import ConnectionFailedError, DataMakerError, NetworkError
from .effects import Request

#: What goes wrong before a system is told anything: doing it again does no harm.
_BEFORE = frozenset({"busy", "refused", "dns"})
#: Codes after which the same request may well be answered.
_PASSING = frozenset({"rate_limited", "quota_exceeded", "request_in_progress", "unavailable"})


@dataclass
class RetryPolicy:
    """How often and how soon a request is sent again that failed for a reason that passes."""

    #: Attempts after the first.
    retries: int = 5
    #: Seconds; the pause before attempt n is drawn from 0 to `base * 2**n`, at most `longest`.
    base: float = 0.25
    longest: float = 8.0
    #: Most seconds that a `Retry-After` is waited for; one that is longer is an error with `retry_after`.
    patience: float = 120.0
    random: random.Random = field(default_factory=random.Random, repr=False)

    def pause(self, request: Request, attempt: int, error: DataMakerError) -> float | None:
        """Seconds until the request is sent again; None: it is not. `attempt` is 0 after the first."""
        if attempt >= self.retries or not may_pass(request, error):
            return None
        drawn = self.random.uniform(0, min(self.longest, self.base * 2**attempt))
        if error.retry_after is None:
            return drawn
        # Whoever was told the same second comes back spread over the next ones.
        return error.retry_after + drawn if error.retry_after <= self.patience else None


def may_pass(request: Request, error: DataMakerError) -> bool:
    """Whether sending the request again may help, and does no harm."""
    if isinstance(error, NetworkError):
        return request.is_repeatable or not error.reached
    if isinstance(error, ConnectionFailedError):
        return error.problem in _BEFORE
    if error.code in _PASSING:
        # Without it a quota says that there will never be enough.
        return error.code != "quota_exceeded" or error.retry_after is not None
    # A gateway between here and the server; what the server itself answers has a code.
    return error.code == "error" and error.status in (429, 502, 503, 504) and request.is_repeatable
