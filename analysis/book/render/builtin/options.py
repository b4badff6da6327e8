"""The `#|` options of code cells, as far as the built-in renderer honours them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from analysis.errors import RenderError, did_you_mean


@dataclass(frozen=True)
class Options:
    """What a code cell asks of the renderer."""

    label: str = ""
    fig_cap: str = ""
    fig_alt: str = ""
    tbl_cap: str = ""
    echo: bool | None = None
    include: bool = True
    output: bool | str = True
    warning: bool = False


TYPES: dict[str, tuple[type, ...]] = {
    "label": (str,),
    "fig-cap": (str,),
    "fig-alt": (str,),
    "tbl-cap": (str,),
    "echo": (bool,),
    "include": (bool,),
    "output": (bool, str),
    "warning": (bool,),
}


def cell_options(source: str, where: str) -> tuple[Options, str]:
    """Split a cell into its options and its code."""
    lines = source.splitlines()
    head = 0
    while head < len(lines) and lines[head].startswith("#|"):
        head += 1
    try:
        given: dict[str, Any] = yaml.safe_load("\n".join(line[2:].removeprefix(" ") for line in lines[:head])) or {}
    except yaml.YAMLError as error:
        raise RenderError(f"{where}: параметры «#|» записаны с ошибкой: {error}") from error
    for key, value in given.items():
        if key not in TYPES:
            raise RenderError(
                f"{where}: параметр ячейки «{key}» встроенный рендерер не знает.{did_you_mean(key, TYPES)}"
            )
        if not isinstance(value, TYPES[key]) or (key == "output" and value not in (True, False, "asis")):
            raise RenderError(f"{where}: у параметра ячейки «{key}» недопустимое значение «{value}».")
    return Options(**{key.replace("-", "_"): value for key, value in given.items()}), "\n".join(lines[head:])
