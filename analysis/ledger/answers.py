"""What a relation is asked and what it answers, and how numbers stand in the answer."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from typing import Any

from analysis.base.russian import decimal, decimals_needed, half_up
from analysis.quantities import Quantity, Text
from analysis.quantities.numerals import with_symbol
from analysis.show.wording import joined, num, signed, with_unit

# From what agrees to what does not: a number cut off or since revised is no falsehood, but not what the data give.
CONFIRMED, ROUNDING, REVISED, TRUNCATED, CONTRADICTED = RESULTS = (
    "confirmed",
    "rounding",
    "revised",
    "truncated",
    "contradicted",
)
LAST_PLACE = 1e-9


@dataclass(frozen=True)
class Rule:
    """One row of `data/codes/relations.csv`.

    Attributes
    ----------
    id, name, rule : str
        The relation, what it is called, when it holds.
    slack : float
        Its tolerance in units of the last printed digit.
    margin : float
        Its tolerance in per cent.
    yes, no : str
        The word for it and for its opposite («выше», «ниже»).
    """

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
    rule : Rule
        The relation with its tolerances.
    subject, object : str
        What value and against are, in words.
    label : callable
        From a key to words (a territory to «в Томской области»).
    off : float
        How far the difference of the two may be off for the rounding of their inputs.
    offs : mapping
        The same of each value by its key, where `value` is quantities by key.
    printed : str
        The printed number or words of the statement.
    direction : str
        On which side of what it is compared with the value must lie: `above`, `below`; any other says both.
    revision : float
        How far the series that the value is read from is known to have been revised since, in its unit.
    former : tuple of float
        What former issues of that series give in its place.
    """

    value: Any
    against: Any
    digits: int
    rule: Rule
    subject: str
    object: str
    label: Callable[[Any], str]
    off: float = 0.0
    offs: Mapping[Hashable, float] = field(default_factory=dict)
    printed: str = ""
    direction: str = ""
    revision: float = 0.0
    former: tuple[float, ...] = ()


@dataclass(frozen=True)
class Answer:
    """Whether a relation holds.

    Attributes
    ----------
    result : str
        One of `RESULTS`.
    found, against : Text
        What the data say and what it was compared with.
    right : Text
        What is right, in one clause.
    """

    result: str
    found: Text
    against: Text
    right: Text

    @classmethod
    def of(cls, result: str, found: str, against: str, right: str) -> Answer:
        """Return an answer in words.

        Parameters
        ----------
        result : str
            One of `RESULTS`.
        found, against, right : str
            Written with f-strings: numbers in them remember where they come from only as a Text.

        Returns
        -------
        Answer
        """
        return cls(result, Text(found), Text(against), Text(right))


def worst(results: Iterable[str]) -> str:
    """Return the result of what holds together: that of its worst part."""
    return max(results, key=RESULTS.index)


def rounded(value: float, digits: int) -> Decimal:
    """Return a computed number rounded half up, as yearbooks do."""
    # Ten digits first: a binary fraction a hair below a half is that half.
    return half_up(round(value, 10), digits)


def cut(value: float, digits: int) -> Decimal:
    """Return a computed number with its digits cut off behind those printed, as a slip of a pen leaves it."""
    return Decimal(str(round(value, 10))).quantize(Decimal(1).scaleb(-digits), ROUND_DOWN)


def as_printed(side: Any, digits: int, like: Any = None) -> str:
    """Return a number so that the difference shows.

    Parameters
    ----------
    side : Quantity or float
        The number.
    digits : int
        Digits after the comma, those of what is printed.
    like : Quantity, optional
        The other side, whose unit a plain number takes.

    Returns
    -------
    str
        With its unit; a count is a bare number.
    """
    if isinstance(side, Quantity):
        return num(side, digits) if side.unit == "count" else with_unit(side, digits)
    unit = like.unit if isinstance(like, Quantity) else "ratio"
    return decimal(float(side), digits) if unit == "count" else with_symbol(float(side), digits, unit)


def as_known(side: Any, digits: int, off: float) -> str:
    """Return a number as printed; one that is itself known only to hundreds of people stands in thousands.

    Parameters
    ----------
    side : Quantity or float
        The number.
    digits : int
        Digits after the comma, those of what is printed.
    off : float
        How far the number may be off, in its unit.

    Returns
    -------
    str
        With its unit («около 12,3 тыс. чел.»).
    """
    if isinstance(side, Quantity) and side.unit == "people" and off >= 50 > 0.5 * 10.0**-digits:
        return f"около {with_unit(side.to('thousand_people'), 1)}"
    return as_printed(side, digits)


def shown(side: Any, like: Any = None) -> str:
    """Return a side with its unit and its own digits; a plain number takes the unit of the side it is compared with."""
    return as_printed(side, side.decimals if isinstance(side, Quantity) else decimals_needed(side), like)


def with_sign(quantity: Quantity) -> str:
    """Return a quantity with its sign where it is a change or below zero."""
    return signed(quantity) if quantity.unit in ("percent", "pp") or float(quantity) < 0 else shown(quantity)


def with_values(keys: Iterable[Hashable], question: Question) -> str:
    """Return keys in words, each with its value; nothing without keys."""
    words = [f"{question.label(key)} ({shown(question.value[key])})" for key in keys]
    return joined(words) if words else ""


def normalised(text: str) -> str:
    """Return a text without what makes no difference between printings: case, spaces, kinds of dashes."""
    return "".join(letter for letter in text.casefold().replace("–", "-") if not letter.isspace())
