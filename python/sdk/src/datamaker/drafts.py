"""Where a file is written until it is whole."""

from __future__ import annotations

import secrets
from pathlib import Path


def draft_of(target: Path) -> Path:
    """A hidden file beside `target` that is nobody else's: downloads to one place may run at once, also within one process."""
    return target.with_name(f".{target.name}.{secrets.token_hex(8)}.part")
