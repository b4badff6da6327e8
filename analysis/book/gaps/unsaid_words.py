"""Words typed into a section that nothing known can be held against: where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.base.gaps import Unsaid
from analysis.book.gaps import flow
from analysis.book.gaps.flow import Block


def by_block(blocks: list[Block], unsaid: Sequence[Unsaid]) -> dict[Block, list[Unsaid]]:
    """Return the words that stand in each block, by the block: those of its own section.

    Parameters
    ----------
    blocks
        Of one chapter.
    unsaid
        Words of any chapter.

    Returns
    -------
    dict
    """
    found: dict[Block, list[Unsaid]] = {}
    section = ""
    for block in blocks if unsaid else ():
        if block.kind == flow.HEADING and (name := next(iter(sorted(flow.labels(block))), "")):
            section = name
        for words in unsaid:
            if words.section == section and pattern(words.words).search(block.text):
                found.setdefault(block, []).append(words)
    return found


def pattern(words: str) -> re.Pattern[str]:
    """Return the pattern of words in a text that may break its lines between them."""
    return re.compile(r"\s+".join(map(re.escape, words.split())))
