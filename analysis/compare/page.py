"""A comparison as one page for reviewers: it asks nothing of the network, runs nothing, and needs no colour."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from analysis.compare.account import NOTHING, Cell, Grid, Passage, Section, where
from analysis.compare.comparison import Comparison
from analysis.compare.telling import title, told
from analysis.compare.words import COME, GONE

# By its first line the command knows a page it wrote.
FIRST = "<!doctype html><!-- report diff -->"
# Rows of a table that lie open; more of them are folded.
OPEN = 30
STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 "PT Sans",Arial,sans-serif;max-width:72rem;margin:0 auto;padding:0 1rem 3rem;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.25rem;margin-top:2.5rem;border-bottom:2px solid}
h3{font-size:1rem;margin:1.5rem 0 .5rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dt{font-weight:bold}dd{margin:0}
table{border-collapse:collapse;width:100%;font-size:.875rem}
th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #888}
th{border-bottom:2px solid}
.n{text-align:right;font-variant-numeric:tabular-nums}
.p{margin:.75rem 0;padding-left:.75rem;border-left:4px solid #888}
.w{font-size:.8125rem;margin:0}
.t,.r{margin:.125rem 0}.r{font-size:.875rem}
del{text-decoration:line-through;background:#f3d6d6;color:#000}
ins{text-decoration:underline;text-decoration-thickness:2px;font-weight:bold;background:#d8efd8;color:#000}
del::before{content:"[\\2212"}del::after{content:"]"}ins::before{content:"{+"}ins::after{content:"}"}
summary{cursor:pointer;padding:.5rem 0}
@media (max-width:40rem){
dl{display:block}dd{margin:0 0 .5rem}
table,tbody,tr,td{display:block}thead{display:none}
tr{border-bottom:2px solid #888;padding:.5rem 0}
td,td.n{border:0;padding:0;text-align:left}td:empty{display:none}
td::before{content:attr(data-h) ": ";font-weight:bold}
}
@media print{details>*{display:block}}
"""


def page(compared: Comparison) -> str:
    """Return a comparison as a self-contained page of HTML."""
    sections = told(compared)
    body = "\n".join(line for section in sections for line in _section(section))
    short = "\n".join(
        f'<dt><a href="#{section.part}">{escape(section.title)}</a></dt><dd>{escape(section.short)}</dd>'
        for section in sections
    )
    name = escape(title(compared))
    return f"""{FIRST}
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}</title>
<style>{STYLE}</style>
</head>
<body>
<h1>{name}</h1>
<dl>
{short}
</dl>
<p>В тексте <del>так отмечено, чего больше нет</del>, <ins>так – что появилось</ins>.</p>
{body}
</body>
</html>
"""


def _section(section: Section) -> Iterator[str]:
    yield f'<h2 id="{section.part}">{escape(section.title)}</h2>'
    yield f"<p>{escape(section.short[:1].upper() + section.short[1:])}.</p>"
    if section.remark:
        yield f"<p>{escape(section.remark)}</p>"
    for grid in section.grids:
        yield from _grid(grid)
    for group in section.groups:
        yield from _folded(group.title, [_passage(passage) for passage in group.passages])
    if not (section.remark or section.grids or section.groups):
        yield f"<p>{NOTHING}</p>"


def _grid(grid: Grid) -> Iterator[str]:
    if not grid.rows:
        yield f"<h3>{escape(grid.title)}</h3><p>{NOTHING}</p>"
        return
    heads = "".join(f"<th{_side(grid, head)}>{escape(head)}</th>" for head in grid.heads)
    rows = "\n".join(
        "<tr>"
        + "".join(
            f'<td{_side(grid, head)} data-h="{escape(head)}">{_words(cell)}</td>'
            for head, cell in zip(grid.heads, row, strict=True)
        )
        + "</tr>"
        for row in grid.rows
    )
    table = f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    yield from _folded(grid.title, [table], len(grid.rows))


def _folded(name: str, lines: list[str], many: int | None = None) -> Iterator[str]:
    """Yield a part of the page, folded where it is long; a printed page shows it all the same."""
    many = len(lines) if many is None else many
    yield f"<details{' open' if many <= OPEN else ''}><summary><b>{escape(name)}</b> ({many})</summary>"
    yield from lines
    yield "</details>"


def _side(grid: Grid, head: str) -> str:
    return ' class="n"' if head in grid.right else ""


def _passage(passage: Passage) -> str:
    words = f'<p class="t">{_words(passage.words)}</p>' if passage.words else ""
    remark = f'<p class="r">{escape(passage.remark)}</p>' if passage.remark else ""
    return f'<div class="p"><p class="w">{escape(where(passage))}</p>{words}{remark}</div>'


def _words(words: Cell) -> str:
    if isinstance(words, str):
        return escape(words)
    names = {GONE: "del", COME: "ins"}
    return "".join(
        f"<{names[sign]}>{escape(text)}</{names[sign]}>" if sign in names else escape(text) for sign, text in words
    )
