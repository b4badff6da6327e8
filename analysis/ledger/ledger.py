"""The ledger of an edition: every statement it prints, checked against its own figures and against official statistics."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from analysis.base import reads
from analysis.base.errors import DataError, did_you_mean
from analysis.base.russian import numbers_in
from analysis.catalogue import load, tables
from analysis.editions.values import UnknownNameError
from analysis.ledger import verdicts
from analysis.ledger.answers import CONTRADICTED, Answer, Question, Rule, digits_needed
from analysis.ledger.entries import Entry, Part, readings, right
from analysis.ledger.figures import Figures, digits_of
from analysis.ledger.formulas import FormulaError
from analysis.ledger.relations import answer
from analysis.quantities import Observation, Quantity

_YEAR = re.compile(r"\{y([+-][0-9]{1,2})?\}")
_BRACE = re.compile(r"\{[^{}]{0,60}\}?|\}")


class Ledger:
    """The statements of an edition against the data of a report.

    Parameters
    ----------
    report : analysis.report.Report
        Whose data, and whose year the formulas count from.
    statements : str, optional
        The edition whose statements are taken; the report's own unless given.

    Attributes
    ----------
    read : mapping
        The files the check read, once it is made.
    """

    def __init__(self, report: Any, statements: str | None = None):
        self.report = report
        self.statements = statements or report.edition.id
        self.figures = Figures(report)
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
        if not has_statements(self.statements):
            raise DataError(
                f"У издания «{self.statements}» нет таблицы claims: добавьте ее и claim_formulas в datapackage.json"
                " издания."
            )
        return {row["id"]: row for row in load("claims", self.statements).to_dict("records")}

    @cached_property
    def _formulas(self) -> dict[str, list[dict]]:
        rows = load("claim_formulas", self.statements)
        if strays := sorted(set(rows["claim"]) - set(self.claims)):
            raise DataError(f"Таблица claim_formulas: утверждения «{strays[0]}» нет в таблице claims.")
        return {claim: group.to_dict("records") for claim, group in rows.groupby("claim", sort=False)}

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
        """
        words = {
            "where": self.told(row["place"], f"{where}, столбец «place»"),
            "subject": self.told(row["subject"], f"{where}, столбец «subject»"),
            "formula": " ".join(filter(None, (row["value"], row["relation"], row["against"]))),
        }
        try:
            given, sources = self._answer(row, printed, where)
        except FormulaError:
            raise
        except UnknownNameError as error:
            raise FormulaError(f"{where}: {error} Исправьте формулу.") from None
        except DataError as error:
            return Part(int(row["reading"]), row["basis"], **words, answer=None, trouble=str(error))
        return Part(int(row["reading"]), row["basis"], **words, answer=given, sources=sources)

    def told(self, text: str, where: str) -> str:
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

    def label(self, key: Any) -> str:
        """Return a key in words: where a territory is, what a code is called."""
        if isinstance(key, int):
            return f"в {key} году"
        if key in self._territories:
            return f"в {self._territories[key]}"
        return self._codes.get(key, str(key))

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        rows = load("relations", self.statements).to_dict("records")
        return {row["id"]: Rule(**{name: row[name] for name in Rule.__dataclass_fields__}) for row in rows}

    @cached_property
    def _territories(self) -> dict[str, str]:
        rows = load("territories", self.report.edition.id)
        return dict(zip(rows["id"], rows["loc"], strict=True))

    @cached_property
    def _codes(self) -> dict[str, str]:
        """Names of codes that stand as categories; codes that are numbers keep them («23.00.00»)."""
        names = {}
        for dimension in ("sections", "town_sizes", "outcomes", "education"):
            if dimension in tables(self.report.edition.id):
                rows = load(dimension, self.report.edition.id)
                names |= {code: f"«{short}»" for code, short in zip(rows["id"], rows["short"], strict=True)}
        return names

    @cached_property
    def _reasons(self) -> dict[str, str]:
        rows = load("unverifiable", self.statements)
        return dict(zip(rows["id"], rows["name"], strict=True))

    def _answer(self, row: Mapping[str, Any], printed: str, where: str) -> tuple[Answer, tuple[Observation, ...]]:
        if row["relation"] not in self._rules:
            raise DataError(f"{where}: нет отношения «{row['relation']}» в перечне relations.")
        value = self.figures.evaluate(row["value"], f"{where}, столбец «value»")
        against = (
            self.figures.evaluate(row["against"], f"{where}, столбец «against»")
            if row["against"]
            else numbers_in(printed)
        )
        if row["relation"] not in ("range", "top", "ranking", "named") and isinstance(against, list):
            against = against[0] if against else None
        sides = (value, against)
        parts = [one for side in sides for one in (side.values() if isinstance(side, Mapping) else [side])]
        sources = dict.fromkeys(seen for one in parts if isinstance(one, Quantity) for seen in one.sources)
        try:
            question = Question(
                value,
                against,
                self._digits(value, against, row, printed),
                self._off(row, value, against, where),
                self._rules[row["relation"]],
                self.told(row["subject"], where),
                self.told(row["object"], f"{where}, столбец «object»"),
                self.label,
                printed,
            )
            return answer(question), tuple(sources)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            raise FormulaError(
                f"{where}: отношение «{row['relation']}» не сравнивает то, что дают столбцы «value» и «against» "
                "(или напечатанное число). Исправьте формулы или отношение."
            ) from None

    def _digits(self, value: Any, against: Any, row: Mapping[str, Any], printed: str) -> int:
        if not row["against"]:
            return digits_of(printed)
        if isinstance(against, Quantity) and len(against.sources) == 1:
            return self.figures.digits(against.sources[0])
        if isinstance(against, Quantity):
            return against.decimals
        return (
            max(digits_needed(against), value.decimals if isinstance(value, Quantity) else 0)
            if isinstance(against, int | float)
            else 0
        )

    def _off(self, row: Mapping[str, Any], value: Any, against: Any, where: str) -> float | dict[Any, float]:
        """Return how far the difference of both sides may be off; a printed number it is compared with has its slack in the rule."""
        if isinstance(value, Mapping):
            return self.figures.uncertainties(row["value"], where)
        off = self.figures.uncertainty(row["value"], where) if isinstance(value, Quantity) else 0.0
        compared = isinstance(against, Quantity) and (
            row["relation"] not in ("equal", "about") or len(against.sources) != 1
        )
        return off + (self.figures.uncertainty(row["against"], where) if compared else 0.0)

    def _entry(self, row: Mapping[str, Any]) -> Entry:
        parts = self._parts(row)
        own, official = results = [self._result(parts, ground) for ground in verdicts.GROUNDS]
        beside = self._beside(row) if CONTRADICTED in results else {}
        holding = [
            self._holding(beside, ground) if result == CONTRADICTED else []
            for ground, result in zip(verdicts.GROUNDS, results, strict=True)
        ]
        verdict = verdicts.overall(
            *(verdicts.of_sentence(*pair) for pair in zip(results, holding, strict=True)), bool(row["definition"])
        )
        unchecked = verdict == verdicts.UNVERIFIABLE
        why = (
            (self._reasons.get(row["reason"], "") or next((part.trouble for part in parts if part.trouble), ""))
            if unchecked
            else ""
        )
        kept = {name: row[name] for name in ("id", "section", "text", "kind", "printed", "note", "locator", "adopted")}
        reading = self._reading(row)
        told = right(parts, verdict, row["definition"], reading, holding[0] or holding[1])
        sources = dict.fromkeys(seen for read in (parts, *beside.values()) for part in read for seen in part.sources)
        return Entry(
            **kept,
            parts=parts,
            own=own,
            official=official,
            verdict=verdict,
            sources=tuple(sources),
            reading=reading,
            right=told,
            why=why,
        )

    def _reading(self, row: Mapping[str, Any]) -> str:
        return self.told(row["reading"], f"Таблица claims, утверждение {row['id']}, столбец «reading»")

    def _parts(self, row: Mapping[str, Any]) -> tuple[Part, ...]:
        formulas = self._formulas.get(row["id"], [])
        return tuple(
            self.check(one, row["printed"], f"Таблица claim_formulas, утверждение {row['id']}, формула {one['n']}")
            for one in formulas
        )

    def _result(self, parts: tuple[Part, ...], ground: str) -> str:
        return verdicts.of_ground(readings(parts, ground))

    def _beside(self, row: Mapping[str, Any]) -> dict[str, tuple[Part, ...]]:
        """Return the other readings of the printed sentence with their checks."""
        sisters = [
            one
            for one in self.claims.values()
            if row["sentence"] and one["sentence"] == row["sentence"] and one["id"] != row["id"]
        ]
        return {self._reading(one): self._parts(one) for one in sisters}

    def _holding(self, beside: Mapping[str, tuple[Part, ...]], ground: str) -> list[str]:
        """Return which of the other readings hold on a ground."""
        return [reading for reading, parts in beside.items() if self._result(parts, ground) in verdicts.HOLDS]


def has_statements(edition_id: str) -> bool:
    """Tell whether an edition keeps a ledger."""
    return "claims" in tables(edition_id)
