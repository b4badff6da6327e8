"""What the titles of all kinds of exhibits ask in the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from analysis.base.gaps import GapError
from analysis.quantities import Text
from analysis.show.face import Report

Title = Callable[[Report], Text]


def first_true(*titles: Callable[[], Text]) -> Text:
    """Return the first of several titles that the data allow.

    Raises
    ------
    GapError
        They allow none.
    """
    for title in titles:
        try:
            return title()
        except GapError:
            continue
    raise GapError(())


def shorts(report: Report, dimension: str, codes: Iterable[str]) -> dict[str, str]:
    """Return the short names of some codes of a list, full ones where the list has none.

    Parameters
    ----------
    report : Report
    dimension : str
        The list: `sections`, `groups`.
    codes : iterable of str

    Returns
    -------
    dict of str to str
        By code.
    """
    known = report.load(dimension).set_index("id")
    names = known["short"] if "short" in known else known["name"]
    return {str(code): str(names.get(code) or known.at[code, "name"]) for code in codes}
