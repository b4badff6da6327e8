"""What the rules say of the data as they would become, and do not say of them as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from analysis.base import scratch
from analysis.catalogue.descriptor import OBSERVATION_KEY, Table
from analysis.catalogue.findings import Finding
from analysis.editions.check import check_edition
from analysis.editions.edition import available
from analysis.ingest.csvtext import merge
from analysis.ingest.difference import Difference, key_columns
from analysis.ingest.targets import find_target


def judge(differences: Sequence[Difference], editions: Mapping[str, str]) -> list[Finding]:
    """Return what new and changed rows would bring up; the tables are made in a temporary folder.

    Parameters
    ----------
    differences : sequence of Difference
    editions : mapping
        The edition of each table, by its name; empty for the common package.

    Returns
    -------
    list of Finding
        Errors first; in the order of the rules.
    """
    with scratch.folder() as folder:
        staged = []
        for number, difference in enumerate(differences):
            if difference.put:
                table = difference.table
                file = folder / f"{number}-{table.file.name}"
                text = merge(difference.text, table.columns, key_columns(table), difference.put)
                file.write_text(text, encoding="utf-8", newline="")
                staged.append(replace(table, file=file))
        return raised(staged, editions)


def raised(staged: Sequence[Table], editions: Mapping[str, str]) -> list[Finding]:
    """Return the findings on staged tables beside the rest of the data that there are not without them."""
    if not staged:
        return []
    real = {table.label: find_target(table.name, editions.get(table.name) or None).table.label for table in staged}
    own = {editions.get(table.name, "") for table in staged}
    # A common table is part of every edition's data.
    concerned: list[str | None] = list(available() if "" in own else sorted(own)) or [None]
    new: dict[Finding, None] = {}
    for edition in concerned:
        seen = {_identity(finding) for finding in check_edition(edition)}
        inside = [table for table in staged if editions.get(table.name, "") in ("", edition)]
        new |= {
            replace(finding, file=real.get(finding.file, finding.file)): None
            for finding in check_edition(edition, inside)
            if _identity(finding) not in seen
        }
    return sorted(new, key=lambda finding: finding.severity)


def with_remarks(rows: pd.DataFrame, findings: Sequence[Finding]) -> tuple[pd.DataFrame, list[Finding]]:
    """Return rows of a difference with the findings on them as remarks, and the findings on what is not among them."""
    problems: dict[tuple, list[str]] = {}
    for finding in findings:
        if finding.key:
            # The row names its own observation.
            problems.setdefault(tuple(map(str, finding.key)), []).append(
                finding.problem.partition(": ")[2] or finding.problem
            )
    keys = [tuple(row) for row in rows[list(OBSERVATION_KEY)].itertuples(index=False)]
    values = rows["column"].isin(("value", "status"))
    remarks = ["; ".join(problems.get(key, [])) if value else "" for key, value in zip(keys, values, strict=True)]
    there = set(keys)
    return rows.assign(remark=remarks), [
        finding for finding in findings if not finding.key or tuple(map(str, finding.key)) not in there
    ]


def _identity(finding: Finding) -> tuple:
    # Rows move and a staged table lies elsewhere; what is wrong stays the same.
    return finding.rule, finding.key, finding.column, finding.value, finding.problem
