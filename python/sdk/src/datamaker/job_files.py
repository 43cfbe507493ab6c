"""Parts of jobs that are files of their own, in a folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .errors import UsageError

_READ_BYTES = 1 << 20


def folder_of(path: str | os.PathLike[str]) -> Path:
    """The folder that files go to. Raises `UsageError` where it is none."""
    folder = Path(path)
    if not folder.exists():
        raise UsageError(f"there is no folder {folder}: make it first, for instance with Path(…).mkdir()")
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder, and each part of the job is a file of its own")
    return folder


def is_whole(target: Path, made: Mapping[str, Any]) -> bool:
    """Whether a part is there already, as the manifest says it is."""
    if not target.is_file() or target.stat().st_size != made["bytes"]:
        return False
    digest = hashlib.sha256()
    with target.open("rb") as file:
        while piece := file.read(_READ_BYTES):
            digest.update(piece)
    sha256: str = made["sha256"]
    return digest.hexdigest() == sha256
