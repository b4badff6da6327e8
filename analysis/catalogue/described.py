"""What a descriptor must say before tables are read by it.

The part of the Frictionless standard that this house uses.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from analysis.base.errors import DataError
from analysis.base.fields import plain
from analysis.catalogue.patterns import whole

_PLAIN = re.compile(r"\.|(?:\w[\w .-]*/)*\w[\w .-]*")
_SHARED = re.compile(r"(?:\.\./){1,2}schemas/\w[\w-]*\.json")
Name = Annotated[str, Field(min_length=1)]


def _inside(path: str) -> str:
    """Refuse a path that leaves the folder of its descriptor: what lies outside is no table of the package."""
    if (
        PurePosixPath(path).is_absolute()
        or "\\" in path
        or ".." in PurePosixPath(path).parts
        or not path.strip()
        or not path.isprintable()
    ):
        raise ValueError(f"«{path[:60]}» – не путь внутри папки описания")
    # The name becomes that of a page and of a link: with a colon it could be an address, with «#» or «?» it would lead
    # elsewhere.
    if not _PLAIN.fullmatch(path):
        raise ValueError(f"«{path[:60]}»: в имени могут быть буквы, цифры, дефис, подчеркивание, точка и пробел")
    return path


def _schema_path(path: str) -> str:
    """Let a schema lie in the folder of schemas that all layers share, and nowhere else outside."""
    return path if _SHARED.fullmatch(path) else _inside(path)


def _expression(pattern: str) -> str:
    whole(pattern)
    return pattern


Inside = Annotated[str, AfterValidator(_inside)]
SchemaPath = Annotated[str, AfterValidator(_schema_path)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)


class _Constraints(_Part):
    required: bool = False
    unique: bool = False
    pattern: Annotated[str, AfterValidator(_expression)] | None = None
    enum: Annotated[list[str], Field(min_length=1)] | None = None
    minimum: int | float | None = None
    maximum: int | float | None = None


class _Field(_Part):
    name: Name
    type: Literal["string", "integer", "number", "boolean", "date", "year"]
    constraints: _Constraints = _Constraints()


class _Target(_Part):
    resource: str
    fields: Name | Annotated[list[Name], Field(min_length=1)]


class _Reference(_Part):
    fields: Name | Annotated[list[Name], Field(min_length=1)]
    reference: _Target


class Schema(_Part):
    """A Table Schema."""

    fields: Annotated[list[_Field], Field(min_length=1)]
    primaryKey: Name | list[Name] = []  # noqa: N815 - the word of the standard
    foreignKeys: list[_Reference] = []  # noqa: N815 - the word of the standard

    @model_validator(mode="after")
    def _agrees(self) -> Schema:
        names = [field.name for field in self.fields]
        if twice := [name for place, name in enumerate(names) if name in names[:place]]:
            raise ValueError(f"столбец «{twice[0]}» описан дважды")
        used = [*_listed(self.primaryKey), *(name for key in self.foreignKeys for name in _listed(key.fields))]
        if strange := [name for name in used if name not in names]:
            raise ValueError(f"ключ называет столбец «{strange[0]}», а его нет среди fields")
        return self


class Resource(_Part):
    """One resource of a package."""

    name: Name
    path: Inside
    title: str = ""
    type: str = "table"
    licenses: list[dict[str, Any]] = []
    table_schema: Annotated[SchemaPath | dict[str, Any] | None, Field(alias="schema")] = None


class Package(_Part):
    """A Data Package."""

    resources: list[Resource] = []
    licenses: list[dict[str, Any]] = []

    @model_validator(mode="after")
    def _agrees(self) -> Package:
        names = [resource.name for resource in self.resources]
        if twice := [name for place, name in enumerate(names) if name in names[:place]]:
            raise ValueError(f"таблица «{twice[0]}» описана дважды")
        if bare := [
            resource.name for resource in self.resources if resource.type == "table" and resource.table_schema is None
        ]:
            raise ValueError(f"у таблицы «{bare[0]}» нет схемы (schema)")
        return self


def require(described: dict[str, Any], kind: type[Package | Schema], label: str) -> dict[str, Any]:
    """Return a descriptor that says what it must.

    Parameters
    ----------
    described : dict
        A descriptor as JSON gives it.
    kind : type
        `Package` or `Schema`.
    label : str
        The file as the user knows it.

    Returns
    -------
    dict
        The descriptor itself.

    Raises
    ------
    DataError
        A part is missing, of another kind, or contradicts another; file and field are named.
    """
    try:
        kind.model_validate(described)
    except ValidationError as error:
        first = error.errors()[0]
        where = "".join(_named(described, first["loc"]))
        raise DataError(f"Файл {label}{where}: {plain(first)} Исправьте описание.".replace("поле «»: ", "")) from None
    return described


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


def _named(described: Any, path: tuple) -> Iterator[str]:
    """Yield the names of the resource and the field on the way to a fault: a number in a list says little."""
    for part, word in itertools.pairwise(path):
        described = described.get(part) if isinstance(described, dict) else None
        inner = (
            described[word] if isinstance(described, list) and isinstance(word, int) and word < len(described) else None
        )
        if isinstance(inner, dict) and isinstance(inner.get("name"), str):
            yield f", «{inner['name'][:60]}»"
