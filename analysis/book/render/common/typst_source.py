"""What both renderers write for Typst: the template with its title page, strings, how much a line holds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.book.render.common.dates import date_in_words

if TYPE_CHECKING:
    from analysis.book.config import BookConfig

TEMPLATE = Path(__file__).resolve().parent.parent / "assets" / "report.typ"
UPRIGHT_LINE, TURNED_LINE = 88, 138


def template(config: BookConfig, tight: list[str] | None = None, whole: list[str] | None = None) -> str:
    """Return page and type of the report with the facts of its title page: what stands before the text.

    Parameters
    ----------
    config
        Facts of the book.
    tight
        Names of tables to be set tighter.
    whole
        Of the first page alone: the files of the whole report. A report has title page and contents instead.

    Returns
    -------
    str
        Typst.
    """
    facts = {
        "title": string(config.title),
        "subtitle": array(config.subtitle_lines),
        "author": string(config.author),
        "date": string(date_in_words(config.date)),
    }
    facts["brief"] = "none" if whole is None else array(whole)
    listed = ", ".join(f"{key}: {written}" for key, written in facts.items())
    return f"#let book = ({listed})\n#let tight = {array(tight or [])}\n{TEMPLATE.read_text(encoding='utf-8')}"


def string(text: str) -> str:
    """Return a Typst string."""
    return '"' + re.sub(r'[\x00-\x1f"\\\x7f]', lambda sign: f"\\u{{{ord(sign[0]):x}}}", text) + '"'


def array(texts: list[str]) -> str:
    """Return a Typst array of strings."""
    return f"({''.join(f'{string(text)}, ' for text in texts)})"
