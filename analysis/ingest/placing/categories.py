"""Which category of a code list a printed cut means: a section of ОКВЭД2 above all."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.catalogue.opened import load
from analysis.ingest.placing.indicators import likeness
from analysis.ingest.reading import JOINT

_TOTAL = re.compile(
    r"^(?:всего(?: по экономике)?|итого|всё население|все население|все возрасты|оба пола|российская федерация)$",
    re.IGNORECASE,
)
_SECTION = re.compile(r"раздел\s+([A-UА-Я])[.:]?\s+", re.IGNORECASE)
# Letters of sections that look alike in both alphabets; a Cyrillic one is meant as the Latin one.
_LATIN = str.maketrans("АВСЕНІЈКМОРЅТ", "ABCEHIJKMOPST")
# Names of sections differ by a word between tables of one publisher («утилизация» – «утилизации»), names of other
# things by more.
NAMED, CONFIRMED = 0.8, 0.6


class Categories:
    """The categories of one indicator, and what printed cuts were found to be.

    Parameters
    ----------
    dimension : str
        The code list of its categories; empty where it has none.
    cut : str
        The publisher's cut that the indicator is («15-72 лет»), parts joined by `JOINT` in any order; empty where it
        is the total.
    """

    def __init__(self, dimension: str, cut: str = "") -> None:
        self.dimension = dimension
        self.names: dict[str, str] = {}
        if dimension:
            codes = load(dimension)
            self.names = dict(zip(codes["id"], codes["name"], strict=True))
        self.cut = frozenset(map(_folded, _parts(cut)))
        self.known: dict[tuple[str, str, bool], tuple[str, str]] = {}

    def cut_in(self, printed: Iterable[str]) -> bool:
        """Tell whether the indicator's cut stands among printed ones: then the rows without it are something else."""
        return bool(self.cut) and any(self.cut <= set(map(_folded, _parts(label))) for label in printed)

    def match(self, printed: str, code: str, among_cuts: bool = False) -> tuple[str, str]:
        """Return the category of a printed cut and an empty text, or why it is none of the dimension's.

        Parameters
        ----------
        printed, code : str
            As in `Block`: label and code of the cut.
        among_cuts : bool
            The table has rows of the indicator's cut besides others.

        Returns
        -------
        tuple of str
            The category and nothing; or nothing and the reason in words.
        """
        key = (printed, code, among_cuts)
        if key not in self.known:
            self.known[key] = self._match(*key)
        return self.known[key]

    def _match(self, printed: str, code: str, among_cuts: bool) -> tuple[str, str]:
        parts = _parts(printed)
        if among_cuts and not self.cut <= set(map(_folded, parts)):
            return "", "это не тот разрез, который хранится"
        kept = [part for part in parts if not _TOTAL.match(part) and _folded(part) not in self.cut]
        if not self.dimension:
            return ("", "") if not kept else ("", "показатель хранится без разрезов")
        if not kept:
            if parts and "TOTAL" in self.names:
                return "TOTAL", ""
            return "", f"не сказано, какая это строка перечня {self.dimension}"
        if len(kept) > 1:
            return "", f"разрез шире перечня {self.dimension}"
        return self._listed(kept[0], code)

    def _listed(self, name: str, code: str) -> tuple[str, str]:
        if section := _SECTION.match(name):
            # EMISS puts the letter into the name and numbers of its own into the code.
            name, code = name[section.end() :], section[1].upper().translate(_LATIN)
        alike = {known: likeness(name, text) for known, text in self.names.items()}
        best = max(alike, key=lambda known: alike[known])
        if code in self.names and alike[code] >= CONFIRMED:
            return code, ""
        if (not code or re.search(r"\d", code)) and alike[best] >= NAMED:
            return best, ""
        return "", f"в перечне {self.dimension} такой строки нет"


def _parts(printed: str) -> list[str]:
    return [part for part in printed.split(JOINT) if part]


def _folded(part: str) -> str:
    return re.sub(r"\s*[-–—]\s*", "-", " ".join(part.casefold().replace("ё", "е").split()))
