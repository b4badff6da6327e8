"""Who renders a staged book: Quarto where it stands on PATH, or the project's own renderer."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path

from analysis.base.errors import RenderError, UsageError, did_you_mean
from analysis.book.config import BookConfig

RENDERERS = ("auto", "quarto", "builtin")
Render = Callable[[Path, Path, tuple[str, ...], BookConfig, Callable[[str], None]], dict[str, Path]]


def builtin() -> Render:
    """Return the project's own renderer."""
    return importlib.import_module("analysis.book.render.builtin").render


def renderer(name: str) -> Render:
    """Return the renderer of a name; `auto` prefers Quarto where a recent enough one stands on PATH.

    Raises
    ------
    RenderError
        Quarto was asked for by name and is not there, or too old.
    """
    if name not in RENDERERS:
        raise UsageError(f"Нет рендерера «{name}».{did_you_mean(name, RENDERERS)}")
    if name != "builtin":
        quarto = importlib.import_module("analysis.book.render.quarto.run")
        try:
            quarto.executable()
        except RenderError:
            if name == "quarto":
                raise
        else:
            return quarto.render
    return builtin()


def passed_over(name: str) -> str:
    """Return why `auto` does not take a Quarto that stands on PATH; empty where it does or there is none."""
    return importlib.import_module("analysis.book.render.quarto.run").passed_over() if name == "auto" else ""


def tools(render: Render) -> dict[str, str]:
    """Return what a renderer works with, name to version; a renderer that tells nothing has nothing."""
    return getattr(sys.modules[render.__module__], "tools", dict)()


def described(render: Render, passed_over: str = "") -> str:
    """Return one line that says which renderer will work, in which version, and why another one will not."""
    versions = tools(render)
    remark = getattr(sys.modules[render.__module__], "remark", str)() or passed_over
    if "quarto" in versions:
        named = f"Quarto {versions['quarto']}"
    else:
        listed = ", ".join(f"{tool.replace('typst', 'Typst')} {version}" for tool, version in versions.items())
        named = "встроенный" + (f" ({listed})" if listed else "")
    return f"Оформляет: {named}" + (f" – {remark}" if remark else "")
