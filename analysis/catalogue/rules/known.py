"""What the rules go by: code lists and their own parameters, all of them data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.catalogue.opened import opened, read_table, table, tables
from analysis.catalogue.territories import parts_of


@dataclass(frozen=True)
class Known:
    """The parameters of the rules, read once for a check.

    Attributes
    ----------
    indicators, units, territories : pandas.DataFrame
        Code lists, indexed by id.
    limits : pandas.DataFrame
        `codes/limits.csv`: what values and yearly changes of a kind of indicator may be.
    identities : pandas.DataFrame
        `codes/identities.csv`: equations and inequalities between indicators.
    breaks : pandas.DataFrame
        `statistics/breaks.csv`; a blank territory means all.
    acknowledged : pandas.DataFrame
        Findings that were looked into and stay, with the reason: of the common package and of the edition.
    parts : mapping
        From a territory to those it is made of.
    since : mapping
        From a territory to the year from which it can be a part, where that is not always.
    categories : mapping
        From a dimension of indicators to the codes of its list; a list that only another edition has is left out.
    """

    indicators: pd.DataFrame
    units: pd.DataFrame
    territories: pd.DataFrame
    limits: pd.DataFrame
    identities: pd.DataFrame
    breaks: pd.DataFrame
    acknowledged: pd.DataFrame
    parts: Mapping[str, tuple[str, ...]]
    since: Mapping[str, int]
    categories: Mapping[str, frozenset[str]]


def read_known(edition_id: str | None = None) -> Known:
    """Return the parameters of the rules as the package and the edition have them."""
    return opened().keep(("what the rules go by", edition_id), lambda: _read(edition_id))


def _read(edition_id: str | None) -> Known:
    package = tables(edition_id)

    def listed(name: str) -> pd.DataFrame:
        return read_table(table(name, edition_id))

    territories = listed("territories").set_index("id")
    history = listed("territory_history")
    parts = {whole: found for whole in territories.index if (found := parts_of(whole))}
    if "russia" in parts:
        parts["russia-sum"] = parts["russia"]
    # The land of a subject of a later day is counted further back.
    history = history[history["parent"].map(territories["kind"]) != "country"]
    first = (
        pd.to_numeric(history["from"].str[:4], errors="coerce").dropna().astype(int).groupby(history["territory"]).min()
    )
    # The first districts were drawn over regions that statistics count further back; only later entries are new
    # territories.
    first = first[first > first.min()]
    indicators = listed("indicators").set_index("id")
    dimensions = [name for name in indicators["dimension"].unique() if name in package]
    acknowledged = [read_table(described) for name, described in package.items() if name.startswith("acknowledged")]
    return Known(
        indicators=indicators,
        units=listed("units").set_index("id"),
        territories=territories,
        limits=listed("limits"),
        identities=listed("identities"),
        breaks=listed("breaks"),
        acknowledged=pd.concat(acknowledged, ignore_index=True),
        parts=parts,
        since=first.to_dict(),
        categories={name: frozenset(listed(name)["id"]) for name in dimensions if "id" in package[name].columns},
    )
