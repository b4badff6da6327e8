"""Read a published report back: its tables as matrices, its text as a reader gets it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from docx import Document
from lxml import html
from openpyxl import load_workbook
from pypdf import PdfReader

from analysis.base.markdown import ON_PAGES

CAPTION = re.compile(r"^(Таблица|Рисунок) (\d+) – (.+)$")
BLOCKS = ("p", "li", "td", "th", "h1", "h2", "h3", "h4", "figcaption", "caption", "dt", "dd", "div", "pre")
Matrix = list[list[str]]


def tidy(text: str) -> str:
    """Return the text on one line: no-break spaces as spaces, soft hyphens gone."""
    return re.sub(r"\s+", " ", text.replace("\u00ad", "").replace("\u200b", "")).strip()


def squeezed(text: str) -> str:
    """Return the text without white space and hyphens, for comparing across line breaks."""
    return re.sub(r"\s+|-", "", text.replace("\u00ad", "").replace("\u200b", ""))


class Web:
    """The HTML book: one page a chapter."""

    def __init__(self, folder: Path):
        self.pages = {
            path.stem: html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot()
            for path in sorted(folder.glob("*.html"))
        }

    def text(self, stem: str) -> str:
        """Return what a reader of the page sees, block by block."""
        main = self.pages[stem].find(".//main")
        return tidy(
            " ".join(
                node.text_content()
                for node in main.iter(*BLOCKS)
                if not any(True for _ in node.iterdescendants(*BLOCKS))
            )
        )

    def captions(self) -> list[tuple[str, int]]:
        found = []
        for stem in self.pages:
            read = (CAPTION.match(tidy(node.text_content())) for node in self.pages[stem].iter("figcaption", "caption"))
            found += [(match[1], int(match[2])) for match in read if match]
        return found

    def table(self, label: str) -> Matrix:
        """Return a table by its label (`tbl-employed`), merged cells repeated; print may show it or not."""
        labels = (label, ON_PAGES + label)
        (holder,) = (node for page in self.pages.values() for node in page.iter() if node.get("id") in labels)
        return _matrix(holder.find(".//table"))

    def alone(self, stems: Iterable[str] | None = None) -> dict[str, str]:
        """Return the captions by label of what pages alone show, of all of them or of some."""
        return {
            node.get("id").removeprefix(ON_PAGES): tidy(node.find("p").text_content())
            for stem in self.pages
            if stems is None or stem in stems
            for node in self.pages[stem].iter("div")
            if "on-pages" in (node.get("class") or "").split()
        }

    def lists(self, stem: str, tag: str) -> list[list[str]]:
        return [
            [tidy(item.text_content()) for item in node.findall("li")]
            for node in self.pages[stem].find(".//main").iter(tag)
        ]


def _matrix(table) -> Matrix:
    """Unfold rowspan and colspan, so that every cell has its column."""
    grid: dict[tuple[int, int], str] = {}
    for y, row in enumerate(table.iter("tr")):
        x = 0
        for cell in row.iterchildren("th", "td"):
            while (y, x) in grid:
                x += 1
            for dy in range(int(cell.get("rowspan", 1))):
                for dx in range(int(cell.get("colspan", 1))):
                    grid[y + dy, x + dx] = _cell_text(cell)
            x += int(cell.get("colspan", 1))
    height, width = (max(key[axis] for key in grid) + 1 for axis in (0, 1))
    return [[grid.get((y, x), "") for x in range(width)] for y in range(height)]


def _cell_text(cell) -> str:
    for line_break in cell.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return "\n".join(tidy(line) for line in cell.text_content().split("\n") if line.strip())


def beside(file: Path) -> Matrix:
    """Return the table of an exhibit's workbook as pages would show it; what a merged cell covers is empty."""
    return [
        ["" if cell.value is None else _shown(cell.value, cell.number_format) for cell in row]
        for row in load_workbook(file)["Таблица"].iter_rows()
    ]


def _shown(value: str | float, form: str) -> str:
    if isinstance(value, str):
        return _lines(value)
    places = len(form.partition(".")[2])
    whole, _, part = f"{abs(value):.{places}f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", " ") if len(whole) > 4 else whole
    return f"{'−' if value < 0 else ''}{grouped}{',' * bool(part)}{part}"


class Word:
    """The DOCX: paragraphs and tables in order."""

    def __init__(self, file: Path):
        self.document = Document(str(file))

    @cached_property
    def text(self) -> str:
        paragraphs = (node for node in self.document.element.body.iter() if node.tag.endswith("}p"))
        return tidy(
            " ".join("".join(part.text or "" for part in node.iter() if part.tag.endswith("}t")) for node in paragraphs)
        )

    def captions(self) -> list[tuple[str, int]]:
        matches = (
            CAPTION.match(tidy(paragraph.text))
            for paragraph in self.document.paragraphs
            if "Caption" in paragraph.style.name
        )
        return [(match[1], int(match[2])) for match in matches if match]

    @cached_property
    def tables(self) -> dict[int, Matrix]:
        """Return the captioned tables by number."""
        found, number = {}, None
        for block in self.document.iter_inner_content():
            if hasattr(block, "rows"):
                if number is not None:
                    found[number] = [[_lines(cell.text) for cell in row.cells] for row in block.rows]
                    number = None
            elif (match := CAPTION.match(tidy(block.text))) and match[1] == "Таблица":
                number = int(match[2])
        return found


def _lines(text: str) -> str:
    return "\n".join(tidy(line) for line in text.split("\n") if line.strip())


class Paper:
    """The PDF as text."""

    def __init__(self, file: Path):
        self.reader = PdfReader(str(file))
        self.pages = [page.extract_text() for page in self.reader.pages]

    @cached_property
    def text(self) -> str:
        return tidy(" ".join(self.pages))

    @cached_property
    def squeezed(self) -> str:
        return "".join(self._sheets)

    @cached_property
    def _sheets(self) -> list[str]:
        # A sentence that goes on overleaf is not parted by the number of the page.
        pages = enumerate(self.pages, 1)
        return [squeezed(re.sub(rf"\A\s*{n}\s*\n|\n\s*{n}\s*\Z", "", page)) for n, page in pages]

    def says(self, words: str) -> bool:
        """Tell whether the words stand in print, breaks of lines and of pages apart.

        A sentence that goes on overleaf goes on below the exhibit at the head of that page.
        """
        told = squeezed(words)
        if told in self.squeezed:
            return True
        for here, overleaf in pairwise(self._sheets):
            parts = [n for n in range(1, len(told)) if here.endswith(told[:n])]
            if any(told[n:] in overleaf for n in parts):
                return True
        return False

    def fonts(self) -> dict[str, bool]:
        """Return the fonts by name and whether each is embedded."""
        found = {}
        for page in self.reader.pages:
            for entry in page.get("/Resources", {}).get("/Font", {}).values():
                font = entry.get_object()
                inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
                descriptor = inner.get("/FontDescriptor", {})
                descriptor = descriptor.get_object() if hasattr(descriptor, "get_object") else descriptor
                found[str(font["/BaseFont"])] = any(
                    key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
                )
        return found
