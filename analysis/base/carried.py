"""The marks that words carry through an f-string while a build asks where numbers come from.

Who writes and reads them is `analysis.quantities.text`.

They are private characters: from `OPEN` and an index to `MID`, then the words, then `CLOSE`. Nobody reads them
but the next `Text`, so whatever leaves for a reader another way (an error, a log) is made plain first.
"""

from __future__ import annotations

import re

OPEN, MID, CLOSE = "\ue000", "\ue001", "\ue002"
_ANY = re.compile(f"{OPEN}\\d*{MID}?|[{MID}{CLOSE}]")


def unmarked(text: str) -> str:
    """Return a text without marks, as an ordinary string."""
    return _ANY.sub("", str.__str__(text))
