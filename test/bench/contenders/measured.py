"""What the contenders in Python share: arguments `<path> <rows>`, the columns, and the line of JSON they print."""

import json
import math
import resource
import sys
import time

COLUMNS = (
    "id,uuid,first_name,last_name,email,phone,street_address,city,country_code,postcode,birth_date,signup_at,"
    "balance,is_active,status,credit_card,iban,note"
).split(",")


def arguments():
    return sys.argv[1], int(sys.argv[2])


def normal_balance(random):
    """Normal with the bounds of the template."""
    value = 1000 + 500 * math.sqrt(-2 * math.log(1 - random())) * math.cos(2 * math.pi * random())
    return f"{min(5000.0, max(-2000.0, value)):.2f}"


def iban_de(digits):
    """DE, check digits and an account number of 18 digits (ISO 13616)."""
    return f"DE{98 - int(digits + '131400') % 97:02d}{digits}"


def measured(rows, generate, who=resource.RUSAGE_SELF):
    """Runs the generating part and prints what it took; `generate` gives the bytes written."""
    before = resource.getrusage(who)
    start = time.perf_counter()
    size = generate()
    wall = time.perf_counter() - start
    after = resource.getrusage(who)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    # Linux counts kibibytes, macOS bytes.
    rss = after.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps({"rows": rows, "bytes": size, "wall": wall, "cpu": cpu, "rss": rss}))
