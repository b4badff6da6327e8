"""Check the data before any chapter runs: every table, every reference between tables, every rule beyond types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import TypeVar

import pandas as pd

from analysis.base.deadlines import Kind, kinds_of
from analysis.base.errors import DataError, did_you_mean
from analysis.base.russian import and_more
from analysis.catalogue import captions, forms
from analysis.catalogue.bibliography import faults
from analysis.catalogue.descriptor import Table
from analysis.catalogue.findings import Finding
from analysis.catalogue.followed import strays
from analysis.catalogue.opened import find_defects, held, opened, publications, read_table, table, tables
from analysis.catalogue.places import place, with_places
from analysis.catalogue.rules import acknowledged, akin, check_observations, named, raised, read_known
from analysis.catalogue.rules.deadlines import TABLE as DEADLINE_KINDS
from analysis.catalogue.rules.printed import printed
from analysis.catalogue.rules.said import said
from analysis.catalogue.same import disagreements

T = TypeVar("T")


def check_data(
    edition_id: str | None = None,
    staged: Iterable[Table] = (),
    further: Callable[[Mapping[str, pd.DataFrame]], list[Finding]] | None = None,
) -> list[Finding]:
    """Return everything that is wrong with the common package and, where named, with the tables of one edition.

    Parameters
    ----------
    edition_id : str, optional
    staged : iterable of Table
        Tables as they are to become, each in place of the one of its name.
    further : callable, optional
        What else is to be checked against the sound tables, which it gets by name: `analysis.editions.check` gives
        what an edition says of itself.

    Returns
    -------
    list of Finding
        Errors first. Where a table breaks its schema, only that: what follows from it would be noise.
    """
    with held():
        return _checked(edition_id, list(staged), further)


def _checked(
    edition_id: str | None,
    staged: list[Table],
    further: Callable[[Mapping[str, pd.DataFrame]], list[Finding]] | None,
) -> list[Finding]:
    known = tables(edition_id) | {described.name: described for described in staged}
    if any(described.holds_observations for described in known.values()):
        for needed in ("indicators", "territories"):
            table(needed)
    if broken := find_defects(*known.values()):
        return broken
    project = opened()
    frames = {name: project.looked_at(described) for name, described in known.items()}
    sources = bibliography_keys()
    if not sources and any("source" in described.columns for described in known.values()):
        return [
            Finding(
                "data/sources.bib",
                None,
                None,
                None,
                "в файле нет ни одной записи об источнике",
                "Верните файл из копии.",
                rule="reference",
            )
        ]
    found = further(frames) if further is not None else []
    found += faults()
    found += [finding for described in known.values() for finding in _references(described, frames, sources)]
    found += disagreements(frames)
    if forms.TABLE in known:
        found += forms.faults(frames[forms.TABLE])
    # File by file: those of the layers above are the same in every edition.
    parts = [part for described in known.values() for part in described.parts]
    kinds = kinds_of(frames[DEADLINE_KINDS].to_dict("records")) if DEADLINE_KINDS in frames else {}
    twice = [finding for part in parts for finding in _twice(part, project.looked_at(part), kinds)]
    if captions.TABLE in known:
        labels = set(frames[captions.TABLE]["id"])
        for name in (captions.TABLE, captions.PRINTED):
            found += captions.faults(frames.get(name, pd.DataFrame()), sources, labels)
    # Rules about observations that point nowhere would only repeat that they do.
    if found:
        return found + twice
    observed = {name: frame for name, frame in frames.items() if known[name].holds_observations}
    # What a row says twice is told with what the rules say: neither hides the other.
    return _settled(twice, edition_id) + _ruled(observed, edition_id, {described.name for described in staged})


def check_tables(
    held: Iterable[Table], edition_id: str | None = None, territories: AbstractSet[str] | None = None
) -> list[Finding]:
    """Return what the rules beyond types say of these tables of observations, all of them sound.

    Parameters
    ----------
    held : iterable of Table
    edition_id : str, optional
        The edition whose acknowledgements count besides the common ones.
    territories : set of str, optional
        Only observations of these are looked at.

    Returns
    -------
    list of Finding
    """
    observed = [with_places(read_table(table), file="file") for table in held]
    if territories is not None:
        observed = [rows[rows["territory"].isin(territories)] for rows in observed]
    return check_observations(pd.concat(observed, ignore_index=True), edition_id) if observed else []


def _ruled(observed: Mapping[str, pd.DataFrame], edition_id: str | None, staged: AbstractSet[str]) -> list[Finding]:
    """Return what the rules say of the common tables, and of an edition's own beside what equations tie to them.

    All rules but the equations look at one indicator at a time, so the official series, by far the most of all, are
    gone through once for all editions that are checked.

    Parameters
    ----------
    observed : mapping of str to pandas.DataFrame
        The observations of each table.
    edition_id : str or None
    staged : set of str
        Names of tables that are others than those that lie in the data.
    """
    observed = {name: rows for name, rows in observed.items() if len(rows)}
    # Rules have their parameters in tables that a package without observations need not have.
    if not observed:
        return []
    common = tables().keys()
    shared = [rows for name, rows in observed.items() if name in common]
    own = [rows for name, rows in observed.items() if name not in common]

    def of_package() -> list[Finding]:
        return raised(_in_places(shared), read_known()) if shared else []

    found = of_package() if common & staged else opened().keep("what the rules say of the package", of_package)
    known = read_known(edition_id)
    if own:
        mine = _in_places(own)
        tied = akin(mine["indicator"].unique(), known)
        beside = [_in_places([rows]) for rows in _of_indicators(shared, tied)]
        files = set(mine["file"])
        found = found + [
            finding
            for finding in raised(pd.concat([*beside, mine], ignore_index=True), known, set(mine["indicator"]))
            if finding.file in files or finding.rule.startswith(("identities", "keys"))
        ]
    return acknowledged(dict.fromkeys(found), known)


def _in_places(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of tables one below another, with the place of each."""
    return pd.concat([with_places(frame, file="file") for frame in frames], ignore_index=True)


