"""Full-text search for finished pages: an index made now, looked up in the reader's browser.

The index is a script that assigns one global, because pages opened from disk
cannot fetch. Words are cut to their stems by the same Snowball algorithm here
and in the browser, so «выпускников» finds «выпускники».
"""

from __future__ import annotations

import csv
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import snowballstemmer
from lxml import etree, html

from analysis.base import marks
from analysis.book.render import sdmx

ASSETS = Path(__file__).resolve().parent / "assets"
FOLDER = "search"
FILES = ("search.js", "search.css", "russian-stemmer.js")
WORD = re.compile(r"[0-9a-zа-яё]+", re.IGNORECASE)
HEADINGS = ("h1", "h2", "h3", "h4")
TITLE_WEIGHT = 50  # the browser takes the logarithm, so this is some four times one mention
# What is on the page but is not its text.
SKIPPED = {"script", "style", "nav", "template", "annotation", "button"}
SKIPPED_CLASSES = {"exhibit-origin", "numbers", "anchor", "anchorjs-link", "footnote-back"}
INLINE = {"a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u"}


def add_search(out: Path, inject: bool = False) -> Path:
    """Index the pages of a book and lay the search beside them.

    Parameters
    ----------
    out
        Folder with the finished `.html` pages.
    inject
        Whether to put the script and its style sheet into every page.

    Returns
    -------
    Path
        The index file.
    """
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(ASSETS / name, folder / name)
    pages = sorted(out.glob("*.html"), key=lambda path: (path.stem != "index", path.stem))
    index = folder / "index.js"
    index.write_text(
        f"window.BOOK_SEARCH={marks.script(build_index(pages, told_words(out / sdmx.FILE)))};\n",
        encoding="utf-8",
        newline="\n",
    )
    if inject:
        for page in pages:
            page.write_text(injected(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    return index


def injected(page: str) -> str:
    """Return a page that loads the search."""
    markup = f'<link rel="stylesheet" href="{FOLDER}/search.css">\n<script src="{FOLDER}/search.js" defer></script>\n'
    return page.replace("</head>", f"{markup}</head>", 1)


def told_words(facts: Path) -> dict[tuple[str, str], str]:
    """Return what the cards of a section tell beyond its text: indicators, categories, places and exact values.

    Parameters
    ----------
    facts
        The file of all facts; a book without numbers has none.

    Returns
    -------
    dict
        Page and anchor to these words.
    """
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    if facts.is_file():
        with facts.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                told = [row[name] for name in ("INDICATOR", "CATEGORY", "REF_AREA") if row[name]]
                for place in row["PLACES"].split("; "):
                    page, _, anchor = place.partition("#")
                    found[page, anchor] |= dict.fromkeys([*told, row["OBS_VALUE"]])
    return {place: " ".join(words_of) for place, words_of in found.items()}


def build_index(pages: list[Path], told: Mapping[tuple[str, str], str] | None = None) -> dict[str, list | dict]:
    """Return pages, their sections, and for every stem the sections with its weight there.

    Parameters
    ----------
    pages
        Finished pages.
    told
        Page and anchor to what its cards tell: a section is found by that as well, each word counting once.

    Returns
    -------
    dict
        What the browser searches.
    """
    stem = snowballstemmer.stemmer("russian").stemWord
    stems: dict[str, str] = {}
    names: list[list[str]] = []
    sections: list[list[Any]] = []
    postings: dict[str, dict[int, int]] = defaultdict(dict)
    for number, page in enumerate(pages):
        tree = html.fromstring(page.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
        title = " ".join("".join(tree.xpath("(//main//h1)[1]//text()")).split()) or tree.findtext(".//title", "")
        names.append([page.name, title])
        for anchor, heading, text in page_sections(tree):
            section = len(sections)
            sections.append([number, anchor, heading, text])
            for source, weight in ((heading, TITLE_WEIGHT), (text, 1)):
                for word in words(source):
                    root = stems.setdefault(word, stem(word))
                    postings[root][section] = postings[root].get(section, 0) + weight
            for word in words((told or {}).get((page.stem, anchor), "")):
                postings[stems.setdefault(word, stem(word))].setdefault(section, 1)
    flat = {root: [part for pair in found.items() for part in pair] for root, found in sorted(postings.items())}
    return {"pages": names, "sections": sections, "stems": flat}


def words(text: str) -> Iterator[str]:
    """Yield the words of a text as the index knows them."""
    for match in WORD.finditer(text.lower().replace("ё", "е")):
        yield match[0]


def page_sections(tree: etree._Element) -> list[tuple[str, str, str]]:
    """Split a page at its headings into anchor, heading and text."""
    main = next(iter(tree.xpath("//main")), tree)
    found: list[tuple[str, str, list[str]]] = [("", "", [])]

    def visit(element: etree._Element) -> None:
        if not isinstance(element.tag, str):
            return
        classes = set((element.get("class") or "").split())
        if element.tag in SKIPPED or classes & SKIPPED_CLASSES:
            return
        if element.tag in HEADINGS:
            heading = " ".join(text_of(element).split())
            parent = element.getparent()
            anchor = element.get("id") or (parent.get("id") if parent is not None else "") or ""
            found.append((anchor, heading, []))
            return
        found[-1][2].append(element.text or "")
        for child in element:
            visit(child)
            found[-1][2].append(child.tail or "")
        if element.tag not in INLINE:
            found[-1][2].append(" ")

    visit(main)
    joined = ((anchor, heading, " ".join("".join(parts).split())) for anchor, heading, parts in found)
    return [section for section in joined if section[1] or section[2]]


def text_of(element: etree._Element) -> str:
    """Return the text of a heading without its decorations."""
    classes = set((element.get("class") or "").split())
    if not isinstance(element.tag, str) or classes & SKIPPED_CLASSES:
        return ""
    return (element.text or "") + "".join(text_of(child) + (child.tail or "") for child in element)
