"""The guides for researchers: linked, short, true of the tables and commands, nothing said twice."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
import typer

from analysis.cli import app
from tests.project import tables_page

ROOT = Path(__file__).resolve().parents[2]
GUIDES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs" / "ru").glob("*.md"))
DOOR = "README.ru.md"
ALL = [DOOR, "README.md", "CONTRIBUTING.md", "docs/chapter.md", "docs/design.md", "docs/trust.md", *GUIDES]
FENCED = re.compile(r"^(`{3,}).*?^\1`*$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^)\s]+)\)")


def prose(name: str) -> str:
    """Return a guide without its blocks of code."""
    return FENCED.sub("", (ROOT / name).read_text(encoding="utf-8"))


def anchors(name: str) -> set[str]:
    """Return the anchors of the headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", prose(name), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-") for heading in headings}


def links(name: str) -> set[tuple[str, str]]:
    """Return the files of the project that a guide leads to, with the anchor in each."""
    text = re.sub(r"`+[^`\n]+`+", "", prose(name).replace("[`", "[").replace("`]", "]"))
    found = {target for target in LINK.findall(text) if not re.match(r"(https?|mailto):", target)}
    pairs = (target.partition("#")[::2] for target in found)
    here = Path(name)
    return {
        (str((ROOT / here.parent / path).resolve().relative_to(ROOT)) if path else name, anchor)
        for path, anchor in pairs
    }


@pytest.mark.parametrize("name", ALL)
def test_links_lead_to_a_file_and_a_heading_that_are_there(name):
    broken = [
        (path, anchor)
        for path, anchor in links(name)
        if not (ROOT / path).exists() or (anchor and anchor not in anchors(path))
    ]
    assert sorted(broken) == []


def test_every_guide_is_reached_from_the_door():
    assert sorted(set(GUIDES) - {path for path, _ in links(DOOR)}) == []


@pytest.mark.parametrize("name", [DOOR, *GUIDES])
def test_a_guide_can_be_read_at_a_sitting(name):
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) < 500


def test_nothing_is_said_twice():
    """Sentences and rows of any length worth a thought stand in one guide."""
    places = defaultdict(list)
    made = {f"docs/ru/{page}.md" for page in tables_page.HEADS}
    for name in [DOOR, *(guide for guide in GUIDES if guide not in made)]:
        for line in prose(name).splitlines():
            for sentence in {part.strip() for part in re.split(r"(?<=[.!?:])\s+(?=[А-ЯЁA-Z«`*])", line)}:
                if len(sentence) > 60:
                    places[sentence].append(name)
    assert {sentence: names for sentence, names in places.items() if len(names) > 1} == {}


@pytest.mark.parametrize("page", tables_page.HEADS)
def test_pages_of_tables_say_what_the_schemas_say(page):
    """Whoever changes a description runs `python -m tests.project.tables_page`."""
    assert (ROOT / "docs" / "ru" / f"{page}.md").read_text(encoding="utf-8") == tables_page.page(page)


def test_the_reference_names_every_command_and_option():
    text = (ROOT / "docs/ru/commands.md").read_text(encoding="utf-8")
    missing = []
    for name, command in typer.main.get_command(app).commands.items():
        for inner, leaf in getattr(command, "commands", {"": command}).items():
            called = f"report {name} {inner}".strip()
            missing += [called] if called not in text else []
            options = [option for parameter in leaf.params for option in parameter.opts if option.startswith("--")]
            missing += [f"{called} {option}" for option in options if option not in text and option != "--output"]
    assert missing == []
