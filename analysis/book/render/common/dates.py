"""The one date of the book, in words for readers and as seconds for file stamps."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime

from analysis.base.russian import MONTHS, NBSP

# The earliest moment a zip archive can carry: for books that state no date.
NO_DATE = int(datetime(1980, 1, 1, tzinfo=UTC).timestamp())


def book_time(date: str) -> int:
    """Return seconds since 1970 that stand in every file: `SOURCE_DATE_EPOCH`, else the date of the book."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    if match := re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date):
        year, month, day = (int(part or 1) for part in match.groups())
        return int(datetime(year, month, day, tzinfo=UTC).timestamp())
    return NO_DATE


def date_in_words(date: str) -> str:
    """Return «1 декабря 2021 года» for an ISO date, any other text as it is."""
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", date):
        return f"{int(match[3])}{NBSP}{MONTHS[int(match[2]) - 1]} {match[1]}{NBSP}года"
    return date
