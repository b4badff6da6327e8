"""What is sent back, as letters: one a college, or all in one list."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from analysis.base.marks import markdown as as_text
from analysis.base.russian import agreed
from analysis.returns.checks import Checked
from analysis.returns.faults import Fault
from analysis.returns.listed import in_words

LIST_HEAD, LETTER_HEAD = "# Отчеты, которые возвращаются", "# Отчет возвращается"


def by_college(faults: Iterable[Fault]) -> list[tuple[str, list[Fault]]]:
    """Return the faults of each college."""
    return [(college, list(own)) for college, own in groupby(faults, key=lambda fault: fault.college)]


def as_list(checked: Checked) -> str:
    """Return all that is sent back as one Markdown text, a section a college."""
    parts = [LIST_HEAD, "", f"Отчеты о занятости выпускников за {in_words(checked.quarter)}.", ""]
    for college, own in by_college(checked.faults):
        parts += [f"## {as_text(college)}", "", *_items(own), ""]
    return "\n".join(parts)


def letters(checked: Checked) -> dict[str, str]:
    """Return a Markdown letter for each college, by the name of its file."""
    return {
        f"{number:02d} {_file_name(college)}.md": _letter(college, own, checked)
        for number, (college, own) in enumerate(by_college(checked.faults), start=1)
    }


def _letter(college: str, own: list[Fault], checked: Checked) -> str:
    asked = (
        "Пришлите отчет по форме."
        if all(fault.rule == "missing" for fault in own)
        else "Исправьте эти места и пришлите отчет снова. Если число верно, подтвердите его списком выпускников."
    )
    many = agreed(len(own), "причина", "причины", "причин")
    return "\n".join(
        [
            LETTER_HEAD,
            "",
            f"Кому: {as_text(college)}",
            "",
            f"Отчет о занятости выпускников за {in_words(checked.quarter)} не принят: {len(own)} {many}.",
            "",
            *_items(own),
            "",
            asked,
            "",
        ]
    )


def _items(faults: Iterable[Fault]) -> list[str]:
    return [f"{number}. {as_text(fault.said)}" for number, fault in enumerate(faults, start=1)]


def _file_name(college: str) -> str:
    """Return a name that every file system takes."""
    kept = "".join(letter if letter.isalnum() or letter in " -№" else " " for letter in college)
    return " ".join(kept.split())[:60].rstrip() or "организация"
