"""No hole stays, whatever is missing; what does not rest on a gap stays as it was typed."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_notebook

from analysis.base import inline
from analysis.base.russian import NO_DATA
from analysis.book.gaps import settle
from analysis.book.gaps.sentences import sentences, unwrapped
from tests.gapped import FILE, VALUE, lost, prose, shown

HOLE = re.compile(
    r"…|\(\s*\)|\(\s|\s\)|[ \t]{2,}(?=\S)|[ \u00a0][,.;:](?!\w)|,\s*\)|\.\.|«\s*»|\[\s*\]|\.alone|" + NO_DATA
)
LABELS = ["fig-a", "fig-b", "tbl-a", "tbl-b", "sec-a", "sec-b", "sec-c"]
WORD = st.sampled_from(
    ["доля", "в 2020 г.", "5 тыс. чел.", "А. С. Попов", "и т. д.", "**вес**", "«Завод. Цех»", "с. 5", "п. п."]
)
REFERENCE = st.sampled_from(LABELS).map(lambda label: f"[-@{label}]")
PLACE = st.one_of(
    WORD, st.sampled_from(["`{python} gap`", '`{python} gap["x."]`', "`{python} n`", '`{python} v("B. c")`'])
)
ASIDE = st.one_of(
    st.lists(REFERENCE, min_size=1, max_size=3).map(lambda names: f"(рисунки {', '.join(names)})"),
    st.tuples(REFERENCE, REFERENCE).map(lambda two: f"(рисунок {two[0]}, таблица {two[1]})"),
    st.tuples(PLACE, REFERENCE).map(lambda two: f"({two[0]}, раздел {two[1]})"),
    PLACE.map(lambda place: f"({place})"),
    REFERENCE.map(lambda name: f"на рисунке {name}"),
)
SENTENCE = st.tuples(st.lists(st.one_of(PLACE, ASIDE), min_size=1, max_size=4), st.booleans()).map(
    lambda made: f"[Есть {' '.join(made[0])} всего.]{{.alone}}" if made[1] else f"Есть {' '.join(made[0])} всего."
)
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join)
ITEMS = st.lists(PLACE.filter(lambda place: not place.endswith(".")), min_size=1, max_size=3).map(
    lambda made: "Вот они:\n\n" + ";\n".join(f"- это {it}" for it in made) + "."
)
CELL = st.one_of(
    st.lists(st.one_of(PARAGRAPH, ITEMS), min_size=1, max_size=3).map("\n\n".join),
    PARAGRAPH.map(lambda words: f"::: {{.callout-note}}\n{words}\n:::"),
)


@st.composite
def chapters(draw: st.DrawFn):
    """Draw a chapter of three sections with exhibits, some of them without data."""
    cells = [prose("# Глава {#sec-z}\n\nНачало.")]
    for name, labels in zip("abc", (["fig-a"], ["tbl-a", "fig-b"], ["tbl-b"]), strict=True):
        cells.append(prose(f"## Раздел {{#sec-{name}}}\n\n{draw(CELL)}"))
        cells += [lost(label) if draw(st.booleans()) else shown(label) for label in labels]
        cells.append(prose(draw(CELL)))
    return new_notebook(cells=cells)


quickly = settings(
    deadline=None,
    max_examples=50,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


@quickly
@given(chapters())
def test_no_hole_stays(chapter):
    done = settle({FILE: chapter}, draft=False).executed[FILE].cells
    source = "\n\n".join(cell.source for cell in done if cell.cell_type == "markdown")
    assert "gap" not in source
    printed = inline.replace(source, lambda _: VALUE)
    assert [found[0] for found in HOLE.finditer(printed)] == []
    standing = {
        cell.outputs[0].data["text/markdown"].partition("#")[2].partition("}")[0]
        for cell in done
        if cell.get("outputs")
    }
    assert set(re.findall(r"@((?:fig|tbl|sec)-\w+)", source)) <= standing | set(re.findall(r"#(sec-\w+)", source))
    blocks = [block for block in re.split(r"\n\s*\n", source) if block.strip()]
    for number, block in enumerate(blocks):
        # What a paragraph or a heading announces stands below it.
        assert not re.search(r"[^:]:\Z", block) or blocks[number + 1].startswith("- ")
    assert all(re.search(r"[.:;!}]\Z|:::\Z", block) for block in blocks)
    assert source.count(".callout") * 2 == len(re.findall(r"^:::", source, re.MULTILINE))


@quickly
@given(chapters())
def test_a_chapter_without_gaps_keeps_its_bytes(chapter):
    whole = new_notebook(
        cells=[
            shown("fig-a")
            if cell.cell_type == "code"
            else prose(cell.source.replace("gap", "n").replace(".alone", ".mark"))
            for cell in chapter.cells
        ]
    )
    assert settle({FILE: whole}, draft=False).executed[FILE] is whole


@quickly
@given(chapters())
def test_what_is_left_was_typed_so(chapter):
    """Sentences are never changed, but for parentheses that refer: each that is left stands in the source."""
    typed = {
        _bare(words)
        for cell in chapter.cells
        if cell.cell_type == "markdown"
        for words in _sentences(unwrapped(cell.source))
    }
    done = settle({FILE: chapter}, draft=False).executed[FILE].cells
    left = {_bare(words) for cell in done if cell.cell_type == "markdown" for words in _sentences(cell.source)}
    assert left <= typed


def _sentences(source: str) -> list[str]:
    paragraphs = [block for block in re.split(r"\n\s*\n", source) if block[:1] in "[Е*А«5`в"]
    return [block[it.start : it.end] for block in paragraphs for it in sentences(block)]


def _bare(words: str) -> str:
    """Return a sentence without its parentheses, which may lose references."""
    return re.sub(r"\s*\((?:[^()`]|`[^`]*`)*\)", "", words)
