"""Check the data of an edition before any chapter runs: its tables, and what it says of itself against them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.base import paths, reads
from analysis.base.errors import did_you_mean
from analysis.catalogue import load, opened, tables
from analysis.catalogue.check import check_data
from analysis.catalogue.descriptor import Table
from analysis.catalogue.findings import Finding
from analysis.editions.argument import leading_nowhere
from analysis.editions.edition import Edition, read_edition
from analysis.editions.owners import Owners
from analysis.editions.plan_status import misplaced
from analysis.editions.review import unchecked_findings


def check_edition(edition_id: str | None, staged: Iterable[Table] = ()) -> list[Finding]:
    """Return everything that is wrong with the common package and, where named, with one edition.

    Parameters
    ----------
    edition_id : str, optional
    staged : iterable of Table
        Tables as they are to become, each in place of the one of its name.

    Returns
    -------
    list of Finding
        As `analysis.catalogue.check_data`.
    """
    if edition_id is None:
        return check_data(None, staged)
    edition = read_edition(edition_id)
    # Of a region that no list knows nothing else can be said.
    if "territories" in tables() and (strange := _strange_territories(edition)):
        return strange
    known = tables(edition_id) | {described.name: described for described in staged}

    def further(frames: Mapping[str, pd.DataFrame]) -> list[Finding]:
        strangers = Owners(edition, opened(), known, frames).strangers()
        return [*strangers, *misplaced(edition, frames), *leading_nowhere(frames)]

    found = check_data(edition_id, staged, further)
    # Of tables that cannot be read nothing else can be said.
    broken = any(finding.rule == "schema" for finding in found)
    return found if broken else [*found, *unchecked_findings(edition_id)]


def _strange_territories(edition: Edition) -> list[Finding]:
    """Find territories of an edition that no list knows."""
    known = set(load("territories")["id"])
    label = reads.label(paths.edition(edition.id) / "edition.yml")
    return [
        Finding(
            label,
            None,
            None,
            name,
            "такой территории нет в таблице territories",
            did_you_mean(name, known).strip() or "Исправьте код.",
            rule="reference",
        )
        for name in edition.territories
        if name not in known
    ]
