"""What became of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..errors import DataMakerError


@dataclass(frozen=True)
class InsertReport:
    """What became of rows."""

    sent: int = 0
    written: int = 0
    #: Rows that were there already, with `on_conflict="skip"`.
    skipped: int = 0
    #: Rows that the system refused, where each row has an outcome of its own (REST, OData).
    failed: int = 0
    #: The first hundred: `row` (the number of the row, from 0), `status` of HTTP, `message`.
    failures: Sequence[Mapping[str, Any]] = ()
    #: The column that each field went into; None: none.
    columns: Mapping[str, str | None] = field(default_factory=dict)


class RowsRefusedError(DataMakerError):
    """A system refused some rows and took others; `report` says which. Everything was sent."""

    code = "rows_refused"

    def __init__(self, report: InsertReport) -> None:
        """Say how many, and why the first was refused."""
        why = report.failures[0]["message"] if report.failures else "no reason was given"
        super().__init__(f"{report.failed} of {report.sent} rows were refused, the first because: {why}")
        self.report = report
        self.written = report.written


def added(total: InsertReport, answer: Mapping[str, Any]) -> InsertReport:
    """The report with what a further answer tells; its rows are numbered behind those before."""
    failures = [{**one, "row": one["row"] + total.sent} for one in answer["failures"]]
    return InsertReport(
        sent=total.sent + answer["sent"],
        written=total.written + answer["written"],
        skipped=total.skipped + answer["skipped"],
        failed=total.failed + answer["failed"],
        failures=[*total.failures, *failures][:100],
        columns={**total.columns, **answer["columns"]},
    )


def checked(report: InsertReport, allow_failures: bool) -> InsertReport:
    """The report. Raises `RowsRefusedError` when rows were refused."""
    if report.failed > 0 and not allow_failures:
        raise RowsRefusedError(report)
    return report
