# For a pipeline: fills the database of one build, checks what is there, and leaves a report as a workspace file. The run fails when a
# check does not hold, and so does the step of the pipeline.
#
#   datamaker scenarios run "CI" -p build=$CI_BUILD -p connection=$CI_CONNECTION --follow
#
# Needs: the templates `tmpl_customer` and `tmpl_order`, and a connection with the tables of tables.sql.
# Parameters: `build`, a name for it, which is the seed of its rows, too; `connection` (default "conn_postgres"); `size` (default 100).

from datamaker import DataMaker

dm = DataMaker()
build = dm.params["build"]
size = dm.params.get_int("size", 100)
database = dm.connection(dm.params.get("connection", "conn_postgres"))

# A build that is run again finds an empty database, and gets the same rows.
database.execute("DELETE FROM orders")
database.execute("DELETE FROM customers")
customers = dm.generate(template_id="tmpl_customer", count=size, seed=f"{build}/customers")
database.insert("customers", customers)
ids = [customer["id"] for customer in customers]
overrides = {"customer_id": dm.pick_from(ids)}
# As they come: memory holds some of them, however many there are.
database.insert("orders", dm.stream("tmpl_order", 5 * size, seed=f"{build}/orders", overrides=overrides))

counts = database.execute("SELECT (SELECT count(*) FROM customers) AS customers, (SELECT count(*) FROM orders) AS orders")
orphans = database.execute("SELECT o.id FROM orders o LEFT JOIN customers c ON c.id = o.customer_id WHERE c.id IS NULL")
dm.expect_that(int(counts[0]["customers"]), "customers").is_equal_to(size)
dm.expect_that(int(counts[0]["orders"]), "orders").is_equal_to(5 * size)
dm.expect_that(orphans, "orders of nobody").has_count(0)

dm.workspace_file(f"ci/{build}.json").write_json({"build": build, **dm.checks.as_dict()})
print(dm.checks.report())
dm.checks.raise_for_failures()
