"""The last look at what Quarto is given: where links lead, and in which languages raw code is written.

Text of the data cannot become either; what a chapter holds by itself is held to the rules of the built-in renderer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from analysis.book.render.common.nodes import find, refuse_foreign, refuse_link
from analysis.book.render.common.pandoc import MARKDOWN, pandoc

# Tables of the chapters: written by the program, and nine tenths of the text.
_TABLE = re.compile(r"^```\{=html\}\n<table>.*?^```$", re.MULTILINE | re.DOTALL)


def refuse_live(scratch: Path) -> None:
    """Raise at a link or at raw code that the finished book may not hold, with the chapter it stands in."""
    for file in sorted([*scratch.glob("*.qmd"), *scratch.glob("*.ipynb")]):
        # What is odd but harmless in it Quarto tells by itself.
        tree = json.loads(pandoc("-f", MARKDOWN, "-t", "json", "--quiet", text="\n\n".join(_texts(file))))
        for node in find(tree["blocks"], "Link", "RawInline", "RawBlock"):
            if node["t"] == "Link":
                refuse_link(node["c"][2][0], file.name)
            else:
                refuse_foreign(node["c"][0], file.name)


def _texts(file: Path) -> Iterator[str]:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".qmd":
        yield text
        return
    for cell in json.loads(text)["cells"]:
        if cell["cell_type"] == "markdown":
            yield "".join(cell["source"])
            for value in cell["metadata"].get("user_expressions", []):
                yield "".join(value["result"]["data"]["text/markdown"])
        for output in cell.get("outputs", []):
            yield _TABLE.sub("", "".join(output.get("data", {}).get("text/markdown", "")))
