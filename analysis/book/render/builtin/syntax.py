"""Quarto syntax at the door: what is covered is normalised, what is not stops the build.

A renderer that skips what it does not understand says something wrong without
anybody noticing, so the lists below name Quarto's own constructs and refuse them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from analysis.base import marks
from analysis.base.errors import RenderError
from analysis.book.render.common.nodes import OURS, Node, attr, div, find, plain, refuse_foreign, rewrite, value, words

CALLOUTS = {
    "callout-note": "Примечание",
    "callout-tip": "Совет",
    "callout-important": "Важно",
    "callout-caution": "Осторожно",
    "callout-warning": "Внимание",
}
# What stands for something in Quarto that this book has not, and what to write instead; the first that fits is told.
SHOW_CODE = "Покажите код простым блоком ```python"
CLASSES = (
    (r"panel-.*", "Поставьте части одну под другой, каждую под своим подзаголовком"),
    (r"columns?", "Поставьте части одну под другой"),
    (
        r"column-.*|margin-.*|aside",
        "Поставьте текст в основной столбец, а широкую таблицу – на альбомную страницу: «::: {.landscape}»",
    ),
    (r"hidden", "Удалите этот текст или поставьте его в комментарий <!-- … -->"),
    (r"(non)?incremental", "Уберите класс: список показывается целиком"),
    (r"code-.*|cell-code", SHOW_CODE),
    (r"proof|remark|solution", "Начните абзац словом «Доказательство.», «Замечание.» или «Решение.», а класс уберите"),
    (
        r"callout-(?!note$|tip$|important$|caution$|warning$|title$|body$).*",
        "Возьмите callout-note, callout-tip, callout-important, callout-caution или callout-warning",
    ),
    (r"\{.*", SHOW_CODE),
)
KEYS = (
    (
        r"layout.*|subfig.*|(tbl|fig)-subcap",
        (
            "Соберите рисунок из частей кодом (plt.subplots) или поставьте части одну под другой, каждую со своей"
            " меткой и подписью"
        ),
    ),
    (r"fig-pos|fig-env", "Уберите его: место рисунка выбирает вёрстка"),
    (r"lst-.*|filename|code-.*|startFrom", "Назовите код словами в тексте над блоком, а атрибут уберите"),
    (r"include-.*", "Вставьте сам текст"),
    (
        r"unless-.*|when-(?!format$).*",
        "Для части форматов есть «.content-visible when-format=…» и «.content-hidden when-format=…»",
    ),
)
IDS = re.compile(r"(lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|tip|nte|wrn|imp|cau)-")
SHORTCODE = re.compile(r"\{\{\{<\s*(?P<shown>.*?)\s*>\}\}\}|\{\{<\s*(?P<name>\S+)\s*(?P<key>.*?)\s*>\}\}")
# What `{{< meta … >}}` may ask of the book.
FACTS = ("title", "subtitle", "author", "date")
SHORTCODES = {
    "meta": f"Из сведений о книге есть {', '.join(FACTS[:-1])} и {FACTS[-1]}",
    "include": "Вставьте сам текст в ячейку Markdown",
    "embed": "Повторите нужную ячейку в этой главе",
    "pagebreak": "Уберите её: страницы разбивает вёрстка",
    "video": "Дайте ссылку: [название](https://…)",
    "kbd": "Запишите клавиши в обратных кавычках: `Ctrl+C`",
    "br": "Строку обрывает обратная косая черта в её конце",
    "var": "Вставьте значение выражением: `{python} …`",
    "env": "Вставьте значение выражением: `{python} …`",
    "placeholder": "Вставьте сам рисунок: ![](рисунок.png)",
    "contents": "Уберите её: оглавление строится само",
}
QUOTES = {"DoubleQuote": ("«", "»"), "SingleQuote": ("„", "“")}
# Signs of private use, other ones than those of `analysis.base.carried`: what stands between them is shown as it is.
BEGIN, END = "\ue100", "\ue101"
KEPT = re.compile(f"{BEGIN}((?:[0-9a-f]{{2}})*){END}")


def shortcodes(text: str, meta: Mapping[str, Any], where: str) -> str:
    """Fill `{{< meta key >}}`; no other shortcode is covered. One in three braces is kept to be shown, see `kept`.

    Parameters
    ----------
    text
        Markdown.
    meta
        Facts of the book by key.
    where
        Chapter, and cell if there is one, as messages begin.

    Returns
    -------
    str
        The text, braces of three hidden from pandoc.

    Raises
    ------
    RenderError
        A shortcode is none of those that are covered.
    """

    def fill(match: re.Match[str]) -> str:
        if match["shown"] is not None:
            code = "{{< " + match["shown"] + " >}}"
            return f"{BEGIN}{code.encode().hex()}{END}"
        found = meta.get(match["key"]) if match["name"] == "meta" else None
        if not isinstance(found, str | int | float):
            instead = SHORTCODES.get(match["name"], "Замените её словами")
            raise RenderError(f"{where}: вставка «{match[0]}» в доклад не войдёт. {instead}.")
        return marks.markdown(str(found))

    return SHORTCODE.sub(fill, text)


def kept(node: Node) -> Node:
    """Return a text in which what stood in three braces stands in two."""

    def show(text: str) -> str:
        return KEPT.sub(lambda match: bytes.fromhex(match[1]).decode(), text)

    content = node["c"]
    return {**node, "c": show(content) if isinstance(content, str) else [content[0], show(content[1])]}


def refuse(blocks: list[Node], where: str) -> None:
    """Stop at constructs that mean something to Quarto and nothing to us."""
    for node in find(blocks, "Div", "Span", "Header", "Image", "Figure", "Table", "CodeBlock", "Link"):
        identifier, classes, keys = node["c"][1] if node["t"] == "Header" else node["c"][0]
        for name in classes:
            if remedy := instead(name, CLASSES):
                raise RenderError(f"{where}: класс «.{name}» в докладе не поддерживается. {remedy}.")
        for key, val in keys:
            if remedy := instead(key, KEYS):
                raise RenderError(f"{where}: атрибут «{key}={val}» в докладе не поддерживается. {remedy}.")
        if IDS.match(identifier):
            raise RenderError(
                f"{where}: метка «#{identifier}» этого вида не поддерживается: нумеруются рисунки (fig-), таблицы"
                " (tbl-), формулы (eq-) и разделы (sec-). Уберите метку и сошлитесь словами."
            )


def instead(name: str, known: tuple[tuple[str, str], ...]) -> str:
    """Return what to write in place of a class or an attribute of Quarto, empty where it is no likely one."""
    return next((instead for pattern, instead in known if re.fullmatch(pattern, name)), "")


def normalise(blocks: list[Node], where: str) -> list[Node]:
    """Return the tree with quotation marks set, breaks resolved and callouts in one shape."""
    refuse(blocks, where)
    return rewrite(
        blocks,
        {
            "Quoted": quoted,
            "BulletList": ticked,
            "Str": kept,
            "Code": kept,
            "CodeBlock": kept,
            "RawInline": lambda node: raw_inline_html(node, where),
            "Div": lambda node: callout(node, where),
        },
    )


def ticked(node: Node) -> Node:
    """Return a list in which a box to tick is text: Word has its own signs for lists and would show none."""
    for blocks in node["c"]:
        inlines = blocks[0]["c"] if blocks and blocks[0]["t"] in ("Plain", "Para") else []
        if (
            len(inlines) > 2
            and inlines[0] in ({"t": "Str", "c": "☐"}, {"t": "Str", "c": "☒"})
            and inlines[1]["t"] == "Space"
        ):
            inlines[:2] = [{"t": "Str", "c": f"{inlines[0]['c']}\u00a0"}]
    return node


def quoted(node: Node) -> list[Node]:
    """Return a quotation within its Russian quotation marks."""
    opening, closing = QUOTES[node["c"][0]["t"]]
    return [{"t": "Str", "c": opening}, *node["c"][1], {"t": "Str", "c": closing}]


def raw_inline_html(node: Node, where: str) -> Node | list[Node]:
    """Keep line breaks, drop comments; other HTML would vanish from PDF and Word."""
    fmt, code = node["c"]
    if fmt in OURS:
        return node
    refuse_foreign(fmt, where)
    if re.fullmatch(r"<br\s*/?>", code):
        return {"t": "LineBreak"}
    if code.startswith("<!--"):
        return []
    raise RenderError(
        f"{where}: HTML «{code}» внутри текста не попадёт в PDF и Word. Запишите его средствами Markdown."
    )


def callout(node: Node, where: str) -> Node:
    """Turn a callout into a div of two: its title and its body."""
    attributes, blocks = node["c"]
    kinds = [name for name in attributes[1] if name in CALLOUTS]
    if not kinds:
        return node
    title = words(value(attributes, "title") or CALLOUTS[kinds[0]])
    if blocks and blocks[0]["t"] == "Header":
        title, blocks = blocks[0]["c"][2], blocks[1:]
    if not blocks:
        raise RenderError(f"{where}: пустая выноска «.{kinds[0]}».")
    parts = [div(attr(classes=["callout-title"]), [plain(title)]), div(attr(classes=["callout-body"]), blocks)]
    return div([attributes[0], ["callout", *kinds], []], parts)


def visible(blocks: list[Node], fmt: str) -> list[Node]:
    """Apply `.content-visible` and `.content-hidden` for one of html, typst, docx."""
    names = {"typst": {"typst", "pdf"}}.get(fmt, {fmt})

    def choose(node: Node) -> Node | list[Node]:
        attributes, content = node["c"]
        hidden = "content-hidden" in attributes[1]
        if not hidden and "content-visible" not in attributes[1]:
            return node
        return content if (value(attributes, "when-format") in names) != hidden else []

    return rewrite(blocks, {"Div": choose, "Span": choose})
