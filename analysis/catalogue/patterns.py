"""Patterns that a descriptor asks cells to match, matched in time that grows with the text alone.

A descriptor is data: with Python's own engine, which tries one way after another, a pattern such as `(a|a)*b` would
look at thirty letters for hours. The engine here has no way back, and so no lookaround and no references to groups.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from pydantic_core import SchemaError, SchemaValidator, core_schema


@lru_cache(maxsize=256)
def whole(pattern: str) -> Callable[[str], bool]:
    r"""Return what tells whether a whole text matches a pattern.

    `\d` is a digit from 0 to 9, as whoever reads a table knows them.

    Raises
    ------
    ValueError
        This is no pattern, or one too large.
    """
    ascii_digits = re.sub(
        r"\\(.)", lambda escaped: "[0-9]" if escaped[1] == "d" else escaped[0], pattern, flags=re.DOTALL
    )
    _compiled(ascii_digits)  # by itself: one whose brackets do not match could else close ours
    return _compiled(rf"\A(?:{ascii_digits})\z").isinstance_python


def _compiled(pattern: str) -> SchemaValidator:
    try:
        return SchemaValidator(core_schema.str_schema(pattern=pattern, regex_engine="rust-regex", strict=True))
    except SchemaError:
        raise ValueError("это не регулярное выражение, или такое здесь не поддерживается") from None
