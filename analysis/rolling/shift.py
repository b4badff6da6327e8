"""The parameters of an edition, shifted to a later year."""

from __future__ import annotations

import datetime as dt
import re

from analysis.base.errors import UsageError
from analysis.editions.edition import LAST, Edition

_FIELDS = ("year", "published", "first_year")


def new_id(edition: Edition, published: int) -> str:
    """Return the id of the edition that comes out in a later year: the same name with that year."""
    named = edition.id.removesuffix(f"-{edition.published}")
    return f"{named}-{published}"


def require_later(edition: Edition, published: int) -> None:
    """Refuse a year in which no later edition can come out.

    Raises
    ------
    UsageError
        It is not later than that of the edition, or is too far off to be a year.
    """
    if published > LAST:
        raise UsageError(f"Год {published} – не год следующего издания. Назовите год, в котором оно выйдет.")
    if published <= edition.published:
        raise UsageError(
            f"Год {published} не позже года, в котором вышло издание «{edition.id}» ({edition.published}). Назовите"
            " год, в котором выйдет следующее."
        )


def shifted(text: str, edition: Edition, published: int) -> str:
    """Return `edition.yml` of the later edition; comments and what else a person wrote there stay.

    Parameters
    ----------
    text : str
        The file of the edition.
    edition : Edition
        What it says.
    published : int
        The year in which the later edition comes out.

    Returns
    -------
    str
        The file with the new id, its years and the day of the count.
    """
    by = published - edition.published
    changed: dict[str, object] = {"id": new_id(edition, published), "as_of": later(edition.as_of, by)}
    changed |= {name: value + by for name in _FIELDS if (value := getattr(edition, name)) is not None}
    for name, value in changed.items():
        text = re.sub(rf"(?m)^({name}[ \t]*:[ \t]*)[^\s#]+", rf"\g<1>{value}", text, count=1)
    return text


def later(day: dt.date, years: int) -> dt.date:
    """Return the same day of a later year; the 28th of February where that year has no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
