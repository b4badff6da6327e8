"""Which category of a code list a printed cut means: a section of ОКВЭД2 above all."""

from __future__ import annotations

import re

from analysis.catalogue.ingest._indicators import likeness
from analysis.catalogue.read import load

_TOTAL = re.compile(r"^(?:всего(?: по экономике)?|итого|всё население|все население|все возрасты|оба пола|российская федерация)$", re.IGNORECASE)
# Names of sections differ by a word between tables of one publisher («утилизация» – «утилизации»), names of other things by more.
NAMED, CONFIRMED = 0.8, 0.6


class Categories:
    """The categories of one dimension, and what printed cuts were found to be."""

    def __init__(self, dimension: str):
        self.dimension = dimension
        codes = load(dimension) if dimension else None
        self.names = dict(zip(codes["id"], codes["name"], strict=True)) if dimension else {}
        self.found: dict[tuple[str, str], tuple[str, str]] = {}

    def match(self, printed: str, code: str) -> tuple[str, str]:
        """Return the category of a printed cut and an empty text, or why it is none of the dimension's."""
        key = (printed, code)
        if key not in self.found:
            self.found[key] = self._match(printed, code)
        return self.found[key]

    def _match(self, printed: str, code: str) -> tuple[str, str]:
        parts = [part for part in re.split(r" / ", printed) if part]
        if not self.dimension:
            return ("", "") if all(_TOTAL.match(part) for part in parts) else ("", "показатель хранится без разрезов")
        kept = [part for part in parts if not _TOTAL.match(part)]
        if not kept:
            if parts and "TOTAL" in self.names:
                return "TOTAL", ""
            return "", f"не сказано, какая это строка перечня {self.dimension}"
        if len(kept) > 1:
            return "", f"разрез шире перечня {self.dimension}"
        alike = {name: likeness(kept[0], text) for name, text in self.names.items()}
        best = max(alike, key=alike.get)
        if code in self.names and alike[code] >= CONFIRMED:
            return code, ""
        if not code and alike[best] >= NAMED:
            return best, ""
        return "", f"в перечне {self.dimension} такой строки нет"
