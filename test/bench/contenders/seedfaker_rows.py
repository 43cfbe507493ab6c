"""
seedfaker: its command line, the fastest way its own benchmarks document (CSV to standard output), built from crates.io.
`--ctx strict` makes the row's person agree; the German locale is the one whose IBANs are German.
What it cannot do, all of it less work: numbers from a normal distribution, sequences from 1, milliseconds in a timestamp,
and sentences of a fixed length outside its slower template mode.
"""

import os
import resource
import subprocess
import sys

from measured import arguments, measured

FIELDS = """
id=serial uuid=uuid first_name=first-name last_name=last-name email=email phone=phone street_address=street-address
city=city country_code=country-code postcode=postal-code birth_date=birthdate:1940..2005
signup_at=timestamp:2015..2024 balance=amount:-2000..5000:plain is_active=enum:true=8,false=2
status=enum:active=70,inactive=15,pending=10,banned=5 credit_card=credit-card:plain iban=iban:plain note=message
""".split()
OPTIONS = "--ctx strict --locale de --seed bench --until 2026 --quiet --format csv".split()


def write(path, rows, threads):
    with open(path, "wb") as out:
        command = [os.environ["BENCH_SEEDFAKER"], *FIELDS, *OPTIONS, "-n", str(rows), "--threads", threads]
        subprocess.run(command, stdout=out, check=True)
        return os.fstat(out.fileno()).st_size


target, count = arguments()
measured(count, lambda: write(target, count, (sys.argv[3:] or ["1"])[0]), resource.RUSAGE_CHILDREN)
