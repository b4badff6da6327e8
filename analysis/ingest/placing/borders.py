"""District borders a publisher tells of in footnotes, and rows that sum up the regions."""

from __future__ import annotations

import re

from analysis.catalogue.opened import current

# «Данные за 2000-2017 гг. по Сибирскому и Дальневосточному федеральным округам приведены в составе субъектов … до вступления в силу Указа»
_OLD = re.compile(
    r"приведены (?:в|с учетом) состав\w* субъектов|в (?:старых|прежних) границах|включая (?:данные по"
    r" субъектам|регионы)",
    re.IGNORECASE,
)
_SPAN = re.compile(r"((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)")
_UNTIL = re.compile(r"\bдо ((?:19|20)\d\d) ?г")


def older_borders(territory: str, note: str, year: int) -> str | None:
    """Return the territory a figure of a district is of: the district itself, or the one in older borders if the footnote says so.

    Parameters
    ----------
    territory : str
    note : str
        Footnotes of the row, column and cell.
    year : int

    Returns
    -------
    str or None
        None where the footnote tells of older borders that the code list does not know.
    """
    if not note or not _OLD.search(note) or territory not in (former := _districts()):
        return territory
    if year not in _years(note):
        return territory
    # A figure of the year of a change is in the borders its footnote names: the last of the former ones.
    return next(
        (known for last, known in former[territory] if year <= last),
        former[territory][-1][1] if former[territory] else None,
    )


def todays_district() -> dict[str, str]:
    """Return the district of today for each district in former borders."""
    return {former: today for today, known in _districts().items() for _, former in known}


def is_sum_of_regions(printed: str, title: str) -> bool:
    """Tell whether a row sums up the regions: «Валовой региональный продукт по субъектам Российской Федерации (…) – всего»."""
    name = printed.casefold()
    if "субъект" not in name or "не распределено" in name:
        return False
    return (
        bool(re.search(r"[-–—]\s*всего$", name))
        or name.startswith(title.casefold().split(" в ")[0][:40])
        and bool(title)
    )


def _years(note: str) -> set[int]:
    """Return the years a footnote speaks of."""
    said: set[int] = set()
    for part in re.split(r"(?<=[а-яё»)])\.\s+(?=[А-ЯЁ])", note):
        if not _OLD.search(part):
            continue
        head = part[: _OLD.search(part).start()]
        spans = [range(int(first), int(last) + 1) for first, last in _SPAN.findall(head)]
        until = [range(1900, int(last)) for last in _UNTIL.findall(head)]
        single = (
            {int(found) for found in re.findall(r"(?<![-–\d])(?<![-–] )((?:19|20)\d\d)(?!\s*[-–]\s*\d|\d)", head)}
            if not (spans or until)
            else set()
        )
        said |= single.union(*spans, *until)
    return said


def _districts() -> dict[str, list[tuple[int, str]]]:
    """Return the districts of today, each with its ids in former borders and the last whole year they stood for, the eldest first."""
    return current().keep("districts", _listed_districts)


def _listed_districts() -> dict[str, list[tuple[int, str]]]:
    territories, history = current().load("territories"), current().load("territory_history")
    ended = history[history["to"].ne("")].groupby("parent")["to"].max()
    found: dict[str, list[tuple[int, str]]] = {
        name: [] for name in territories.loc[territories["kind"].eq("district"), "id"]
    }
    for name in territories.loc[territories["kind"].eq("former_district"), "id"]:
        base = name.rpartition("-")[0]
        if base in found and name in ended.index:
            found[base].append((int(ended[name][:4]) - 1, name))
    return {name: sorted(former) for name, former in found.items()}
