"""What holds blocks together: sections, divs, lists, tables with captions, footnotes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from analysis.base import inline, marks
from analysis.base.markdown import TITLE, headings
from analysis.book.gaps import flow
from analysis.book.gaps.flow import Block
from analysis.book.gaps.references import marker

_FRAMES = (flow.OPEN, flow.CLOSE)
_MARK = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_STOP = re.compile(r"(\.?)[;,](\s*)$")
_COUNTED = re.compile(r"(\(?)(\d+)([.)][ \t]+)$")


def heading_above(blocks: list[Block], place: int) -> Block | None:
    """Return the nearest heading before a place."""
    return next((block for block in reversed(blocks[:place]) if block.kind == flow.HEADING), None)


def section(blocks: list[Block], heading: Block) -> list[Block]:
    """Return a heading and what stands below it, subsections among it; a div that encloses all of it stays outside."""
    start = blocks.index(heading)
    within = [heading]
    depth = 0
    for block in blocks[start + 1 :]:
        if block.kind == flow.HEADING and block.level <= heading.level:
            break
        depth += (block.kind == flow.OPEN) - (block.kind == flow.CLOSE)
        if depth < 0:
            break
        within.append(block)
    # One that is opened here and closed behind the next heading is not of this section.
    while depth > 0 and (opened := next((block for block in reversed(within) if block.kind == flow.OPEN), None)):
        within, depth = within[: within.index(opened)], depth - 1
    return within


def empty_sections(blocks: list[Block]) -> Iterator[Block]:
    """Yield the headings, deepest first, below which something was left out and nothing is left."""
    found = [block for block in blocks if block.kind == flow.HEADING and not block.gone]
    for heading in sorted(found, key=lambda block: -block.level):
        within = section(blocks, heading)[1:]
        frames = {block for frame in placeholders(within) for block in frame}
        if not any(not block.gone and (block.kind in flow.CONTENT or block in frames) for block in within) and any(
            block.gone for block in within
        ):
            yield heading


def divs(blocks: list[Block]) -> Iterator[tuple[int, int]]:
    """Yield where divs open and close, inner ones first."""
    opened: list[int] = []
    for place, block in enumerate(blocks):
        if block.kind == flow.OPEN:
            opened.append(place)
        elif block.kind == flow.CLOSE and opened:
            yield opened.pop(), place


def placeholders(blocks: list[Block]) -> Iterator[list[Block]]:
    """Yield the divs that never held anything: the build fills them."""
    for start, end in divs(blocks):
        if end == start + 1 and not blocks[start].gone:
            yield blocks[start : end + 1]


def empty_divs(blocks: list[Block]) -> Iterator[list[Block]]:
    """Yield the frames of divs, and the titles in them, of which all content is left out."""
    for start, end in divs(blocks):
        inside = blocks[start + 1 : end]
        if blocks[start].gone or not any(block.gone for block in inside):
            continue
        live = [block for block in inside if not block.gone]
        if all(block.kind == flow.TITLE for block in live):
            yield [blocks[start], *live, blocks[end]]


def exhibit_around(blocks: list[Block], block: Block) -> list[Block]:
    """Return the div of a typed exhibit that a block stands in; nothing where there is none."""
    place = blocks.index(block)
    for start, end in divs(blocks):
        if start < place < end and blocks[start].label[:4] in ("fig-", "tbl-"):
            return blocks[start : end + 1]
    return []


def title_above(blocks: list[Block], block: Block) -> list[Block]:
    """Return the div that an author wrote as the title of the exhibit below it; nothing where there is none."""
    place = blocks.index(block)
    for start, end in divs(blocks[:place]):
        if end == place - 1 and TITLE in blocks[start].text:
            return blocks[start : end + 1]
    return []


def children(blocks: list[Block], block: Block) -> list[Block]:
    """Return the items below an item that are indented deeper."""
    if block.kind != flow.ITEM:
        return []
    found = []
    for other in blocks[blocks.index(block) + 1 :]:
        if other.kind != flow.ITEM or other.level <= block.level or other.cell != block.cell:
            break
        found.append(other)
    return found


def siblings(blocks: list[Block], item: Block) -> list[Block]:
    """Return the items of the list that an item is of."""
    place = blocks.index(item)
    found = [item]
    for side, step in ((blocks[:place][::-1], 0), (blocks[place + 1 :], 1)):
        for other in side:
            if other.kind != flow.ITEM or other.level < item.level or other.cell != item.cell:
                break
            if other.level == item.level:
                found = [*found, other] if step else [other, *found]
    return found


def mend_list(blocks: list[Block], item: Block) -> None:
    """Let a list that lost an item end as it ended, and count without a hole."""
    whole = siblings(blocks, item)
    live = [block for block in whole if not block.gone]
    if not live:
        return
    last = whole[-1].text.rstrip()[-1:]
    if whole[-1].gone and last in ".!" and not children(blocks, live[-1]):
        # That of a short word («т. д.;») ends the list as well.
        live[-1].text = _STOP.sub(lambda found: (found[1] or last) + found[2], live[-1].text)
    first = _COUNTED.match(whole[0].mark)
    for number, block in enumerate(live):
        found = _COUNTED.match(block.mark)
        if first and found:
            mark = f"{found[1]}{int(first[2]) + number}{found[3]}"
            head = block.text.index(block.mark)
            block.text = block.text[:head] + mark + block.text[head + len(block.mark) :]
            block.mark = mark


def list_below(blocks: list[Block], block: Block) -> list[Block]:
    """Return the list that follows a block: typed items, or what a cell without a label shows as a list."""
    found: list[Block] = []
    for other in blocks[blocks.index(block) + 1 :]:
        if other.gone and (other.kind == flow.ITEM or other.kind not in flow.CONTENT):
            continue
        if other.gone:
            break
        if other.kind == flow.ITEM and (not found or found[0].kind == flow.ITEM):
            if found and other.level < found[0].level:
                break
            if not found and block.kind == flow.ITEM and other.level <= block.level:
                break
            found.append(other)
        elif not found and other.kind in (flow.OUTPUT, flow.LOST) and not other.label and _is_list(other):
            return [other]
        else:
            break
    return found


def _is_list(block: Block) -> bool:
    return block.kind == flow.LOST or bool(re.match(r"[ \t\n]*(?:[-*+]|\d+[.)])[ \t]", block.text))


def above(blocks: list[Block], block: Block) -> Block | None:
    """Return what stands right before a block, a frame between them left aside."""
    for other in reversed(blocks[: blocks.index(block)]):
        if other.kind == flow.HEADING:
            return None
        if other.gone and (other.kind != flow.ITEM or other.level <= block.level) and other.kind in flow.CONTENT:
            if other.kind == flow.ITEM and block.kind == flow.ITEM:
                continue
            return None
        if not other.gone and other.kind not in _FRAMES:
            return other
    return None


def ends_what_is_introduced(blocks: list[Block], block: Block) -> bool:
    """Tell whether with a block all that the text before it introduces is gone."""
    if block.kind == flow.ITEM:
        return all(one.gone for one in siblings(blocks, block))
    return block.kind in (flow.LOST, flow.OUTPUT, flow.TABLE, flow.HTML)


def beside(blocks: list[Block], block: Block) -> list[Block]:
    """Return the caption of a table, or the table of a caption: both go."""
    other = flow.CAPTION if block.kind == flow.TABLE else flow.TABLE
    place = blocks.index(block)
    near = [blocks[place - 1] if place else None, blocks[place + 1] if place + 1 < len(blocks) else None]
    return [one for one in near if one is not None and one.kind == other and one.cell == block.cell][:1]


def settle_notes(blocks: list[Block], marked: Collection[str]) -> bool:
    """Take marks of footnotes that are gone out of the text, and drop footnotes that lost their marks.

    Parameters
    ----------
    blocks
        The chapter.
    marked
        Names of the footnotes that its text had marks of.

    Returns
    -------
    bool
        Whether anything changed.
    """
    changed = False
    standing = {name for block in blocks if not block.gone for name in marks_of(block.text)}
    for note in blocks:
        if note.kind != flow.NOTE:
            continue
        if not note.gone and note.mark in marked and note.mark not in standing:
            note.gone = changed = True
        elif note.gone and note.mark in standing:
            without = marker(note.mark)
            for block in blocks:
                block.text = block.text if block.gone else without(block.text)
            changed = True
    return changed


def marks_of(text: str) -> list[str]:
    """Return the names of the footnotes that a text has marks of."""
    return _MARK.findall(text)


def place(blocks: list[Block], block: Block, says: Sequence[Mapping[str, str]]) -> tuple[str, str]:
    """Return identifier and title of the section that a block stands in.

    Parameters
    ----------
    blocks
        The chapter.
    block
        The block; of a heading its own section.
    says
        What the expressions of each cell say, for those in a title.

    Returns
    -------
    tuple of str
        Identifier of the nearest heading with one, title of the nearest heading.
    """
    at = blocks.index(block)
    over = [one for one in reversed(blocks[: at + 1]) if one.kind == flow.HEADING]
    identifier = next((one.label for one in over if one.label), "")
    if not over:
        return identifier, ""
    words = next(headings(over[0].text)).text
    return identifier, marks.words(inline.filled(words, says[over[0].cell]))
