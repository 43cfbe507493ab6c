# Customers by country, and orders by the rules of each country: currency, size of baskets, what share of the customers orders at all.
#
# Needs: the templates `tmpl_customer` and `tmpl_order`, and a connection `conn_postgres` with the tables of tables.sql.
# Parameters: `size`, customers of the largest country (default 100); `countries`, such as "DE,FR" (default: all).

from datamaker import DataMaker

dm = DataMaker()
shop = dm.connection("conn_postgres")

REGIONS = {
    "DE": {"share": 1.0, "currency": "EUR", "totals": [19, 49, 99], "weights": [6, 3, 1], "active": 0.9},
    "CH": {"share": 0.3, "currency": "CHF", "totals": [79, 149, 390], "weights": [3, 3, 2], "active": 0.8},
    "BR": {"share": 0.6, "currency": "BRL", "totals": [59, 120], "weights": None, "active": 0.5},
}

size = dm.params.get_int("size", 100)
wanted = dm.params.get("countries", ",".join(REGIONS)).split(",")
unknown = sorted(set(wanted) - set(REGIONS))
if unknown:
    raise SystemExit(f"there are no rules for {', '.join(unknown)}; there are: {', '.join(REGIONS)}")

for country in wanted:
    region = REGIONS[country]
    count = max(1, round(size * region["share"]))
    customers = dm.generate(template_id="tmpl_customer", count=count, overrides={"country": country})
    shop.insert("customers", customers)
    # Whoever orders does so once or more; the others are customers all the same.
    active = [customer["id"] for customer in customers[: max(1, round(count * region["active"]))]]
    overrides = {
        "customer_id": dm.pick_from(active),
        "currency": region["currency"],
        "total": dm.pick_from(region["totals"], weights=region["weights"]),
    }
    orders = dm.generate(template_id="tmpl_order", count=2 * count, overrides=overrides)
    shop.insert("orders", orders)
    dm.log.info("%s: %d customers, %d orders in %s", country, len(customers), len(orders), region["currency"])

print(f"✓ seeded {len(wanted)} countries")
