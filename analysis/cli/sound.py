"""Data in which nothing was wrong, remembered as long as neither they nor the program change."""

from __future__ import annotations

import hashlib
from pathlib import Path

from analysis.base import paths
from analysis.base.files.hashes import sha256
from analysis.base.files.stored import store, stored


def known(edition: str, now: bytes) -> bool:
    """Return whether the data of an edition were checked in a state, and nothing was wrong."""
    return stored(_file(edition)) == now


def keep(edition: str, now: bytes) -> None:
    """Note that nothing was wrong with the data of an edition in a state, taken before they were checked."""
    store(now, _file(edition))


def _file(edition: str) -> Path:
    return paths.cache() / f"sound-{edition}.txt"


def state() -> bytes:
    """Return the hash of all data, and of all that could judge them."""
    package, digest = Path(__file__).parents[1], hashlib.sha256()
    for folder in (paths.data(), package):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(folder)}\n{sha256(file)}\n".encode())
    lock = paths.project_root() / paths.LOCK
    digest.update(lock.read_bytes() if lock.is_file() else b"")
    return digest.hexdigest().encode()
