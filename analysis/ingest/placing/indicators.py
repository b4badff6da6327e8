"""Which indicator of the catalogue a publisher's table is: by its number, confirmed by its title and its unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
import snowballstemmer

from analysis.ingest.placing.units import factor, is_index, unit_id
from analysis.ingest.reading import Block

# Titles of one table differ between editions by a word or two; another table's title differs by more.
ALIKE, THE_SAME = 0.75, 0.9
_STOP = {
    "и",
    "в",
    "во",
    "на",
    "по",
    "с",
    "со",
    "к",
    "о",
    "об",
    "из",
    "за",
    "от",
    "для",
    "до",
    "или",
    "г",
    "гг",
    "год",
    "года",
    "году",
    "годы",
    "годах",
}


@dataclass(frozen=True)
class Match:
    """The indicator a table is, or in words why it is none."""

    indicator: Mapping[str, object] | None
    why: str = ""
    remedy: str = ""


def likeness(title: str, other: str) -> float:
    """Return how alike two titles are: stems they share among all stems they have, 0 to 1."""
    first, second = _stems(title), _stems(other)
    return len(first & second) / len(first | second) if first and second else 0.0


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    # The years a table spans are no part of what it is about.
    words = re.findall(r"\w+", re.sub(r"(?<!\d)(?:19|20)\d\d(?!\d)", " ", text.casefold().replace("ё", "е")))
    return frozenset(snowballstemmer.stemmer("russian").stemWords([word for word in words if word not in _STOP]))


def match_indicator(block: Block, indicators: pd.DataFrame, forced: str | None = None) -> Match:
    """Return the indicator of the catalogue that a block is.

    Parameters
    ----------
    block : Block
    indicators : pandas.DataFrame
        The code list.
    forced : str, optional
        The indicator the user named: title and number then say nothing, the unit must fit all the same.

    Returns
    -------
    Match
        Of no indicator where none fits, or several do.
    """
    rows: list[Mapping[str, object]] = indicators.to_dict("records")
    if forced is not None:
        return _confirmed_by_unit(block, [row for row in rows if row["id"] == forced])
    numbered = [row for row in rows if block.code and block.code in (row["publisher_code"], row["emiss_id"])]
    alike = [row for row in numbered if _likeness(block, row) >= ALIKE]
    same = [row for row in rows if row["publisher_title"] and _likeness(block, row) >= THE_SAME]
    if alike:
        best = max(_likeness(block, row) for row in alike)
        rivals = [row for row in same if _likeness(block, row) > best]
        return _confirmed_by_unit(block, rivals or alike)
    if same:
        # The numbers of tables change between editions, their titles hardly ever.
        return _confirmed_by_unit(block, same)
    if numbered:
        others = "; ".join(f"«{_title(row)}»" for row in numbered)
        return Match(
            None,
            f"под номером {block.code} в каталоге другая таблица: {others}",
            "Если это всё же тот показатель, назовите его ключом --as.",
        )
    return Match(
        None,
        "показателя в каталоге нет",
        "Добавьте строку в data/codes/indicators.csv или назовите показатель ключом --as.",
    )


def _likeness(block: Block, row: Mapping[str, object]) -> float:
    return likeness(block.title, _title(row))


def _title(row: Mapping[str, object]) -> str:
    return str(row["publisher_title"] or row["name"])


def _confirmed_by_unit(block: Block, candidates: list[Mapping[str, object]]) -> Match:
    printed = unit_id(block.unit, block.title)
    fitting = [row for row in candidates if printed and factor(printed, str(row["unit"])) is not None]
    if not fitting:
        wanted = "; ".join(f"{row['id']} – {row['unit']}" for row in candidates)
        unit = f"единица таблицы – «{block.unit}»" if block.unit else "единицы таблица не называет"
        return Match(
            None,
            f"{unit}, единица показателя другая ({wanted}), и одна к другой точно не приводится",
            "Проверьте, та ли это таблица; единицы показателей – в data/codes/indicators.csv.",
        )
    index = is_index(block.unit, block.title)
    kin = [row for row in fitting if (row["kind"] == "index") == index]
    if not kin:
        compared = "к прошлому периоду" if index else "не к прошлому периоду"
        return Match(
            None, f"таблица дана {compared}, а показатель {fitting[0]['id']} – иначе", "Проверьте, та ли это таблица."
        )
    if len(kin) > 1:
        return Match(
            None,
            "подходят несколько показателей: " + ", ".join(str(row["id"]) for row in kin),
            "Назовите нужный ключом --as.",
        )
    return Match(kin[0])
