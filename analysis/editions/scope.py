"""Which territories an edition speaks of: the official series hold every subject of the federation."""

from __future__ import annotations

import pandas as pd

from analysis.catalogue import Project
from analysis.editions.edition import Edition


def scope_of(project: Project, edition: Edition) -> frozenset[str]:
    """Return the territories whose observations belong to an edition, by the code list of a project.

    Parameters
    ----------
    project : Project
    edition : Edition

    Returns
    -------
    frozenset of str
        As `scope`; those it names alone where the project keeps no list of territories.
    """
    if "territories" not in project.tables(edition.id):
        return frozenset(edition.territories)
    return scope(edition, project.load("territories", edition.id))


def scope(edition: Edition, known: pd.DataFrame) -> frozenset[str]:
    """Return the territories whose observations belong to an edition.

    Parameters
    ----------
    edition : Edition
    known : pandas.DataFrame
        The code list of territories.

    Returns
    -------
    frozenset of str
        Those it sets side by side; the districts among them in their former borders, the country as the sum of its
        regions; what the region itself is made of.
    """
    named = set(edition.territories)
    former = known.loc[known["kind"] == "former_district", "id"]
    return frozenset(
        {
            *named,
            *(name for name in former if name.rpartition("-")[0] in named),
            *known.loc[known["parent"] == edition.region, "id"],
            *({"russia-sum"} if "russia" in named else ()),
        }
    )


def belongs(rows: pd.DataFrame, within: frozenset[str]) -> pd.Series:
    """Tell which rows of a table speak of these territories, or of none in particular; all of a table without them."""
    if not {"indicator", "territory"} <= set(rows.columns):
        return pd.Series(True, index=rows.index)
    return rows["territory"].isin([*within, ""])
