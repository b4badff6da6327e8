"""Anchors and links through the book: every identifier once, every inner link leads somewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from analysis.base.errors import RenderError
from analysis.book.render.builtin.exhibits import LABEL
from analysis.book.render.builtin.tree import Target
from analysis.book.render.common.nodes import Node, find, plain_text, refuse_link, rewrite

if TYPE_CHECKING:
    from analysis.book.config import BookConfig
    from analysis.book.render.builtin.tree import Chapter


def unique(chapters: list[Chapter]) -> list[Chapter]:
    """Give headings of the same name in different chapters different identifiers."""
    seen: set[str] = set()
    out = []
    for chapter in chapters:
        own: set[str] = set()

        def renamed(node: Node, stem: str = chapter.entry.stem, own: set[str] = own, seen: set[str] = seen) -> Node:
            level, (identifier, *rest), inlines = node["c"]
            if identifier in seen and not LABEL.fullmatch(identifier):
                identifier = f"{identifier}-{stem}"
            own.add(identifier)
            return {"t": "Header", "c": [level, [identifier, *rest], inlines]}

        out.append(replace(chapter, blocks=rewrite(chapter.blocks, {"Header": renamed})))
        seen |= own
    return out


def anchors(chapters: list[Chapter]) -> dict[str, int]:
    """Return every identifier with the index of the chapter it is in."""
    homes: dict[str, int] = {}
    for index, chapter in enumerate(chapters):
        for node in find(chapter.blocks, "Div", "Header", "Span", "Table"):
            identifier = (node["c"][1] if node["t"] == "Header" else node["c"][0])[0]
            if identifier:
                homes.setdefault(identifier, index)
    return homes


def checked(chapter: Chapter, homes: dict[str, int], targets: dict[str, Target], config: BookConfig) -> Chapter:
    """Turn links to other chapter files into links to anchors, and refuse those that lead nowhere.

    A link that shows the number of what it leads to counts as a cross-reference,
    however it was written.

    Parameters
    ----------
    chapter
        The chapter.
    homes
        Index of the chapter of each anchor.
    targets
        What has a label and a number.
    config
        The book as `_quarto.yml` describes it.

    Returns
    -------
    Chapter
        The chapter with links that work in every format.

    Raises
    ------
    RenderError
        A link leads nowhere, or to a file that is no chapter.
    """
    starts = {entry.file: index for index, entry in enumerate(config.entries)}

    def follow(node: Node) -> Node:
        attributes, inlines, (target, title) = node["c"]
        refuse_link(target, chapter.entry.file)
        file, mark, anchor = target.partition("#")
        if file.endswith((".ipynb", ".qmd")):
            path = str(PurePosixPath(*normal((PurePosixPath(chapter.entry.file).parent / file).parts)))
            if path not in starts:
                raise RenderError(f"{chapter.entry.file}: ссылка на «{target}» ведёт мимо глав книги.")
            target = f"#{anchor}" if mark else f"#{start_of(starts[path], homes)}"
        if target.startswith("#") and target[1:] not in homes:
            raise RenderError(f"{chapter.entry.file}: ссылка «{target}» никуда не ведёт.")
        found = targets.get(target.removeprefix("#"))
        if found and found.number and plain_text(inlines).endswith(found.number) and "xref" not in attributes[1]:
            attributes = [attributes[0], [*attributes[1], "xref"], attributes[2]]
        return {"t": "Link", "c": [attributes, inlines, [target, title]]}

    return replace(chapter, blocks=rewrite(chapter.blocks, {"Link": follow}))


def start_of(index: int, homes: dict[str, int]) -> str:
    """Return the first anchor of a chapter, empty where it has none."""
    return next((anchor for anchor, home in homes.items() if home == index), "")


def normal(parts: tuple[str, ...]) -> list[str]:
    """Return the parts of a path with `.` and `..` resolved."""
    out: list[str] = []
    for part in parts:
        if part == "..":
            out = out[:-1]
        elif part != ".":
            out.append(part)
    return out