def _of_indicators(frames: Iterable[pd.DataFrame], wanted: AbstractSet[str]) -> Iterator[pd.DataFrame]:
    """Yield of tables of observations the rows of these indicators, as far as there are any."""
    for frame in frames:
        if (there := frame["indicator"].isin(wanted)).any():
            yield frame[there]


def _twice(table: Table, frame: pd.DataFrame, kinds: Mapping[str, Kind]) -> list[Finding]:
    """Return where a row says the same twice and not alike: a number and its print, a text and what is listed of it."""
    return _once(table, "said twice", lambda: [*printed(frame), *said(table, frame, publications(), kinds)])


def _settled(found: list[Finding], edition_id: str | None) -> list[Finding]:
    """Return findings about observations with whose they are, those that were looked into as warnings."""
    if not any(finding.key for finding in found):
        return found
    known = read_known(edition_id)
    return acknowledged([named(finding, known) for finding in found], known)


def _once(table: Table, what: str, make: Callable[[], T]) -> T:
    """Return what follows from a table alone, however many editions rest on it."""
    return opened().keep((__name__, what, *(part.file for part in table.parts)), make)


def _values(table: Table, frame: pd.DataFrame, column: str) -> frozenset:
    """Return what stands in a column of a table, each once."""
    return _once(table, f"values of {column}", lambda: frozenset(frame[column].unique().tolist()))


def _references(table: Table, frames: Mapping[str, pd.DataFrame], sources: set[str]) -> list[Finding]:
    frame = frames[table.name]
    found = []
    for key in table.schema.get("foreignKeys", []):
        column, target = _single(key["fields"]), key["reference"]
        named, of = target["resource"] or table.name, _single(target["fields"])
        if named not in frames or of not in frames[named]:
            what = f"таблицы «{named}»" if named not in frames else f"столбца «{of}» таблицы «{named}»"
            raise DataError(
                f"Описание таблицы {table.name}: ключ foreignKeys ссылается на то, чего нет, – {what}. Исправьте"
                " описание."
            )
        listed = set(frames[named][of].tolist())
        found += _outside(frame, column, _values(table, frame, column) - listed, listed, f"нет в таблице {named}")
    if "source" in table.columns:
        strange = _values(table, frame, "source") - sources
        found += _outside(frame, "source", strange, sources, "нет такого источника в data/sources.bib")
    found += strays(table, frame, frames, sources)
    if table.holds_observations:
        # A foreign key cannot leave its package, so the edition's own observations name their territories unaided.
        if not table.schema.get("foreignKeys"):
            known = set(frames["territories"]["id"].tolist())
            strange = _values(table, frame, "territory") - known
            found += _outside(frame, "territory", strange, known, "нет в таблице territories", _of_other_regions())
        found += _categories(table, frame, frames)
        found += _once(table, "unmarked", lambda: _unmarked(frame))
    return found


