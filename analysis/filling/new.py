"""A new edition: its settings, its empty tables, and the region's folder where there is none; of others the form."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from analysis.base import journal, paths, reads, strict_json
from analysis.base.errors import DataError, UsageError, reason
from analysis.base.files.tables import line
from analysis.base.lock import locked
from analysis.base.ranges import as_ranges
from analysis.base.russian import CASES
from analysis.catalogue import Project, clear_cache
from analysis.catalogue.descriptor import read_package, title_of_any_year
from analysis.catalogue.territories import district_of
from analysis.editions.edition import FIRST, LAST, Edition, available, read_edition
from analysis.editions.named import Named
from analysis.editions.needs import Need
from analysis.filling.needed import needs
from analysis.filling.proposals import COUNTRY, UNLIKE, Proposal, compared, likeness

DESCRIPTOR, SETTINGS = "datapackage.json", "edition.yml"
REGIONS = "regions"
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SUBTITLE = "Анализ условий и план мероприятий"


@dataclass(frozen=True)
class Made:
    """What was made.

    Attributes
    ----------
    edition : Edition
    compared : list of Proposal
        The regions proposed for comparison.
    tables : int
        How many empty tables the edition has.
    region_made : bool
        Whether the folder of the region was made as well.
    by_structure : bool
        Whether those compared were chosen by the structure of value added as well.
    """

    edition: Edition
    compared: list[Proposal]
    tables: int
    region_made: bool
    by_structure: bool


@dataclass(frozen=True)
class Asked:
    """What an edition is to be.

    Attributes
    ----------
    id : str
        Name of its folder.
    region : str
        Id of the subject.
    year : int
        Reporting year.
    as_of : datetime.date, optional
        Day of the count of graduates; that of the edition whose form is taken unless given.
    form : str, optional
        The edition whose form is taken; the last one unless given.
    """

    id: str
    region: str
    year: int
    as_of: dt.date | None = None
    form: str | None = None


def make_edition(project: Project, asked: Asked, before: Callable[[], None] = lambda: None) -> Made:
    """Make the folder of a new edition, whole or not at all.

    Parameters
    ----------
    project : Project
    asked : Asked
    before : callable, optional
        Called when all is right and nothing is written yet: may refuse.

    Returns
    -------
    Made

    Raises
    ------
    UsageError
        The id is no name of a folder or taken, the year has no data, no edition gives the form, or the data cannot be
        written.
    DataError
        The name of a region lacks a form.
    """
    _refuse_id(asked.id)
    form = read_edition(asked.form or _last())
    edition = _edition(project, asked, form)
    _refuse_year(project, edition)
    proposals = compared(project, asked.region, asked.year)
    edition = edition.model_copy(update={"comparison": tuple(proposal.territory for proposal in proposals)})
    _refuse_nameless(project, edition)
    files = {f"{path}/{name}": content for path, name, content in _files(project, edition, form, proposals)}
    region_made = any(name.startswith(f"{REGIONS}/") for name in files)
    before()
    try:
        with locked(paths.data_lock(), journal.BUSY):
            journal.settle()
            journal.prepare(files)
            journal.commit()
    except OSError as error:
        journal.drop()
        raise UsageError(
            f"Издание не записать ({reason(error)}: {error.filename or paths.data()}). Проверьте права и свободное"
            " место; данные остались прежними."
        ) from error
    clear_cache()
    tables = sum(name.startswith("editions/") and name.endswith(".csv") for name in files)
    return Made(read_edition(edition.id), proposals, tables, region_made, _by_structure(project, edition))


def _by_structure(project: Project, edition: Edition) -> bool:
    return bool(likeness(project, edition.region, edition.year)[0])


def _refuse_id(edition_id: str) -> None:
    if not _ID.fullmatch(edition_id):
        raise UsageError(
            f"«{edition_id}» не годится в имя издания: нужны строчные латинские буквы, цифры и дефисы, например"
            " tomsk-2022."
        )
    if paths.edition(edition_id).exists():
        raise UsageError(
            f"Папка data/editions/{edition_id} уже есть. Назовите издание иначе или посмотрите, что в нём: report"
            f" edition status {edition_id}"
        )


def _last() -> str:
    """Return the edition that came out last; the others of its year give way to the first by name."""
    known = [read_edition(name) for name in available()]
    if not known:
        raise UsageError("В data/editions нет ни одного издания, с которого взять форму.")
    latest = max(edition.published for edition in known)
    return min(edition.id for edition in known if edition.published == latest)


def _edition(project: Project, asked: Asked, form: Edition) -> Edition:
    if not FIRST <= asked.year <= LAST:
        raise UsageError(f"Год {asked.year} не между {FIRST} и {LAST}: других в таблицах не бывает.")
    known = project.load("territories").set_index("id")
    published = asked.year + form.published - form.year
    as_of = asked.as_of or _same_day(form.as_of, asked.year + form.as_of.year - form.year)
    if not asked.year <= as_of.year <= published:
        raise UsageError(
            f"Дата учёта {as_of:%d.%m.%Y} не между отчётным годом {asked.year} и годом выхода {published}."
        )
    district = district_of(asked.region, asked.year)
    return Edition(
        id=asked.id,
        title=form.title,
        subtitle=_subtitle(form, known.at[form.region, "name"], known.at[asked.region, "name"]),
        region=asked.region,
        year=asked.year,
        published=published,
        as_of=as_of,
        comparison=(),
        wider=(COUNTRY, district) if district else (COUNTRY,),
        first_year=None if form.first_year is None else max(FIRST, asked.year + form.first_year - form.year),
        language=form.language,
    )


def _same_day(day: dt.date, year: int) -> dt.date:
    """Return the same day of another year, the last of February for a leap day."""
    return day.replace(year=year) if (day.month, day.day) != (2, 29) else dt.date(year, 2, 28)


def _subtitle(form: Edition, its_region: str, region: str) -> str:
    return form.subtitle.replace(its_region, region) if its_region in form.subtitle else f"{_SUBTITLE}. {region}"


def _refuse_year(project: Project, edition: Edition) -> None:
    """Refuse a year for which no official series has anything of the region."""
    held = project.tables_of()
    wanted = {need.what for told in needs(project).values() for need in told if isinstance(need, Need)}
    known: set[int] = set()
    for indicator in sorted(wanted & set(held)):
        rows = project.observations(indicator)
        known |= set(
            rows.loc[rows["territory"].eq(edition.region) & rows["value"].notna(), "year"].dropna().astype(int)
        )
    if edition.year not in known:
        name = project.load("territories").set_index("id").at[edition.region, "name"]
        there = f"в них – {as_ranges(sorted(known))} годы" if known else "в них нет этого региона вовсе"
        raise UsageError(
            f"За {edition.year} год в официальных рядах о регионе «{name}» ничего нет: {there}. Примите файлы Росстата:"
            " report ingest ФАЙЛ; или назовите другой год."
        )


def _refuse_nameless(project: Project, edition: Edition) -> None:
    """Refuse a region, or one set beside it, of whose name a form is missing: chapters ask for any of them."""
    known = project.load("territories").set_index("id")
    for territory in edition.territories:
        row = known.loc[territory]
        name = Named(territory, row["name"], row["short"], "territories", row.to_dict())
        for form in (*CASES, "preposition", "gender"):
            for asked in (form, f"short_{form}"):
                getattr(name, asked)


def _files(
    project: Project, edition: Edition, form: Edition, proposals: Iterable[Proposal]
) -> Iterable[tuple[str, str, bytes]]:
    """Yield the folder within the data, the name and the content of each file."""
    folder = f"editions/{edition.id}"
    yield folder, SETTINGS, settings(project, edition, proposals).encode()
    name = project.load("territories").set_index("id").at[edition.region, "name"]
    title = f"Издание «{name}, {edition.published}»"
    yield from _package(paths.edition(form.id), folder, title)
    own, its = (paths.data() / REGIONS / region for region in (edition.region, form.region))
    if its.is_dir() and not own.exists():
        yield from _package(its, f"{REGIONS}/{edition.region}", name)


def _package(form: Path, folder: str, title: str) -> Iterable[tuple[str, str, bytes]]:
    """Yield a package of the same tables without rows, with the schemas it holds itself."""
    told = strict_json.load(reads.text(form / DESCRIPTOR), f"Файл {reads.label(form / DESCRIPTOR)}")
    resources = [
        {key: value for key, value in resource.items() if key not in {"description", "sources", "licenses", "bytes"}}
        | {"title": title_of_any_year(resource.get("title", resource["name"]))}
        for resource in told["resources"]
    ]
    named = {"name": folder.rpartition("/")[2], "title": title}
    package = {"$schema": told["$schema"], **named, "resources": resources}
    yield folder, DESCRIPTOR, (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()
    for table in read_package(form / DESCRIPTOR, reads.note).values():
        yield folder, table.file.relative_to(form).as_posix(), line(table.columns).encode()
    for schema in sorted((form / "schemas").glob("*.json")):
        yield folder, f"schemas/{schema.name}", schema.read_bytes()


def settings(project: Project, edition: Edition, proposals: Iterable[Proposal]) -> str:
    """Return `edition.yml` as it is written: each field with what it means, each region compared with the reason.

    Parameters
    ----------
    project : Project
    edition : Edition
    proposals : iterable of Proposal
        The regions compared.

    Returns
    -------
    str
        YAML with comments.
    """
    names = project.load("territories").set_index("id")["name"]
    lines = [
        "# Издание: о каком регионе и годе отчет, с кем он сравнивается.",
        f"id: {edition.id}",
        f"title: {json.dumps(edition.title, ensure_ascii=False)}",
        f"subtitle: {json.dumps(edition.subtitle, ensure_ascii=False)}",
        f"region: {edition.region}",
        f"year: {edition.year}            # последний отчетный год таблиц",
        f"published: {edition.published}       # год, в котором выходит издание",
        f"as_of: {edition.as_of}     # дата учета выпускников: проверьте",
        *([] if edition.first_year is None else [f"first_year: {edition.first_year}      # первый год таблиц"]),
        "# С кем сравнивается регион: предложено, проверьте и замените.",
        *([] if _by_structure(project, edition) else [f"# {UNLIKE}"]),
        "comparison:" if edition.comparison else "comparison: []",
        *(f"  - {proposal.territory}  # {names[proposal.territory]}: {proposal.reason}" for proposal in proposals),
        f"wider: [{', '.join(edition.wider)}]",
        f"language: {edition.language}",
    ]
    return "\n".join(lines) + "\n"


def remove_edition(edition_id: str, region: str = "") -> None:
    """Take back what `make_edition` made, where what follows it could not be done.

    Parameters
    ----------
    edition_id : str
    region : str, optional
        The region whose folder was made with it.

    Raises
    ------
    DataError
        A table of it holds rows by now.
    """
    for folder in filter(None, (paths.edition(edition_id), paths.data() / REGIONS / region if region else None)):
        if any(len(reads.text(file).splitlines()) > 1 for file in folder.rglob("*.csv")):
            raise DataError(f"В папке {reads.label(folder)} уже есть данные, она не удалена.")
        shutil.rmtree(folder)
