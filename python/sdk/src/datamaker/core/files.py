"""Workspace files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ..errors import DataMakerError, UsageError
from ..rows import Row
from .core import Core, json_of
from .effects import Flow, Request


@dataclass(frozen=True)
class WorkspaceFileInfo:
    """A workspace file, without what is in it."""

    name: str
    #: Bytes.
    size: int
    #: RFC 3339, in UTC.
    uploaded_at: str
    #: `csv`, `json`, `ndjson`, `yaml`, `xlsx` or `text`, by its content.
    kind: str
    sha256: str


class FilesCore:
    """Calls on all files."""

    def __init__(self, core: Core) -> None:
        """Of a client."""
        self.core = core

    def list(self) -> Flow[list[WorkspaceFileInfo]]:
        """All files of the project, the newest first."""
        items = yield from self.core.items("/workspace/files")
        return [_info(item) for item in items]


class FileCore:
    """Calls on a file."""

    def __init__(self, core: Core, name: str) -> None:
        """`name`: with its folders, `lookups/postcodes.json`."""
        if not isinstance(name, str) or name == "":
            raise UsageError("a workspace file is named by its path")
        self.core = core
        self.name = name

    def read_bytes(self) -> Flow[bytes]:
        """All of it. Raises `NotFoundError`."""
        answer = yield from self.core.send(Request("GET", self._path()))
        return bytes(answer.body)

    def read_text(self) -> Flow[str]:
        """All of it as text in UTF-8, without a byte order mark."""
        content = yield from self.read_bytes()
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DataMakerError(f"{self.name} is no text in UTF-8: {error}", code="invalid_content") from None

    def read_json(self) -> Flow[Any]:
        """What it says, if it is JSON."""
        text = yield from self.read_text()
        try:
            return json.loads(text)
        except ValueError as error:
            raise DataMakerError(f"{self.name} is no JSON: {error}", code="invalid_content") from None

    def read_dataframe(self, /, sheet: str | int = 0, **options: Any) -> Flow[Any]:
        """A pandas DataFrame of it: CSV, JSON, lines of JSON, or the sheet of a workbook. `options` go to the reader of pandas.

        Needs `datamaker[pandas]`.
        """
        from ..frames import dataframe_of_file

        content = yield from self.read_bytes()
        return dataframe_of_file(self.name, content, sheet, options)

    def write_bytes(self, content: bytes) -> Flow[WorkspaceFileInfo]:
        """Upload it; a file of its name is replaced."""
        # The same content makes the same request, so that one that is sent again is known.
        boundary = hashlib.sha256(content).hexdigest()[:40]
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="name"\r\n\r\n{self.name}\r\n'.encode(),
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="file"\r\n'.encode(),
            b"Content-Type: application/octet-stream\r\n\r\n",
            bytes(content),
            f"\r\n--{boundary}--\r\n".encode(),
        ]
        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Idempotency-Key": self.core.keys.step().key(),
        }
        if "\r" in self.name or "\n" in self.name:
            raise UsageError("a name has no line breaks")
        answer = yield from self.core.send(Request("POST", "/workspace/files", (), b"".join(parts), headers))
        return _info(json_of(answer))

    def write_text(self, text: str) -> Flow[WorkspaceFileInfo]:
        """Upload text, in UTF-8."""
        return (yield from self.write_bytes(text.encode()))

    def write_json(self, value: Any) -> Flow[WorkspaceFileInfo]:
        """Upload a value as JSON."""
        return (yield from self.write_bytes(json.dumps(value, ensure_ascii=False, indent=2).encode()))

    def delete(self) -> Flow[None]:
        """Delete it. Raises `NotFoundError`."""
        yield from self.core.delete(self._path())

    def _path(self) -> str:
        return "/workspace/files/" + quote(self.name, safe="/")


def _info(item: Row) -> WorkspaceFileInfo:
    return WorkspaceFileInfo(item["name"], item["size"], item["uploaded_at"], item["kind"], item["sha256"])
