"""HTML in Markdown texts outside tables: lost in PDF and Word, so every tag is refused with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.book.authored.passage import PassageError

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*(?::[a-zA-Z]+)?)(\s[^<>]*)?/?>")
_REMEDIES = {
    "b": "**жирный**",
    "strong": "**жирный**",
    "i": "*курсив*",
    "em": "*курсив*",
    "sup": "м^2^ (верхний индекс)",
    "sub": "H~2~O (нижний индекс)",
    "s": "~~зачеркнутый~~",
    "del": "~~зачеркнутый~~",
    "strike": "~~зачеркнутый~~",
    "u": "[подчеркнутый]{.underline}",
    "code": "`код`",
    "kbd": "`клавиша`",
    "a": "[текст](адрес)",
    "h1": "# Заголовок",
    "h2": "## Заголовок",
    "h3": "### Заголовок",
    "h4": "#### Заголовок",
    "ul": "- пункт",
    "ol": "1. пункт",
    "li": "- пункт",
    "hr": "---",
    "blockquote": "> цитата",
    "pre": "``` (строка) код ``` (строка)",
}
_LIVE = frozenset(
    [
        "script",
        "iframe",
        "object",
        "embed",
        "form",
        "input",
        "button",
        "select",
        "textarea",
        "style",
        "link",
        "meta",
        "base",
        "svg",
        "math",
        "video",
        "audio",
        "canvas",
        "applet",
    ]
)


def refused(bare: str) -> Iterator[PassageError]:
    """Yield the HTML of a text whose code, formulas, comments and tables are blanked out; `<br>` may stay."""
    opened = set()
    for tag in _TAG.finditer(bare):
        name = tag[2].lower()
        if name == "br" or (tag[1] and name in opened):
            continue
        opened.add(name)
        if name == "img":
            address = re.search(r"""\ssrc\s*=\s*["']?([^"'\s>]+)""", tag[3] or "")
            remedy = (
                f'Напишите: ![Подпись]({address[1] if address else "img/имя.png"}){{#fig-имя fig-alt="что на рисунке"}}'
            )
        elif name in _REMEDIES:
            remedy = f"Напишите: {_REMEDIES[name]}"
        elif name in ("p", "div", "center"):
            remedy = "Уберите его: абзацы разделяет пустая строка"
        elif name in _LIVE:
            remedy = "Уберите его: в книге ничего не исполняется и не берется из сети"
        else:
            remedy = "Уберите его, оставив текст"
        yield PassageError(
            tag.start(), tag[0][:60], f"HTML <{name}> внутри текста не попадет в PDF и Word", f"{remedy}."
        )
