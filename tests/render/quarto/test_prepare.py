"""The copy of the stage in which Quarto works."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from io import BytesIO

import pytest
import yaml
from PIL import Image

from analysis.base.errors import RenderError
from analysis.base.marks import markdown
from analysis.book.config import read_config
from analysis.book.render.common.nodes import find
from analysis.book.render.common.pandoc import pandoc
from analysis.book.render.common.pandoc import read as pandoc_read
from analysis.book.render.quarto.prepare import THEME, prepare
from analysis.book.render.search import ASSETS


@pytest.fixture
def scratch(stage, tmp_path):
    before = sorted(path.relative_to(stage) for path in stage.rglob("*"))
    prepare(stage, tmp_path / "scratch", read_config(stage))
    assert sorted(path.relative_to(stage) for path in stage.rglob("*")) == before
    return tmp_path / "scratch"


def test_chapters_lie_side_by_side(scratch):
    book = yaml.safe_load((scratch / "_quarto.yml").read_text(encoding="utf-8"))["book"]
    assert book["chapters"][0] == "index.qmd"
    named = [item if isinstance(item, str) else item["chapters"][0] for item in book["chapters"]]
    assert all((scratch / name).is_file() for name in named)
    assert book["date-format"] == "D MMMM YYYY [года]"


def test_outputs_keep_the_form_that_all_formats_share(scratch):
    for path in scratch.glob("*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                assert "text/markdown" not in data or list(data) == ["text/markdown"]
                assert "](../" not in "".join(data.get("text/markdown", []))


def test_the_theme_ends_with_the_style_that_both_renderers_share(scratch):
    shared = (ASSETS / "exhibits.css").read_text(encoding="utf-8")
    own, theme = (path.read_text(encoding="utf-8") for path in (ASSETS / "quarto" / THEME, scratch / THEME))
    assert theme == f"{own}\n{shared}"
    assert ".exhibit-origin dl" in shared and ".exhibit-origin" not in own
    # Rules are what a theme of Quarto ends with.
    assert theme.rfind("/*-- scss:") == theme.find("/*-- scss:rules --*/") > 0


@pytest.mark.parametrize("other", ["image/png", "image/jpeg"])
def test_picture_of_two_forms_gives_each_format_its_own(stage, tmp_path, other):
    chapter = stage / "chapters" / "system.ipynb"
    tree = json.loads(chapter.read_text(encoding="utf-8"))
    cell, data = next(
        (cell, out["data"])
        for cell in tree["cells"]
        for out in cell.get("outputs", [])
        if "image/svg+xml" in out.get("data", {})
    )
    cell["source"] = "".join(cell["source"]).replace("Одна линия", 'Одна "{линия}"')
    body = BytesIO()
    with Image.open(BytesIO(b64decode(data.pop("image/png")))) as picture:
        size = picture.size
        picture.convert("RGB").save(body, other.rpartition("/")[2], dpi=(200, 200))
    data[other] = b64encode(body.getvalue()).decode()
    chapter.write_text(json.dumps(tree), encoding="utf-8")
    prepare(stage, tmp_path / "scratch", read_config(stage), ("docx",))
    cells = json.loads((tmp_path / "scratch" / "system.ipynb").read_text(encoding="utf-8"))["cells"]
    [shown] = [
        "".join(out["data"]["text/markdown"])
        for cell in cells
        for out in cell.get("outputs", [])
        if "![](outputs/" in str(out["data"])
    ]
    [image] = find(pandoc_read(shown)["blocks"], "Image")
    assert dict(image["c"][0][2]) == {"fig-alt": 'Одна "{линия}"'}
    place = tmp_path / "scratch" / image["c"][2][0]
    assert place.with_suffix(".svg").read_text(encoding="utf-8").lstrip().startswith("<?xml")
    with Image.open(place.with_suffix(".png")) as picture:
        assert (picture.format, picture.size, round(picture.info["dpi"][0])) == ("PNG", size, 200)


def test_line_breaks_of_cells_survive(scratch):
    cells = json.loads((scratch / "conditions.ipynb").read_text(encoding="utf-8"))["cells"]
    table = next(
        "".join(out["data"]["text/markdown"])
        for cell in cells
        for out in cell.get("outputs", [])
        if "text/markdown" in out.get("data", {})
    )
    assert "\n:::" in table


def test_look_and_fonts_are_there(scratch):
    look = (scratch / "typst" / "typst-show.typ").read_text(encoding="utf-8")
    assert look.startswith("#let book = (")
    assert "quarto-float-fig" in look
    assert (scratch / "reference.docx").is_file()
    assert len(list((scratch / "fonts").glob("*.ttf"))) == 8


def test_label_given_twice_is_refused(stage, tmp_path):
    page = stage / "chapters" / "references.qmd"
    page.write_text(page.read_text(encoding="utf-8") + "\n::: {#fig-rate}\n:::\n", encoding="utf-8")
    with pytest.raises(RenderError, match="fig-rate"):
        prepare(stage, tmp_path / "scratch", read_config(stage))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[туда](javascript:alert(1))", "introduction.ipynb.*javascript"),
        ("[туда][1]\n\n[1]: vbscript:x", "introduction.ipynb.*vbscript"),
        ("[туда](//evil.example)", "introduction.ipynb.*evil"),
        ("слово `\\newpage`{=latex}", "introduction.ipynb.*latex"),
    ],
)
def test_links_and_raw_code_of_the_book_are_held_to_the_same_rules(stage, book, tmp_path, text, message):
    (stage / "chapters/introduction.ipynb").write_text(
        book.notebook(book.text_cell(f"# Введение {{.unnumbered}}\n\n{text}")), encoding="utf-8"
    )
    with pytest.raises(RenderError, match=message):
        prepare(stage, tmp_path / "scratch", read_config(stage))


def test_titles_and_values_of_the_data_are_text_to_quarto(stage, book, tmp_path):
    title = 'Цена *без НДС* $а$ [в ред.] chapters/ @a "б"'
    text = (stage / "_quarto.yml").read_text(encoding="utf-8")
    (stage / "_quarto.yml").write_text(
        text.replace('"Занятость выпускников: пробная книга"', f"'{title}'").replace(
            '"1\u00a0Анализ условий"', f"'1\u00a0{title}'"
        ),
        encoding="utf-8",
    )
    cells = (
        book.text_cell(
            "# Введение {.unnumbered}\n\n`{python} code`", book.inline("code", plain="'*a* chapters/ [x](../y)'")
        ),
        book.code(
            "x",
            book.shows(
                text_markdown="```{=html}\n<table><tr><td>{#tbl-employed} ](../x</td></tr></table>\n```".replace(
                    "{#", "&#123;#"
                ).replace("](", "&#93;(")
            ),
        ),
    )
    (stage / "chapters/introduction.ipynb").write_text(book.notebook(*cells), encoding="utf-8")
    prepare(stage, tmp_path / "scratch", read_config(stage))
    told = yaml.safe_load((tmp_path / "scratch/_quarto.yml").read_text(encoding="utf-8"))["book"]
    shown = [
        told["title"],
        next(item["part"] for item in told["chapters"] if isinstance(item, dict)).removeprefix("1\u00a0"),
    ]
    notebook = json.loads((tmp_path / "scratch/introduction.ipynb").read_text(encoding="utf-8"))
    value = next(cell for cell in notebook["cells"] if cell["metadata"].get("user_expressions"))["metadata"][
        "user_expressions"
    ][0]["result"]["data"]["text/markdown"]
    for written, expected in ((shown[0], title), (shown[1], title), (value, "*a* chapters/ [x](../y)")):
        assert words_of(written) == expected
    assert all(
        (tmp_path / "scratch" / (item if isinstance(item, str) else item["chapters"][0])).is_file()
        for item in told["chapters"]
    )


def words_of(markdown: str) -> str:
    """Return what a reader sees of Markdown that is to be nothing but words."""
    (block,) = json.loads(pandoc("-f", "markdown+smart", "-t", "json", text=markdown))["blocks"]
    assert {inline["t"] for inline in block["c"]} <= {"Str", "Space"}
    return "".join(inline.get("c", " ") for inline in block["c"])


@pytest.mark.parametrize("text", ["x... а-?б", "-5", "-", "==", "12.", "+"])
def test_typst_sets_no_other_signs_under_quarto(scratch, text):
    written = pandoc(
        "-f",
        "markdown",
        "-t",
        "typst",
        "--lua-filter",
        str(scratch / "text.lua"),
        text=f"[{markdown(text)}](https://a.b)",
    )
    assert f'#"{text.split(" ")[0]}";' in written


def test_links_into_files_are_plain_text_on_paper(scratch):
    profile = yaml.safe_load((scratch / "_quarto-report.yml").read_text(encoding="utf-8"))["format"]
    assert all({"path": "files.lua", "at": "pre-ast"} in profile[name]["filters"] for name in ("typst", "docx"))
    text = (
        "[строка 6](data/rate.html#r6), [доля](system.html#sec-share), [раздел](#sec-rate),"
        " [сайт](https://example.org/a#b)"
    )
    paper = pandoc("-f", "markdown", "-t", "html", "--wrap=none", "--lua-filter", str(scratch / "files.lua"), text=text)
    assert paper.startswith("<p>строка 6, ")
    assert [target in paper for target in ("system.html#sec-share", "#sec-rate", "https://example.org/a#b")] == [
        True
    ] * 3
