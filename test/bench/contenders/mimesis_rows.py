"""Mimesis: the rows of the template by its providers, written with the csv module."""

import csv
import datetime



from measured import COLUMNS, arguments, iban_de, measured, normal_balance
from mimesis import Generic
from mimesis.enums import CardType
from mimesis.locales import Locale

FIRST_DAY = datetime.date(1940, 1, 1)
BIRTH_DAYS = (datetime.date(2005, 12, 31) - FIRST_DAY).days + 1
STATUS, WEIGHTS = ["active", "inactive", "pending", "banned"], [70, 15, 10, 5]


def write(path, rows):
    generic = Generic(Locale.EN, seed=42)
    person, address, text = generic.person, generic.address, generic.text
    uuid, moment, card, digits = (
        generic.cryptographic.uuid,
        generic.datetime.datetime,
        generic.payment.credit_card_number,
        generic.random.randint,
    )
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for i in range(1, rows + 1):
            first, last = person.first_name(), person.last_name()
            signup = moment(start=2015, end=2024)
            words = text.words(quantity=8)
            out.writerow(
                (
                    i,
                    uuid(),
                    first,
                    last,
                    f"{first.lower()}.{last.lower()}{digits(0, 99):02d}@example.com",
                    person.phone_number(),
                    address.address(),
                    address.city(),
                    address.country_code(),
                    address.postal_code(),
                    FIRST_DAY + datetime.timedelta(days=digits(0, BIRTH_DAYS - 1)),
                    signup.strftime("%Y-%m-%dT%H:%M:%S.") + f"{signup.microsecond // 1000:03d}Z",
                    normal_balance(generic.random.random),
                    "true" if generic.random.random() < 0.8 else "false",
                    generic.random.choices(STATUS, WEIGHTS)[0],
                    card(CardType.VISA).replace(" ", ""),
                    iban_de(f"{digits(0, 10**18 - 1):018d}"),
                    f"{' '.join(words).capitalize()}.",
                )
            )
        return file.tell()



target, count = arguments()
measured(count, lambda: write(target, count))
