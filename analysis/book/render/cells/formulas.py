"""LaTeX that cells show: what is one formula is set as one, other LaTeX is not for these formats."""

from __future__ import annotations

import re

from analysis.base.errors import RenderError
from analysis.book.render.cells.addresses import refuse_addresses
from analysis.book.render.common.pandoc import pandoc

# `$…$`, `$$…$$`, `\(…\)`, `\[…\]`: one formula and nothing beside it.
_ONE = re.compile(r"(?P<open>\$\$?|\\\(|\\\[)(?P<tex>(?:\\.|[^\\$])+?)(?P<close>\$\$?|\\\)|\\\])", re.DOTALL)
_PAIRS = {"$": "$", "$$": "$$", "\\(": "\\)", "\\[": "\\]"}
_ENVIRONMENT = re.compile(
    r"\\begin\{(?P<name>equation|align|gather|multline|displaymath|math)(?P<star>\*?)\}(?P<tex>.*)\\end\{(?P=name)(?P=star)\}",
    re.DOTALL,
)
_INSIDE = {"align": "aligned", "gather": "gathered", "multline": "gathered"}


def formula(latex: str, where: str) -> str | None:
    """Return the Markdown of a formula, None where LaTeX is anything else.

    Raises
    ------
    RenderError
        It is a formula with a command that the formats do not know.
    """
    latex = re.sub(r"(?<!\\)%[^\n]*", "", latex).strip()
    if (match := _ONE.fullmatch(latex)) and _PAIRS[match["open"]] == match["close"]:
        tex, block = match["tex"], match["open"] in ("$$", "\\[")
    elif match := _ENVIRONMENT.fullmatch(latex):
        inside = _INSIDE.get(match["name"])
        tex, block = (
            f"\\begin{{{inside}}}{match['tex']}\\end{{{inside}}}" if inside else match["tex"],
            match["name"] != "math",
        )
    else:
        return None
    tex = " ".join(tex.split())
    if not tex:
        return None
    refuse_addresses(tex, where, "формула")
    mark = "$$" if block else "$"
    written = f"{mark}{tex}{mark}"
    try:
        for fmt in (("-t", "typst"), ("-t", "html", "--mathml")):
            pandoc("-f", "markdown", *fmt, text=written)
    except RenderError as error:
        raise RenderError(
            f"{where}: в формуле «{tex[:80]}» есть команда, которой нет в доступном LaTeX. Запишите её обычными"
            " командами."
        ) from error
    return written
