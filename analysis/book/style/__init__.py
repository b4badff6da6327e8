"""How the prose of the chapters is written: spelling, signs, length, moulds (`report check --text`).

| module | finds |
|---|---|
| `spelling` | words that the dictionary of Russian forms does not know |
| `signs` | straight quotation marks, hyphens for dashes, spaces where none belong |
| `moulds` | sentences of one mould one after another, years told one by one |
| `chapters` | all of these in the chapters of a project and the fragments of an edition |

Nothing here stops a build: what it finds is for the author to judge. `docs/ru/style.md` is the guide.
"""

from analysis.book.style.chapters import in_chapters, without
from analysis.book.style.spelling import PROBLEM, REMEDY, unknown

__all__ = ["PROBLEM", "REMEDY", "in_chapters", "unknown", "without"]
