"""Labels and what refers to them through the whole book, and sources that the list does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from analysis.base.errors import did_you_mean, nearest
from analysis.book.diagnostics import Diagnostic
from analysis.book.lint.search import Search
from analysis.book.render.builtin.exhibits import EQUATION_LABEL, LABEL
from analysis.book.render.common.nodes import Node, find, plain_text, rewrite

_BRACKETS = "Запишите: [@ключ] для источника, [-@fig-метка] для рисунка, таблицы или раздела"
# A word alone in brackets, with a sign «@» that is out of place or none at all.
_NAMED = re.compile(r"(?<![\]\w!])\[(?!-?@[\w:-]+\])(?:[-–−]?@?[ \t]+)?@?([\w:-]+)[ \t]*@?\](?![(\[:{])")
# A key as lists of sources have it: a name and a year.
_KEY = re.compile(r"[A-Za-z][A-Za-z_-]+(?:19|20)\d\d[a-z]?")
_RENAME = "Переименуйте одну из них."
_OF_A_KIND = re.compile(r"(fig|tbl|eq|sec)-")


def labels(tree: Node, search: Search) -> list[tuple[str, Diagnostic]]:
    """Return the labels of a chapter in order, each with the mistake it would be where another has it (`taken`)."""
    found = [
        _attributes(node)[0]
        for node in find(
            tree["blocks"], "Div", "Span", "Header", "Table", "Figure", "Image", "CodeBlock", "Code", "Link"
        )
    ]
    found += [label[1] for node in find(tree["blocks"], "Str") if (label := EQUATION_LABEL.search(node["c"]))]
    given = [
        (label, search.diagnostic(search.line(rf"#{re.escape(label)}(?![\w-])"), f"#{label}", "", _RENAME))
        for label in found
        if label
    ]
    return given + [
        (given.text, search.source.diagnostic(given, 1, given.text, "", _RENAME)) for given in search.source.labels
    ]


def taken(chapters: Iterable[list[tuple[str, Diagnostic]]]) -> Iterator[Diagnostic]:
    """Yield the labels that stand a second time in the book."""
    seen: dict[str, Diagnostic] = {}
    for chapter in chapters:
        for label, mistake in chapter:
            if label in seen:
                first = seen[label]
                place = first.file + (f", ячейка {first.cell}" if first.cell else "") + f", строка {first.line}"
                yield replace(mistake, problem=f"метка «{label}» уже занята ({place})")
            seen.setdefault(label, mistake)


def lost(tree: Node, search: Search, known: Iterable[str], keys: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield references to labels that the book does not have and citations of sources that the list does not hold.

    Parameters
    ----------
    tree
        A chapter as pandoc reads it.
    search
        Finds the places of what the tree holds.
    known
        Labels of the book.
    keys
        Keys of the list of sources.

    Yields
    ------
    Diagnostic
        One a reference.
    """
    known, keys = set(known), set(keys)
    for cite in find(tree["blocks"], "Cite"):
        for citation in cite["c"][0]:
            key = citation["citationId"]
            line = search.line(rf"@\{{?{re.escape(key)}(?![\w])")
            if LABEL.fullmatch(key):
                if key not in known:
                    kind = key.partition("-")[0] + "-"
                    hint = did_you_mean(key, [label for label in known if label.startswith(kind)]).strip()
                    yield search.diagnostic(
                        line,
                        f"@{key}",
                        f"ссылка «@{key}» никуда не ведёт",
                        hint or "Исправьте метку или уберите ссылку.",
                    )
            elif key not in keys:
                near = nearest(key, keys) or nearest(key, filter(_OF_A_KIND.match, known))
                hint = did_you_mean(key, [near]).strip() if near else ""
                remedy = f"{hint} Внесите источник или исправьте ключ; знак «@» сам по себе пишут как «\\@».".strip()
                yield search.diagnostic(line, f"@{key}", f"источника «{key}» нет в data/sources.bib", remedy)


def unread(tree: Node, search: Search, known: Iterable[str], keys: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield references and citations written so that pandoc took their names or brackets for text.

    Parameters
    ----------
    tree
        A chapter as pandoc reads it.
    search
        Finds the places of what the tree holds.
    known
        Labels of the book.
    keys
        Keys of the list of sources.

    Yields
    ------
    Diagnostic
        One a reference.
    """
    names = {*known, *keys}
    # What pandoc read as a citation it repeats as text.
    for node in find(rewrite(tree["blocks"], {"Cite": lambda _: []}), "Str"):
        found = re.search(r"@\{?([\w:-]+(?:[.][\w-]+)*)", node["c"])
        if found and found[1] in names:
            yield search.diagnostic(
                search.line(re.escape(found[0])),
                node["c"],
                "ссылка не прочитана",
                f"{_BRACKETS} и отделите её пробелом от слова.",
            )
    for found in _NAMED.finditer(search.visible):
        if found[1] in names or _KEY.fullmatch(found[1]):
            line = search.visible.count("\n", 0, found.start()) + 1
            hint = "" if found[1] in names else did_you_mean(found[1], keys).strip()
            remedy = f"{hint} {_BRACKETS}, если это ссылка.".strip()
            yield search.diagnostic(line, found[0], "в скобках ключ источника или метка, но не ссылка", remedy)
    for cite in find(tree["blocks"], "Cite"):
        for citation in cite["c"][0]:
            prefix = plain_text([{"t": "Plain", "c": citation["citationPrefix"]}]).strip()
            if prefix and not re.search(r"\w", prefix):
                key = citation["citationId"]
                line = search.line(rf"\[[^\w\]]*@\{{?{re.escape(key)}(?![\w])")
                yield search.diagnostic(
                    line, f"{prefix} @{key}", f"перед ссылкой лишний знак «{prefix}»", _BRACKETS + "."
                )
    for found in re.finditer(r"\[(\[-?@[^\[\]\n]+\])\]|^[ \t]*\(@([\w-]+)\)", search.visible, re.MULTILINE):
        line = search.visible.count("\n", 0, found.start()) + 1
        yield search.diagnostic(line, found[0], "ссылка в лишних скобках", _BRACKETS + ".")


def titles(tree: Node, search: Search) -> Iterator[Diagnostic]:
    """Yield headings of the first level after the first, and a chapter without any: it has one title."""
    if (
        search.source.file.endswith(".ipynb")
        and "title" not in tree["meta"]
        and not any(node["t"] == "Header" and node["c"][0] == 1 for node in tree["blocks"])
    ):
        first = next((node["c"][0] for node in tree["blocks"] if node["t"] == "Header"), 0)
        line = search.line(rf"^#{{{first}}}[ \t]+\S") if first else 1
        yield search.diagnostic(
            line,
            "#" * first,
            "у главы нет названия",
            "Начните ее строкой «# Название {#sec-метка}», с одним знаком «#».",
        )
    found = [node for node in tree["blocks"] if node["t"] == "Header" and node["c"][0] == 1]
    lines = [search.line(r"^#[ \t]+\S") for _ in found]
    for line in lines[1:]:
        yield search.diagnostic(line, "#", "второй заголовок первого уровня", "Поставьте перед ним «##».")


def _attributes(node: Mapping) -> list:
    return node["c"][1] if node["t"] == "Header" else node["c"][0]
