"""Faker for Python: the rows of the template by its providers, written with the csv module."""

import csv
import datetime

from faker import Faker
from measured import COLUMNS, arguments, measured, normal_balance

FIRST_DAY, LAST_DAY = datetime.date(1940, 1, 1), datetime.date(2005, 12, 31)
FIRST_MOMENT, LAST_MOMENT = datetime.datetime(2015, 1, 1), datetime.datetime(2024, 12, 31, 23, 59, 59)
STATUS, WEIGHTS = ["active", "inactive", "pending", "banned"], [70, 15, 10, 5]


def write(path, rows):
    Faker.seed(42)
    fake, german = Faker("en_US"), Faker("de_DE")
    random = fake.random
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for i in range(1, rows + 1):
            first, last = fake.first_name(), fake.last_name()
            signup = fake.date_time_between(FIRST_MOMENT, LAST_MOMENT)
            out.writerow(
                (
                    i,
                    fake.uuid4(),
                    first,
                    last,
                    f"{first.lower()}.{last.lower()}{random.randrange(100):02d}@{fake.safe_domain_name()}",
                    fake.phone_number(),
                    fake.street_address(),
                    fake.city(),
                    fake.country_code(),
                    fake.postcode(),
                    fake.date_between(FIRST_DAY, LAST_DAY),
                    signup.strftime("%Y-%m-%dT%H:%M:%S.") + f"{random.randrange(1000):03d}Z",
                    normal_balance(random.random),
                    "true" if random.random() < 0.8 else "false",
                    random.choices(STATUS, WEIGHTS)[0],
                    fake.credit_card_number("visa16"),
                    german.iban(),
                    fake.sentence(nb_words=8, variable_nb_words=False),
                )
            )
        return file.tell()


target, count = arguments()
measured(count, lambda: write(target, count))
