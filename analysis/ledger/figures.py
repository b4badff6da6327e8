"""What formulas speak of: values of an edition, each of which can be moved within the precision it was printed with."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from analysis import quantities
from analysis.base.errors import DataError
from analysis.base.russian import decimals_in
from analysis.ledger.formulas import evaluate
from analysis.quantities import Observation, Quantity, counted, derived, indicators
from analysis.quantities.absent import require_known
from analysis.quantities.constants import HALF

if TYPE_CHECKING:
    import pandas as pd

    from analysis.show.face import Report

# What is counted one by one is exact; everything else is known to half a unit of its last digit.
EXACT_UNITS = ("count", "people", "rank")
_INDICATORS = (
    "each",
    "falling",
    "gap",
    "growth",
    "index",
    "only",
    "part",
    "plus",
    "rank",
    "rising",
    "share",
    "top",
    "unchanged",
)


@dataclass(frozen=True)
class Words:
    """A text of the edition and where it stands.

    Attributes
    ----------
    text : str
        As printed.
    source, locator : str
        The publication and the place in it.
    """

    text: str
    source: str
    locator: str


class Figures:
    """The words of formulas for one report, and how far a result may be off.

    Parameters
    ----------
    report : Report
        Whose values they are.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self._single: dict[Hashable, Quantity] = {}
        self._keyed: dict[Hashable, dict[str, Quantity]] = {}
        self._moved: tuple[Observation, float] | None = None

    def evaluate(self, formula: str, where: str) -> Any:
        """Return what a formula comes to; see `analysis.ledger.formulas`."""
        return evaluate(formula, self._names, where)

    def uncertainty(self, formula: str, where: str) -> float:
        """Return how far the result may be off for the rounding of its inputs.

        Half a unit of the last digit of each input is carried through the formula, and the effects are added up.
        """
        middle = self.evaluate(formula, where)
        if not isinstance(middle, Quantity) or middle.missing:
            return 0.0
        return sum(
            abs(float(self._with(seen, formula, where)) - float(middle))
            for seen in middle.sources
            if self.half_unit(seen)
        )

    def uncertainties(self, formula: str, where: str) -> dict[Hashable, float]:
        """Return the same by key for a formula that comes to quantities by key."""
        middle = {key: value for key, value in self.evaluate(formula, where).items() if not value.missing}
        offs = dict.fromkeys(middle, 0.0)
        inputs = dict.fromkeys(seen for value in middle.values() for seen in value.sources)
        for seen in filter(self.half_unit, inputs):
            moved = self._with(seen, formula, where)
            offs = {key: off + abs(float(moved[key]) - float(middle[key])) for key, off in offs.items()}
        return offs

    def half_unit(self, seen: Observation) -> float:
        """Return half a unit of the last digit an observation was printed with, 0 for what is counted."""
        if self.report.unit(seen.indicator) in EXACT_UNITS:
            return 0.0
        return 0.5 * 10.0 ** -self.digits(seen)

    def digits(self, seen: Observation) -> int:
        """Return how many digits after the comma an observation was printed with.

        The edition's own tables keep the printed string; a published series has the digits of its indicator, or more
        where the publisher's file gives more.
        """
        row = self._row(seen)
        if row.get("printed"):
            # A zero at the end is not printed: «3» beside «2,7» in one row of shares is 3,0.
            return max(decimals_in(row["printed"]), self._finest[seen.indicator, seen.source])
        given = f"{float(row['value']):.10f}".rstrip("0").partition(".")[2]
        return max(len(given), int(self._decimals[seen.indicator]))

    def _with(self, seen: Observation, formula: str, where: str) -> Any:
        self._moved = (seen, self.half_unit(seen))
        try:
            return self.evaluate(formula, where)
        finally:
            self._moved = None

    @cached_property
    def _names(self) -> Mapping[str, Any]:
        edition = self.report.edition
        words = {name: getattr(indicators, name) for name in _INDICATORS}
        words |= {
            "v": self._one,
            "values": self._many,
            "number": number,
            "total": total,
            "people": people,
            "thousands": thousands,
            "act": self._act,
            "document": self._document,
            "half": half,
            "stated": self._stated,
            "event_places": self._event_places,
        }
        near = list(edition.comparison)
        words |= {
            "y": edition.year,
            "region": edition.region,
            "near": near,
            "regions": [edition.region, *near],
            "everyone": list(edition.territories),
        }
        return _Names(self.report, words | dict(zip(("country", "district"), edition.wider, strict=False)))

    def _one(
        self, indicator: str, territory: str | None = None, year: int | None = None, category: str | None = None
    ) -> Quantity:
        key = (indicator, territory, year, category)
        if key not in self._single:
            self._single[key] = _there(self.report.value(indicator, territory, year, category))
        return self._where_moved(self._single[key])

    def _many(self, indicator: str, by: Any = "category", **selection: Any) -> dict[str, Quantity]:
        fixed = ((name, tuple(value) if isinstance(value, list) else value) for name, value in selection.items())
        key = (indicator, by, *sorted(fixed, key=itemgetter(0)))
        if key not in self._keyed:
            found = self.report.values(indicator, by, **selection)
            self._keyed[key] = {name: _there(quantity) for name, quantity in found.items()}
        return {name: self._where_moved(value) for name, value in self._keyed[key].items()}

    def _where_moved(self, quantity: Quantity) -> Quantity:
        if self._moved and quantity.sources[:1] == self._moved[:1] and not quantity.missing:
            return replace(quantity, value=float(quantity) + self._moved[1])
        return quantity

    def _act(self, words: str) -> Words:
        """Return the act of the edition's list whose text holds these words."""
        acts = self.report.load("legal_acts")
        fitting = acts[acts["text"].str.replace("\u00a0", " ").str.contains(words, regex=False)]
        if fitting.empty:
            raise DataError(f"В таблице legal_acts нет акта со словами «{words}».")
        return Words("; ".join(fitting["text"]), fitting.iloc[0]["source"], fitting.iloc[0]["locator"])

    def _document(self, document_id: str) -> Words:
        row = self.report.row("documents", document_id)
        return Words(row["text"], row["source"], row["locator"])

    def _stated(self, exhibit: str, territory: str, category: str = "") -> Words:
        """Return what the edition's words say of a lost figure: `above`, `below` and the like."""
        rows = self.report.load("figure_statements")
        rows = rows[(rows["exhibit"] == exhibit) & (rows["territory"] == territory) & (rows["category"] == category)]
        if rows.empty:
            raise DataError(f"В таблице figure_statements нет строки о «{exhibit}», {territory}, {category}.")
        return Words(rows.iloc[0]["relation"], rows.iloc[0]["source"], rows.iloc[0]["locator"])

    def _event_places(self, event_id: str) -> Quantity:
        """Return how many places an event is said to have taken place in."""
        places = self.report.row("events", event_id)["place"].split(";")
        return derived(float(len(places)), "count", 0, (), f"число мест события {event_id}")

    def _row(self, seen: Observation) -> Mapping[str, Any]:
        return self._printed[(seen.indicator, seen.territory, seen.category, seen.year)]

    @cached_property
    def _printed(self) -> Mapping[tuple, Mapping[str, Any]]:
        return _Rows(self.report)

    @cached_property
    def _finest(self) -> Mapping[tuple[str, str], int]:
        return _Finest(self.report)

    @cached_property
    def _decimals(self) -> Mapping[str, int]:
        known = self.report.load("indicators")
        return dict(zip(known["id"], known["decimals"], strict=True))


