"""Which entry of data/sources.bib a file is: by its title, and by the year of the edition where the entry has one."""

from __future__ import annotations

import re

from analysis.base.errors import UsageError, did_you_mean
from analysis.catalogue.check import bibliography_keys
from analysis.catalogue.opened import publications
from analysis.ingest.placing.indicators import likeness
from analysis.ingest.reading import Reading

ALIKE = 0.75


def match_source(reading: Reading, named: str | None) -> tuple[str, str]:
    """Return the key of the file's source, or an empty key and one sentence that says what is missing.

    Raises
    ------
    UsageError
        The named key is not in data/sources.bib.
    """
    if named is not None:
        if named not in (keys := bibliography_keys()):
            raise UsageError(f"Источника «{named}» в data/sources.bib нет.{did_you_mean(named, keys)}")
        return named, ""
    printed = reading.publication or next((block.title for block in reading.blocks), "")
    text, years = _parted(printed)
    years = years or _years_of_figures(reading)
    entries = [(entry.key, *_parted(entry.title)) for entry in publications().values()]
    alike = [(key, own) for key, title, own in entries if text and likeness(text, title) >= ALIKE]
    matching = [key for key, own in alike if not own or own == years]
    if len(matching) == 1:
        return matching[0], ""
    what = f" («{printed}»)" if printed else ""
    return "", f"файл не говорит, какого он издания{what}. {_remedy([key for key, _ in alike])}"


def _remedy(alike: list[str]) -> str:
    """Return how to name the source, with what it likely is."""
    if not alike:
        return "Назовите запись data/sources.bib: --source КЛЮЧ."
    others = f" Похожи и другие: {', '.join(alike[1:])}." if alike[1:] else ""
    return f"Скорее всего: --source {alike[0]}.{others} Если выпуск новый, сначала впишите его в data/sources.bib."


def _years_of_figures(reading: Reading) -> frozenset[int]:
    """Return the first and the last year of the figures."""
    years = [year for block in reading.blocks for year in block.rows["year"].dropna()]
    return frozenset((int(min(years)), int(max(years)))) if years else frozenset()


def _parted(title: str) -> tuple[str, frozenset[int]]:
    """Part a title from the years it names and from what stands in brackets."""
    years = frozenset(
        int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", re.sub(r"с (?:19|20)\d\d года", "", title))
    )
    text = re.sub(
        r"\([^()]*\)|:\s*статистический сборник|,?\s*(?:19|20)\d\d(?:[-–](?:19|20)\d\d)?\s*(?:годы?|гг\.?)?", " ", title
    )
    return text, years
