"""Errors. Decide by their class or `code`, which are stable, and never by the message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class DataMakerError(Exception):
    """Something went wrong. All errors of this package are of this class.

    `code` is stable: one of the server's (docs/reference/errors.md), or of this package where a subclass names its own.
    """

    code = "error"
    #: Status of HTTP, where a server answered.
    status: int | None = None
    #: What the server says beside the message; `diagnostics` is among it.
    details: Mapping[str, Any]
    #: Names the request in the server's log.
    request_id: str | None = None
    #: Seconds after which the server expects to do what it refused.
    retry_after: float | None = None
    #: Of `insert` and its kin: rows that were written before; they stay.
    written: int | None = None

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        status: int | None = None,
        details: Mapping[str, Any] | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code
        self.status = status
        self.details = details or {}
        self.request_id = request_id
        self.retry_after = retry_after

    @property
    def diagnostics(self) -> Sequence[Mapping[str, Any]]:
        """What is wrong, each with `code`, `pointer`, `message` and perhaps a `hint`."""
        found = self.details.get("diagnostics")
        return found if isinstance(found, list) else ()

    def __str__(self) -> str:
        """The code, the message, hints of diagnostics, and of errors of the server the request."""
        lines = [f"{self.code}: {self.message}"]
        lines += [f"  {pointer_of(one)}{one.get('message', '')}{hint_of(one)}" for one in self.diagnostics[:10]]
        if isinstance(self.details.get("hint"), str):
            lines.append(f"  hint: {self.details['hint']}")
        if self.written:
            lines.append(f"  {self.written} rows were written before, and are there")
        if self.request_id is not None and (self.status or 0) >= 500:
            lines.append(f"  request {self.request_id}")
        return "\n".join(lines)


def pointer_of(diagnostic: Mapping[str, Any]) -> str:
    """Where it is, for people."""
    return f"{diagnostic['pointer']}: " if diagnostic.get("pointer") else ""


def hint_of(diagnostic: Mapping[str, Any]) -> str:
    """What to do, for people."""
    return f" ({diagnostic['hint']})" if diagnostic.get("hint") else ""


class ConfigurationError(DataMakerError):
    """There is no key, or a setting is wrong; nothing was sent."""

    code = "not_configured"


class UsageError(DataMakerError, ValueError):
    """An argument is not one that the call takes; nothing was sent."""

    code = "invalid_argument"


class ValidationError(DataMakerError):
    """`validation_error`, `bad_request` and others: the request is wrong; `diagnostics` say where."""


class AuthenticationError(DataMakerError):
    """`unauthorized`: the key is missing, wrong or revoked."""


class ForbiddenError(DataMakerError):
    """`forbidden` and others: the role, or the key, is not enough; or a secret is not meant for a host (`secret_not_for_host`)."""


class NotFoundError(DataMakerError):
    """`not_found`: there is no such thing, or it is not yours."""

    code = "not_found"


class ConflictError(DataMakerError):
    """`conflict` and others: it cannot be as things are; `diagnostics` say what is in the way."""


class RateLimitedError(DataMakerError):
    """`rate_limited`, `too_many_runs`: too many requests, or runs that have not ended; `retry_after` says when to go on."""


class QuotaExceededError(RateLimitedError):
    """`quota_exceeded`: more rows than the plan gives in an hour."""


class ConnectionFailedError(DataMakerError):
    """`connection_failed`: the system of a connection cannot be reached or refuses; `problem` says why."""

    @property
    def problem(self) -> str:
        """One of `dns`, `refused`, `timeout`, `tls`, `auth`, `permission`, `busy`, `broken`, `unknown_outcome`, …"""
        return str(self.details.get("problem", ""))


class ServerError(DataMakerError):
    """`internal_error`, `unavailable`: something is wrong at the server; quote `request_id`."""


class NetworkError(DataMakerError):
    """The server was not reached, or the answer broke off. `reached` says whether the request may have arrived."""

    code = "network_error"

    def __init__(self, message: str, *, code: str | None = None, reached: bool = True) -> None:
        super().__init__(message, code=code)
        self.reached = reached


class NotSupportedError(DataMakerError):
    """The server is too old for this call: it has no such route."""

    code = "not_supported_by_server"


class RunFailedError(DataMakerError):
    """A run (of a seed, an undo, a push) ended otherwise than `done`; `code` is that of the run, or its state."""

    def __init__(self, message: str, *, code: str, run: Mapping[str, Any]) -> None:
        super().__init__(message, code=code)
        self.run = run


class CheckFailedError(DataMakerError, AssertionError):
    """A check of `assert_that` does not hold, or `checks.raise_for_failures()` found some that do not."""

    code = "check_failed"


BY_CODE: Mapping[str, type[DataMakerError]] = {
    "validation_error": ValidationError,
    "bad_request": ValidationError,
    "invalid_cursor": ValidationError,
    "invalid_idempotency_key": ValidationError,
    "idempotency_key_reused": ConflictError,
    "method_not_allowed": ValidationError,
    "not_acceptable": ValidationError,
    "payload_too_large": ValidationError,
    "range_not_satisfiable": ValidationError,
    "unsupported_media_type": ValidationError,
    "conflicting_credentials": AuthenticationError,
    "invalid_credentials": AuthenticationError,
    "unauthorized": AuthenticationError,
    "cross_site_request": ForbiddenError,
    "forbidden": ForbiddenError,
    "secret_not_for_host": ForbiddenError,
    "workspace_deleted": ForbiddenError,
    "not_found": NotFoundError,
    "output_expired": NotFoundError,
    "part_missing": NotFoundError,
    "log_expired": NotFoundError,
    "conflict": ConflictError,
    "request_in_progress": ConflictError,
    "storage_quota_exceeded": ConflictError,
    "part_damaged": ConflictError,
    "job_of_files": ConflictError,
    "version_conflict": ConflictError,
    "rate_limited": RateLimitedError,
    "quota_exceeded": QuotaExceededError,
    "too_many_runs": RateLimitedError,
    "connection_failed": ConnectionFailedError,
    "secret_unreadable": ServerError,
    "internal_error": ServerError,
    "unavailable": ServerError,
}


def class_of(code: str, status: int) -> type[DataMakerError]:
    """The class of an error of the server; a code that is newer than this package goes by its status."""
    known = BY_CODE.get(code)
    if known is not None:
        return known
    by_status: Mapping[int, type[DataMakerError]] = {
        401: AuthenticationError,
        403: ForbiddenError,
        404: NotFoundError,
        409: ConflictError,
        429: RateLimitedError,
    }
    return by_status.get(status, ServerError if status >= 500 else ValidationError)
