"""The statements of an edition on two states of the data: which hold, no longer hold, cannot be checked."""

from __future__ import annotations

import pandas as pd

from analysis.ledger import Ledger
from analysis.ledger.later import became
from analysis.quantities.text import plain
from analysis.report import Report

READ = ("edition", "id", "section", "text", "verdict", "found", "remark")
COLUMNS = ("edition", "section", "id", "text", "outcome", "old_verdict", "new_verdict", "old", "new", "remark")
# A statement that only one state makes.
MADE, DROPPED = "made", "dropped"


def verdicts(report: Report, statements: str) -> pd.DataFrame:
    """Return the verdicts on the statements of an edition by the data of a report.

    Returns
    -------
    pandas.DataFrame
        Columns `READ`: `verdict` (id), `found` (what the data say), `remark` (what is right, or why nothing can be
        said).
    """
    rows = [
        (
            statements,
            entry.id,
            entry.section,
            entry.text,
            entry.verdict,
            plain(entry.found),
            plain(entry.right or entry.why),
        )
        for entry in Ledger(report, statements).entries.values()
    ]
    return pd.DataFrame(rows, columns=list(READ))


def verdict_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return what has become of statements.

    Parameters
    ----------
    before, after : pandas.DataFrame
        Columns `READ`, as `verdicts` gives them: on the former data, and on those now.

    Returns
    -------
    pandas.DataFrame
        A row each: `outcome` (of `analysis.ledger.later`, or `made`, `dropped`), the verdicts and what the data said
        and say; `remark` as now.
    """
    key = ["edition", "id"]
    joined = before.merge(after, on=key, how="outer", suffixes=("_old", "_new"), sort=False).fillna("")
    order = {tuple(named): place for place, named in enumerate([*before[key].to_numpy(), *after[key].to_numpy()])}
    rows = [
        {
            "edition": row["edition"],
            "id": row["id"],
            **{name: row[f"{name}_new"] or row[f"{name}_old"] for name in ("section", "text")},
            "outcome": DROPPED
            if not row["verdict_new"]
            else MADE
            if not row["verdict_old"]
            else became(row["verdict_old"], row["verdict_new"]),
            "old_verdict": row["verdict_old"],
            "new_verdict": row["verdict_new"],
            "old": row["found_old"],
            "new": row["found_new"],
            "remark": row["remark_new"],
        }
        for row in sorted(joined.to_dict("records"), key=lambda row: order[row["edition"], row["id"]])
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def differing(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the statements whose verdict, or what the data say of them, is not what it was."""
    return rows[rows["old_verdict"].ne(rows["new_verdict"]) | rows["old"].ne(rows["new"])]