def _of_other_regions() -> Mapping[str, str]:
    """Return what to say of a territory that only the data of other regions have."""

    def told() -> Mapping[str, str]:
        everywhere = opened().everywhere("territories")
        return {
            name: f"Это территория другого региона ({parent}): уберите строку."
            for name, parent in zip(everywhere["id"], everywhere["parent"], strict=True)
        }

    return opened().keep((__name__, "of other regions"), told)


def _unmarked(frame: pd.DataFrame) -> list[Finding]:
    """Find values that are blank without being marked missing, or marked missing and given."""
    wrong = frame.index[frame["value"].isna() != frame["status"].eq("M")]
    return [
        Finding(
            *place(frame, index),
            "value",
            None,
            f"значение не согласуется со статусом {frame.at[index, 'status']}",
            "Пустое значение бывает только при статусе M, а при нём значения нет.",
            rule="reference",
        )
        for index in wrong
    ]


def _categories(table: Table, frame: pd.DataFrame, frames: Mapping[str, pd.DataFrame]) -> list[Finding]:
    dimensions = dict(zip(frames["indicators"]["id"], frames["indicators"]["dimension"], strict=True))
    strange = _values(table, frame, "indicator") - dimensions.keys()
    found = _outside(frame, "indicator", strange, dimensions.keys(), "нет в таблице indicators")
    for indicator, categories in _once(table, "categories", lambda: _divided(frame)).items():
        if dimension := dimensions.get(indicator, ""):
            listed = set(frames[dimension]["id"].tolist()) if dimension in frames else set()
            if dimension in frames and categories <= listed | {""}:
                continue
            rows = frame[frame["indicator"] == indicator]
            if dimension not in frames:
                found.append(_no_list(rows, indicator, dimension, frames))
                continue
            found += _outside(rows, "category", categories - listed, listed, f"нет в перечне {dimension}")
    return found


def _divided(frame: pd.DataFrame) -> dict[str, set[str]]:
    """Return the categories of each indicator of a table, in the order of the table."""
    found: dict[str, set[str]] = {}
    # Far faster than rows without repetitions: there are thousands of rows, and a few pairs.
    for indicator, category in dict.fromkeys(zip(frame["indicator"].tolist(), frame["category"].tolist(), strict=True)):
        found.setdefault(indicator, set()).add(category)
    return found


def _no_list(rows: pd.DataFrame, indicator: str, dimension: str, frames: Mapping[str, pd.DataFrame]) -> Finding:
    """Return that the list an indicator is cut by is not there: it may be one that each region has of its own."""
    hint = did_you_mean(dimension, frames).strip()
    remedy = "Добавьте перечень в папку региона (data/regions/…) или исправьте dimension в data/codes/indicators.csv."
    problem = f"показатель «{indicator}» делится по перечню «{dimension}», а такой таблицы нет"
    return Finding(*place(rows, rows.index[0]), "category", None, problem, f"{hint} {remedy}".strip(), rule="reference")


def _outside(
    frame: pd.DataFrame,
    column: str,
    strange: AbstractSet[str],
    allowed: AbstractSet[str],
    problem: str,
    elsewhere: Mapping[str, str] = MappingProxyType({}),
) -> list[Finding]:
    strange = strange - {""}
    if not strange:
        return []
    wrong = frame.loc[frame[column].isin(strange), column]
    return [
        Finding(
            *place(frame, group.index[0]),
            column,
            value,
            problem,
            (elsewhere.get(value) or did_you_mean(value, allowed).strip() or "Исправьте ячейку.")
            + and_more(len(group) - 1, "таких строк"),
            rule="reference",
        )
        for value, group in wrong.groupby(wrong, sort=False)
    ]


def bibliography_keys() -> set[str]:
    """Return the keys of `data/sources.bib`."""
    return set(publications())


def _single(fields: str | list[str]) -> str:
    return fields if isinstance(fields, str) else fields[0]
