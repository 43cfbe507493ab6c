"""Writes a workbook with what openpyxl can write of cells: write_workbook.py <path>"""

import datetime
import sys

import openpyxl

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Gäste & Co"
# A row and a column are left empty before the table.
sheet.append([])
header = ["id", "name", "geboren", "gesehen", "um", "preis", "aktiv", "stufe", "plz", "summe", "dauer", "leer"]
sheet.append([None, *header])
for i in range(40):
    sheet.append(
        [
            None,
            i + 1,
            f"Änne <{i}> & \t日本",
            datetime.date(1990, 1, 1) + datetime.timedelta(days=i),
            datetime.datetime(2024, 2, 29, 13, 14, 15) + datetime.timedelta(days=i, milliseconds=500),
            datetime.time(7, 30, i),
            19.99 + i,
            i % 2 == 0,
            ["gold", "silver", None, "gold"][i % 4],
            f"{i + 1000:05d}",
            f"=F{i + 3}*2",
            datetime.timedelta(hours=30 + i),
            None,
        ]
    )
sheet.cell(row=60, column=3).value = "#N/A"
book.create_sheet("leer")
book.create_chartsheet("Bild")
hidden = book.create_sheet("geheim")
hidden.sheet_state = "hidden"
hidden["A1"] = "x"
hidden["A2"] = 1
book.save(sys.argv[1])
