"""What is stored with the package (`stored.json`, made by `bench.learn`)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("stored.json")
_instead: list[dict] = []


def stored() -> dict:
    """Return the shares of the trend models, the widening by level, and the volatility of a lonely series."""
    return _instead[-1] if _instead else _read()


@lru_cache(maxsize=1)
def _read() -> dict:
    return json.loads(FILE.read_text(encoding="utf-8"))


@contextmanager
def instead(content: dict) -> Iterator[None]:
    """Let forecasts rest on other content, as on what was learned without the indicators that are judged."""
    _instead.append(content)
    try:
        yield
    finally:
        _instead.pop()
