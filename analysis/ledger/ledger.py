"""The ledger of an edition: every statement it prints, held against its own figures and official statistics."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.base import reads
from analysis.base.errors import DataError, did_you_mean
from analysis.base.gaps import GapError
from analysis.base.russian import decimals_in, decimals_needed, numbers_in
from analysis.editions.listed import UnknownNameError
from analysis.ledger import verdicts
from analysis.ledger.answers import CONFIRMED, CONTRADICTED, Answer, Question, Rule
from analysis.ledger.circles import Solved, circular
from analysis.ledger.entries import Entry, Part, readings, right
from analysis.ledger.figures import Figures
from analysis.ledger.formulas import FormulaError
from analysis.ledger.labels import Labels
from analysis.ledger.relations import answer
from analysis.ledger.revisions import Revisions
from analysis.quantities import Observation, Quantity

if TYPE_CHECKING:
    from analysis.show.face import Report

_YEAR = re.compile(r"\{y([+-][0-9]{1,2})?\}")
_BRACE = re.compile(r"\{[^{}]{0,60}\}?|\}")
_LISTS = ("range", "top", "ranking", "named")  # relations to several keys or numbers at once
# Relations of two numbers whose answer, where they hold, says nothing of rounding.
_SIGNED = frozenset(("above", "more", "rose", "below", "less", "fell", "almost", "positive", "negative"))
_KEPT = ("id", "section", "text", "kind", "printed", "note", "locator", "adopted")
# What a relation may raise of values that are none of its kind.
_MISUSED = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class Ledger:
    """The statements of an edition against the data of a report.

    Parameters
    ----------
    report : Report
        Whose data, and whose year the formulas count from.
    statements : str, optional
        The edition whose statements are taken; the report's own unless given.

    Attributes
    ----------
    read : mapping
        The files the check read, once it is made.
    """

    def __init__(self, report: Report, statements: str | None = None) -> None:
        self.report = report
        self.statements = statements or report.edition.id
        self.labels = Labels(report.project, report.edition.id)
        self.figures = Figures(report)
        self.revisions = Revisions(report)
        self.read: dict[str, None] = {}

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Every statement by id, in the order of the table.

        Raises
        ------
        DataError
            The edition has no statements, or a formula is not one.
        """
        with reads.noted() as self.read:
            return {claim: self.entry(claim) for claim in self.claims}

    def entry(self, claim: str) -> Entry:
        """Return one statement without checking the others.

        Raises
        ------
        DataError
            There is no such statement.
        """
        if claim not in self.claims:
            raise DataError(f"В таблице claims нет утверждения «{claim}».{did_you_mean(claim, self.claims)}")
        return self._entry(self.claims[claim])

    @cached_property
    def claims(self) -> dict[str, dict]:
        """The rows of the table of statements by id, unchecked."""
        if not has_statements(self.report, self.statements):
            raise DataError(
                f"У издания «{self.statements}» нет таблицы claims: добавьте ее и claim_formulas в datapackage.json"
                " издания."
            )
        return {row["id"]: row for row in self.report.project.load("claims", self.statements).to_dict("records")}

    @cached_property
    def _formulas(self) -> dict[str, list[dict]]:
        rows = self.report.project.load("claim_formulas", self.statements)
        if strays := sorted(set(rows["claim"]) - set(self.claims)):
            raise DataError(f"Таблица claim_formulas: утверждения «{strays[0]}» нет в таблице claims.")
        found: dict[str, list[dict]] = {}
        for row in rows.to_dict("records"):
            found.setdefault(row["claim"], []).append(row)
        return found

    def check(self, row: Mapping[str, Any], printed: str = "", where: str = "") -> Part:
        """Return how one row of a table of formulas stands to the data.

        Parameters
        ----------
        row : mapping
            Columns basis, reading, relation, value, against, subject, object, place.
        printed : str
            The printed number or words, for rows without a formula of their own to compare with.
        where : str
            What an error calls the row.

        Returns
        -------
        Part
            Without an answer where the data do not allow one.

        Raises
        ------
        FormulaError
            The row is wrong in itself, whatever the data.
        """
        part = Part(
            int(row["reading"]),
            row["basis"],
            self.dated(row["place"], f"{where}, столбец «place»"),
            self.dated(row["subject"], f"{where}, столбец «subject»"),
            " ".join(filter(None, (row["value"], row["relation"], row["against"]))),
            answer=None,
        )
        try:
            given, sources = self._answer(row, printed, where)
        except FormulaError:
            raise
        except UnknownNameError as error:
            raise FormulaError(f"{where}: {error} Исправьте формулу.") from None
        except DataError as error:
            return replace(part, trouble=str(error), gaps=error.gaps if isinstance(error, GapError) else ())
        return replace(part, answer=given, sources=sources)

    def dated(self, text: str, where: str) -> str:
        """Return a text with its years: `{y}` is the year of the report's edition, `{y-1}` the year before.

        Raises
        ------
        FormulaError
            Another brace stands in the text.
        """
        if stray := _BRACE.search(_YEAR.sub("", text)):
            raise FormulaError(
                f"{where}: «{stray[0]}» – не вставка: в фигурных скобках может стоять только год, например {{y}} или"
                " {y-1}. Исправьте ее или уберите фигурные скобки."
            )
        return _YEAR.sub(lambda found: str(self.report.edition.year + int(found[1] or 0)), text)

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        rows = self.report.project.load("relations", self.statements).to_dict("records")
        return {row["id"]: Rule(**{name: row[name] for name in Rule.__dataclass_fields__}) for row in rows}

    @cached_property
    def _reasons(self) -> dict[str, str]:
        rows = self.report.project.load("unverifiable", self.statements)
        return dict(zip(rows["id"], rows["name"], strict=True))

    def _answer(self, row: Mapping[str, Any], printed: str, where: str) -> tuple[Answer, tuple[Observation, ...]]:
        if row["relation"] not in self._rules:
            raise DataError(f"{where}: нет отношения «{row['relation']}» в перечне relations.")
        value = self.figures.evaluate(row["value"], f"{where}, столбец «value»")
        against = self._against(row, printed, where)
        try:
            apart = row["relation"] in _SIGNED and not isinstance(value, Mapping)
            question = Question(
                value,
                against,
                self._digits(value, against, row, printed),
                self._rule(row),
                self.dated(row["subject"], where),
                self.dated(row["object"], f"{where}, столбец «object»"),
                self.labels.of,
                0.0 if apart else self._off(row, value, against, where),
                self.figures.uncertainties(row["value"], where) if isinstance(value, Mapping) else {},
                printed,
                row.get("direction") or "",
                self.revisions.size(value),
                self.revisions.former(value),
            )
            found = answer(question)
            # How far rounding reaches is asked only where it may excuse something: every input is moved for it.
            if apart and found.result != CONFIRMED:
                found = answer(replace(question, off=self._off(row, value, against, where)))
            return found, _sources(value, against)
        except _MISUSED:
            raise FormulaError(
                f"{where}: отношение «{row['relation']}» не сравнивает то, что дают столбцы «value» и «against» "
                "(или напечатанное число). Исправьте формулы или отношение."
            ) from None

    def _rule(self, row: Mapping[str, Any]) -> Rule:
        """Return the rule of a row; words that are stronger or weaker than it have a margin of their own."""
        rule, margin = self._rules[row["relation"]], row.get("margin")
        return rule if margin is None or pd.isna(margin) else replace(rule, margin=float(margin))

    def _against(self, row: Mapping[str, Any], printed: str, where: str) -> Any:
        """Return what a row compares its value with: what its formula comes to, else the printed numbers."""
        if row["against"]:
            against = self.figures.evaluate(row["against"], f"{where}, столбец «against»")
        else:
            against = numbers_in(printed)
        if row["relation"] not in _LISTS and isinstance(against, list):
            return against[0] if against else None
        return against

    def _digits(self, value: Any, against: Any, row: Mapping[str, Any], printed: str) -> int:
        """Return the digits after the comma of what a value is compared with."""
        if not row["against"]:
            return decimals_in(printed)
        if isinstance(against, Quantity):
            single = len(against.sources) == 1
            return self.figures.digits(against.sources[0]) if single else against.decimals
        if isinstance(against, int | float):
            return max(decimals_needed(against), value.decimals if isinstance(value, Quantity) else 0)
        return 0

    def _off(self, row: Mapping[str, Any], value: Any, against: Any, where: str) -> float:
        """Return how far the difference of two numbers may be off, 0 where values stand by key.

        A printed number that a value is compared with has its slack in the rule.
        """
        if isinstance(value, Mapping):
            return 0.0
        off = self.figures.uncertainty(row["value"], where) if isinstance(value, Quantity) else 0.0
        compared = isinstance(against, Quantity) and (
            row["relation"] not in ("equal", "about") or len(against.sources) != 1
        )
        return off + (self.figures.uncertainty(row["against"], where) if compared else 0.0)

    def _entry(self, row: Mapping[str, Any]) -> Entry:
        parts = self._parts(row)
        own, official = (self._result(parts, ground) for ground in verdicts.GROUNDS)
        beside = self._beside(row) if CONTRADICTED in (own, official) else {}
        holding_own = self._holding(beside, verdicts.OWN) if own == CONTRADICTED else []
        holding_official = self._holding(beside, verdicts.OFFICIAL) if official == CONTRADICTED else []
        verdict = verdicts.overall(
            verdicts.of_sentence(own, holding_own),
            verdicts.of_sentence(official, holding_official),
            definition=bool(row["definition"]),
        )
        reading = self._reading(row)
        checked = (parts, *beside.values())
        return Entry(
            **{name: row[name] for name in _KEPT},
            parts=parts,
            own=own,
            official=official,
            verdict=verdict,
            sources=tuple(dict.fromkeys(seen for group in checked for part in group for seen in part.sources)),
            reading=reading,
            right=right(parts, verdict, row["definition"], reading, holding_own or holding_official),
            why=self._trouble(row, parts) if verdict == verdicts.UNVERIFIABLE else "",
        )

    def _trouble(self, row: Mapping[str, Any], parts: tuple[Part, ...]) -> str:
        """Return why a statement cannot be checked: the reason the table gives, else what its formulas met."""
        return self._reasons.get(row["reason"], "") or next((part.trouble for part in parts if part.trouble), "")

    def _reading(self, row: Mapping[str, Any]) -> str:
        return self.dated(row["reading"], f"Таблица claims, утверждение {row['id']}, столбец «reading»")

    def _parts(self, row: Mapping[str, Any]) -> tuple[Part, ...]:
        formulas = self._formulas.get(row["id"], [])
        parts = tuple(self.check(formula, row["printed"], _named(formula)) for formula in formulas)
        if row["id"] in self._circular:
            return tuple(replace(part, answer=None, trouble=self._reasons[verdicts.CIRCULAR]) for part in parts)
        return parts

    @cached_property
    def _circular(self) -> frozenset[str]:
        """The statements that one equation would confirm for each of its parts."""
        solved: dict[str, Solved] = {}
        for claim, (formula, *others) in self._formulas.items():
            printed = numbers_in(self.claims[claim]["printed"])
            if others or formula["relation"] != "equal" or formula["against"] or not printed:
                continue
            try:
                value = self.figures.evaluate(formula["value"], f"{_named(formula)}, столбец «value»")
            except DataError:  # told where the statement is checked
                continue
            seen = value.sources if isinstance(value, Quantity) else ()
            cells = {one.key: one.value for one in seen if one.value is not None}
            solved[claim] = Solved(cells, printed[0])
        return circular(solved)

    def _result(self, parts: tuple[Part, ...], ground: str) -> str:
        return verdicts.of_ground(readings(parts, ground))

    def _beside(self, row: Mapping[str, Any]) -> dict[str, tuple[Part, ...]]:
        """Return the other readings of the printed sentence with their checks."""
        sisters = [
            claim
            for claim in self.claims.values()
            if row["sentence"] and claim["sentence"] == row["sentence"] and claim["id"] != row["id"]
        ]
        return {self._reading(claim): self._parts(claim) for claim in sisters}

    def _holding(self, beside: Mapping[str, tuple[Part, ...]], ground: str) -> list[str]:
        """Return which of the other readings hold on a ground."""
        return [reading for reading, parts in beside.items() if self._result(parts, ground) in verdicts.HOLDS]


def _named(formula: Mapping[str, Any]) -> str:
    return f"Таблица claim_formulas, утверждение {formula['claim']}, формула {formula['n']}"


def has_statements(report: Report, edition_id: str) -> bool:
    """Tell whether an edition keeps a ledger, by the data of a report."""
    return "claims" in report.project.tables(edition_id)


def _sources(*sides: Any) -> tuple[Observation, ...]:
    """Return what quantities, single or by key, rest on."""
    parts = [part for side in sides for part in (side.values() if isinstance(side, Mapping) else [side])]
    return tuple(dict.fromkeys(seen for part in parts if isinstance(part, Quantity) for seen in part.sources))
