"""Files told apart by what they hold."""

from __future__ import annotations

import hashlib
from pathlib import Path


def sha256(file: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits.

    Raises
    ------
    OSError
        It cannot be read.
    """
    return hashlib.sha256(file.read_bytes()).hexdigest()
