"""Names of territories in all forms: what one column alone does not tell of its row."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.base.russian import CASES
from analysis.catalogue.findings import Finding
from analysis.catalogue.places import place

TABLE = "territories"
FORMS = (*CASES, "preposition", "gender")


def faults(territories: pd.DataFrame) -> Iterator[Finding]:
    """Find short names without a form, and forms written twice because the short name is the full one.

    Parameters
    ----------
    territories : pandas.DataFrame
        The table of that name.
    """
    for index, row in territories.iterrows():
        same = row["short"] == row["name"]
        wrong = [f"short_{form}" for form in FORMS if bool(row[f"short_{form}"]) == same]
        for column in wrong:
            yield Finding(
                *place(territories, index),
                column,
                row["id"],
                "краткое наименование то же, что полное, и формы у него те же"
                if same
                else f"нет формы краткого наименования «{row['short']}»",
                "Оставьте ячейку пустой." if same else "Заполните ячейку; несклоняемое стоит без изменений.",
                rule="forms",
            )
