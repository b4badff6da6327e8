"""Judgement: named scenarios with author and reason, applied on top of the statistical forecast and kept apart from it."""

from __future__ import annotations

import pandas as pd

from analysis.errors import DataError, did_you_mean
from analysis.forecast.engine import COMBINED

COLUMNS = ("scenario", "author", "reason", "indicator", "year", "effect")
# How an effect is meant: per cent of the forecast, unless the table says it is added in the indicator's own unit.
PERCENT, UNITS = "percent", "units"


def read_scenarios(table: pd.DataFrame) -> pd.DataFrame:
    """Return a checked table of scenarios.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns `scenario`, `author`, `reason`, `indicator` (series), `year`, `effect` and, optionally, `measure`:
        `percent` (of the forecast; understood where blank) or `units`.

    Raises
    ------
    DataError
        A column is missing; a name, an author or a reason is blank; an effect or a year is no number; one scenario
        says two things of a series and year.
    """
    for column in COLUMNS:
        if column not in table.columns:
            raise DataError(f"В таблице сценариев нет столбца «{column}».{did_you_mean(column, map(str, table.columns))}")
    result = table.copy()
    for column in ("scenario", "author", "reason", "indicator"):
        blank = result[column].isna() | (result[column].astype(str).str.strip() == "")
        if blank.any():
            raise DataError(f"Таблица сценариев, строка {int(blank.to_numpy().argmax()) + 1}: не заполнен столбец «{column}». "
                            "У сценария должны быть имя, автор и основание.")
    for column in ("year", "effect"):
        numbers = pd.to_numeric(result[column], errors="coerce")
        if (wrong := numbers.isna() | numbers.abs().eq(float("inf"))).any():
            raise DataError(f"Таблица сценариев, строка {int(wrong.to_numpy().argmax()) + 1}: в столбце «{column}» нужно число.")
        result[column] = numbers
    measure = result["measure"].fillna("").astype(str) if "measure" in result else pd.Series("", index=result.index)
    result["measure"] = measure.replace("", PERCENT)
    if unknown := sorted(set(result["measure"]) - {PERCENT, UNITS}):
        raise DataError(f"Таблица сценариев: нет меры «{unknown[0]}».{did_you_mean(unknown[0], (PERCENT, UNITS))}")
    keys = ["scenario", "indicator", "year"]
    if (twice := result.duplicated(keys)).any():
        first = result.loc[twice, keys].iloc[0]
        raise DataError(f"Сценарий «{first['scenario']}»: для ряда «{first['indicator']}» и {first['year']:.0f} года два эффекта. Оставьте один.")
    return result


def apply(forecasts: pd.DataFrame, scenarios: pd.DataFrame) -> pd.DataFrame:
    """Return what the scenarios make of the combined forecast; the forecast itself is left as it is.

    Parameters
    ----------
    forecasts : pandas.DataFrame
        Wide table of `forecast_wide`.
    scenarios : pandas.DataFrame
        See `read_scenarios`. A year for which a scenario says nothing keeps the forecast.

    Returns
    -------
    pandas.DataFrame
        `scenario`, `author`, `reason`, `series`, `target_period`, `forecast` (the mean), `effect`, `measure`, `value`;
        for every scenario all years of the series it names. The bounds do not move: how sure a judgement is, its
        author says.

    Raises
    ------
    DataError
        A scenario names a series or a year that is not forecast.
    """
    rows = read_scenarios(scenarios)
    base = forecasts[forecasts["model"] == COMBINED]
    known = set(base["series"])
    parts = []
    for (name, series), said in rows.groupby(["scenario", "indicator"], sort=False):
        if series not in known:
            raise DataError(f"Сценарий «{name}»: ряд «{series}» не прогнозируется.{did_you_mean(series, known)}")
        years = base.loc[base["series"] == series, ["series", "target_period", "mean"]]
        if outside := sorted(set(said["year"]) - set(years["target_period"])):
            span = f"{years['target_period'].min()}–{years['target_period'].max()}"
            raise DataError(f"Сценарий «{name}»: для ряда «{series}» нет прогноза на {outside[0]:.0f} год; есть {span}.")
        effects = said.rename(columns={"year": "target_period"})[["target_period", "effect", "measure"]]
        part = years.rename(columns={"mean": "forecast"}).merge(effects, on="target_period", how="left")
        part["effect"] = part["effect"].fillna(0.0)
        part["measure"] = part["measure"].fillna(PERCENT)
        share = part["forecast"] * (1 + part["effect"] / 100)
        part["value"] = share.where(part["measure"] == PERCENT, part["forecast"] + part["effect"])
        parts.append(part.assign(scenario=name, author=said["author"].iloc[0], reason=said["reason"].iloc[0]))
    columns = ["scenario", "author", "reason", "series", "target_period", "forecast", "effect", "measure", "value"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)
