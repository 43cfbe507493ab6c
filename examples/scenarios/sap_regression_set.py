# A regression set for SAP: the same materials and sales orders each time, kept as a saved set, posted to an OData service and read back.
#
# The seed makes the rows the same on each run and each machine. A set that is there already is used as it is, so that a test that
# compares with last month's numbers has last month's rows; `renew` makes the next version of it.
#
# Needs: the templates `tmpl_material` and `tmpl_sales_order`, and a connection `conn_sap` to an OData service with the entity sets
# Materials and SalesOrders.
# Parameters: `size`, orders (default 20); `set` (default "regression sales orders"); `renew` (default false).

from datamaker import DataMaker, NotFoundError

dm = DataMaker()
sap = dm.connection("conn_sap")
size = dm.params.get_int("size", 20)
name = dm.params.get("set", "regression sales orders")


def load_kept():
    """The rows of the set; None when there is none, or a new one is wanted."""
    if dm.params.get_bool("renew", False):
        return None
    try:
        return dm.load_set(name)
    except NotFoundError:
        return None


materials = dm.generate(template_id="tmpl_material", count=5, seed="regression materials")
orders = load_kept()
if orders is None:
    orders = dm.generate(template_id="tmpl_sales_order", count=size, seed="regression sales orders")
    dm.save_set(name, orders)
    print(f"saved the set {name!r}: {len(orders)} orders")

# SAP numbers its orders itself: ours are known by the number that we give them.
for entity, rows, key in (("Materials", materials, "Material"), ("SalesOrders", orders, "ExternalNumber")):
    # What an earlier run has posted is there still.
    there = {str(row[key]) for row in sap.fetch(entity=entity, select=[key], top=1000)}
    missing = [row for row in rows if str(row[key]) not in there]
    if missing:
        sap.post(entity=entity, rows=missing)
    print(f"{entity}: {len(missing)} posted, {len(rows) - len(missing)} were there")

found = {str(row["ExternalNumber"]): row for row in sap.fetch(entity="SalesOrders", top=1000)}
kept = [order for order in orders if str(order["ExternalNumber"]) in found]
dm.assert_that(kept, "orders in SAP").has_count(len(orders)).all_satisfy(
    "have the sold-to party of the set",
    lambda order: found[str(order["ExternalNumber"])]["SoldToParty"] == order["SoldToParty"],
)
print(f"✓ {len(orders)} orders, {len(materials)} materials")
