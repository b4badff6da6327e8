"""What is stored with the package (`stored.json`, made by `bench.learn`)."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("stored.json")


@lru_cache(maxsize=1)
def stored() -> dict:
    """Return the shares of the trend models, the widening by level, and the volatility of a lonely series."""
    return json.loads(FILE.read_text(encoding="utf-8"))
