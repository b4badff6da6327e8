"""The edition: which region, which year, compared with whom. One parameter object, strictly checked."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analysis import paths, reads
from analysis.errors import DataError, UsageError, did_you_mean

TerritoryId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]

_TYPES = {
    "string_type": "нужна строка",
    "int_type": "нужно целое число",
    "int_from_float": "нужно целое число",
    "date_type": "нужна дата вида 2021-11-01",
    "list_type": "нужен список",
    "tuple_type": "нужен список",
    "string_pattern_mismatch": "нужен код латинскими строчными буквами",
    "missing": "поле не заполнено",
}


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

    id: str
    title: str
    subtitle: str
    region: TerritoryId
    year: int
    published: int
    as_of: dt.date
    comparison: Annotated[tuple[TerritoryId, ...], Field(strict=False)]
    wider: Annotated[tuple[TerritoryId, ...], Field(strict=False)]
    first_year: int | None = None
    city: str | None = None
    organisation: str | None = None
    ministry: str | None = None
    language: str = "ru"

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
    reads.note(file)
    try:
        fields = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        where = f", строка {mark.line + 1}" if (mark := getattr(error, "problem_mark", None)) else ""
        raise DataError(f"Файл {_name(edition_id)}{where}: это не YAML в кодировке UTF-8. Исправьте строку.") from error
    if not isinstance(fields, dict):
        raise DataError(f"Файл {_name(edition_id)}: ожидались строки вида «поле: значение».")
    try:
        edition = Edition(**fields)
    except ValidationError as error:
        raise DataError(f"Файл {_name(edition_id)}: {_plain(error)}") from error
    if edition.id != edition_id:
        raise DataError(f"Файл {_name(edition_id)}: поле «id» – «{edition.id}», а папка зовётся «{edition_id}».")
    return edition


def _name(edition_id: str) -> str:
    return f"data/editions/{edition_id}/edition.yml"


def _plain(error: ValidationError) -> str:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"неизвестное поле «{field}».{did_you_mean(field, Edition.model_fields)}"
    return f"поле «{field}»: {_TYPES.get(first['type'], first['msg'])}."
