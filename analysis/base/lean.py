"""Spares every command the two seconds in which a library that nothing here uses compiles its grammars.

nbformat checks notebooks by jsonschema, which imports `rfc3987_syntax`, where it is installed, to check the format
`iri`; that package compiles 39 grammars as it is imported. No schema of a notebook names that format, and jsonschema
goes without the package where there is none.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import cast


@contextmanager
def absent(name: str) -> Iterator[None]:
    """Let a package that is not loaded yet seem not to be installed, to what is imported within the block."""
    if name in sys.modules:
        yield
        return
    # None is how Python notes a module that cannot be imported.
    cast("MutableMapping[str, object]", sys.modules)[name] = None
    try:
        yield
    finally:
        del sys.modules[name]


with absent("rfc3987_syntax"):
    import jsonschema  # noqa: F401
