"""Cards of finished pages: every number that names one gets its data onto its page, and a script to show them.

A page carries the data of its own numbers as compact JSON, so that it works from disk and by itself; a page
without the script reads the same. `cards.js` describes the format from the other side.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from analysis.base import marks
from analysis.base.bibtex import entries
from analysis.base.errors import RenderError
from analysis.base.ranges import as_ranges
from analysis.book import quantities
from analysis.book.config import NBSP, BookConfig

ASSETS = Path(__file__).resolve().parent / "assets"
FOLDER = "cards"
MINUS = "\u2212"
FILES = ("cards.js", "cards.css")


def add_cards(out: Path, stage: Path, config: BookConfig) -> None:
    """Put the cards of their numbers into the pages of a book, and the script beside them.

    Parameters
    ----------
    out
        Folder with the finished `.html` pages.
    stage
        Folder with `quantities.json` and the sources.
    config
        Names the lists of sources.

    Raises
    ------
    RenderError
        The pages show a number of which nothing is told, or none of them shows one that is told of.
    """
    told = quantities.read(stage)
    sources = cited(tuple(str(stage / name) for name in config.bibliography))
    (out / FOLDER).mkdir(exist_ok=True)
    for name in FILES:
        shutil.copyfile(ASSETS / name, out / FOLDER / name)
    pages = {page: page.read_text(encoding="utf-8") for page in sorted(out.glob("*.html"))}
    asked = {page: marks.on_page(text) for page, text in pages.items()}
    refuse_lost(told["places"], asked)
    for page, wanted in asked.items():
        if wanted:
            text = marks.renamed(pages[page], {name: str(place) for place, name in enumerate(wanted)})
            page.write_text(injected(text, packed(wanted, told, sources)), encoding="utf-8", newline="\n")


def refuse_lost(places: Iterable[Mapping[str, str]], asked: Mapping[Path, list[str]]) -> None:
    """Raise where the numbers on the pages are not those that the chapters have told of."""
    there = {name: page for page, names in asked.items() for name in names}
    known = {place["number"]: place for place in places}
    for name in sorted(set(there) - set(known)):
        raise RenderError(
            f"{there[name].name}: на странице есть число «{name}», о котором главы ничего не сказали. Соберите доклад"
            " заново: report build."
        )
    for name in sorted(set(known) - set(there)):
        place = known[name]
        where = f"{place['chapter']}, {place['exhibit'] or place['section'] or 'начало главы'}"
        raise RenderError(
            f"{where}: число «{place['text']}» не дошло до страницы. Проверьте разметку вокруг него: скобки и обратные"
            " кавычки должны закрываться."
        )


def injected(page: str, data: Mapping[str, Any]) -> str:
    """Return a page with the data of its cards and what shows them."""
    head = (
        f'<link rel="stylesheet" href="{FOLDER}/cards.css">\n<script src="{FOLDER}/cards.js" defer></script>\n</head>'
    )
    body = f'<script type="application/json" id="quantities">{marks.script(data)}</script>\n</body>'
    return body.join(head.join(page.split("</head>", 1)).rsplit("</body>", 1))


def packed(wanted: Iterable[str], told: Mapping[str, Any], sources: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """Return the data of a page's numbers, everything that recurs named by its place.

    Parameters
    ----------
    wanted
        Ids of the numbers on the page, in the order of their places.
    told
        What `quantities.json` holds.
    sources
        Title and date of retrieval of a source by its key.

    Returns
    -------
    dict
        `words`: all words, parted by spaces. `texts`: parted by commas, each the places of its words in base 36.
        `sources`: [title, date of retrieval]. `series`: [table, name, unit, source, locator, status] that rows share.
        `rows`: [series, row, category, place, year, value], one an observation. `numbers`, which the page names by
        their place: [formula in words, rows such as «0-19,25» if any, exact value if more is known than printed], or
        the rows alone where the number is an observation as it stands.
    """
    packing = _Packing(told, sources)
    numbers = [packing.number(name) for name in wanted]
    words = _Pool()
    spelled = ",".join(" ".join(short(words.at(word)) for word in text.split(" ")) for text in packing.texts.list)
    return {
        "words": " ".join(words.list),
        "texts": spelled,
        "sources": packing.cites.list,
        "series": packing.series.list,
        "rows": packing.rows.list,
        "numbers": numbers,
    }


class _Packing:
    """What a page's numbers share, gathered while they are packed one by one."""

    def __init__(self, told: Mapping[str, Any], sources: Mapping[str, tuple[str, str]]) -> None:
        self.told, self.sources = told, sources
        self.texts, self.rows, self.series, self.cites = _Pool(), _Pool(), _Pool(), _Pool()
        self.printed: dict[str, str] = {}
        for place in told["places"]:
            self.printed[place["number"]] = self.printed.get(place["number"], "") + place["text"]

    def row(self, address: str) -> int:
        """Return the place of an observation."""
        seen, texts = self.told["observations"][address], self.texts
        source = seen.get("source", "")
        shared = (
            texts.at(seen["table"]),
            texts.at(seen.get("name", "")),
            texts.at(seen.get("unit", "")),
            self.cites.at(self.sources.get(source, (source, ""))),
            texts.at(seen.get("locator", "")),
            texts.at(seen.get("status", "")),
        )
        own = (
            texts.at(seen.get("category", "")),
            texts.at(seen.get("place", "")),
            seen.get("year", 0),
            seen.get("value", ""),
        )
        return self.rows.at((self.series.at(shared), seen.get("row", 0), *own))

    def number(self, name: str) -> Any:
        """Return what is told of a number, as `packed` describes it."""
        number, printed = self.told["numbers"][name], self.printed[name]
        span = as_ranges([self.row(address) for address in number.get("from", [])], "-", ",")
        if number["kind"] == "datum":
            return int(span) if span.isdigit() else span
        value = number.get("value", "")
        # The unit is said again only where it does not stand beside the printed value.
        unit = number.get("unit", "")
        unit = "" if unit.replace(NBSP, " ") in printed.replace(NBSP, " ") else unit
        more = [f"{value} {unit}".strip()] if "," in value and value.lstrip(MINUS) not in printed else []
        return [self.texts.at(number["words"]), *([span, *more] if span or more else [])]


def short(number: int) -> str:
    """Return a number in base 36, as JavaScript reads it."""
    digits = ""
    while number or not digits:
        number, last = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[last] + digits
    return digits


@cache
def cited(bibliography: tuple[str, ...]) -> Mapping[str, tuple[str, str]]:
    """Return title and date of retrieval of every source by its key."""
    found = {}
    for file in map(Path, bibliography):
        for key, entry in entries(file.read_text(encoding="utf-8"), file.name).items():
            title = ". ".join(part for part in (entry.get("publisher"), entry.get("title")) if part)
            found[key] = (title, ".".join(reversed(entry.get("urldate", "").split("-"))))
    return found


class _Pool:
    """Things that recur, each kept once."""

    def __init__(self) -> None:
        self._places: dict[Any, int] = {}

    def at(self, thing: Any) -> int:
        """Return the place of a thing, a new one for a new thing."""
        return self._places.setdefault(thing, len(self._places))

    @property
    def list(self) -> list[Any]:
        return list(self._places)
