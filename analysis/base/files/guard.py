"""Text from outside on its way into a CSV: whoever opens the file must see text and never run it.

Excel, LibreOffice and Google Sheets take a cell of a CSV for a formula when it begins with «=», «+», «-», «@», also
behind quotes, spaces or control characters (OWASP, CSV Injection). An apostrophe before it makes it text. A workbook
says of each cell what it is, so there the text itself stays as it is: see `analysis.base.files.workbook`.
"""

from __future__ import annotations

import re

# What a spreadsheet, or a program that cleans a table for one, may drop from before a sign: spaces of every width,
# control characters, marks that are not seen (joiners, directions, byte order), quotes.
_BREAKS = "\t\n\x0b\x0c\r"
_UNSEEN = (
    r"\x00-\x08\x0e-\x20\x7f-\xa0\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f"
    r"\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    r"\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff'\""
)
# Also the wide and the small forms, which a spreadsheet of an East Asian locale takes for the same signs.
_PLUS, _MINUS, _AT, _EQUAL = "+\ufe62\uff0b", "\u2212\ufe63\uff0d-", "@\ufe6b\uff20", "=\ufe66\uff1d"
_SIGNS = f"{_EQUAL}{_PLUS}{_AT}|\uff5c{_MINUS}"
# A cell that begins with a break is left to no program's taste either; «%0A=» is a break to those that decode
# addresses.
_LIVE = re.compile(rf"[{_UNSEEN}{_BREAKS}]*(?:[{_SIGNS}]|%[0-9A-Fa-f]{{2}})|'*[\t\r\n]")
_NUMBER = re.compile(
    r"[-+\u2212]?(?:[0-9]+|[0-9]{1,3}(?:["
    r" \u00a0\u2009\u202f][0-9]{3})+|(?=[.,]))(?:[.,][0-9]+)?(?:[eE][-+]?[0-9]+)?\s*%?"
)
# A number and its unit behind a printed minus, which no spreadsheet computes with: «−9,2 п. п.».
_MEASURE = re.compile(r"\u2212[0-9][^=+@|!(\t\n\r]*")
# Within a cell a dash or a plus begins items and asides; a formula that does harm calls something.
_CALLS = re.compile(r"[(\uff08|\uff5c]|[!\uff01][$#\w]")
_INNER = {
    own: re.compile(rf"(?<=[{others}\t\n\r])(?=([{_UNSEEN}]*)([{_EQUAL}]|[{_PLUS}{_AT}{_MINUS}]))")
    for own, others in ((",", ";"), (";", ","))
}


def live_formula_safe(text: str) -> str:
    """Return a text as it may stand in a cell of a CSV: one that a spreadsheet would run gets an apostrophe before it.

    A number keeps its sign, a lone dash stays a dash, as neither can do harm; everything else that begins like a
    formula is guarded.
    """
    return f"'{text}" if _is_live(text) else text


def guarded(text: str, delimiter: str) -> str:
    """Return a text as it may stand in a CSV whatever separator the file is opened with.

    A comma file double-clicked in a Russian Excel is cut at semicolons, a semicolon file in an English one at commas,
    and both at line breaks within cells: what would begin a formula there gets its apostrophe there.

    Parameters
    ----------
    delimiter : {',', ';'}
        The separator the file is written with; cells that hold it are quoted.
    """
    if not text or text.isalnum():
        return text
    return live_formula_safe(_INNER[delimiter].sub(lambda at: "'" if _runs_on(at) else "", text))


def unguarded(text: str, delimiter: str) -> str:
    """Return the text that `guarded` was given."""
    if "'" not in text:
        return text
    if text[0] == "'" and _is_live(text[1:]):
        text = text[1:]
    # An apostrophe of ours stands before a place that needs one; the guard put it there once.
    places = [
        at.start()
        for at in _INNER[delimiter].finditer(text)
        if text[at.start() : at.start() + 1] == "'" and _runs_on(at)
    ]
    kept = [
        text[begin:end] for begin, end in zip([0, *(place + 1 for place in places)], [*places, len(text)], strict=True)
    ]
    return "".join(kept)


def _is_live(text: str) -> bool:
    if not _LIVE.match(text):
        return False
    return not (_NUMBER.fullmatch(text.strip()) or _MEASURE.fullmatch(text)) and bool(text.strip("-\u2212 "))


def _runs_on(at: re.Match) -> bool:
    return at[2] in _EQUAL or bool(_CALLS.search(at.string, at.end(2)))
