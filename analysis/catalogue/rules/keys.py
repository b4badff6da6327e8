"""One observation stands in one place."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.catalogue.findings import Finding
from analysis.catalogue.rules.known import Known
from analysis.catalogue.rules.prepared import KEY, findings_at


def keys(rows: pd.DataFrame, known: Known) -> Iterator[Finding]:  # noqa: ARG001 - all rules are called alike
    """Find observations given twice: in two tables, or twice in what is being taken in."""
    twice = rows[pd.DataFrame({"series": rows["series"], "year": rows["year"]}).duplicated()]
    if twice.empty:
        return
    first = rows.drop_duplicates(KEY).set_index(KEY)["file"]
    problems = [
        f"это наблюдение уже есть в {first[key] or 'тех же данных'}"
        for key in twice[KEY].itertuples(index=False, name=None)
    ]
    yield from findings_at(twice, "keys", problems, "Оставьте одно из двух.")
