"""A finished book read as a reader would find fault with it: what no page may hold, and whose names it may."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
from lxml import html

CASES = ("name", "gen", "dat", "acc", "ins", "loc")
FORMS = (*CASES, "short", *(f"short_{case}" for case in CASES[1:]))
HEADINGS = ("h1", "h2", "h3", "h4", "h5")
CONTENT = ("p", "table", "figure", "li", "img", "pre", "dl")
# What no reader should meet, in the words of a page.
HOLES = {
    "a hole of the program": re.compile(r"\bnan\b|\bNaN\b|\bNone\b|нет данных: |\{python\}|<NA>"),
    "a reference to nothing": re.compile(r"\?\?|\[-?@|@(?:sec|fig|tbl)-"),
    "empty brackets": re.compile(r"\(\s*\)|«\s*»|\[\s*\]"),
    "a blank before a sign": re.compile(r"\w[ \u00a0]+[,;.](?:\s|$)"),
    "two blanks": re.compile(r"\S[ \u00a0]{2,}\S"),
    "two signs": re.compile(r",\s*,|\.\s\.(?!\.)|,\s*\.|;\s*[;.]"),
}
# Where the publisher says what its series of the country and the districts hold, it names whom it means as it will.
PUBLISHERS = ("tbl-breaks", "tbl-gaps")
_BLANK = re.compile(r"\s+")


class Page:
    """The own part of one page."""

    def __init__(self, file: Path) -> None:
        self.name = file.name
        (self.main,) = html.fromstring(file.read_text(encoding="utf-8")).xpath("//main")
        for aside in self.main.xpath(".//nav|.//script|.//style|.//template|.//*[contains(@class, 'pager')]"):
            aside.drop_tree()

    def texts(self) -> Iterator[str]:
        """Yield the words of each paragraph, item, cell, heading and caption, but for what a publisher says."""
        for node in self.main.iter("p", "li", "td", "th", "figcaption", "caption", *HEADINGS):
            around = {frame.get("id") for frame in node.iterancestors()}
            if not node.xpath("./p|./ul|./ol") and not around.intersection(PUBLISHERS):
                yield (node.text_content() or "").replace("\u00ad", "").replace("\u200b", "").strip()

    @property
    def text(self) -> str:
        """The words of the report itself, blanks of any kind as one."""
        return _BLANK.sub(" ", "\n".join(self.texts()))

    def rows(self, table: str) -> list[list[str]]:
        """Return the words of each row of data of a table, by its label without `tbl-`."""
        rows = self.main.xpath(f".//*[@id='tbl-{table}']//tbody/tr")
        return [[(cell.text_content() or "").strip() for cell in row.xpath("./th|./td")] for row in rows]

    def faults(self) -> Iterator[str]:
        """Yield what is wrong with it whatever the region."""
        for text in self.texts():
            for what, pattern in HOLES.items():
                if found := pattern.search(text):
                    yield f"{self.name}: {what}: …{text[max(found.start() - 40, 0) : found.end() + 40]}…"
        yield from self._orphans()
        yield from self._tables()

    def _orphans(self) -> Iterator[str]:
        """Yield headings with nothing below them: the next one is of the same level or higher, or none is."""
        flow = list(self.main.iter(*HEADINGS, *CONTENT))
        for node, below in zip(flow, [*flow[1:], None], strict=True):
            if node.tag in HEADINGS and (below is None or (below.tag in HEADINGS and below.tag <= node.tag)):
                yield f"{self.name}: nothing below the heading «{node.text_content()}»"

    def _tables(self) -> Iterator[str]:
        for table in self.main.iter("table"):
            rows = [[cell.text_content().strip() for cell in row.iter("td")] for row in table.xpath("./tbody/tr")]
            if not rows:
                yield f"{self.name}: an empty table"
            for row in rows:
                if row and set(row) <= {"…", ""}:
                    yield f"{self.name}: a row of nothing known: {row}"


def pages(book: Path) -> list[Page]:
    """Return the pages of a book but for its bibliography, where titles name places."""
    return [Page(file) for file in sorted(book.glob("*.html")) if file.name != "references.html"]


def foreign(text: str, territories: pd.DataFrame, within: Iterable[str], others: Iterable[pd.DataFrame]) -> list[str]:
    """Return the names in a text that belong to none of the territories it may speak of.

    Parameters
    ----------
    text
        Words of a page.
    territories
        The code list with its forms.
    within
        Ids of the territories that the edition sets side by side.
    others
        Names and towns of other regions' own layers.
    """
    known = territories.set_index("id")
    allowed = set(known.loc[list(within), list(FORMS)].to_numpy().ravel()) - {""}
    alien = set(known.drop(index=[*within, "russia-sum"])[list(FORMS)].to_numpy().ravel()) - {""}
    for frame in others:
        alien |= {word for word in frame[frame.columns.intersection(FORMS)].to_numpy().ravel() if word[:1].isupper()}
    for form in sorted(allowed, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(form)}(?!\w)", "#", text)
    return sorted(name for name in alien - allowed - {""} if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def unlisted(text: str, territories: pd.DataFrame, within: Iterable[str]) -> list[str]:
    """Return what looks like a form of a name and is none that the code list has.

    Parameters
    ----------
    text
        Words of a page.
    territories
        The code list with its forms.
    within
        Ids of the territories whose names are looked for.
    """
    listed = set(territories[list(FORMS)].to_numpy().ravel())
    found = set()
    for name in territories.set_index("id").loc[list(within), "name"]:
        # Of each word what no case changes, and any ending.
        words = name.split()
        cut = 2 if len(words) > 1 else 1
        stems = [re.escape(word if len(word) < 4 else word[:-cut]) + r"\w*" for word in words]
        found |= set(re.findall(rf"(?<!\w){' '.join(stems)}", text))
    return sorted(found - listed)
