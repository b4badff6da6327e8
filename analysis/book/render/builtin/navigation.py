"""The way around the web book: its pages, their order and the contents of each."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.book.config import HOME
from analysis.book.render.builtin.tree import Chapter, Manuscript
from analysis.book.render.common.dates import date_in_words
from analysis.book.render.common.nodes import find, plain_text

if TYPE_CHECKING:
    from analysis.book.config import BookConfig, Entry


def is_home(entry: Entry) -> bool:
    """Tell whether a file becomes the first page."""
    return entry.stem == HOME


def page_name(entry: Entry) -> str:
    """Return the file name of a page."""
    return f"{entry.stem}.html"


def heading(chapter: Chapter) -> str:
    """Return the title of a chapter as its page prints it, number included."""
    first = next(find(chapter.blocks, "Header"), None)
    return plain_text(first["c"][2]).strip() if first else chapter.entry.title


def page_title(chapter: Chapter, config: BookConfig) -> str:
    """Return the title of a page; of the first page it is that of the book."""
    return config.title if is_home(chapter.entry) else heading(chapter)


def fields(book: Manuscript, index: int, config: BookConfig, downloads: list[Path]) -> dict[str, str]:
    """Return what the page template asks for, apart from the text itself.

    Parameters
    ----------
    book
        The whole book.
    index
        Which of its chapters the page shows.
    config
        The book as `_quarto.yml` describes it.
    downloads
        Files of the other formats that the page offers.

    Returns
    -------
    dict
        Name in the template to HTML.
    """
    chapter = book.chapters[index]
    home = is_home(chapter.entry)
    title = page_title(chapter, config)
    return {
        "title": escape(title if home else f"{title} – {config.title}"),
        "book": escape(config.title),
        "description": escape(config.subtitle or config.title),
        "contents": contents(book, index),
        "sections": sections(chapter),
        "downloads": "".join(
            f'<li><a href="{escape(path.name)}" download>{escape(path.suffix[1:].upper())}</a></li>'
            for path in downloads
        ),
        "cover": cover(config) if home else "",
        "turn": turn(book, index, config),
        "kind": "home" if home else "chapter",
    }


def cover(config: BookConfig) -> str:
    """Return what stands at the top of the first page, as HTML."""
    lines = [f"<h1>{escape(config.title)}</h1>"]
    lines += [f'<p class="{name}">{escape(text)}</p>' for name, text in cover_lines(config) if text]
    return '<header class="cover">' + "".join(lines) + "</header>"


def cover_lines(config: BookConfig) -> list[tuple[str, str]]:
    """Return what is known of the book beside its title, in the order of a title page."""
    return [("subtitle", config.subtitle), ("author", config.author), ("date", date_in_words(config.date))]


def contents(book: Manuscript, index: int) -> str:
    """Return the list of chapters, those of a part under its name."""
    out: list[str] = []
    part = ""
    for position, chapter in enumerate(book.chapters):
        if chapter.entry.part != part:
            out.append("</ul></li>" if part else "")
            part = chapter.entry.part
            out.append(f"<li><span>{escape(part)}</span><ul>" if part else "")
        current = ' aria-current="page"' if position == index else ""
        out.append(f'<li><a href="{page_name(chapter.entry)}"{current}>{escape(heading(chapter))}</a></li>')
    out.append("</ul></li>" if part else "")
    return "<ul>" + "".join(out) + "</ul>"


def sections(chapter: Chapter) -> str:
    """Return the contents of one page; a page of one section needs none."""
    items = [
        (header["c"][0], header["c"][1][0], plain_text(header["c"][2]).strip())
        for header in find(chapter.blocks, "Header")
        if header["c"][0] in (2, 3)
    ]
    if len(items) < 2:
        return ""
    rows = "".join(
        f'<li class="level-{level}"><a href="#{escape(anchor)}">{escape(text)}</a></li>'
        for level, anchor, text in items
    )
    return (
        '<nav class="sections" aria-labelledby="sections-title"><p id="sections-title">На этой'
        f" странице</p><ul>{rows}</ul></nav>"
    )


def turn(book: Manuscript, index: int, config: BookConfig) -> str:
    """Return the links to the previous and the next page.

    Parameters
    ----------
    book
        The whole book.
    index
        Which of its chapters the page shows.
    config
        The book as `_quarto.yml` describes it.

    Returns
    -------
    str
        HTML; a page at an end has one link.
    """
    out = []
    for step, rel, word in ((-1, "prev", "Назад"), (1, "next", "Далее")):
        position = index + step
        if 0 <= position < len(book.chapters):
            other = book.chapters[position]
            out.append(
                f'<a rel="{rel}" href="{page_name(other.entry)}"><small>{word}</small>'
                f" {escape(page_title(other, config))}</a>"
            )
    return "".join(out)
