"""Check the data of an edition before any chapter runs: its tables, and what it says of itself against them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.base import paths, reads
from analysis.base.errors import did_you_mean
from analysis.catalogue.check import check_data
from analysis.catalogue.descriptor import Table
from analysis.catalogue.findings import Finding
from analysis.editions.edition import read_edition


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
    return check_data(edition_id, staged, lambda frames: _strange_territories(edition_id, frames))


def _strange_territories(edition_id: str, frames: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Find territories of an edition that no list knows."""
    if "territories" not in frames:
        return []
    known = set(frames["territories"]["id"])
    label = reads.label(paths.edition(edition_id) / "edition.yml")
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
        for name in read_edition(edition_id).territories
        if name not in known
    ]
