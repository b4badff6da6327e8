"""Rules beyond types.

Pure functions from observations to findings. Their parameters are data, so a new region needs no code.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

import pandas as pd

from analysis.catalogue.findings import Finding
from analysis.catalogue.rules.closing import closing
from analysis.catalogue.rules.copies import copies
from analysis.catalogue.rules.identities import akin, identities
from analysis.catalogue.rules.keys import keys
from analysis.catalogue.rules.known import Known, read_known
from analysis.catalogue.rules.prepared import UNDATED, prepared, spelled
from analysis.catalogue.rules.ranges import jumps, ranges
from analysis.catalogue.rules.series import age_bases, borders
from analysis.catalogue.rules.wholes import nested, wholes

RULES = (keys, ranges, wholes, nested, identities, closing, age_bases, borders, copies, jumps)
# Those that set indicators side by side; the others look at one at a time.
TOGETHER = (keys, identities, closing, jumps)

__all__ = ["RULES", "Known", "acknowledged", "akin", "check_observations", "named", "raised", "read_known"]


def check_observations(
    observations: pd.DataFrame, edition_id: str | None = None, known: Known | None = None
) -> list[Finding]:
    """Return what the rules say of observations: of the whole package, or of new ones beside those of their indicator.

    Parameters
    ----------
    observations : pandas.DataFrame
        Columns of an observation table, as `load` types them; with `file` (path as the user knows it) and `row` (as a
        spreadsheet counts) a finding names its place. Identities and sums are checked where all their terms are among
        the rows.
    edition_id : str, optional
        The edition whose acknowledgements count besides the common ones.
    known : Known, optional
        Parameters of the rules; read from the package unless given.

    Returns
    -------
    list of Finding
        Errors first. A finding named in `codes/acknowledged.csv` or in the edition's own list is a warning with its
        reason.
    """
    known = read_known(edition_id) if known is None else known
    return acknowledged(raised(observations, known), known)


def raised(observations: pd.DataFrame, known: Known, about: Collection[str] | None = None) -> list[Finding]:
    """Return what the rules say of observations, whether it was looked into or not; see `check_observations`.

    Parameters
    ----------
    observations, known
        As there.
    about : collection of str, optional
        The indicators that are asked about: of others, which stand beside them for the sake of the equations, not all
        is told.

    Returns
    -------
    list of Finding
        Rule by rule.
    """
    rows = prepared(observations, known)
    own = rows if about is None else rows[rows["indicator"].isin(about)]
    found = ((rule, rows if rule in TOGETHER else own) for rule in RULES)
    return [named(finding, known) for rule, given in found for finding in rule(given, known)]


def named(finding: Finding, known: Known) -> Finding:
    """Say in words whose value it is."""
    if not finding.key:
        return finding
    indicator, territory, category, year = finding.key
    subject = [
        known.indicators["short"].get(indicator, indicator),
        known.territories["short"].get(territory, territory),
        category,
        str(year or ""),
    ]
    return replace(finding, subject=", ".join(filter(None, subject)))


def acknowledged(findings: Iterable[Finding], known: Known) -> list[Finding]:
    """Make warnings of the findings that were looked into: same rule, observation and value. Errors stand first."""
    reasons = {
        (
            row.rule,
            row.indicator,
            row.territory,
            row.category,
            UNDATED if pd.isna(row.year) else int(row.year),
            spelled(row.value),
        ): row.reason
        for row in known.acknowledged.itertuples(index=False)
    }
    kept = []
    for finding in findings:
        reason = reasons.get((finding.rule, *finding.key, finding.value))
        kept.append(replace(finding, severity="warning", remedy=reason, acknowledged=True) if reason else finding)
    return sorted(kept, key=lambda finding: finding.severity)
