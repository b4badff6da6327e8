"""Whom a region is to be compared with: its neighbours first, then its district, the likest economies before others."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.base.errors import UsageError, did_you_mean
from analysis.base.russian import decimal
from analysis.catalogue import Project
from analysis.catalogue.territories import district_of, match_territory

COUNTRY = "russia"
WANTED = 3  # regions that a report sets beside its own
STRUCTURE, SIZE = "gva_structure", "population_year_end"
_REGION = "region"


# What is said where likeness could not be asked.
UNLIKE = "Структуры ВРП этого региона в данных нет: предложены соседи и свой округ, первыми – близкие по числу жителей."


@dataclass(frozen=True)
class Proposal:
    """A territory to compare with, and why."""

    territory: str
    reason: str


def region_meant(project: Project, said: str) -> str:
    """Return the subject of the federation that an ISO code, an id or a name means.

    Raises
    ------
    UsageError
        None does, or it is no subject; the nearest is named.
    """
    known = project.load("territories")
    subjects = known[known["kind"] == _REGION]
    code = said.strip().upper()
    by_code = subjects.loc[subjects["iso"].eq(code) & (code != ""), "id"].tolist()
    meant = by_code[0] if by_code else said if said in set(known["id"]) else match_territory(said)
    if meant in set(subjects["id"]):
        return str(meant)
    if meant is not None:
        name = known.set_index("id").at[meant, "name"]
        raise UsageError(f"«{said}» ({name}) – не субъект федерации: доклад пишут о субъекте.")
    nearest = _named_alike(said, subjects["name"]) or did_you_mean(
        said, filter(None, subjects[["id", "iso", "name", "short"]].to_numpy().ravel())
    )
    raise UsageError(
        f"Субъекта федерации «{said}» в перечне нет.{nearest} Годится код (RU-TOM), имя папки или название."
    )


def _named_alike(said: str, names: Iterable[str]) -> str:
    """Return a sentence that offers the subject called after a town («Томск»); empty where there is none."""
    stem = said.strip().casefold()[:-1]
    named = [name for name in names if name.casefold().startswith(stem)] if len(stem) > 2 else []
    return f" Возможно, имелось в виду «{named[0]}»." if len(named) == 1 else ""


def compared(project: Project, region: str, year: int) -> list[Proposal]:
    """Return the regions proposed for comparison, with the reason of each.

    Parameters
    ----------
    project : Project
    region : str
        Id of the subject.
    year : int
        The reporting year: districts are those of then.

    Returns
    -------
    list of Proposal
        Neighbours on land, then regions of the district, then others; the likest structure of value added first. Where
        no table has the structure of the region, neighbours and district only, the nearest in population first.
    """
    known = project.load("territories")
    subjects = known.loc[known["kind"] == _REGION, "id"].tolist()
    near, district = set(neighbours(project, region)), district_of(region, year)
    distances, last = likeness(project, region, year)
    sizes = {} if distances else populations(project, year)

    def apart(name: str) -> float:
        if region in sizes and name in sizes:
            return abs(math.log(sizes[name] / sizes[region]))
        return distances.get(name, math.inf)

    def ranked(group: list[str]) -> list[str]:
        return sorted(group, key=lambda name: (apart(name), name))

    groups = (
        ("сосед", [name for name in subjects if name in near]),
        (
            "тот же федеральный округ",
            [name for name in subjects if district is not None and district_of(name, year) == district],
        ),
        ("похожая отраслевая структура", [name for name in subjects if name in distances]),
    )
    chosen: dict[str, str] = {}
    for reason, group in groups:
        for name in ranked([name for name in group if name != region and name not in chosen]):
            if len(chosen) < WANTED:
                chosen[name] = reason + (_distance(distances.get(name), last) or _size(sizes.get(name)))
    return [Proposal(name, reason) for name, reason in chosen.items()]


def neighbours(project: Project, region: str) -> list[str]:
    """Return the subjects that a region has a border with on land."""
    known = project.load("neighbours")
    return known.loc[known["territory"].eq(region), "neighbour"].tolist()


def populations(project: Project, year: int) -> Mapping[str, float]:
    """Return the last known number of inhabitants of each territory, in thousands, not after a year."""
    frame = project.observations(SIZE)
    known = frame[frame["value"].gt(0) & frame["year"].le(year)].sort_values("year")
    return known.drop_duplicates("territory", keep="last").set_index("territory")["value"].astype(float).to_dict()


def likeness(project: Project, region: str, year: int) -> tuple[Mapping[str, float], int]:
    """Return how far the structure of value added of each region is from a region's.

    Parameters
    ----------
    project : Project
    region : str
        Id of the subject.
    year : int
        What came later is not looked at.

    Returns
    -------
    distances : mapping of str to float
        By region, in per cent of value added that would have to change its section; empty where the structure of the
        region itself is not known.
    last : int
        The last year that it is known of.
    """
    frame = project.observations(STRUCTURE)
    own = frame[frame["territory"].eq(region) & frame["value"].notna() & frame["year"].le(year)]
    if own.empty:
        return {}, 0
    last = int(own["year"].max())
    wide = frame[frame["year"].eq(last)].pivot_table(index="territory", columns="category", values="value").fillna(0)
    distance = (wide - wide.loc[region]).abs().sum(axis=1) / 2
    known = project.load("territories").set_index("id")["kind"]
    return {
        str(name): round(float(value), 1)
        for name, value in distance.items()
        if name != region and known.get(name) == _REGION
    }, last


def _distance(distance: float | None, year: int) -> str:
    if distance is None:
        return ""
    return f"; структура ВРП {year} года отличается на {decimal(distance, 1)} %"


def _size(people: float | None) -> str:
    return "" if people is None else f"; жителей {decimal(people, 0)} тыс."
