"""Whatever is changed in whatever order: a book built in part is the book built from nothing, byte for byte.

`REPORT_SEQUENCES=200` tries that many sequences; a few unless asked for.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests.rebuilt import OTHER, RUN, age, book

SEQUENCES, STEPS = int(os.environ.get("REPORT_SEQUENCES", "3")), 4
LETTERS = "абвгде"
PARAMETERS = 'edition = "tiny"  # издание\nsince: int = 2000'


def chapter(root: Path, stem: str, *sources: str) -> None:
    cells = [new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})]
    cells += [new_code_cell(it[3:]) if it.startswith("py:") else new_markdown_cell(it) for it in sources]
    for number, cell in enumerate(cells):
        cell["id"] = f"{stem}-{number}"
    nbformat.write(new_notebook(cells=cells), root / "chapters" / f"{stem}.ipynb")


class Project:
    """The tiny project, written from what may be changed in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.said = dict.fromkeys(CHANGES, LETTERS[0])

    def write(self) -> None:
        said = self.said
        asked = "edition" if said["expression"] in LETTERS[::2] else "edition.upper()"
        text = f"# Первая {{#sec-one}}\n\nИздание {said['words']} `{{python}} {asked}`, `{{python}} table`."
        helped = "И `{python} helper.WORD`.\n\nСм. [-@sec-two]."
        chapter(self.root, "one", f"{RUN}\n# {said['code']}", text, helped)
        chapter(self.root, "two", OTHER, f"# Вторая {{#sec-two}}\n\nСм. {said['other words']} @sec-one.")
        files = {
            "data/table.csv": f"слово {said['row']}\n",
            "data/other.csv": f"слово {said['other row']}\n",
            "chapters/helper.py": f'WORD = "помощь {said["helper"]}"\n',
            "requirements.lock": f"a=={said['lock']}\n",
            "data/editions/tiny/note.json": f'{{"note": "{said["description"]}"}}\n',
        }
        for name, content in files.items():
            (self.root / name).write_text(content, encoding="utf-8")
        age(self.root)


def damage(root: Path, letter: str) -> None:
    """Spoil something that is kept: cut it off, change it, take it away."""
    kept = sorted(file for file in (root / "build").rglob("*") if file.is_file() and "kept" in file.parts)
    if kept:
        file = kept[LETTERS.index(letter) * len(kept) // len(LETTERS)]
        file.write_bytes(file.read_bytes()[:-7]) if letter in LETTERS[::2] else file.unlink()


CHANGES = ("words", "other words", "expression", "code", "row", "other row", "helper", "lock", "description")
BREAKS: dict[str, Callable[[Path, str], None]] = {
    "damage": damage,
    "memory of pandoc": lambda root, _: shutil.rmtree(root / "build/cache", ignore_errors=True),
    "a build that was cut off": lambda root, _: shutil.rmtree(root / "build/tiny/stage", ignore_errors=True),
}


def test_a_book_built_in_part_is_the_book_built_from_nothing(project, ran):
    class Sequence(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            shutil.rmtree(project / "build", ignore_errors=True)
            self.now = Project(project)
            self.options: dict = {}
            self.now.write()
            ran()

        @rule(kind=st.sampled_from(CHANGES), letter=st.sampled_from(LETTERS))
        def change(self, kind: str, letter: str) -> None:
            self.now.said[kind] = letter
            self.check()

        @rule(kind=st.sampled_from(sorted(BREAKS)), letter=st.sampled_from(LETTERS))
        def spoil(self, kind: str, letter: str) -> None:
            BREAKS[kind](project, letter)
            self.check()

        @rule(since=st.integers(2000, 2002), formats=st.sampled_from([("html",), ("html", "docx")]))
        def ask(self, since: int, formats: tuple[str, ...]) -> None:
            self.options = {"parameters": [f"since={since}"], "formats": formats}
            self.check()

        def check(self) -> None:
            self.now.write()
            ran(**self.options)
            partly = book(project)
            (project / "build").rename(project / "set-aside")
            ran(**self.options)
            whole = book(project)
            shutil.rmtree(project / "build")
            (project / "set-aside").rename(project / "build")
            assert {name: partly.get(name) == content for name, content in whole.items()} == dict.fromkeys(partly, True)

    run_state_machine_as_test(
        Sequence,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=STEPS,
            deadline=None,
            # A sequence is minutes of building: that one fails is told, a shorter one is not sought.
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
            derandomize="REPORT_SEQUENCES" not in os.environ,
        ),
    )
