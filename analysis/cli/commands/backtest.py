"""`report backtest`: how forecasts from past years would have held."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from analysis.base.errors import UsageError, did_you_mean
from analysis.base.russian import comma
from analysis.cli.russian import Quiet, argument, option
from analysis.cli.threads import one_thread

if TYPE_CHECKING:
    import pandas as pd

BY = {"indicator": "Показатель", "territory": "Территория", "horizon": "Лет вперед", "panel": "Панель", "series": "Ряд"}

WITH = {"cohort": "по притоку", "trend": "по тренду", "combined": "вместе"}


def backtest(
    edition: Annotated[
        str | None,
        argument("ИЗДАНИЕ", help="Чьи территории проверять по официальным рядам. Не названо – единственное."),
    ] = None,
    file: Annotated[
        Path | None,
        option(
            "--input",
            metavar="ФАЙЛ",
            help=(
                "Проверить свою таблицу вместо официальных рядов: CSV со столбцами series_id, period, value и, если"
                " нужно, panel."
            ),
        ),
    ] = None,
    breaks: Annotated[
        Path | None,
        option(
            "--breaks",
            metavar="ФАЙЛ",
            help="Разрывы своей таблицы: CSV со столбцами series_id, period – с какого года ряд считается по-новому.",
        ),
    ] = None,
    whole: Annotated[
        bool, option("--country", help="Сверять прогнозы по всем территориям страны, а не по территориям издания.")
    ] = False,
    horizon: Annotated[
        int, option("--horizon", metavar="ЛЕТ", help="На сколько лет вперед проверять. Без ключа – на 3.")
    ] = 3,
    by: Annotated[
        str | None,
        option(
            "--by",
            metavar="СТОЛБЕЦ",
            help="Строки таблицы: indicator, territory или horizon; для своей таблицы – series, panel или horizon.",
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    r"""Проверить прогнозы прошлым: построить их на конец каждого прошлого года и сверить с тем, что произошло.

    Официальные ряды всех субъектов оцениваются вместе, как в докладе; сверяются территории издания.

    \b
    MASE          ошибка в единицах среднего годового изменения ряда
    к последнему  во сколько раз ошибка больше, чем если взять последнее значение (меньше 1 – лучше его)
    sMAPE         ошибка в процентах
    охват         сколько процентов фактов попало в 80- и 95-процентный интервал
    MSIS 95       оценка 95-процентного интервала: чем меньше, тем лучше

    Выпуск, студенты и окончившие 11 классов прогнозируются еще и по тому, кто поступил раньше (таблица
    data/codes/flows.csv): для них внизу показано, сколько этот приток дал.

    \b
    Примеры:
      report backtest
      report backtest kemerovo-2021 --by horizon
      report backtest kemerovo-2021 --country
      report backtest --input panel.csv --horizon 4 --breaks breaks.csv
    """
    one_thread()
    from analysis.cli.screen import console, table
    from analysis.forecast.scores import geometric, summary

    if file is not None and edition is not None:
        raise UsageError("Назовите или издание, или таблицу (--input), а не то и другое.")
    if file is not None and whole:
        raise UsageError("--country – о рядах страны, а проверяется своя таблица (--input). Уберите один из ключей.")
    if file is None and breaks is not None:
        raise UsageError("--breaks – о своей таблице (--input); разрывы официальных рядов известны.")
    wide = _read(file) if file is not None else None
    cuts = _read_breaks(breaks) if breaks is not None else None
    allowed = ("indicator", "territory", "horizon") if wide is None else ("series", "horizon", *({"panel"} & set(wide)))
    by = by or ("panel" if wide is not None and "panel" in wide else "series" if wide is not None else "indicator")
    if by not in allowed:
        raise UsageError(f"--by {by}: таких строк здесь нет.{did_you_mean(by, allowed)}")
    scores, names = (
        (_own(wide, horizon, quiet, cuts), {}) if wide is not None else _official(edition, horizon, quiet, whole)
    )
    if scores.empty:
        raise UsageError("Проверить нечего: нужны ряды хотя бы из пяти лет, которые менялись.")
    rows = summary(scores, [by])
    every = summary(scores).iloc[0]
    if quiet:
        return
    heads = [BY[by], "проверок", "MASE", "к последнему", "sMAPE", "охват 80", "охват 95", "MSIS 95"]
    cells = [[names.get(str(name), name), *_cells(row)] for name, row in rows.iterrows()]
    console().print(table(heads, [*cells, ["Все", *_cells(every)]], right=heads[1:]))
    if fed := [[f"{names.get(str(key), key)}: {what}", *cells] for key, what, cells in _beside(scores, by)]:
        print("По притоку прошлых лет и без него, где приток известен:")
        console().print(table(heads, fed, right=heads[1:]))
    ratios = rows["relative"][rows["relative"] > 0]
    print(
        f"Среднее геометрическое «к последнему»: {_number(geometric(ratios), 3)}; хуже всего:"
        f" {_number(ratios.max(), 3)}."
    )


def _beside(scores: pd.DataFrame, by: str) -> Iterator[tuple[object, str, list[str]]]:
    """Give the scores of forecasts with what is known of the inflow and without, row by row; none where none is."""
    from analysis.forecast.scores import beside

    for key, part in scores.groupby(by, sort=False):
        for model, row in beside(part).iterrows():
            yield key, WITH[str(model)], _cells(row)


def _cells(row: pd.Series) -> list[str]:
    return [
        f"{row['count']:.0f}",
        *(
            _number(row[name], places)
            for name, places in (
                ("mase", 2),
                ("relative", 2),
                ("smape", 1),
                ("coverage80", 1),
                ("coverage95", 1),
                ("msis95", 1),
            )
        ),
    ]


def _number(value: float, places: int) -> str:
    return comma(f"{value:.{places}f}")


def _read(file: Path) -> pd.DataFrame:
    from analysis.forecast.files import read_panel

    return read_panel(file)


def _read_breaks(file: Path) -> pd.DataFrame:
    from analysis.forecast.files import read_breaks_file

    return read_breaks_file(file)


def _own(panel: pd.DataFrame, horizon: int, quiet: bool, breaks: pd.DataFrame | None) -> pd.DataFrame:
    """Return the scores of a panel of the user's own."""
    from analysis.forecast.backtest import backtest as roll

    with _progress(quiet) as tell:
        scores = roll(panel, horizon, breaks=breaks, progress=tell)
    if "panel" in panel:
        scores["panel"] = scores["series"].map(panel.drop_duplicates("series_id").set_index("series_id")["panel"])
    return scores


