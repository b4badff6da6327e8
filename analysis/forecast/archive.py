"""Forecasts of an edition, kept so that the next edition can hold them against what came."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.errors import DataError
from analysis.forecast.scores import score, summary

NAME = "forecasts.csv"
KEYS = ["model", "origin", "series", "target_period", "horizon"]


def archive_file(edition_id: str) -> Path:
    """Return where the forecasts of an edition are kept."""
    return paths.edition(edition_id) / NAME


def archive(table: pd.DataFrame, edition_id: str, scale: pd.Series) -> Path:
    """Keep the forecasts of an edition; what was kept before is replaced as a whole.

    Parameters
    ----------
    table : pandas.DataFrame
        Wide table of `forecast_wide`.
    edition_id : str
        The edition that states these forecasts.
    scale : pandas.Series
        By series: mean absolute yearly change of the history they rest on; later scores are measured in it.
    """
    bounds = [column for column in table.columns if column[:2] in ("lo", "hi")]
    rows = table[[*KEYS, "mean", *bounds]].assign(scale=table["series"].map(scale))
    file = archive_file(edition_id)
    handle, name = tempfile.mkstemp(prefix=f".{NAME}.", dir=file.parent)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
        rows.to_csv(stream, index=False, float_format="%.10g", lineterminator="\n")
    os.chmod(name, 0o644)
    os.replace(name, file)
    return file


def archived(edition_id: str) -> pd.DataFrame:
    """Return the kept forecasts of an edition, with `scale`.

    Raises
    ------
    DataError
        There are none, or the file is not one of `archive`.
    """
    file = archive_file(edition_id)
    try:
        table = pd.read_csv(file, dtype={"series": str, "model": str})
    except OSError as error:
        raise DataError(f"У издания «{edition_id}» нет сохраненных прогнозов (data/editions/{edition_id}/{NAME}).") from error
    except (ValueError, UnicodeDecodeError) as error:
        raise DataError(f"Файл data/editions/{edition_id}/{NAME} не читается как таблица прогнозов. Восстановите его из истории.") from error
    if missing := [column for column in [*KEYS, "mean", "scale"] if column not in table.columns]:
        raise DataError(f"В файле data/editions/{edition_id}/{NAME} нет столбца «{missing[0]}». Восстановите его из истории.")
    return table


def against_fact(edition_id: str, actual: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Hold the kept forecasts of an edition against what came since.

    Parameters
    ----------
    actual : pandas.DataFrame
        Columns `series_id`, `period`, `value`.

    Returns
    -------
    tuple of pandas.DataFrame
        Rows of `scores.score`, and their `summary` by series; both empty while nothing has come.
    """
    table = archived(edition_id)
    scale = table.drop_duplicates("series").set_index("series")["scale"]
    rows = score(table.drop(columns="scale"), actual, scale)
    return rows, summary(rows, ["series"])
