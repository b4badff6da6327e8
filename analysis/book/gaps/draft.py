"""A draft keeps every place that has no data, and says what is missing there and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from nbformat import NotebookNode

from analysis.base import gaps as known
from analysis.base import inline, marks
from analysis.base.gaps import Gap
from analysis.base.russian import NO_DATA
from analysis.book.gaps import flow, told

_TABLE = f"| Чего нет | Почему | Кто может дать |\n|{'-' * 40}|{'-' * 30}|{'-' * 30}|"
# Readers of Markdown highlight what has the first class; the second is ours, for pages.
_CLASSES = f".mark .{known.GAP}"


def marked(gaps: Iterable[Gap]) -> str:
    """Return the words that stand in the place of a number that is missing."""
    why = "; ".join(f"{gap.what} – {gap.why}" for gap in gaps)
    return f"[{marks.markdown(f'[{NO_DATA}: {why}]')}]{{{_CLASSES}}}"


def exhibit(label: str, caption: str, gaps: Iterable[Gap]) -> str:
    """Return what stands in the place of a table, a figure or a list.

    Parameters
    ----------
    label
        Its label, empty for a list.
    caption
        Its caption, empty where it is not known.
    gaps
        What is missing.

    Returns
    -------
    str
        Markdown.
    """
    if label in ("", known.SECTION):
        return "\n".join(f"- {marked([gap])}" for gap in gaps)
    rows = [f"| {' | '.join(marks.markdown(cell) for cell in (gap.what, gap.why, gap.who or '–'))} |" for gap in gaps]
    words = f"[{marks.markdown(f'[{NO_DATA}]')}]{{{_CLASSES}}} {marks.markdown(caption or label)}"
    table = "\n".join([_TABLE, *rows])
    return f"::: {{#{label}}}\n\n::: {{.{known.GAP}}}\n\n{table}\n\n:::\n\n{words}\n\n:::"


def mark(cell: NotebookNode, held: Sequence[flow.Block], lacks: Mapping[str, tuple[Gap, ...]]) -> None:
    """Mark the places of a cell that have no data.

    Parameters
    ----------
    cell
        The cell, changed.
    held
        Its blocks.
    lacks
        What its expressions lack.
    """
    if cell.cell_type == "code":
        for block in held:
            if block.kind == flow.LOST:
                caption = cell.outputs[block.start]["data"][known.MIME].get("caption", "")
                text = exhibit(block.label, caption, told.gaps_of(block.records))
                cell.outputs[block.start] = NotebookNode(
                    output_type="display_data", metadata={marks.FROM_DATA: True}, data={"text/markdown": text}
                )
        # A caption that the options give is that of what is not there.
        cell.source = flow.OPTIONS.sub("", cell.source)
        return
    for block in held:
        if block.kind in (flow.HEADING, flow.TABLE, flow.HTML):
            # Contents and cells of tables take words and no marks.
            for start, end, expression in reversed(list(inline.spans(block.text))):
                if expression in lacks:
                    block.text = block.text[:start] + NO_DATA + block.text[end:]
    for value in cell.metadata.get("user_expressions", []):
        if value["expression"] in lacks:
            value["result"]["data"] = {"text/markdown": marked(lacks[value["expression"]])}
