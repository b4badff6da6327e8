"""What a reader of forecasts should know of the series they were made from, in Russian."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from analysis.base.russian import shortened
from analysis.forecast.scales import look_like_shares
from analysis.forecast.series import Group, Series
from analysis.forecast.wild import LEAP, SPIKE

# Fewer points than this since the last break: the answer rests on the siblings alone.
FEW = 3
# So many series are told by name.
NAMED = 3
# So many years of one are.
YEARS = 5
# What is said of a year unlike all others of its series.
WORDS = {
    SPIKE: ("Год не похож на остальные", "Для расчета он пропущен; проверьте, нет ли опечатки."),
    LEAP: (
        "Скачок на другой уровень",
        "Он не продолжен; проверьте число, а если считать стали иначе, назовите год в таблице разрывов (--breaks).",
    ),
}


def few(series: Sequence[Series]) -> list[str]:
    """Return the note on series that are too short to say much by themselves; nothing where none is."""
    short = [f"«{own.name}»" for own in series if len(own.values) < FEW]
    if not short:
        return []
    return [f"Точек меньше трех: {shortened(short, NAMED)}. Такой прогноз держится на соседних рядах, интервал широк."]


def unequal(apart: Mapping[str, Sequence[int]]) -> list[str]:
    """Return the note on wholes that not always were the sums of their parts; nothing where all were."""
    named = [f"«{whole}», {shortened(list(map(str, periods)), YEARS)}" for whole, periods in apart.items() if periods]
    if not named:
        return []
    words = "Прогноз целого – сумма прогнозов названных частей; проверьте, все ли части названы и нет ли опечатки."
    return [f"Части не складывались в целое: {shortened(named, NAMED, '; ')}. {words}"]


def told(group: Group, wanted: Collection[str], label: str) -> list[str]:
    """Return what is to be said of a group: what its series were taken for, and years unlike all others.

    Parameters
    ----------
    group : Group
    wanted : collection of str
        Series that are forecast; of the others nothing is said.
    label : str
        The name of the group, empty where there is one.

    Returns
    -------
    list of str
        Sentences.
    """
    notes = []
    if look_like_shares([own.values for own in group.series], [own.kind for own in group.series]):
        where = f"Панель «{label}»: все" if label else "Все"
        notes.append(
            f"{where} значения лежат от 0 до 100 и подходят близко к 100: ряды приняты за доли, прогноз за эти пределы"
            " не выходит. Если это не доли, напишите в таблице рядов столбец kind со словом level."
        )
    for kind, (what, words) in WORDS.items():
        named = [
            f"«{group.series[row].name}», {group.period_of(row)}"
            for row, wild in sorted(group.wild.items())
            if wild.kind == kind and group.series[row].name in wanted
        ]
        if named:
            notes.append(f"{what}: {shortened(named, NAMED, '; ')}. {words}")
    return notes
