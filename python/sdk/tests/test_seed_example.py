"""The scenario that the page prints, word for word; the line breaks that the text has lost are put back."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from servers import Postgres, Server

SCENARIO = """\
from datamaker import DataMaker
dm = DataMaker()
# 1. Generate 100 customers and seed Postgres.
customers = dm.generate(template_id="tmpl_customer", count=100)
dm.connection("conn_postgres").insert(table="customers", rows=customers)
# 2. Generate 500 orders, each referencing a real customer.id.
customer_ids = [c["id"] for c in customers]
orders = dm.generate( template_id="tmpl_order", count=500, overrides={"customer_id": dm.pick_from(customer_ids)},)
dm.connection("conn_postgres").insert(table="orders", rows=orders)
print(f"✓ seeded {len(customers)} customers and {len(orders)} orders")
"""


def test_fills_both_tables(
    server: Server, target: Postgres, template: Callable[..., str], connection: Callable[..., str]
) -> None:
    email: dict[str, Any] = {"name": "email", "type": "email", "options": {"unique": True}}
    template({"name": "id", "type": "uuid"}, {"name": "name", "type": "full_name"}, email, name="tmpl_customer")
    total = {"name": "total", "type": "number", "options": {"min": 1, "max": 900}}
    template({"name": "id", "type": "uuid"}, {"name": "customer_id", "type": "uuid"}, total, name="tmpl_order")
    target.query("CREATE TABLE customers (id uuid PRIMARY KEY, name text NOT NULL, email text NOT NULL UNIQUE)")
    orders = (
        "id uuid PRIMARY KEY, customer_id uuid NOT NULL REFERENCES customers, total integer NOT NULL CHECK (total > 0)"
    )
    target.query(f"CREATE TABLE orders ({orders})")
    connection("conn_postgres")

    environment = {**os.environ, "DM_API_KEY": server.key, "DM_URL": server.url}
    done = subprocess.run(
        [sys.executable, "-c", SCENARIO], env=environment, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "✓ seeded 100 customers and 500 orders\n", "")
    assert target.query("SELECT count(*), count(DISTINCT email) FROM customers") == [(100, 100)]
    joined = (
        "SELECT count(*), count(DISTINCT customer_id) > 50 FROM orders JOIN customers ON customers.id = customer_id"
    )
    assert target.query(joined) == [(500, True)]
