"""Formulas and observations in Russian words: what a card, an appendix or a ledger says of a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

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


def in_words(formula: Formula) -> str:
    """Return a formula in Russian: «занятые / выпускники × 100».

    An observation is called by the short name of its indicator; what tells it from the others in the
    same formula (year, territory, category) stands in brackets.
    """
    seen = [leaf.observation for leaf in formula.leaves() if isinstance(leaf, Seen)]
    return _written(formula, _qualifier(seen))


def described(observation: Observation) -> dict[str, object]:
    """Return what a card says of one observation.

    Returns
    -------
    dict
        `name` of the indicator, `category`, `place`, `year`, `value` as the source prints it, `unit`, `status`,
        `source`, `locator`, `table`, `row`; what is not known is left out.
    """
    names = naming(observation.edition)
    value, unit = observation.value, observation.unit
    said = {
        "name": names.indicators.get(observation.indicator) or names.indicator(observation),
        "category": names.category(observation),
        "place": names.territories.get(observation.territory, observation.territory),
        "year": observation.year,
        "value": "" if not unit else NO_DATA if value is None else decimal(value, _shown(observation)),
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


def _qualifier(seen: list[Observation]) -> Callable[[Observation], str]:
    """Return what names an observation among these: only what differs within its indicator is said."""
    differing: dict[str, set[str]] = {}
    for indicator in {observation.indicator for observation in seen}:
        same = [observation for observation in seen if observation.indicator == indicator]
        differing[indicator] = {
            field
            for field in ("category", "territory", "year")
            if len({getattr(observation, field) for observation in same}) > 1
        }

    def called(observation: Observation) -> str:
        names, fields = naming(observation.edition), differing.get(observation.indicator, set())
        category = names.category(observation)
        words = lowered(names.indicator(observation)) + (
            f": {lowered(category)}" if category and observation.indicator else ""
        )
        apart_by = (
            [names.territories.get(observation.territory, observation.territory)] if "territory" in fields else []
        )
        apart_by += [str(observation.year)] if "year" in fields and observation.year else []
        return f"{words} ({', '.join(apart_by)})" if apart_by else words

    return called


def _written(formula: Formula, called: Callable[[Observation], str]) -> str:
    match formula:
        case Seen(observation):
            return called(observation)
        case Named(text):
            return text
        case Factor(value):
            return decimal(value, len(f"{value:.10g}".partition(".")[2]))
        case Operation():
            return formula.written(_written(formula.left, called), _written(formula.right, called))
        case Gathered("words", of, about) if len(of) > 2:
            return f"{about}, выбор из {_many(of)}{_subjects(of)}"
        case Gathered("words", of, about):
            return f"{about}: {' и '.join(_written(part, called) for part in of)}"
        case Gathered("text"):
            return "текст таблицы"
        case Gathered(name, of, about):
            return _gathered(name, of, about, called)
    return str(formula)


def _gathered(name: str, of: tuple[Formula, ...], about: str, called: Callable[[Observation], str]) -> str:
    if name == "sum" and len(of) <= FEW:
        return f"({' + '.join(_written(part, called) for part in of)})"
    word = _GATHERED.get(name, name)
    if about:
        return f"{word} ({about})"
    return f"{word}{'' if name in ('size', 'year') else f' {_many(of)}'}{_subjects(of)}"


def _many(of: Sequence[Formula]) -> str:
    return f"{len(of)} {'значения' if ends_in_one(len(of)) else 'значений'}"


def _subjects(of: Iterable[Formula]) -> str:
    """Return what the observations of formulas are about, in brackets."""
    leaves = [leaf.observation for part in of for leaf in part.leaves() if isinstance(leaf, Seen)]
    subjects = list(
        dict.fromkeys(lowered(naming(observation.edition).indicator(observation)) for observation in leaves)
    )
    return f" ({_listed(subjects)})" if subjects else ""


def _listed(words: Iterable[str]) -> str:
    return shortened(list(words), FEW)


def lowered(text: str) -> str:
    """Return a name as it stands within a formula or a sentence: «Занятые» – «занятые», «ВРП» stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
