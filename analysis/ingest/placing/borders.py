"""District borders a publisher tells of in footnotes, and rows that sum up the regions."""

from __future__ import annotations

import re

from analysis.catalogue.opened import current

# «Данные за 2000-2017 гг. по Сибирскому и Дальневосточному федеральным округам приведены в составе субъектов … до
# вступления в силу Указа»
_OLD = re.compile(
    r"приведены (?:в|с учетом) состав\w* субъектов|в (?:старых|прежних) границах|включая (?:данные по"
    r" субъектам|регионы)",
    re.IGNORECASE,
)
_SPAN = re.compile(r"((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)")
_SINGLE = re.compile(r"(?<![-–\d])(?<![-–] )((?:19|20)\d\d)(?!\s*[-–]\s*\d|\d)")
_UNTIL = re.compile(r"\bдо ((?:19|20)\d\d) ?г")


def older_borders(territory: str, note: str, year: int) -> str | None:
    """Return the territory a figure of a district is of.

    It is the district itself, or the one in older borders if the footnote says so.

    Parameters
    ----------
    territory : str
        Id of the district of today.
    note : str
        Footnotes of the row, column and cell.
    year : int
        The year of the figure.

    Returns
    -------
    str or None
        None where the footnote tells of older borders that the code list does not know.
    """
    if not _OLD.search(note):
        return territory
    former = _former_districts()
    if territory not in former or year not in _years(note):
        return territory
    # A figure of the year of a change is in the borders its footnote names: the last of the former ones.
    return next(
        (known for last, known in former[territory] if year <= last),
        former[territory][-1][1] if former[territory] else None,
    )


def todays_district() -> dict[str, str]:
    """Return the district of today for each district in former borders."""
    return {former: today for today, known in _former_districts().items() for _, former in known}


def is_sum_of_regions(printed: str, title: str) -> bool:
    """Tell whether a row sums up the regions.

    Such a row is «Валовой региональный продукт по субъектам Российской Федерации (…) – всего».
    """
    name = printed.casefold()
    if "субъект" not in name or "не распределено" in name:
        return False
    if re.search(r"[-–—]\s*всего$", name):
        return True
    return bool(title) and name.startswith(title.casefold().split(" в ", maxsplit=1)[0][:40])


def _years(note: str) -> set[int]:
    """Return the years for which a footnote tells of older borders."""
    years: set[int] = set()
    for part in re.split(r"(?<=[а-яё»)])\.\s+(?=[А-ЯЁ])", note):
        if not (old := _OLD.search(part)):
            continue
        head = part[: old.start()]
        spans = [range(int(first), int(last) + 1) for first, last in _SPAN.findall(head)]
        until = [range(1900, int(last)) for last in _UNTIL.findall(head)]
        single = set() if spans or until else set(map(int, _SINGLE.findall(head)))
        years |= single.union(*spans, *until)
    return years


def _former_districts() -> dict[str, list[tuple[int, str]]]:
    """Return the districts of today, each with the last whole years and the ids of its former borders, eldest first."""
    return current().keep("districts", _listed_districts)


def _listed_districts() -> dict[str, list[tuple[int, str]]]:
    territories, history = current().load("territories"), current().load("territory_history")
    ended = history[history["to"].ne("")].groupby("parent")["to"].max()
    districts: dict[str, list[tuple[int, str]]] = {
        name: [] for name in territories.loc[territories["kind"].eq("district"), "id"]
    }
    for name in territories.loc[territories["kind"].eq("former_district"), "id"]:
        base = name.rpartition("-")[0]
        if base in districts and name in ended.index:
            districts[base].append((int(ended[name][:4]) - 1, name))
    return {name: sorted(former) for name, former in districts.items()}
