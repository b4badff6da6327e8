"""What a relation is asked and what it answers, and how numbers stand in the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from analysis.base.russian import decimal
from analysis.quantities import Quantity, Text
from analysis.quantities.numerals import with_symbol
from analysis.show.wording import joined, num, signed, with_unit

CONFIRMED, ROUNDING, CONTRADICTED = RESULTS = "confirmed", "rounding", "contradicted"
LAST_PLACE = 1e-9


@dataclass(frozen=True)
class Rule:
    """One row of `data/codes/relations.csv`."""

    id: str
    name: str
    rule: str
    slack: float
    margin: float
    yes: str
    no: str


@dataclass(frozen=True)
class Question:
    """What a relation is asked: the two sides, their precision and the words to answer with.

    Attributes
    ----------
    value, against
        What the formulas come to: a quantity, quantities by key, a key, keys, a text, a plain number; `against` is the
        printed number where the statement names one and the row gives no formula for it.
    digits : int
        Digits after the comma of what is compared with.
    off : float or dict
        How far the difference of the two may be off for the rounding of their inputs; by key where `value` is quantities by key.
    subject, object : str
        What value and against are, in words.
    label : callable
        From a key to words (a territory to «в Томской области»).
    """

    value: Any
    against: Any
    digits: int
    off: float | dict[Any, float]
    rule: Rule
    subject: str
    object: str
    label: Callable[[Any], str]
    printed: str = ""


@dataclass(frozen=True)
class Answer:
    """Whether the relation holds, what was found, what it was compared with, and what is right in one clause."""

    result: str
    found: Text
    against: Text
    right: Text

    def __post_init__(self) -> None:
        # Written with f-strings; numbers in them remember where they come from only as a Text.
        for name in ("found", "against", "right"):
            object.__setattr__(self, name, Text(getattr(self, name)))


def worst(results: Iterable[str]) -> str:
    """Return the result of what holds together: that of its worst part."""
    return max(results, key=RESULTS.index)


def rounded(value: float, digits: int) -> Decimal:
    """Return a number rounded half up, as yearbooks do."""
    # Ten digits first: a binary fraction a hair below a half is that half.
    return Decimal(f"{value:.10f}").quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def as_printed(side: Any, digits: int, like: Any = None) -> str:
    """Return a number so that the difference shows: with the printed digits, with the unit of the side that has one."""
    if isinstance(side, Quantity):
        return num(side, digits) if side.unit == "count" else with_unit(side, digits)
    unit = like.unit if isinstance(like, Quantity) else "ratio"
    return decimal(float(side), digits) if unit == "count" else with_symbol(float(side), digits, unit)


def as_known(side: Any, digits: int, off: float, like: Any = None) -> str:
    """Return a number as printed; one that is itself known only to hundreds of people is told in thousands."""
    if isinstance(side, Quantity) and side.unit == "people" and off >= 50 > 0.5 * 10.0**-digits:
        return f"около {with_unit(side.to('thousand_people'), 1)}"
    return as_printed(side, digits, like)


def shown(side: Any, like: Any = None) -> str:
    """Return a side with its unit and its own digits; a plain number takes the unit of the side it is compared with."""
    return as_printed(side, side.decimals if isinstance(side, Quantity) else digits_needed(side), like)


def digits_needed(value: float) -> int:
    """Return the digits after the comma that a plain number has."""
    return len(f"{value:g}".partition(".")[2])


def with_sign(quantity: Quantity) -> str:
    """Return a quantity with its sign where it is a change or below nought."""
    return signed(quantity) if quantity.unit in ("percent", "pp") or quantity.value < 0 else shown(quantity)


def with_values(keys: list, asked: Question) -> str:
    """Return keys in words, each with its value."""
    return joined(f"{asked.label(key)} ({shown(asked.value[key])})" for key in keys) if keys else ""


def plain(text: str) -> str:
    """Return a text without what makes no difference between printings: case, spaces, kinds of dashes."""
    return "".join(letter for letter in text.casefold().replace("–", "-") if not letter.isspace())
