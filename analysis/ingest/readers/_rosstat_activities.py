"""Kinds of economic activity as Rosstat prints them: which classification they are of."""

from __future__ import annotations

import re

# Sections that only the first ОКВЭД has, and those that only ОКВЭД2 has.
_FIRST = (
    "гостиницы и рестораны",
    "транспорт и связь",
    "рыболовство, рыбоводство",
    "финансовая деятельность",
    "сельское хозяйство, охота и лесное хозяйство",
    "производство и распределение электроэнергии, газа и воды",
)
_SECOND = (
    "транспортировка и хранение",
    "деятельность в области информации и связи",
    "деятельность финансовая и страховая",
    "деятельность гостиниц и предприятий общественного питания",
    "деятельность профессиональная, научная и техническая",
)
_COMMON = ("добыча полезных ископаемых", "обрабатывающие производства", "строительство", "образование")


def is_first_classification(names: list[str]) -> bool:
    """Tell whether names of activities are sections of the first ОКВЭД (2003–2016) and not of ОКВЭД2."""
    plain = {_plain(name) for name in names}
    return len(plain & set(_FIRST)) >= 2 and not plain & set(_SECOND)


def count_sections(names: list[str]) -> int:
    """Return how many names of sections, of either classification, are among the names."""
    return len({_plain(name) for name in names} & {*_FIRST, *_SECOND, *_COMMON})


def _plain(name: str) -> str:
    return re.sub(r"\s*,\s*", ", ", re.sub(r"^раздел\s+\S\s+", "", name.casefold().strip(" :")))
