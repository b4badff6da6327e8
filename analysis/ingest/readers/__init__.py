"""One module a format. A new format is a new file here: it says what it recognises and how it is read.

Each module defines

- `NAME`, `VERSION`, `TITLE`: for the record of what was accepted and for the user (`TITLE` in Russian);
- `recognises(file: OpenedFile) -> bool`: cheap, looks at sheet names and first rows only;
- `read(file: OpenedFile) -> Reading`: pure, no matching with our code lists.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def readers() -> list[ModuleType]:
    """Return the modules that read a format each, in the order of their names."""
    return [
        importlib.import_module(f"{__name__}.{found.name}")
        for found in pkgutil.iter_modules(__path__)
        if not found.name.startswith("_")
    ]