class _Names(dict):
    """What formulas may name; the municipal territories are asked for only by those that name them."""

    def __init__(self, report: Report, known: Mapping[str, Any]) -> None:
        super().__init__(known, parts=None)
        self._report = report

    def __getitem__(self, name: str) -> Any:
        return self._report.parts() if name == "parts" else super().__getitem__(name)


class _Rows(dict):
    """Rows of observations by key, read when first asked for."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self._report = report

    def __missing__(self, key: tuple) -> Mapping[str, Any]:
        self._read(self._report.frame(key[0]))
        # A formula may name a territory that the edition does not set beside its own.
        if key not in self:
            self._read(self._report.frame(key[0], [key[1]]))
        if key not in self:
            raise KeyError(key)
        return self[key]

    def _read(self, rows: pd.DataFrame) -> None:
        printed = rows["printed"].tolist() if "printed" in rows else [""] * len(rows)
        years = [None if blank else int(year) for year, blank in zip(rows["year"], rows["year"].isna(), strict=True)]
        names = (rows[name].tolist() for name in ("indicator", "territory", "category"))
        for *key, year, value, string in zip(*names, years, rows["value"].tolist(), printed, strict=True):
            self[(*key, year)] = {"value": value, "printed": string}


class _Finest(dict):
    """The most digits after the comma that a publication prints of an indicator, found when first asked for."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self._report = report

    def __missing__(self, key: tuple[str, str]) -> int:
        rows = self._report.frame(key[0])
        printed = rows.loc[rows["source"] == key[1], "printed"]
        self[key] = max(map(decimals_in, printed), default=0)
        return self[key]


def _there(quantity: Quantity) -> Quantity:
    """Return a quantity that a table states, be it as missing; nothing is said of one that no table has."""
    if not quantity.sources[0].table:
        require_known(quantity)
    return quantity


def half(value: Quantity) -> Quantity:
    """Return half a value: what «гораздо меньше» and «немногое» are held against."""
    return value * HALF


def number(items: Mapping[str, Quantity] | Iterable[Quantity]) -> Quantity:
    """Return how many quantities there are."""
    return counted(items)


def total(items: Mapping[str, Quantity] | Iterable[Quantity]) -> Quantity:
    """Return the sum of quantities of one unit."""
    return quantities.total(items.values() if isinstance(items, Mapping) else items)


def people(quantity: Quantity) -> Quantity:
    """Return an amount of people one by one."""
    return quantity.to("people")


def thousands(quantity: Quantity) -> Quantity:
    """Return an amount of people in thousands."""
    return quantity.to("thousand_people")
