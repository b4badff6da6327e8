"""Numbers of figures, tables, equations and sections, and the references to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.book.render.builtin.exhibits import LABEL
from analysis.book.render.builtin.nodes import Node, find, link, plain_text, rewrite, words
from analysis.errors import RenderError, did_you_mean

NBSP = "\u00a0"
SECTION_NUMBER = re.compile(r"(?:Приложение\s+)?(\d+(?:\.\d+)*|[А-Я])\.?(?=\s|$)")
WORDS = {"fig": "Рисунок", "tbl": "Таблица", "eq": "Формула", "sec": "Раздел"}


@dataclass(frozen=True)
class Target:
    """Something a reference can point at."""

    label: str
    kind: str
    number: str
    title: str
    chapter: int


def number(chapters: Iterable[tuple[str, list[Node]]]) -> dict[str, Target]:
    """Number all exhibits through the book and list everything with a label.

    Parameters
    ----------
    chapters
        File name and blocks of each chapter, in the order of the book.
    """
    counts = {"fig": 0, "tbl": 0, "eq": 0}
    targets: dict[str, Target] = {}
    files: dict[str, str] = {}
    for index, (file, blocks) in enumerate(chapters):
        for node in find(blocks, "Div", "Header"):
            identifier, classes, _ = node["c"][1] if node["t"] == "Header" else node["c"][0]
            kind = identifier.partition("-")[0]
            if not LABEL.fullmatch(identifier) or (kind == "sec") != (node["t"] == "Header"):
                continue
            if identifier in targets:
                raise RenderError(f"{file}: метка «{identifier}» уже занята в файле {files[identifier]}. Переименуйте одну из них.")
            if kind == "sec":
                title = plain_text(node["c"][2])
                found = SECTION_NUMBER.match(title.replace(NBSP, " "))
                mark = found[1] if found and "unnumbered" not in classes else ""
            else:
                counts[kind] += 1
                mark, title = str(counts[kind]), plain_text(node["c"][1][0])
            targets[identifier] = Target(identifier, kind, mark, title, index)
            files[identifier] = file
    return targets


def resolve(blocks: list[Node], targets: Mapping[str, Target], prefixes: Mapping[str, str], where: str) -> list[Node]:
    """Replace `@fig-x`, `[-@tbl-y]` and their like by links that carry the number."""

    def cite(node: Node) -> Node | list[Node]:
        citations = node["c"][0]
        ours = [LABEL.fullmatch(one["citationId"]) is not None for one in citations]
        if not any(ours):
            return node
        if not all(ours):
            raise RenderError(f"{where}: ссылка на источник и на {citations[ours.index(True)]['citationId']} в одних скобках. Разделите их.")
        out: list[Node] = []
        for position, one in enumerate(citations):
            out += words(", ") if position else []
            out += reference(one, targets, prefixes, where)
        return out

    return rewrite(blocks, {"Cite": cite})


def reference(citation: dict[str, Any], targets: Mapping[str, Target], prefixes: Mapping[str, str], where: str) -> list[Node]:
    label = citation["citationId"]
    target = targets.get(label)
    if target is None:
        kind = label.partition("-")[0]
        raise RenderError(
            f"{where}: ссылка «@{label}» никуда не ведёт.{did_you_mean(label, [one for one in targets if one.startswith(kind)])}"
        )
    shown = number_shown(target)
    if citation["citationPrefix"]:
        lead = [*citation["citationPrefix"], {"t": "Str", "c": NBSP}]
    elif citation["citationMode"]["t"] == "SuppressAuthor" or not target.number:
        lead = []
    else:
        lead = [{"t": "Str", "c": prefixes.get(target.kind, WORDS[target.kind]) + NBSP}]
    return [link([*lead, {"t": "Str", "c": shown}], f"#{label}", ["xref"]), *citation["citationSuffix"]]


def number_shown(target: Target) -> str:
    """Return what stands for the target in running text: its number, or the title of an unnumbered section."""
    if target.kind == "eq":
        return f"({target.number})"
    return target.number or f"«{target.title}»"


def caption_mark(target: Target, prefixes: Mapping[str, str]) -> str:
    """Return what a caption begins with: «Таблица 1 –»."""
    return f"{prefixes.get(target.kind, WORDS[target.kind])}{NBSP}{target.number}{NBSP}–"
