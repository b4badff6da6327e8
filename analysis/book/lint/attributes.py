"""Classes, attributes and links that the book would not honour: pandoc takes any, and nothing would come of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote

from analysis.base.errors import did_you_mean, nearest
from analysis.base.links import allowed, is_anchor, leads_out
from analysis.book.authored.files import SUFFIXES
from analysis.book.diagnostics import Diagnostic
from analysis.book.lint.search import Search
from analysis.book.render.builtin.syntax import CALLOUTS, CLASSES, FACTS, IDS, KEYS, SHORTCODE, SHORTCODES, instead
from analysis.book.render.common.nodes import Node, find

_CLASSES = {
    "Header": ("unnumbered", "unlisted"),
    "Div": ("landscape", "content-visible", "content-hidden", "exhibit-title", "exhibit-note", *CALLOUTS),
    "Span": ("underline", "mark", "smallcaps", "content-visible", "content-hidden"),
}
_SHOWN_IN = ("html", "pdf", "typst", "docx")
# What lies beside the pages of a finished book.
_BESIDE = re.compile(r"(?:\.\./)?(?:(?:data|exhibits|figures)/.+|report\.(?:pdf|docx)|brief\.pdf|provenance\.json)")
_NO_USE = "Уберите его: вид текста задаёт книга."
_LEADS = (
    "Запишите адрес целиком: https://…; место в докладе – меткой: [-@sec-метка]; глава – её файлом: chapters/имя.ipynb."
)


def attributes(tree: Node, search: Search) -> Iterator[Diagnostic]:
    """Yield classes and attributes of blocks, headings and marked words that nothing honours."""
    for node in find(tree["blocks"], *_CLASSES):
        identifier, classes, keys = node["c"][1] if node["t"] == "Header" else node["c"][0]
        yield from _classes(node["t"], classes, search)
        yield from _keys(classes, keys, search)
        if IDS.match(identifier):
            yield search.diagnostic(
                search.line(rf"#{re.escape(identifier)}"),
                f"#{identifier}",
                "метка этого вида не поддерживается",
                "Уберите её; метки бывают fig-, tbl-, eq- и sec-.",
            )


def _classes(kind: str, classes: list[str], search: Search) -> Iterator[Diagnostic]:
    """Yield the classes of a node of a kind that nothing honours."""
    known = _CLASSES[kind]
    for name in classes:
        near = bool(get_close_matches(name.casefold(), known, n=1, cutoff=0.8)) or (name, kind) == ("callout", "Div")
        other = instead(name, CLASSES)
        # A class of the author's own does no harm and no good; a heading has none.
        if name in known or not (near or other or kind == "Header" or "{" in name):
            continue
        if "{" in name:
            line, remedy = search.line(re.escape(name)), "Запишите: ::: {.landscape}."
            yield search.diagnostic(line, name, "атрибуты блока «:::» не закрыты скобкой", remedy)
            continue
        line = search.line(rf"[.{{:\s]{re.escape(name)}(?![\w-])")
        remedy = (did_you_mean(name, known).strip() if near else "") or _sentence(other) or _NO_USE
        yield search.diagnostic(line, f".{name}", f"класса «.{name}» нет", remedy)


def _keys(classes: list[str], keys: list[tuple[str, str]], search: Search) -> Iterator[Diagnostic]:
    """Yield the attributes of a node that nothing honours, and a choice of formats that names none."""
    visibility = [name for name in classes if name in ("content-visible", "content-hidden")]
    for key, value in keys:
        line = search.line(rf"(?<![\w-]){re.escape(key)}[ \t]*=")
        if key == "when-format" and visibility:
            if value not in _SHOWN_IN:
                remedy = f"Есть: {', '.join(_SHOWN_IN)}."
                yield search.diagnostic(line, f"{key}={value}", f"формата «{value}» нет", remedy)
        elif not (key == "title" and set(classes) & set(CALLOUTS)):
            remedy = _sentence(instead(key, KEYS)) or _NO_USE
            yield search.diagnostic(line, f"{key}={value}", f"атрибут «{key}» ничего не меняет", remedy)
    if visibility and not any(key == "unless-format" or key.startswith("when-") for key, _ in keys):
        name = next(name for name in classes if name.startswith("content-"))
        yield search.diagnostic(
            search.line(rf"\.{name}"),
            f".{name}",
            "не сказано, в каком формате показать или скрыть",
            'Допишите: when-format="html".',
        )


def links(tree: Node, search: Search, project: Path, known: set[str]) -> Iterator[Diagnostic]:
    """Yield links that lead nowhere.

    Parameters
    ----------
    tree
        A chapter as pandoc reads it.
    search
        Finds the places of what the tree holds.
    project
        Folder with the chapters.
    known
        Labels of the book.

    Yields
    ------
    Diagnostic
        One a link.
    """
    folder = (project / search.source.file).parent
    for node in find(tree["blocks"], "Link"):
        target = unquote(node["c"][2][0])
        if "{python}" in target or leads_out(node["c"][2][0]):
            continue
        if fault := _fault(target, folder, project, known):
            yield search.diagnostic(search.line(re.escape(target.split(" ")[0] or "]()")), target, *fault)


def shortcodes(search: Search) -> Iterator[Diagnostic]:
    """Yield the `{{< … >}}` of Quarto that stand for nothing here."""
    for found in SHORTCODE.finditer(search.source.text):
        if found["shown"] is not None or (found["name"] == "meta" and found["key"] in FACTS):
            continue
        line = search.source.text.count("\n", 0, found.start()) + 1
        yield search.diagnostic(
            line,
            found[0],
            "вставка «{{< … >}}» в доклад не войдет",
            f"{SHORTCODES.get(nearest(found['name'], SHORTCODES) or found['name'], 'Замените её словами')}.",
        )


def _fault(target: str, folder: Path, project: Path, known: set[str]) -> tuple[str, str] | None:
    """Return what is wrong with a target that is no address of the web, and the remedy."""
    if is_anchor(target):
        if re.match(r"#(?:fig|tbl|eq|sec)-", target) and target[1:] not in known:
            return f"ссылка «{target}» никуда не ведёт", did_you_mean(target[1:], known).strip() or "Исправьте метку."
        return None
    if re.search(rf"\.(?:{'|'.join(SUFFIXES)})$", target, re.IGNORECASE) and allowed(target):
        return (
            f"ссылка ведёт на рисунок «{target}»",
            "Чтобы показать его, поставьте «!» вплотную перед скобкой: ![подпись](файл){#fig-метка}.",
        )
    if re.search(r"\.(?:ipynb|qmd)(?:#.*)?$", target):
        file = (folder / target.partition("#")[0]).resolve()
        return (
            None
            if file.is_file() and file.is_relative_to(project.resolve())
            else (f"главы «{target}» нет", "Исправьте имя файла.")
        )
    if allowed(target) and _BESIDE.fullmatch(target):
        return None
    return f"ссылка «{target}» никуда не ведёт", _LEADS


def _sentence(text: str) -> str:
    return f"{text}." if text else ""
