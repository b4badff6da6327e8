"""Numbers that no source gives: which observations a missing quantity wants, and how a report says so."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.base.gaps import Gap, GapError
from analysis.base.guard import Unknown
from analysis.base.russian import shortened
from analysis.catalogue import current
from analysis.catalogue.suppliers import Suppliers
from analysis.quantities.formula import Origin
from analysis.quantities.observation import Observation
from analysis.quantities.reading import in_words, naming

_FEW = 3  # observations that are named one by one
_NO_ROW = "нет в собранных данных"


def missing_of(origins: Iterable[Origin]) -> tuple[Gap, ...]:
    """Return what is not known of the quantities among these: nothing where none of them is missing."""
    # Words that a rule chose are never missing: where it could not choose, a gap was raised.
    lacking = [origin for origin in origins if getattr(origin, "missing", False)]
    found = (gap for origin in lacking for gap in (origin.gaps if isinstance(origin, Unknown) else gaps_of(origin)))
    return tuple(dict.fromkeys(found))


def gaps_of(quantity: Origin) -> tuple[Gap, ...]:
    """Return the observations that a missing quantity wants, those of one indicator together.

    A quantity that is missing though all its observations are there (nothing is a multiple of zero) is one gap.
    """
    wanted: dict[tuple[str, str], list[Observation]] = {}
    for seen in quantity.sources:
        if seen.value is None and seen.indicator:
            wanted.setdefault((seen.indicator, seen.reason), []).append(seen)
    if not wanted:
        return (Gap(in_words(quantity.formula), "не вычисляется: делить не на что"),)
    return tuple(_gap(observations) for observations in wanted.values())


def require_known(*quantities: Origin) -> None:
    """Raise where one of these is missing, so that no word for them would be true.

    Raises
    ------
    GapError
        What is not known.
    """
    if gaps := missing_of(quantities):
        raise GapError(gaps)


def _gap(observations: list[Observation]) -> Gap:
    first = observations[0]
    names = naming(first.edition)
    name = names.indicators.get(first.indicator, first.indicator)
    if len(observations) <= _FEW:
        about = "; ".join(dict.fromkeys(_place(seen) for seen in observations))
    else:
        years = sorted({seen.year for seen in observations if seen.year is not None})
        places = dict.fromkeys(names.territories.get(seen.territory, seen.territory) for seen in observations)
        span = [] if not years else [str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"]
        about = ", ".join([shortened(list(places), _FEW), *span])
    return Gap(f"{name} ({about})" if about else name, first.reason or _NO_ROW, supplier(first))


def _place(seen: Observation) -> str:
    names = naming(seen.edition)
    said = (names.category(seen), names.territories.get(seen.territory, seen.territory), seen.year)
    return ", ".join(str(part) for part in said if part)


def supplier(seen: Observation) -> str:
    """Return who could give an observation, as its region calls them."""
    project = current()
    return project.keep(("suppliers", seen.edition), lambda: Suppliers(project, seen.edition)).of(seen.indicator).name
