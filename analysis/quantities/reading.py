"""Formulas and observations in Russian words: what a card, an appendix or a ledger says of a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from analysis.base.russian import NO_DATA, decimal, ends_in_one, shortened
from analysis.catalogue import current
from analysis.quantities.formula import Factor, Formula, Gathered, Named, Operation, Seen
from analysis.quantities.numerals import symbols
from analysis.quantities.observation import Observation

FEW = 3  # terms of one indicator that are written out one by one
_GATHERED = {
    "sum": "сумма",
    "mean": "среднее",
    "count": "подсчет",
    "rank": "место по убыванию среди",
    "size": "число строк",
    "year": "год наблюдения",
    "forecast": "прогноз",
}

# What the rules that pick changes ask of a number.
_SIGNS = {"рост": "больше нуля", "снижение": "меньше нуля", "без изменения": "ноль"}


def in_words(formula: Formula) -> str:
    """Return a formula in Russian: «занятые / выпускники × 100».

    An observation is called by the short name of its indicator; what tells it from the others in the
    same formula (year, territory, category) stands in brackets. What is gathered says of what, and which part
    of it where the formula knows more: with the rows of its card every formula can be recomputed.
    """
    return _Reading(formula).written(formula)


def described(observation: Observation) -> dict[str, object]:
    """Return what a card says of one observation.

    Returns
    -------
    dict
        `name` of the indicator, `category`, `place`, `year`, `value` as the table holds it, `unit`, `status`,
        `source`, `locator`, `table`, `row`; what is not known is left out.
    """
    names = naming(observation.edition)
    value, unit = observation.value, observation.unit
    said = {
        "name": names.indicators.get(observation.indicator) or names.indicator(observation),
        "category": observation.called or names.category(observation),
        "place": names.territories.get(observation.territory, observation.territory),
        "year": observation.year,
        "value": "" if not unit else NO_DATA if value is None else stored(value, _shown(observation)),
        "unit": symbols().get(unit, "") if value is not None else "",
        "status": (
            names.statuses.get(observation.status, observation.status) if observation.status not in ("", "A") else ""
        ),
        "source": observation.source,
        "locator": observation.locator,
        "table": observation.table,
        "row": observation.row,
    }
    return {key: what for key, what in said.items() if what not in ("", None)}


def _shown(observation: Observation) -> int:
    """Return how many decimals a card shows: those the source gives, be they more than it is printed with elsewhere."""
    return observation.decimals if observation.given is None else observation.given


class Naming:
    """The names that code lists give to what observations are keyed by."""

    def __init__(self, edition: str) -> None:
        project = current()
        known = project.tables(edition or None)
        listed = {
            name: project.load(name, edition or None).set_index("id")
            for name in ("territories", "indicators", "status")
            if name in known
        }
        indicators = listed.get("indicators")
        self.territories = listed["territories"]["short"].to_dict() if "territories" in listed else {}
        self.statuses = listed["status"]["name"].to_dict() if "status" in listed else {}
        self.indicators = indicators["name"].to_dict() if indicators is not None else {}
        self.short = indicators["short"].to_dict() if indicators is not None and "short" in indicators else {}
        self.titles = {part.label: part.title for table in known.values() for part in table.parts}
        dimensions = indicators["dimension"].to_dict() if indicators is not None else {}
        lists = {
            name: project.load(name, edition or None).set_index("id")
            for name in set(dimensions.values()) - {""}
            if name in known
        }
        self.categories: Mapping[str, Mapping[str, str]] = {
            indicator: lists[name]["short" if "short" in lists[name] else "name"].to_dict()
            for indicator, name in dimensions.items()
            if name in lists
        }

    def indicator(self, observation: Observation) -> str:
        """Return the short name of an indicator, of a table of words its title."""
        name = self.short.get(observation.indicator) or self.indicators.get(observation.indicator)
        return name or self.titles.get(observation.table) or observation.indicator or observation.table

    def category(self, observation: Observation) -> str:
        """Return the name of the category of an observation, its code where no list names it."""
        return self.categories.get(observation.indicator, {}).get(observation.category, observation.category)


def naming(edition: str) -> Naming:
    """Return the names of an edition; the code lists are read once."""
    return current().keep(("naming", edition), lambda: Naming(edition))


def stored(value: float, decimals: int = 0) -> str:
    """Return a number with all the digits it is known with, at least those its source prints."""
    return decimal(value, max(decimals, len(f"{value:.10g}".partition(".")[2])))


class _Reading:
    """One formula being put in words: what it is made of, and what tells that apart."""

    def __init__(self, formula: Formula) -> None:
        self._seen = list(dict.fromkeys(_observed([formula])))

    def written(self, formula: Formula) -> str:
        """Return the words of the formula or of a part of it."""
        match formula:
            case Seen(observation):
                return self._called(observation)
            case Named(text):
                return text
            case Factor(value):
                return stored(value)
            case Operation():
                return formula.written(self.written(formula.left), self.written(formula.right))
            case Gathered():
                return self._gathered(formula)
        return str(formula)

    def _same(self, observation: Observation) -> list[Observation]:
        """Return what the whole formula holds of the same indicator."""
        return [seen for seen in self._seen if _subject(seen) == _subject(observation)]

    def _differs(self, observation: Observation, field: str) -> bool:
        return len({getattr(seen, field) for seen in self._same(observation)}) > 1

    def _called(self, observation: Observation) -> str:
        names = naming(observation.edition)
        category = observation.called or names.category(observation)
        words = lowered(names.indicator(observation)) + (
            f": {lowered(category)}" if category and (observation.indicator or len(self._same(observation)) > 1) else ""
        )
        apart_by = [_place(observation)] if self._differs(observation, "territory") else []
        apart_by += [str(observation.year)] if self._differs(observation, "year") and observation.year else []
        return f"{words} ({', '.join(apart_by)})" if apart_by else words

    def _gathered(self, formula: Gathered) -> str:
        name, of, about = formula.name, formula.of, formula.about
        match name:
            case "words" if len(of) > 2:
                return f"{about}, выбор из {_many(of)}{_subjects(of)}"
            case "words":
                return f"{about}: {' и '.join(self.written(part) for part in of)}"
            case "text":
                return "текст таблицы"
            case "sum" if len(of) <= FEW:
                return f"({' + '.join(self.written(part) for part in of)})"
            case "abs":
                return f"|{self.written(of[0])}|"
            case "forecast":
                return f"прогноз ({_named(of)}{about}{self._foretold(formula)})"
            case "size":
                return f"{_GATHERED[name]} {len(of)}{f' ({about})' if about else _subjects(of)}"
        return self._of_many(formula) if name in _GATHERED else f"{name} ({about})"

    def _of_many(self, formula: Gathered) -> str:
        name, of = formula.name, formula.of
        if name == "year":
            return f"{_GATHERED[name]}{_subjects(of)}"
        condition = _condition(of, formula.about)
        told = "; ".join(filter(None, [self._subjects(of), condition and f"условие: {condition}"]))
        whose = f": {self.written(of[0])}" if name == "rank" else ""
        return f"{_GATHERED[name]} {_many(of)}{f' ({told})' if told else ''}{whose}"

    def _foretold(self, formula: Gathered) -> str:
        """Return the number a forecast gives where it is an operand: no row holds it."""
        whole = list(dict.fromkeys(_observed([formula]))) == self._seen
        return "" if whole or formula.value is None else f"; {decimal(formula.value, 4)}"

    def _subjects(self, of: Iterable[Formula]) -> str:
        """Return what formulas are about: the indicator, years, and which of its rows where there are others."""
        by_subject: dict[tuple[str, str], list[Observation]] = {}
        for seen in dict.fromkeys(_observed(of)):
            by_subject.setdefault(_subject(seen), []).append(seen)
        return _listed(self._subject(rows) for rows in by_subject.values())

    def _subject(self, rows: list[Observation]) -> str:
        first = rows[0]
        names = naming(first.edition)
        years = sorted({row.year for row in rows if row.year})
        said = [lowered(names.indicator(first))]
        if first.indicator:
            for field, called in (("category", names.category), ("territory", _place)):
                here = dict.fromkeys(called(row) for row in rows if getattr(row, field))
                there = {getattr(row, field) for row in self._same(first)}
                if len(here) == 1 < len(there) or 1 < len(here) < len(there):
                    said.append(f"[{', '.join(here)}]")
        if years:
            pair = " и ".join(map(str, years))
            said.append(pair if len(years) <= 2 else f"{years[0]}–{years[-1]}")
        return ", ".join(said)


def _condition(of: Sequence[Formula], rule: str) -> str:
    """Return the rule of a count; a rule for changes, put to what is no change over years, says what it asks."""
    asked = _SIGNS.get(rule, "")  # of a rule after another it is enough to name both
    seen = list(_observed(of))
    if not asked or len({one.year for one in seen}) > 1:
        # A growth from nothing is none, so that what stays at nothing is not counted.
        return f"{rule}, кроме нуля" if asked == "ноль" and all(" / " in str(part) for part in of) else rule
    return asked if all(isinstance(part, Seen) for part in of) else f"разность: {asked}"


def _observed(of: Iterable[Formula]) -> Iterator[Observation]:
    return (leaf.observation for part in of for leaf in part.leaves() if isinstance(leaf, Seen))


def _subject(observation: Observation) -> tuple[str, str]:
    return observation.indicator, "" if observation.indicator else observation.table


def _place(observation: Observation) -> str:
    return naming(observation.edition).territories.get(observation.territory, observation.territory)


def _many(of: Sequence[Formula]) -> str:
    return f"{len(of)} {'значения' if ends_in_one(len(of)) else 'значений'}"


def _subjects(of: Iterable[Formula]) -> str:
    """Return what the observations of formulas are about, in brackets."""
    subjects = _subject_names(of)
    return f" ({_listed(subjects)})" if subjects else ""


def _named(of: Iterable[Formula]) -> str:
    """Return what is forecast, before what is told of it."""
    subjects = _subject_names(of)
    return f"{_listed(subjects)}: " if subjects else ""


def _subject_names(of: Iterable[Formula]) -> list[str]:
    return list(dict.fromkeys(lowered(naming(seen.edition).indicator(seen)) for seen in _observed(of)))


def _listed(words: Iterable[str]) -> str:
    return shortened(list(words), FEW)


def lowered(text: str) -> str:
    """Return a name as it stands within a formula or a sentence: «Занятые» – «занятые», «ВРП» stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
