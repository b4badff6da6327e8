"""The words of an exhibit: its note can lose a sentence, its caption cannot."""

from __future__ import annotations

import re
from collections.abc import Callable, Sized

from analysis.book.gaps.sentences import sentences

_NOTE = re.compile(r"(?P<open>\n*::: \{\.exhibit-note\}\n)(?P<words>.*?)(?P<close>\n:::)", re.DOTALL)
_LEAD = re.compile(r"Примечани[ея] [–-] ")
_SOURCES = re.compile(r"Источники?: ")


def without(text: str, dead: Callable[[str], Sized]) -> str | None:
    """Return an exhibit whose note no longer refers to what is left out; None where other words of it do.

    Parameters
    ----------
    text
        The exhibit as Markdown.
    dead
        Tells which references of a text lead nowhere.
    """
    found = _NOTE.search(text)
    if not found:
        return None
    words = found["words"]
    lead = _LEAD.match(words)
    begins = lead.end() if lead else 0
    kept = [
        sentence
        for unit in sentences(words[begins:])
        if not dead(sentence := words[begins + unit.start : begins + unit.end])
    ]
    said = [sentence for sentence in kept if not _SOURCES.match(sentence)]
    note = (lead[0] if lead and said else "") + " ".join(kept)
    whole = f"{found['open']}{note}{found['close']}" if note else ""
    rest = text[: found.start()] + whole + text[found.end() :]
    return None if dead(rest) else rest
