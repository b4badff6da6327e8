"""What a chapter showed: every number that was put into words, collected for whoever explains numbers.

A build that sets `REPORT_CARDS` gets spans in the chapters (`[57,5 %]{q="k3f9abc"}` in Markdown,
`<span data-q="k3f9abc">` in tables), and asks the kernel at the end for `collected()`, which the
engine stores as `metadata.quantities` of the executed notebook:

    {"numbers": {"k3f9abc": {"kind": "value", "value": "59,3686", "unit": "%", "formula": "… / … × 100",
                             "words": "занятые / выпускники × 100", "from": ["data/…/graduates.csv#12", …]}, …},
     "observations": {"data/…/graduates.csv#12": {"name": …, "category": …, "place": …, "year": 2021,
                      "value": "8387", "unit": "чел.", "status": …, "source": "report2021", "locator": "с. 29", "table":
                      "data/…/graduates.csv", "row": 12}, …},
     "series": {"data/…/grp.csv": {"ВРП||Кузбасс": "2018:1241,6;1204,9", …}, …}}

`kind` is `datum` (an observation as it stands), `value` (a number computed from some), `year` (a year or a day),
`words` (a word chosen by numbers) or `text` (a text of the data that holds digits). An id is the hash of the number's
value, unit, formula and rows: the same number has the same id in every chapter. `formula` is symbolic, `words` the same
in Russian. In an observation
`status` is left out where it is ordinary (A); `row` counts the header as 1. The stage writes all chapters'
together as `quantities.json`, with `places`: where in the book each stands, in reading order
(`analysis.book.quantities` says how).
"""

from __future__ import annotations

import hashlib
from typing import Any

from analysis.base import kernel_side
from analysis.quantities.formula import Formula, Gathered, Seen
from analysis.quantities.observation import Observation

_LENGTH = 7  # characters of an id: 35 bits, some thousand numbers
_ALPHABET = "0123456789abcdefghijkmnpqrstuvwx"
_shown: dict[str, tuple[Any, str]] = {}


def note(origin: Any) -> str:
    """Remember that a number or a choice of words was shown, and return its id."""
    symbols = str(origin.formula)
    unit, value = getattr(origin, "unit", ""), getattr(origin, "value", None)
    rows = "|".join(seen.address for seen in origin.sources)
    identity = f"{value!r}|{unit}|{symbols}|{rows}"
    digest = int.from_bytes(hashlib.sha256(identity.encode()).digest()[:5], "big")
    found = "".join(_ALPHABET[digest >> 5 * place & 31] for place in range(_LENGTH))
    if _shown.setdefault(found, (origin, identity))[1] != identity:
        raise RuntimeError(f"two numbers have the id {found}")
    return found


def collected() -> dict[str, dict[str, Any]]:
    """Return all that was shown in this process, as the docstring of the module says."""
    from analysis.quantities.history import series  # noqa: PLC0415 - it imports this
    from analysis.quantities.reading import described  # noqa: PLC0415 - it imports this

    observations: dict[str, Observation] = {
        seen.address: seen for origin, _ in _shown.values() for seen in _rows(origin)
    }
    return {
        "numbers": {name: _number(origin) for name, (origin, _) in _shown.items()},
        "observations": {address: described(seen) for address, seen in observations.items()},
        "series": series(observations.values()),
    }


kernel_side.register(kernel_side.NUMBERS, collected)


def origin(found: str) -> Any:
    """Return the number or the choice that was shown under an id."""
    return _shown[found][0]


def shown() -> list[Any]:
    """Return every number and choice of words that was shown."""
    return [origin for origin, _ in _shown.values()]


def forget() -> None:
    """Forget what was shown."""
    _shown.clear()


def _number(origin: Any) -> dict[str, Any]:
    from analysis.quantities.numerals import symbols  # noqa: PLC0415 - it imports this
    from analysis.quantities.reading import in_words  # noqa: PLC0415 - it imports this

    unit = getattr(origin, "unit", "")
    said = {
        "kind": _kind(origin, unit),
        # What a model gives is no more exact than it is printed.
        "value": "" if _modelled(origin.formula) else getattr(origin, "exact", ""),
        "unit": symbols().get(unit, ""),
        "formula": str(origin.formula),
        "words": in_words(origin.formula),
        "from": [seen.address for seen in _rows(origin)],
    }
    return {key: what for key, what in said.items() if what not in ("", [])}


def _rows(origin: Any) -> list[Observation]:
    """Return the observations that a table holds: what no source gives has no row that a card could lead to."""
    return [seen for seen in origin.sources if seen.table]


def _modelled(formula: Formula) -> bool:
    return (isinstance(formula, Gathered) and formula.name == "forecast") or any(map(_modelled, formula.parts))


def _kind(origin: Any, unit: str) -> str:
    formula = origin.formula
    if isinstance(formula, Gathered) and formula.name in ("words", "text"):
        return formula.name
    if isinstance(formula, Seen):
        return "datum"
    return "value" if hasattr(origin, "value") and unit != "year" else "year"  # a day is a choice without a value