def _official(edition_id: str | None, horizon: int, quiet: bool, whole: bool) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the scores of the official series of an edition, or of all, and names of indicators and territories."""
    import pandas as pd

    from analysis.base.errors import DataError
    from analysis.catalogue import load, tables
    from analysis.catalogue.findings import summed_up
    from analysis.catalogue.opened import find_defects
    from analysis.editions import edition as editions
    from analysis.forecast.backtest import backtest as roll
    from analysis.forecast.official import VARIANTS, official_feeds, official_panel

    every = editions.available()
    if edition_id is None and len(every) != 1:
        raise UsageError(f"Назовите издание: {', '.join(every)}.")
    edition = editions.read_edition(edition_id or every[0])
    # The forecasts know no schemas: what they read is held against them here.
    if wrong := find_defects(*tables().values()):
        raise DataError(summed_up(wrong))
    panel, breaks = official_panel()
    feeds = official_feeds(panel, breaks)
    mine = {name + tail for name in edition.territories for tail in VARIANTS}
    groups = [group for group in panel.groupby("panel", sort=True) if whole or mine.intersection(group[1]["territory"])]
    parts = []
    with _progress(quiet) as tell:
        for number, (_, rows) in enumerate(groups):
            own = breaks.loc[breaks["series_id"].isin(rows["series_id"]), ["series_id", "period"]]
            inflow = feeds[feeds["series_id"].isin(rows["series_id"])]
            parts.append(roll(rows, horizon, breaks=own, feeds=inflow, progress=_part(tell, number, len(groups))))
    scores = pd.concat(parts, ignore_index=True)
    place = panel.drop_duplicates("series_id").set_index("series_id")
    for column in ("indicator", "territory"):
        scores[column] = scores["series"].map(place[column])
    if not whole:
        scores = scores[scores["territory"].isin(mine)]
    names = (
        load("indicators").set_index("id")["short"].to_dict() | load("territories").set_index("id")["short"].to_dict()
    )
    return scores, names


def _part(tell: Callable[[float], None], number: int, total: int) -> Callable[[float], None]:
    """Return what tells of the progress of one part of several as that of the whole."""
    return lambda share: tell((number + share) / total)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[float], None]]:
    """Give a function that is told the share done: a bar on a terminal, nothing otherwise."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Проверяю прошлым", total=1.0)
        yield lambda share: progress.update(task, completed=share)
