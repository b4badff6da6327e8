"""What can become a finding of the first page: the rows of `findings.csv`, and the closed lists they are written by.

A row says under which condition it is told, of what, how its sentence begins and what that means for graduates. Which
rows are told and in which order follows from the data alone (`choosing`), unless the author of an edition says
otherwise (`choice`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from analysis.base import placeholders
from analysis.base.errors import TextError
from analysis.show.face import Report

TABLE = "findings"
# By kind, which placeholders its words may hold.
PLACEHOLDERS: Mapping[str, frozenset[str]] = {
    "change": frozenset(("year", "value", "number", "before", "moved", "rose")),
    "neighbours": frozenset(("year", "value", "number", "ranked", "neighbours")),
    "country": frozenset(("year", "value", "number", "ratio", "apart")),
    "history": frozenset(("year", "value", "number", "extreme")),
    "index": frozenset(("year", "value", "number")),
    "share": frozenset(("year", "date", "share", "part", "rest", "people")),
}
# Which words claim something, and what in a sentence computes them (`analysis.book.claimed`): what a finding means is
# chosen by the same numbers.
COMPUTING: Mapping[str, frozenset[str]] = {
    "place": frozenset(("ranked", "extreme")),
    "comparison": frozenset(("ranked", "extreme", "moved", "rose", "apart", "ratio")),
    "direction": frozenset(("moved", "rose")),
    "cause": frozenset[str](),
}
REMEDY = "Возьмите подстановку, которая это вычисляет (docs/ru/main-page.md), или скажите без сравнения."
# How much more a finding weighs that is about graduates themselves, or about their training, than one about the market:
# what the report is about stands before all else, even where nothing is known to compare it with.
WEIGHTS: Mapping[str, float] = {"graduates": 3.0, "training": 1.5, "market": 1.0}


@dataclass(frozen=True)
class Candidate:
    """A row of the table.

    Attributes
    ----------
    id : str
        The key by which an author names it.
    indicator : str
    categories, against : tuple of str
        Of the indicator: what is told of, and of a share the other part.
    whole : str
        Of a share: the indicator of the whole.
    kind : str
        One of `PLACEHOLDERS`.
    nearness : str
        One of `WEIGHTS`.
    good : {'up', 'down', 'none'}
        Which direction is good for graduates.
    gender : str
        Of what rose or fell.
    section : str
        Where the report goes into it.
    said, up, down : str
        How the sentence begins; what it means where the number is up, and where it is down.
    """

    id: str
    indicator: str
    categories: tuple[str, ...]
    against: tuple[str, ...]
    whole: str
    kind: str
    nearness: str
    good: str
    gender: str
    section: str
    said: str
    up: str
    down: str

    @property
    def category(self) -> str | None:
        """The one category of an indicator that has several."""
        return self.categories[0] if self.categories else None


def candidates(report: Report) -> list[Candidate]:
    """Return what the data of an edition can make a finding of, in the order of the table."""
    plain = ("id", "indicator", "whole", "kind", "nearness", "good", "gender", "section", "said", "up", "down")
    return [
        Candidate(
            **{name: row[name] for name in plain},
            categories=tuple(filter(None, row["category"].split(";"))),
            against=tuple(filter(None, row["against"].split(";"))),
        )
        for row in report.load(TABLE).to_dict("records")
    ]


def faults(row: Mapping[str, str], sections: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with a row: column, problem, remedy.

    Parameters
    ----------
    row : mapping
        The row as its table holds it.
    sections : collection of str
        Labels of the sections of the chapters.

    Yields
    ------
    tuple of str
        One a fault.
    """
    for column in ("said", "up", "down"):
        try:
            list(placeholders.pieces(row[column], PLACEHOLDERS[row["kind"]]))
        except TextError as error:
            yield column, error.problem, error.remedy
    if row["section"] not in sections:
        problem = f"раздела «{row['section']}» в главах нет"
        yield "section", problem, "Впишите метку раздела, в котором об этом говорится."
    if not row["down"] and row["kind"] != "share":
        yield "down", "не сказано, что это значит, если показатель снизился или он ниже", "Допишите столбец."


def as_prose(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the sentences of a row by column, their placeholders written as inline expressions of prose.

    So written they are read by whoever looks for words that nothing computes.
    """
    for column in ("up", "down"):
        sentence = f"{row['said']} – {row[column]}."
        yield column, "".join(f"`{{python}} {name}`" if name else text for text, name in placeholders.pieces(sentence))
