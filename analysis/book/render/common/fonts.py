"""PT Serif and PT Sans from their packages: the only typefaces the book is set in."""

from __future__ import annotations

import shutil
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from analysis.base.errors import RenderError

FAMILIES = {"PT Serif": ("fontpkg_pt_serif", "PT_Serif-Web"), "PT Sans": ("fontpkg_pt_sans", "PT_Sans-Web")}
STYLES = {"Regular": (400, "normal"), "Italic": (400, "italic"), "Bold": (700, "normal"), "BoldItalic": (700, "italic")}


def folders() -> list[str]:
    """Return the folders in which the packages keep their fonts."""
    return [str(Path(str(files(package))) / "files") for package, _ in FAMILIES.values()]


def others() -> str:
    """Return a folder with what PT lacks, as emoji and other alphabets: its last font has a sign for every character.

    They come with matplotlib; a print format that had no glyph for a character of the data would end the build.
    """
    package = find_spec("matplotlib")  # found and not imported, which would take a second
    if package is None or package.origin is None:
        raise RenderError("Не найден пакет matplotlib: переустановите зависимости (make install).")
    return str(Path(package.origin).parent / "mpl-data" / "fonts" / "ttf")


def copy_web_fonts(folder: Path) -> None:
    """Copy the fonts beside the pages and write the style sheet that names them."""
    rules = []
    for (family, (_, prefix)), source in zip(FAMILIES.items(), folders(), strict=True):
        for style, (weight, slant) in STYLES.items():
            name = f"{prefix}-{style}.ttf"
            shutil.copyfile(Path(source) / name, folder / name)
            rules.append(
                f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {slant}; '
                f'font-display: swap; src: url("{name}") format("truetype"); }}'
            )
    (folder / "fonts.css").write_text("\n".join(rules) + "\n", encoding="utf-8", newline="\n")
