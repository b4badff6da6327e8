"""One module a format. A new format is a new file here: it says what it recognises and how it is read.

A module whose name begins with `_` is no reader: `_emiss_…` and `_rosstat_…` are what the readers of one publisher
share.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Protocol, cast

from analysis.ingest.opening import OpenedFile
from analysis.ingest.reading import Reading


class Reader(Protocol):
    """What a module of this package defines.

    Attributes
    ----------
    NAME, VERSION : str
        For the record of what was accepted; a new way of reading is a new version.
    TITLE : str
        In Russian, for the user.
    """

    NAME: str
    VERSION: str
    TITLE: str

    def recognises(self, file: OpenedFile) -> bool:
        """Tell whether the file is of this format; cheap, looks at sheet names and first rows only."""

    def read(self, file: OpenedFile) -> Reading:
        """Return what the file holds; pure, no matching with our code lists."""


def readers() -> list[Reader]:
    """Return the modules that read a format each, in the order of their names.

    The first that recognises a file reads it.
    """
    names = [module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")]
    # A module found by its name has no type of its own; tests/ingest holds each to the protocol.
    return [cast("Reader", importlib.import_module(f"{__name__}.{name}")) for name in names]
