"""Reads a file that was generated: python read_back.py <format> <path>. The first line of the output is what the reader says
of the columns' types, each further one a row, as JSON. Decimals are {"decimal": text}, dates and times ISO 8601."""

import datetime
import decimal
import json
import sys
import uuid
from xml.etree import ElementTree

NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


def plain(value):
    if isinstance(value, decimal.Decimal):
        return {"decimal": str(value)}
    if isinstance(value, datetime.datetime):
        moment = value if value.tzinfo is None else value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
        return moment.isoformat(timespec="milliseconds") + "Z"
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def parquet(path):
    import pyarrow.parquet

    file = pyarrow.parquet.ParquetFile(path)
    yield {field.name: str(field.type) for field in file.schema_arrow}
    for batch in file.iter_batches():
        yield from batch.to_pylist()


def avro(path):
    import fastavro

    with open(path, "rb") as file:
        reader = fastavro.reader(file)
        yield {field["name"]: json.dumps(field["type"]) for field in reader.writer_schema["fields"]}
        yield from reader


def xlsx(path):
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    yield {name: "sheet" for name in book.sheetnames}
    for sheet in book.worksheets:
        rows = sheet.iter_rows(values_only=True)
        names = next(rows)
        for row in rows:
            yield dict(zip(names, row, strict=True))


def sheets(path):
    """Of a workbook of one column of numbers: the rows of each sheet, and its first and last number."""
    import re
    import zipfile

    import openpyxl

    names = openpyxl.load_workbook(path, read_only=True).sheetnames
    with zipfile.ZipFile(path) as archive:
        contents = [archive.read(f"xl/worksheets/sheet{index + 1}.xml") for index in range(len(names))]
    yield {name: content.count(b"<row>") for name, content in zip(names, contents, strict=True)}
    for content in contents:
        numbers = re.findall(rb"<c><v>(\d+)</v></c>", content)
        yield {"first": int(numbers[0]), "last": int(numbers[-1])}


def content(element):
    if element.get(NIL) == "true":
        return None
    if len(element) > 0 and all(child.tag == "item" for child in element):
        return [content(child) for child in element]
    if len(element) > 0:
        return {child.tag: content(child) for child in element}
    return element.text or ""


def xml(path):
    root = ElementTree.parse(path).getroot()
    yield {"root": root.tag}
    for row in root:
        yield {child.tag: content(child) for child in row}


for line in {"parquet": parquet, "avro": avro, "xlsx": xlsx, "sheets": sheets, "xml": xml}[sys.argv[1]](sys.argv[2]):
    print(json.dumps(plain(line)))
