# The same customers into three systems: a PostgreSQL, a warehouse in MariaDB or MySQL, and a REST system; then it is checked that each has
# all of them.
#
# Needs: the template `tmpl_customer`; the connections `conn_postgres` (tables.sql), `conn_warehouse` to a MariaDB or MySQL with a table
# `customers` of the same columns, and `conn_crm` to a REST system that takes POST /contacts.
# Parameters: `size` (default 50).

from datamaker import DataMaker

dm = DataMaker()
size = dm.params.get_int("size", 50)
customers = dm.generate(template_id="tmpl_customer", count=size)

shop = dm.connection("conn_postgres")
shop.insert("customers", customers)

# The warehouse may have some of them already, from an earlier attempt: those are changed.
warehouse = dm.connection("conn_warehouse")
warehouse.upsert("customers", customers, key="id")

# The other system calls things otherwise.
crm = dm.connection("conn_crm")
contacts = [{"externalId": row["id"], "displayName": row["name"], "mail": row["email"]} for row in customers]
report = crm.post(path="/contacts", rows=contacts, allow_failures=True)

ids = {row["id"] for row in customers}
in_shop = shop.execute("SELECT id FROM customers WHERE id = ANY($1::uuid[])", [sorted(ids)])
marks = ", ".join("?" for _ in ids)
in_warehouse = warehouse.execute(f"SELECT count(*) AS n FROM customers WHERE id IN ({marks})", sorted(ids))

dm.expect_that(in_shop, "customers in the shop").has_count(size).all_in("id", ids)
dm.expect_that(int(in_warehouse[0]["n"]), "customers in the warehouse").is_equal_to(size)
dm.expect_that(report.written, "contacts that the CRM has taken").is_equal_to(size)
print(dm.checks.report())
dm.checks.raise_for_failures()
