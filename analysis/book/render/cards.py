"""Cards of finished pages: every number that names one gets its data onto its page, and a script to show them.

A page carries the data of its own numbers as compact JSON (`packing`), so that it works from disk and by itself; a
page without the script reads the same.
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
from analysis.book import quantities
from analysis.book.config import BookConfig
from analysis.book.render.packing import packed

ASSETS = Path(__file__).resolve().parent / "assets"
FOLDER = "cards"
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
            names, data = packed(wanted, told, sources)
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


def injected(page: str, data: Mapping[str, Any]) -> str:
    """Return a page with the data of its cards and what shows them."""
    head = (
        f'<link rel="stylesheet" href="{FOLDER}/cards.css">\n<script src="{FOLDER}/cards.js" defer></script>\n</head>'
    )
    body = f'<script type="application/json" id="quantities">{marks.script(data)}</script>\n</body>'
    return body.join(head.join(page.split("</head>", 1)).rsplit("</body>", 1))


@cache
def cited(bibliography: tuple[str, ...]) -> Mapping[str, tuple[str, str]]:
    """Return title and date of retrieval of every source by its key."""
    found = {}
    for file in map(Path, bibliography):
        for key, entry in entries(file.read_text(encoding="utf-8"), file.name).items():
            title = ". ".join(part for part in (entry.get("publisher"), entry.get("title")) if part)
            found[key] = (title, ".".join(reversed(entry.get("urldate", "").split("-"))))
    return found
