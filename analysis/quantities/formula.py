"""How a number was got: a small tree whose leaves are observations and pure factors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from analysis.quantities.observation import Observation

_BINDING = {"+": 1, "−": 1, "×": 2, "/": 2}


class Formula:
    """A formula; its text is symbolic, `analysis.quantities.reading` puts it in Russian words."""

    @property
    def parts(self) -> tuple[Formula, ...]:
        """The formulas it is made of; none in a leaf."""
        return ()

    @property
    def binding(self) -> int:
        """How strongly its parts hold together: what binds less stands in brackets."""
        return 9

    def leaves(self) -> Iterator[Formula]:
        """Yield the observations, factors and named values it is made of, from left to right."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True)
class Seen(Formula):
    """An observation as it stands in its table."""

    observation: Observation

    def __str__(self) -> str:
        return self.observation.key


@dataclass(frozen=True)
class Named(Formula):
    """A value known by its name: a parameter, or a rule told in words."""

    text: str

    def __str__(self) -> str:
        return self.text


UNNAMED = Named("")


@dataclass(frozen=True)
class Factor(Formula):
    """A literal number: never a datum, only what a number is multiplied by, divided by or shifted by."""

    value: float

    def __str__(self) -> str:
        return f"{self.value:.10g}"


@dataclass(frozen=True)
class Operation(Formula):
    """Two formulas and a sign between them."""

    sign: str
    left: Formula
    right: Formula

    @property
    def parts(self) -> tuple[Formula, ...]:
        """The two sides."""
        return self.left, self.right

    @property
    def binding(self) -> int:
        """How strongly the sign binds."""
        return _BINDING[self.sign]

    def __str__(self) -> str:
        return self.written(str(self.left), str(self.right))

    def written(self, left: str, right: str) -> str:
        """Return the operation over the two sides as written, with the brackets that its sign asks for."""
        if self.left.binding < self.binding:
            left = f"({left})"
        if self.right.binding < self.binding or (self.right.binding == self.binding and self.sign in "−/"):
            right = f"({right})"
        return f"{left} {self.sign} {right}"


@dataclass(frozen=True)
class Gathered(Formula):
    """A function of many: a sum, a count, a place in an order.

    Attributes
    ----------
    name : str
        `sum`, `mean`, `count`, `rank`, `size` or words of its own.
    of : tuple of Formula
    about : str
        What a reader is to be told besides: the rule of a count, what is forecast.
    value : float or None
        What came out, where what it was gathered from does not tell it: a forecast within a formula says its number.
    """

    name: str
    of: tuple[Formula, ...]
    about: str = ""
    value: float | None = None

    @property
    def parts(self) -> tuple[Formula, ...]:
        """What was gathered."""
        return self.of

    def __str__(self) -> str:
        return f"{self.name}({', '.join(map(str, self.of))})"


def as_formula(given: Formula | str) -> Formula:
    """Return a formula; a text names one."""
    return given if isinstance(given, Formula) else Named(given)


class Origin(Protocol):
    """What a piece of text stands for: a quantity, or a choice of words."""

    @property
    def formula(self) -> Formula:
        """How it was got."""

    @property
    def sources(self) -> tuple[Observation, ...]:
        """The observations it rests on."""
