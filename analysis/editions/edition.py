"""The edition: which region, which year, compared with whom. One parameter object, strictly checked."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from analysis.base import paths, reads, strict_yaml
from analysis.base.errors import DataError, UsageError, did_you_mean
from analysis.base.fields import plain
from analysis.base.marks import NO_TEXT


def _printable(text: str) -> str:
    if found := NO_TEXT.search(text):
        raise ValueError(f"в тексте есть знак U+{ord(found[0]):04X}, который нельзя напечатать: удалите его")
    return text


_CODE, _LINE = r"^[a-z][a-z0-9-]*$", r"^[^\p{Cc}]*[^\p{Cc}\s][^\p{Cc}]*$"
TerritoryId = Annotated[str, Field(pattern=_CODE)]
Line = Annotated[str, Field(pattern=_LINE), AfterValidator(_printable)]
# Official series do not begin earlier; later is a slip of the finger. The schema of observations has the same.
FIRST, LAST = 1990, 2100
Year = Annotated[int, Field(ge=FIRST, le=LAST)]

_PATTERNS = {_CODE: "нужен код латинскими строчными буквами", _LINE: "нужна одна непустая строка"}


class Edition(BaseModel):
    """What `data/editions/<id>/edition.yml` says.

    Attributes
    ----------
    region : str
        Territory the report is about (id of the territories list).
    year : int
        Last reporting year of the tables.
    published : int
        Year in which the edition came out.
    as_of : datetime.date
        Date of the count of graduates.
    comparison, wider : tuple of str
        Neighbouring regions it is compared with; the country and the district it is part of.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: Line
    title: Line
    subtitle: Line
    region: TerritoryId
    year: Year
    published: Year
    as_of: dt.date
    comparison: Annotated[tuple[TerritoryId, ...], Field(strict=False)]
    wider: Annotated[tuple[TerritoryId, ...], Field(strict=False)]
    first_year: Year | None = None
    city: Line | None = None
    organisation: Line | None = None
    ministry: Line | None = None
    language: Line = "ru"

    @property
    def first_table_year(self) -> int:
        """First year of tables of a few years: what the edition says, two years before its own unless it does."""
        return self.first_year if self.first_year is not None else self.year - 2

    @property
    def all_subjects(self) -> str:
        """The sum of all regions of the country: with it alone is the product of one comparable."""
        return f"{self.wider[0]}-sum"

    @property
    def territories(self) -> tuple[str, ...]:
        """Every territory the report sets side by side, widest first, the region before its neighbours."""
        return (*self.wider, self.region, *self.comparison)


def available() -> list[str]:
    """Return the ids of the editions that have data, in alphabetical order."""
    return sorted(path.parent.name for path in paths.editions().glob("*/edition.yml"))


def read_edition(edition_id: str) -> Edition:
    """Read and check one edition.

    Raises
    ------
    UsageError
        No such edition.
    DataError
        `edition.yml` is unreadable, or a field is unknown, missing or ill-typed.
    """
    file = paths.edition(edition_id) / "edition.yml"
    if edition_id not in available():
        raise UsageError(f"Нет издания «{edition_id}» в папке data/editions.{did_you_mean(edition_id, available())}")
    where = f"Файл {reads.label(reads.note(file))}"
    fields = strict_yaml.load(reads.text(file), where, error=DataError)
    if not isinstance(fields, dict):
        raise DataError(f"{where}: ожидались строки вида «поле: значение».")
    try:
        edition = Edition(**fields)
    except ValidationError as error:
        raise DataError(f"{where}: {plain(error.errors()[0], Edition.model_fields, _PATTERNS)}") from error
    if wrong := _contradiction(edition, edition_id):
        raise DataError(f"{where}: {wrong}")
    return edition


def _contradiction(edition: Edition, folder: str) -> str:
    """Return in what an edition contradicts itself or its folder, empty where nothing does."""
    named = edition.territories
    twice = next((name for place, name in enumerate(named) if name in named[:place]), None)
    if edition.id != folder:
        return f"поле «id» – «{edition.id}», а папка зовётся «{folder}». Исправьте поле или имя папки."
    if edition.published < edition.year:
        return (
            f"издание вышло (published: {edition.published}) раньше отчётного года (year: {edition.year}). Исправьте"
            " один из них."
        )
    if not edition.year <= edition.as_of.year <= edition.published:
        return (
            f"дата учёта (as_of: {edition.as_of}) не между отчётным годом ({edition.year}) и годом выхода"
            f" ({edition.published}). Исправьте дату или годы."
        )
    if edition.first_year is not None and edition.first_year > edition.year:
        return (
            f"первый год таблиц (first_year: {edition.first_year}) позже последнего (year: {edition.year}). Исправьте"
            " один из них."
        )
    if twice is not None:
        return f"территория «{twice}» названа дважды (region, comparison, wider). Оставьте её в одном месте."
    return ""
