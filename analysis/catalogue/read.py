"""Read a table of the catalogue: validated first, then typed."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import lru_cache

import pandas as pd

from analysis.catalogue.descriptor import Table, table
from analysis.catalogue.findings import find_defects
from analysis.catalogue.vintages import file_as_of
from analysis.errors import DataError

_DTYPES = {"integer": "Int64", "year": "Int64", "number": "float64", "boolean": "boolean"}


def load(name: str, edition_id: str | None = None, *, vintage: str | None = None) -> pd.DataFrame:
    """Return a table of the catalogue.

    Parameters
    ----------
    name : str
        Name of the table in `data/datapackage.json` or in the edition's own package.
    edition_id : str, optional
        The edition whose tables are wanted besides the common ones.
    vintage : str, optional
        Data as they were known: a day («2022-03-01»: when it ended), or an acceptance («2022-03-01-1»: before it).

    Returns
    -------
    pandas.DataFrame
        Columns as the schema says; text that is not given is an empty string, a number
        that is not given is NaN. `attrs["table"]` is the path of the file.

    Raises
    ------
    DataError
        The name is unknown (the nearest right one is offered), the table breaks its schema, or it was not there yet.
    """
    wanted = table(name, edition_id)
    if vintage is not None:
        wanted = replace(wanted, file=file_as_of(wanted, vintage))
    return _read(wanted).copy()


def version(*names: str) -> tuple:
    """Return what changes whenever one of these common tables does: a key for what is computed from them."""
    return tuple((found.file, _stamp(found)) for found in map(table, names))


def clear_cache() -> None:
    """Forget what was read: for a desk at which files change under a living kernel, and for tests."""
    from analysis.catalogue import descriptor

    for cached in (_read_file, descriptor._package, descriptor._json):
        cached.cache_clear()


def _read(wanted: Table) -> pd.DataFrame:
    # The modification time is part of the key, so that an edited table is read again.
    return _read_file(_Keyed(wanted), _stamp(wanted))


def _stamp(wanted: Table) -> int:
    return wanted.file.stat().st_mtime_ns if wanted.file.exists() else 0


class _Keyed:
    """A table as a cache key: by file, as its schema is a dict and cannot be hashed."""

    def __init__(self, wanted: Table):
        self.table = wanted

    def __hash__(self) -> int:
        return hash(self.table.file)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Keyed) and self.table.file == other.table.file


@lru_cache(maxsize=256)
def _read_file(keyed: _Keyed, stamp: int) -> pd.DataFrame:
    wanted = keyed.table
    # A build checks every table once and says so to the kernels it starts.
    if not os.environ.get("REPORT_DATA_CHECKED") and (defects := find_defects(wanted)):
        more = f" И ещё замечаний: {len(defects) - 1}." if len(defects) > 1 else ""
        raise DataError(f"{defects[0]}{more}")
    frame = pd.read_csv(wanted.file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    for field in wanted.fields:
        if dtype := _DTYPES.get(field["type"]):
            column = frame[field["name"]].replace("", None)
            frame[field["name"]] = pd.to_numeric(column).astype(dtype) if dtype != "boolean" else column.eq("true")
    frame.attrs["table"] = wanted.label
    return frame
