"""The plan on a day as Markdown, to be put into a letter or a minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from analysis.base import marks
from analysis.planning.account import BODY_HEADS, HEADS, Account
from analysis.planning.workbook import explained

FIRST = "# План мероприятий издания "


def markdown(account: Account) -> str:
    """Return an account as a Markdown text; whatever the data hold comes out as text."""
    return "\n".join(_lines(account)) + "\n"


def _lines(account: Account) -> Iterator[str]:
    yield f"# {account.title}"
    yield ""
    for sign, words, many in account.counts():
        yield f"- {sign} {words}: {many}"
    yield ""
    yield from _table(HEADS, account.rows())
    yield ""
    yield "## По исполнителям"
    yield ""
    yield from _table(BODY_HEADS, account.bodies())
    yield ""
    yield "## Как считается"
    yield ""
    for name, sentence in explained(account):
        yield f"- **{marks.markdown(name)}.** {marks.markdown(sentence)}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for cells in rows:
        yield f"| {' | '.join(marks.markdown(cell).replace('|', '&#124;') for cell in cells)} |"
