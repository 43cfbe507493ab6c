# Rows of production into a test database, with what is personal replaced on the way. The same value always becomes the same fake, so
# that tables still join.
#
# Needs: a connection `conn_production`, read-only, with the table `customers` of tables.sql, and a connection `conn_postgres` with the
# same table, empty or from an earlier run.
# Parameters: `limit`, how many rows at most (default 1000).

from datamaker import DataMaker

dm = DataMaker()
source = dm.connection("conn_production")
target = dm.connection("conn_postgres")
limit = dm.params.get_int("limit", 1000)

rows = source.execute("SELECT id, name, email, country FROM customers ORDER BY id LIMIT $1", [limit])
masked = dm.mask(rows, strategies={"name": "replace", "email": "format-preserve", "country": "preserve", "id": "preserve"})
target.insert("customers", masked, on_conflict="update", key="id")

# No value of production is left, and no row is lost.
names, emails = {row["name"] for row in rows}, {row["email"] for row in rows}
dm.assert_that(masked, "masked rows").has_count(len(rows)).has_unique("id")
dm.assert_that(masked, "masked rows").all_satisfy("have no address of production", lambda row: row["email"] not in emails)
same = sum(1 for before, after in zip(rows, masked) if before["name"] == after["name"])
dm.assert_that(same, "names that stayed").is_equal_to(0)
print(f"✓ masked and loaded {len(masked)} rows")
