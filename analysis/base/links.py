"""Where a link may lead: to the web, to a mail address, or to a place inside the book. Everything else is refused.

The rule is a list of what is allowed, held against the target as it is written, so that no disguise of a scheme has to
be known: a tab inside «javascript», a character reference or a percent sign for the colon, «//host» without a scheme.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

# No space, quotation mark, bracket or backslash; the host begins with a letter or a digit.
_WEB = re.compile(
    r"https?://\w[\w.-]*(?::\d+)?(?:[/?#][^\s<>\"'`\\{}|^\x00-\x20\x7f\u200b-\u200f\u2028-\u202e\ufeff]*)?"
)
_MAIL = re.compile(r"mailto:[\w.+-]+@\w[\w.-]*")
_ANCHOR = re.compile(r"#[\w.:-]+")
# A file beside the page: no scheme, no root, no query.
_FILE = re.compile(r"(?:\.\./)?[\w][\w. ()+,~=–-]*(?:/[\w][\w. ()+,~=–-]*)*(?:#[\w.:-]+)?")


def leads_out(target: str) -> bool:
    """Tell whether a target is an address of the web or of a mailbox."""
    return bool(_WEB.fullmatch(target) or _MAIL.fullmatch(target))


def is_anchor(target: str) -> bool:
    """Tell whether a target is a place of the book by its label (`#tbl-plan`)."""
    return bool(_ANCHOR.fullmatch(target))


def allowed(target: str) -> bool:
    """Tell whether a link of the finished book may have this target."""
    return leads_out(target) or is_anchor(target) or bool(_FILE.fullmatch(unquote(target)))
