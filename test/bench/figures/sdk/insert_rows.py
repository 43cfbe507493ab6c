"""Puts rows into a table by the package, in the way that is asked for.

`insert_rows.py WAY TEMPLATE CONNECTION TABLE ROWS`; the server is where `DM_URL` and `DM_API_KEY` say.
"""

import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any

from datamaker import DataMaker

way, template, connection, table, count = *sys.argv[1:5], int(sys.argv[5])


def changed(rows: Any) -> Iterator[dict[str, Any]]:
    """Rows of the server that the script changes."""
    for row in rows:
        row["city"] = row["city"].upper()
        yield row


def made() -> Iterator[dict[str, Any]]:
    """Rows of nobody but the script."""
    born, at = date(1970, 1, 1), datetime(2026, 1, 1, tzinfo=timezone.utc)
    for number in range(count):
        yield {
            "id": number,
            "first_name": f"Anna {number}",
            "last_name": "Müller",
            "email": f"anna.{number}@example.com",
            "phone": "+49 30 901820",
            "city": "Köln",
            "country_code": "DE",
            "birth_date": born + timedelta(days=number % 18_000),
            "balance": number / 100,
            "created_at": at,
            "is_active": number % 2 == 0,
        }


with DataMaker() as dm:
    target = dm.connection(connection)
    stream = dm.template(template).stream(count, seed="bench")
    rows = {"lazy": lambda: stream, "changed": lambda: changed(stream), "made": made}[way]()
    target.insert(table, rows)
