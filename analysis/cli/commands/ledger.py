"""`report ledger`: the statements of an edition against the data, and last year's statements on this year's data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from analysis.base import paths
from analysis.base.errors import UsageError, did_you_mean
from analysis.base.files.output import Kind, check_output, write_output
from analysis.cli.russian import Quiet, argument, option

NOW = ("id", "section", "text", "printed", "outcome", "name", "found", "own", "official", "remark", "note", "formulas")
LATER = ("id", "section", "text", "outcome", "name", "before", "found", "remark")
WRITTEN = Kind(heads=(NOW, LATER))


def ledger(
    edition: Annotated[
        str | None,
        argument(
            "ИЗДАНИЕ",
            help="Чьи утверждения проверить. Не названо – издание, которое названо в самих главах.",
        ),
    ] = None,
    section: Annotated[
        str | None,
        option(
            "--section",
            metavar="РАЗДЕЛ",
            help="Только один раздел или таблица издания: 1.1, «табл. 7».",
        ),
    ] = None,
    verdict: Annotated[
        str | None,
        option(
            "--verdict",
            metavar="ВЕРДИКТ",
            help=(
                "Только один вердикт: confirmed, rounding, contradicted-edition, contradicted-reading,"
                " contradicted-official, truncated, revised, definitions, unverifiable; contradicted – все"
                " противоречия. С --new: holds, no-longer, never, unknown."
            ),
        ),
    ] = None,
    table: Annotated[
        Path | None, option("--csv", metavar="ФАЙЛ", help="Сохранить показанное и таблицей CSV для Excel.")
    ] = None,
    new: Annotated[
        str | None,
        option(
            "--new",
            metavar="НОВОЕ",
            help="Проверить утверждения ИЗДАНИЯ на данных нового издания: какие фразы переписать.",
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    r"""Проверить утверждения печатного издания по его таблицам и по официальной статистике.

    Вердикты нигде не записаны: каждый вычислен из данных.
    Код выхода 1 – данным противоречит нынешний текст глав (слова из таблицы assertions или повторённое утверждение).
    С ключом --new – какое-то утверждение больше не верно.

    \b
    Примеры:
      report ledger
      report ledger kemerovo-2021 --section 1.1
      report ledger --verdict contradicted
      report ledger --csv утверждения.csv
      report ledger kemerovo-2021 --new kemerovo-2022
      report ledger --new kemerovo-2022 --verdict no-longer
    """
    from analysis.base.files.tables import for_excel
    from analysis.book.chapters import edition_of_chapters
    from analysis.ledger import Ledger
    from analysis.report import open_report

    if table:
        check_output(table, WRITTEN)
    checked = Ledger(open_report(edition or edition_of_chapters()))
    claims = _asked(checked.claims, section)
    if new:
        rows, faults = _later(checked, Ledger(open_report(new), checked.statements), claims)
    else:
        rows, faults = _now(checked, claims)
    if verdict is not None:
        rows = _with_verdict(rows, verdict, bool(new))
    if table:
        columns = LATER if new else NOW
        write_output(for_excel(columns, ([row[name] for name in columns] for row in rows)), table, WRITTEN)
    if not quiet:
        _show(rows)
    for sentence in faults:
        typer.echo(sentence, err=True)
    if faults:
        raise typer.Exit(1)


def _asked(claims: Mapping[str, Mapping], section: str | None) -> list[str]:
    known = list(dict.fromkeys(row["section"] for row in claims.values()))
    if section is not None and section not in known:
        raise UsageError(f"Нет раздела «{section}».{did_you_mean(section, known)}")
    return [claim for claim, row in claims.items() if section in (None, row["section"])]


def _now(checked: Any, claims: list[str]) -> tuple[list[dict], list[str]]:
    from analysis.catalogue import load
    from analysis.ledger.prose import faults
    from analysis.quantities.text import plain

    names = load("verdicts").set_index("id")["name"]
    rows = [
        {
            "id": entry.id,
            "section": entry.section,
            "text": entry.text,
            "printed": entry.printed,
            "outcome": entry.verdict,
            "name": names[entry.verdict],
            "found": plain(entry.found),
            "own": entry.own,
            "official": entry.official,
            "remark": plain(entry.right or entry.why),
            "note": entry.note,
            "formulas": "; ".join(part.formula for part in entry.parts),
        }
        for entry in map(checked.entry, claims)
    ]
    return rows, faults(checked, sorted(paths.chapters().glob("*.ipynb")))


def _later(old: Any, new: Any, claims: list[str]) -> tuple[list[dict], list[str]]:
    from analysis.ledger.later import NAMES, NO_LONGER, compare
    from analysis.quantities.text import plain

    found = compare(old, new, claims)
    rows = [
        {
            "id": claim.id,
            "section": claim.section,
            "text": claim.text,
            "outcome": claim.outcome,
            "name": NAMES[claim.outcome],
            "before": plain(claim.before),
            "found": plain(claim.now),
            "remark": plain(claim.right or claim.why),
        }
        for claim in found
    ]
    many = sum(claim.outcome == NO_LONGER for claim in found)
    return rows, [f"Больше не верны утверждения: {many}. Перепишите фразы, которые их повторяют."] if many else []


def _with_verdict(rows: list[dict], verdict: str, later: bool) -> list[dict]:
    from analysis.catalogue import load
    from analysis.ledger.later import NAMES

    known = list(NAMES) if later else [*load("verdicts")["id"], "contradicted"]
    if verdict not in known:
        raise UsageError(f"Нет вердикта «{verdict}».{did_you_mean(verdict, known)}")
    return [row for row in rows if row["outcome"] == verdict or row["outcome"].startswith(f"{verdict}-")]


def _show(rows: list[dict]) -> None:
    counts = Counter(row["name"] for row in rows)
    typer.echo(f"Утверждений: {len(rows)}")
    for name, many in counts.most_common():
        typer.echo(f"  {many:>4}  {name}")
    current = ""
    for row in rows:
        if row["section"] != current:
            current = row["section"]
            typer.echo(f"\n{'Раздел' if current[:1].isdigit() else 'Таблица'} {current.removeprefix('табл. ')}")
        typer.echo(f"  {row['id']:<10} {row['name']}: {row['text']}")
        if "before" in row and row["before"] != row["found"]:
            typer.echo(f"  {'':<10} было: {row['before'] or '–'}; стало: {row['found'] or '–'}")
        if row["remark"]:
            typer.echo(f"  {'':<10} {row['remark']}")
