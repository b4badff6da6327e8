"""`report edition roll`: a folder of the next year, all of it or nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.base import journal, paths, reads, scratch
from analysis.base.errors import UsageError
from analysis.base.files.tables import line
from analysis.base.lock import locked
from analysis.catalogue import opened, tables
from analysis.catalogue.descriptor import read_json
from analysis.catalogue.opened import clear_cache
from analysis.catalogue.vintages import copy_out
from analysis.editions import review
from analysis.editions.edition import Edition, read_edition
from analysis.ledger import Ledger
from analysis.ledger.later import NAMES, compare
from analysis.ledger.ledger import has_statements
from analysis.outlook import archive
from analysis.quantities.text import plain
from analysis.report import Report, open_report
from analysis.rolling import prose
from analysis.rolling.shift import new_id, require_later, shifted
from analysis.rolling.tables import OF_TEXTS, Carried, carried, described, forms, of_texts

STATEMENTS = ("id", "section", "text", "outcome", "before", "now", "remark")


@dataclass(frozen=True)
class Rolled:
    """What was made.

    Attributes
    ----------
    last, edition : Edition
        The edition it was made from, and the new one.
    marked : mapping of str to int
        Rows that came along to be checked, by table; fragments under `prose`.
    forms : tuple of str
        Tables that came empty.
    statements : pandas.DataFrame
        Columns `STATEMENTS`: the statements of the last print on the new figures; empty where it has none.
    archived : int
        How many rows of forecasts the last edition left; 0 where it keeps no archive.
    texts : pandas.DataFrame
        What became of the last prose, columns `analysis.rolling.prose.COLUMNS`.
    before : mapping of str to bytes
        Files of the data that were replaced, as they were, by path in the data folder.
    """

    last: Edition
    edition: Edition
    marked: Mapping[str, int]
    forms: tuple[str, ...]
    statements: pd.DataFrame
    archived: int
    texts: pd.DataFrame
    before: Mapping[str, bytes]


def roll(edition_id: str, published: int, before: Callable[[], object] = lambda: None) -> Rolled:
    """Make the edition of a later year from one.

    Parameters
    ----------
    edition_id : str
        The last edition.
    published : int
        The year in which the new one comes out: all years shift by as much as that is later.
    before : callable, optional
        Called when all is right and nothing is written yet: may refuse.

    Returns
    -------
    Rolled

    Raises
    ------
    UsageError
        No such edition, no later year, the folder is there, or the official series do not reach that year.
    DataError
        The last edition cannot be read.
    """
    last = read_edition(edition_id)
    require_later(last, published)
    named = new_id(last, published)
    if paths.edition(named).exists():
        raise UsageError(
            f"Папка {reads.label(paths.edition(named))} уже есть. Удалите её, если издание нужно сделать заново."
        )
    _require_data(last, last.year + published - last.published)
    before()
    printed = prose.print_of(tables(edition_id))
    parts = {
        name: carried(table, published - last.published, last.region, printed)
        for name, table in tables(edition_id).items()
        if table.file.is_relative_to(paths.edition(edition_id))
    }
    written = _fragments(paths.prose(edition_id))
    fragments, _ = prose.without_print(written, printed)
    forecasts = _archive(last)
    with scratch.folder() as place:
        files = _files(last, named, published, parts, fragments)
        found = _tried(place / "project", last, files, fragments)
    fragments, stayed = prose.without_print(written, printed, found.wrong)
    files = _files(last, named, published, parts, fragments)
    replaced = {name: (paths.data() / name).read_bytes() for name in forecasts}
    _put(files | forecasts)
    told = prose.listed(written, fragments, stayed, found.waiting)
    counts = pd.Series([mark[0] for mark in _marks(last, parts, fragments)], dtype=object).value_counts(sort=False)
    return Rolled(
        last, found.edition, dict(counts), tuple(forms(parts)), found.statements, _left(edition_id), told, replaced
    )


def take_back(made: Rolled) -> None:
    """Undo what `roll` made, where what follows it could not be done."""
    shutil.rmtree(paths.edition(made.edition.id))
    _put(made.before)


def _put(files: Mapping[str, bytes]) -> None:
    """Put files into the data folder, all or none."""
    if files:
        with locked(paths.data_lock(), journal.BUSY):
            journal.settle()
            journal.prepare(files)
            journal.commit()
    clear_cache()


def _require_data(last: Edition, year: int) -> None:
    """Refuse a year for which nothing official is known of the region."""
    project = opened()
    for name, table in tables().items():
        if table.holds_observations:
            rows = project.load(name)
            mine = rows["territory"].eq(last.region) & rows["year"].eq(year) & rows["value"].notna()
            if mine.any():
                return
    name = project.load("territories").set_index("id").at[last.region, "name"]
    raise UsageError(
        f"За {year} отчётный год в официальных рядах нет ни одного числа о регионе «{name}». Примите новые файлы"
        " издателей (report ingest) или назовите другой год."
    )


def _fragments(prose: Path) -> dict[str, bytes]:
    """Return the prose of an edition by place."""
    return {file.relative_to(prose).as_posix(): file.read_bytes() for file in sorted(prose.rglob("*.md"))}


def _files(
    last: Edition,
    named: str,
    published: int,
    parts: Mapping[str, Carried],
    fragments: Mapping[str, bytes],
) -> dict[str, bytes]:
    """Return the files of the new edition, by path in the data folder.

    Parameters
    ----------
    last : Edition
    named : str
        Id of the new edition.
    published : int
        The year in which it comes out.
    parts : mapping
        What comes of each table.
    fragments : mapping
        The prose that comes along, by place.

    Returns
    -------
    dict
    """
    folder, known = paths.edition(last.id), tables(last.id)
    package = described(read_json(folder / "datapackage.json"), named, last.id)
    schemas = {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.glob("schemas/*.json"))}
    contents = {name: part.content for name, part in parts.items()}
    words = [content for name, content in contents.items() if name not in OF_TEXTS]
    for name in OF_TEXTS.keys() & contents.keys():
        contents[name] = of_texts(name, contents[name], fragments, words)
    own = {
        "edition.yml": shifted(reads.text(folder / "edition.yml"), last, published).encode(),
        "datapackage.json": (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode(),
        **schemas,
        **{known[name].file.relative_to(folder).as_posix(): content for name, content in contents.items()},
        **{f"{review.PROSE}/{place}": content for place, content in fragments.items()},
        review.FILE: "".join(map(line, [review.COLUMNS, *_marks(last, parts, fragments)])).encode(),
    }
    return {f"{paths.editions().name}/{named}/{name}": content for name, content in own.items()}


def _marks(last: Edition, parts: Mapping[str, Carried], fragments: Mapping[str, bytes]) -> list[tuple[str, ...]]:
    """Return the marks of all that is to be checked: rows of tables, then texts."""
    texts = [
        review.mark_of_prose(place, content.decode("utf-8-sig"), last.region) for place, content in fragments.items()
    ]
    return [*(mark for part in parts.values() for mark in part.marks), *texts]


def _archive(last: Edition) -> dict[str, bytes]:
    """Return the forecasts of the last edition where it has not laid them down yet; those it has are never replaced."""
    file = paths.edition(last.id) / archive.FILE
    if archive.TABLE not in tables(last.id) or _left(last.id):
        return {}
    table = archive.archived(open_report(last.id).prospects)
    return {file.relative_to(paths.data()).as_posix(): archive.content(table).encode()}


def _left(edition_id: str) -> int:
    """Return how many rows of forecasts an edition left."""
    if archive.TABLE not in tables(edition_id):
        return 0
    return len(review.text_rows(tables(edition_id)[archive.TABLE].file))


class _Tried(NamedTuple):
    """The new edition as it opens, the statements of the last one on its figures, and texts refuted or unchecked."""

    edition: Edition
    statements: pd.DataFrame
    wrong: dict[str, str]
    waiting: dict[str, str]


def _tried(root: Path, last: Edition, files: Mapping[str, bytes], fragments: Mapping[str, bytes]) -> _Tried:
    """Open the new edition beside a copy of the data, and ask what of the words that came along holds there."""
    root.mkdir()
    copy_out(paths.data(), root / paths.PUBLISHED)
    for name, content in files.items():
        file = root / paths.PUBLISHED / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    named = next(iter(files)).split("/")[1]
    chapters = sorted(paths.chapters().glob("*.ipynb"))
    with paths.elsewhere(root):
        old, new = open_report(last.id), open_report(named)
        judged = prose.judged(new, chapters, fragments)
        return _Tried(new.edition, _statements(old, new), *judged)


def _statements(old: Report, new: Report) -> pd.DataFrame:
    if not has_statements(old, old.edition.id):
        return pd.DataFrame(columns=list(STATEMENTS))
    found = compare(Ledger(old), Ledger(new, old.edition.id))
    rows = [
        (
            one.id,
            one.section,
            one.text,
            NAMES[one.outcome],
            plain(one.before),
            plain(one.now),
            plain(one.right or one.why),
        )
        for one in found
    ]
    return pd.DataFrame(rows, columns=list(STATEMENTS))
