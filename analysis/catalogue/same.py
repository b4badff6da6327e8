"""Indicators that repeat an official series: an official figure is kept once, and an edition refers to it.

What repeats what stands in `codes/indicators.csv` (`same_as`), that the values must agree in `codes/identities.csv`;
the two lists say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from analysis.catalogue.findings import Finding
from analysis.catalogue.places import place

COLUMN = "same_as"
_ALIKE = {"unit": "единица", "dimension": "перечень категорий", "periodicity": "периодичность"}


def disagreements(frames: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Yield where an indicator cannot be the one it is said to repeat, or only one of the two lists says so.

    Parameters
    ----------
    frames : mapping
        All tables by name.

    Yields
    ------
    Finding
        One a row of `indicators` or `identities`.
    """
    if "indicators" not in frames:
        return
    indicators = frames["indicators"]
    rows = indicators.set_index("id")
    repeats = rows.loc[rows[COLUMN] != "", COLUMN].to_dict()
    identities = frames.get("identities", pd.DataFrame(columns=["relation", "left", "right"]))
    equal = identities[identities["relation"] == "="]
    pairs = {frozenset(pair) for pair in zip(equal["left"], equal["right"], strict=True)}
    for index, name, official in indicators[["id", COLUMN]].itertuples():
        # What is in no list the check of references tells.
        if official in rows.index and (wrong := _contradiction(name, official, rows, repeats, pairs)):
            yield Finding(*place(indicators, index), COLUMN, official, *wrong, rule="reference")
    said = {frozenset(pair) for pair in repeats.items()}
    for index, row in equal.iterrows():
        pair = frozenset((row["left"], row["right"]))
        if len(pair) == 2 and pair <= set(rows.index) and pair not in said:
            yield Finding(
                *place(identities, index),
                "left",
                row["left"],
                f"показатели {row['left']} и {row['right']} равны, а в indicators не сказано, какой из них официальный",
                f"Впишите официальный в столбец {COLUMN} другого.",
                rule="reference",
            )


def _contradiction(
    name: str, official: str, rows: pd.DataFrame, repeats: Mapping[str, str], pairs: set[frozenset[str]]
) -> tuple[str, str] | None:
    """Return why an indicator cannot be the same as another and what to do; None where it can.

    Parameters
    ----------
    name, official : str
        The indicator, and the one it is said to repeat.
    rows : pandas.DataFrame
        The list of indicators by id.
    repeats : mapping
        From each indicator that repeats another to that one.
    pairs : set of frozenset
        The indicators that identities call equal.

    Returns
    -------
    tuple of str or None
        Problem and remedy.
    """
    if name == official or official in repeats:
        return "этот показатель сам повторяет другой", "Назовите официальный ряд, который ничего не повторяет."
    for column, word in _ALIKE.items():
        if (own := rows.at[name, column]) != (other := rows.at[official, column]):
            return f"{word} у {name} – «{own}», а у {official} – «{other}»", "Это разные показатели: уберите один код."
    if frozenset((name, official)) not in pairs:
        return f"в identities нет равенства {name} = {official}", "Добавьте его: проверка сверит величины."
    return None
