"""Numbers of figures, tables, equations and sections, and the references to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from analysis.base.errors import RenderError, did_you_mean
from analysis.book.config import NBSP
from analysis.book.render.builtin.exhibits import LABEL
from analysis.book.render.builtin.tree import Chapter, Target
from analysis.book.render.common.nodes import Node, find, link, plain_text, rewrite, words

if TYPE_CHECKING:
    from analysis.book.config import Entry

SECTION_NUMBER = re.compile(r"((?:\d+|[А-Я])(?:\.\d+)*)\.?(?=\s|$)")
CAPITAL = re.compile(r"(Fig|Tbl|Eq|Sec)-")
WORDS = {"fig": "Рисунок", "tbl": "Таблица", "eq": "Формула", "sec": "Раздел"}


def number(chapters: Iterable[Chapter]) -> dict[str, Target]:
    """Return everything with a label, exhibits numbered through the book."""
    counts = {"fig": 0, "tbl": 0, "eq": 0}
    targets: dict[str, Target] = {}
    files: dict[str, str] = {}
    for index, chapter in enumerate(chapters):
        file = chapter.entry.file
        for node in find(chapter.blocks, "Div", "Header"):
            identifier = (node["c"][1] if node["t"] == "Header" else node["c"][0])[0]
            kind = identifier.partition("-")[0]
            if not LABEL.fullmatch(identifier) or (kind == "sec") != (node["t"] == "Header"):
                continue
            if identifier in targets:
                raise RenderError(
                    f"{file}: метка «{identifier}» уже занята в файле {files[identifier]}. Переименуйте одну из них."
                )
            if kind == "sec":
                title = plain_text(node["c"][2])
                mark = section_number(node, chapter.entry)
            else:
                counts[kind] += 1
                mark, title = str(counts[kind]), plain_text(node["c"][1][0])
            targets[identifier] = Target(identifier, kind, mark, title, index)
            files[identifier] = file
    return targets


def section_number(header: Node, entry: Entry) -> str:
    """Return the number of a section: the chapter's own, or the one the heading begins with."""
    level, (_, classes, _), inlines = header["c"]
    if level == 1:
        return entry.number
    found = SECTION_NUMBER.match(plain_text(inlines).replace(NBSP, " "))
    return found[1] if found and "unnumbered" not in classes else ""


def resolve(blocks: list[Node], targets: Mapping[str, Target], words_of: Mapping[str, str], where: str) -> list[Node]:
    """Replace `@fig-x`, `[-@tbl-y]` and their like by links that carry the number.

    Parameters
    ----------
    blocks
        Those of a chapter.
    targets
        What can be referred to, by label.
    words_of
        The section `crossref` of the project: «Рисунок», «Таблица» and so on by kind.
    where
        Chapter, and cell if there is one, as messages begin.

    Returns
    -------
    list
        The blocks with links in place of references.

    Raises
    ------
    RenderError
        A reference leads nowhere, is written with a capital, or shares its brackets with a source.
    """

    def cite(node: Node) -> Node | list[Node]:
        citations = node["c"][0]
        ours = [LABEL.fullmatch(citation["citationId"]) is not None for citation in citations]
        if capital := next(
            (citation["citationId"] for citation in citations if CAPITAL.match(citation["citationId"])), None
        ):
            raise RenderError(
                f"{where}: ссылка «@{capital}» записана с прописной буквы. Запишите метку строчными:"
                f" «@{capital[0].lower()}{capital[1:]}»."
            )
        if not any(ours):
            return node
        if not all(ours):
            raise RenderError(
                f"{where}: ссылка на источник и на {citations[ours.index(True)]['citationId']} в одних скобках."
                " Разделите их."
            )
        out: list[Node] = []
        for position, citation in enumerate(citations):
            out += words(", ") if position else []
            out += reference(citation, targets, words_of, where)
        return out

    return rewrite(blocks, {"Cite": cite})


def reference(
    citation: dict[str, Any], targets: Mapping[str, Target], words_of: Mapping[str, str], where: str
) -> list[Node]:
    """Return the link that a reference to a label becomes.

    Parameters
    ----------
    citation
        The reference as pandoc reads it.
    targets
        What can be referred to, by label.
    words_of
        The section `crossref` of the project: «Рисунок», «Таблица» and so on by kind.
    where
        Chapter, as messages begin.

    Returns
    -------
    list
        Inlines: the link and what stands behind it.

    Raises
    ------
    RenderError
        There is no such label.

    """
    label = citation["citationId"]
    target = targets.get(label)
    if target is None:
        kind = label.partition("-")[0]
        raise RenderError(
            f"{where}: ссылка «@{label}» никуда не"
            f" ведёт.{did_you_mean(label, [known for known in targets if known.startswith(kind)])}"
        )
    shown = number_shown(target)
    if citation["citationPrefix"]:
        lead = [*citation["citationPrefix"], {"t": "Str", "c": NBSP}]
    elif citation["citationMode"]["t"] == "SuppressAuthor" or not target.number:
        lead = []
    else:
        lead = [{"t": "Str", "c": prefix(target, words_of) + NBSP}]
    return [link([*lead, {"t": "Str", "c": shown}], f"#{label}", ["xref"]), *citation["citationSuffix"]]


def number_shown(target: Target) -> str:
    """Return what stands for the target in running text: its number, or the title of an unnumbered section."""
    if target.kind == "eq":
        return f"({target.number})"
    return target.number or f"«{target.title}»"


def caption_mark(target: Target, words_of: Mapping[str, str]) -> str:
    """Return what a caption begins with: «Таблица 1 –»."""
    return f"{caption_word(target.kind, words_of)}{NBSP}{target.number}{delimiter(words_of)}"


def delimiter(words_of: Mapping[str, str]) -> str:
    """Return the dash between the number of a caption and its text; it never begins a line."""
    return NBSP + words_of.get("title-delim", "–").strip()


def caption_word(kind: str, words_of: Mapping[str, str]) -> str:
    """Return «Таблица» or «Рисунок», as the project's `crossref` section says."""
    return words_of.get(f"{kind}-title", WORDS[kind])


def prefix(target: Target, words_of: Mapping[str, str]) -> str:
    """Return the word that a bare reference puts before the number."""
    if target.kind == "sec" and target.number.isalpha():
        return words_of.get("apx-prefix", "Приложение")
    return words_of.get(f"{target.kind}-prefix", caption_word(target.kind, words_of))
