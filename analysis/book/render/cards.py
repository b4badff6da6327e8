"""Cards of finished pages: every number that names one gets its data onto its page, and a script to show them.

A page carries the data of its own numbers as compact JSON (`packing`), so that it works from disk and by itself; a
page without the script reads the same.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from analysis.base import marks
from analysis.base.bibtex import entries
from analysis.base.errors import RenderError
from analysis.book import quantities
from analysis.book.config import BookConfig
from analysis.book.render import sdmx
from analysis.book.render.packing import Source, packed

ASSETS = Path(__file__).resolve().parent / "assets"
FOLDER = "cards"
FILES = ("cards.js", "cards.css")
SHARED = "book.js"
# A heading and what opened just before it: identifiers stand at the one or at the section around it.
_HEADING = re.compile(r"((?:<section[^>]*>\s*)?)(<h[1-4][^>]*>)(.*?)</h[1-4]>", re.DOTALL)
_ID = re.compile(r'\bid="([^"]+)"')
# What a publisher says of the day of a table, in the note of its entry.
_UPDATED = re.compile(r"Обновлено (\d+ [а-я]+ \d{4} года)")
_LINK = re.compile(r'<a class="anchor.*?</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


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
    sections, spots = stood(told["places"], {page.stem: text for page, text in pages.items()})
    write_shared(out, sections, told.get("series", {}))
    (out / sdmx.FILE).write_text(sdmx.facts(told), encoding="utf-8", newline="\n")
    for page, wanted in asked.items():
        if wanted:
            names, data = packed(wanted, told, sources, spots)
            text = marks.renamed(pages[page], names)
            page.write_text(injected(text, data), encoding="utf-8", newline="\n")


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


def stood(
    places: Iterable[Mapping[str, str]], pages: Mapping[str, str]
) -> tuple[list[tuple[str, str]], dict[str, list[int]]]:
    """Return where numbers stand in the book.

    Parameters
    ----------
    places
        Of `quantities.json`.
    pages
        Page to its text.

    Returns
    -------
    sections : list of tuple
        Address and title of every section that holds a number.
    spots : dict
        Id of a number to the places in `sections` of those it stands in, in reading order.
    """
    titles = {page: _titles(text) for page, text in pages.items()}
    sections: dict[tuple[str, str], int] = {}
    spots: dict[str, dict[int, None]] = {}
    for place in places:
        page, section = Path(place["chapter"]).stem, place["section"]
        if page in titles:
            title = titles[page].get(section) or titles[page].get("", page)
            at = sections.setdefault((f"{page}.html{f'#{section}' if section else ''}", title), len(sections))
            spots.setdefault(place["number"], {})[at] = None
    return list(sections), {number: sorted(at) for number, at in spots.items()}


def _titles(page: str) -> dict[str, str]:
    """Return the titles of the sections of a page by identifier; that of the page has none."""
    found: dict[str, str] = {}
    for before, inside, title in _HEADING.findall(page):
        text = " ".join(unescape(_TAG.sub("", _LINK.sub("", title))).split())
        for name in _ID.findall(before + inside) or [""]:
            found.setdefault(name, text)
        found.setdefault("", text)
    return found


def write_shared(out: Path, sections: list[tuple[str, str]], series: Mapping[str, Any]) -> None:
    """Write what the cards of all pages share: a script, for a page opened from disk can fetch nothing else.

    Parameters
    ----------
    out
        Folder with the finished pages.
    sections
        Address and title of every section that holds a number.
    series
        Series by table, as `quantities.json` holds them.
    """
    data = marks.script({"sections": sections, "series": series})
    (out / FOLDER / SHARED).write_text(f"window.BOOK_FACTS={data};\n", encoding="utf-8", newline="\n")


def injected(page: str, data: Mapping[str, Any]) -> str:
    """Return a page with the data of its cards and what shows them."""
    head = (
        f'<link rel="stylesheet" href="{FOLDER}/cards.css">\n<script src="{FOLDER}/{SHARED}" defer></script>\n'
        f'<script src="{FOLDER}/cards.js" defer></script>\n</head>'
    )
    body = f'<script type="application/json" id="quantities">{marks.script(data)}</script>\n</body>'
    return body.join(head.join(page.split("</head>", 1)).rsplit("</body>", 1))


@cache
def cited(bibliography: tuple[str, ...]) -> Mapping[str, Source]:
    """Return title, release and date of retrieval of every source by its key; what is not recorded is empty."""
    found = {}
    for file in map(Path, bibliography):
        for key, entry in entries(file.read_text(encoding="utf-8"), file.name).items():
            title = ". ".join(part for part in (entry.get("publisher"), entry.get("title")) if part)
            updated = _UPDATED.search(entry.get("note", ""))
            release = updated[1] if updated else _day(entry.get("date", ""))
            found[key] = (title, release, _day(entry.get("urldate", "")))
    return found


def _day(written: str) -> str:
    """Return a date of a list of sources as it is printed: «01.02.2022», «2022»."""
    return ".".join(reversed(written.split("-")))
