"""Checks of what a scenario has made, with a report of all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import CheckFailedError, UsageError

#: So many examples of what is wrong are shown.
_SHOWN = 5


@dataclass(frozen=True)
class Check:
    """One check and what came of it."""

    #: What was looked at, and what was held against it: `orders: customer_id is in customers.id`.
    name: str
    ok: bool
    #: What is wrong, without values of rows; "" where nothing is.
    message: str = ""


@dataclass
class Checks:
    """All checks of a client, in order."""

    checks: list[Check] = field(default_factory=list)

    @property
    def failed(self) -> list[Check]:
        """Those that do not hold."""
        return [check for check in self.checks if not check.ok]

    @property
    def ok(self) -> bool:
        """Whether all hold."""
        return not self.failed

    def report(self) -> str:
        """A line for each, and one with how many there are."""
        lines = [
            f"{'✓' if one.ok else '✗'} {one.name}{': ' + one.message if one.message else ''}" for one in self.checks
        ]
        return "\n".join([*lines, f"{len(self.checks) - len(self.failed)} of {len(self.checks)} checks hold"])

    def as_dict(self) -> dict[str, Any]:
        """The same for programs."""
        checks = [{"name": one.name, "ok": one.ok, "message": one.message} for one in self.checks]
        return {"ok": self.ok, "total": len(self.checks), "failed": len(self.failed), "checks": checks}

    def raise_for_failures(self) -> None:
        """Raise `CheckFailedError` when one of `expect_that` does not hold."""
        if self.failed:
            raise CheckFailedError(f"{len(self.failed)} of {len(self.checks)} checks do not hold\n{self.report()}")


class Subject:
    """Something to check. Each check returns the subject, so that they follow each other."""

    def __init__(self, value: Any, name: str | None, checks: Checks, *, raises: bool) -> None:
        """Made by `assert_that` and `expect_that`."""
        self._value = value
        self._name = name or type(value).__name__
        self._checks = checks
        self._raises = raises

    def is_equal_to(self, expected: Any) -> Subject:
        """It is this."""
        return self._note(f"is {expected!r}", self._value == expected, f"it is {_short(self._value)}")

    def is_true(self) -> Subject:
        """It is true, or not empty."""
        return self._note("is true", bool(self._value), f"it is {_short(self._value)}")

    def is_between(self, least: Any, most: Any) -> Subject:
        """It is from `least` to `most`."""
        return self._note(
            f"is between {least} and {most}", least <= self._value <= most, f"it is {_short(self._value)}"
        )

    def has_count(self, count: int) -> Subject:
        """It has so many rows or items."""
        found = len(self._rows())
        return self._note(f"has {count} rows", found == count, f"it has {found}")

    def has_fields(self, *fields: str) -> Subject:
        """Each row has these fields."""
        return self._each(f"has {', '.join(fields)}", lambda row: all(name in row for name in fields))

    def has_no_nulls(self, *fields: str) -> Subject:
        """These fields are null in no row; without names, none is."""
        return self._each(
            f"{', '.join(fields) or 'no field'} is {'never ' if fields else ''}null",
            lambda row: all(row.get(name) is not None for name in fields or row),
        )

    def has_unique(self, *fields: str) -> Subject:
        """No two rows have the same values in these fields."""
        seen: set[str] = set()

        def is_new(row: Mapping[str, Any]) -> bool:
            key = repr([row.get(name) for name in fields])
            is_new = key not in seen
            seen.add(key)
            return is_new

        return self._each(f"{', '.join(fields)} is unique", is_new)

    def all_in(self, name: str, values: Iterable[Any]) -> Subject:
        """A field is one of some values in each row: an enumeration, or keys of other rows."""
        allowed = list(values)
        try:
            known: Any = set(allowed)
        except TypeError:
            known = allowed
        return self._each(f"{name} is among {len(allowed)} values", lambda row: row.get(name) in known)

    def all_match(self, name: str, pattern: str) -> Subject:
        """A field is a text that a regular expression matches from its first to its last character."""
        compiled = re.compile(pattern)
        return self._each(
            f"{name} matches {pattern}",
            lambda row: isinstance(row.get(name), str) and compiled.fullmatch(row[name]) is not None,
        )

    def all_between(self, name: str, least: Any, most: Any) -> Subject:
        """A field is from `least` to `most` in each row."""

        def holds(row: Mapping[str, Any]) -> bool:
            value = row.get(name)
            return value is not None and bool(least <= value <= most)

        return self._each(f"{name} is between {least} and {most}", holds)

    def all_satisfy(self, what: str, test: Callable[[Any], Any]) -> Subject:
        """A function is true of each row; `what` says in words what that means."""
        return self._each(what, test)

    def _rows(self) -> list[Any]:
        if isinstance(self._value, (str, bytes, Mapping)) or not isinstance(self._value, Iterable):
            raise UsageError(f"{self._name} is {type(self._value).__name__}, and no rows")
        if not isinstance(self._value, list):
            self._value = list(self._value)
        return self._value

    def _each(self, what: str, test: Callable[[Any], Any]) -> Subject:
        # All of them are looked at: a check of uniqueness remembers what came before.
        wrong = [index for index, row in enumerate(self._rows()) if not test(row)]
        places = ", ".join(map(str, wrong[:_SHOWN])) + (", …" if len(wrong) > _SHOWN else "")
        return self._note(what, not wrong, f"not in {len(wrong)} of {len(self._value)} rows: {places}")

    def _note(self, what: str, ok: bool, problem: str) -> Subject:
        check = Check(f"{self._name}: {what}", ok, "" if ok else problem)
        self._checks.checks.append(check)
        if not ok and self._raises:
            raise CheckFailedError(f"{check.name}: {problem}")
        return self


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 100 else text[:99] + "…"
