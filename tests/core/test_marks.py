"""Text of the data is written as text, read back as that text, and leads nowhere but where links may lead."""

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.base import links, marks, placeholders
from analysis.quantities import Quantity, Text, registry

NUMBER = Quantity(5.0, "count", 0, (), "проба")
ANY = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp"))
    | st.sampled_from("*_[]{}<>`~$^@#|\\\"'&.-:+=()!1a "),
    max_size=20,
)


def spaced(text: str) -> str:
    """Return a text as running text has it: one space for several, directions it leaves open ended."""
    return " ".join(part for part in text.rstrip("\u202c\u2069").split(" ") if part)


@given(ANY)
def test_what_is_written_is_read_back(text):
    assert spaced(marks.words(marks.markdown(text))) == spaced(text)
    assert marks.words(marks.html(text)) == text


@given(ANY, ANY)
def test_a_mark_is_read_back_whatever_stands_in_and_around_it(text, other):
    for write, mark in ((marks.markdown, marks.markdown_mark), (marks.html, marks.html_mark)):
        written = write(other) + mark(write(text), "abc1234") + write(other)
        (found,) = marks.marked(written)
        assert (found.id, spaced(found.text)) == ("abc1234", spaced(text))
        assert spaced(marks.words(written)).replace(" ", "") == spaced(other + text + other).replace(" ", "") or set(
            text + other
        ) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")


@given(ANY)
def test_a_text_with_numbers_is_one_text(text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORT_CARDS", "1")
        registry.forget()
        whole = Text(text) + Text.of("5 [в ред. 2021]", NUMBER) + text
        assert [one.text for one in marks.marked(whole._repr_markdown_())] == ["5 [в ред. 2021]"]
        assert [one.text for one in marks.marked(whole.html())] == ["5 [в ред. 2021]"]


@given(ANY)
def test_written_text_holds_no_sign_of_markdown(text):
    assert not set(marks.markdown(text)) & set("\\`*_{}[]<>$^~@|\"'")
    assert not set(marks.html(text)) & set("<>[]{}`@")


@pytest.mark.parametrize(
    "text",
    [
        "1. а",
        "12) а",
        "(1) а",
        "a. б",
        "iv) б",
        "- а",
        "+ а",
        "-",
        "= а",
        ": а",
        "% а",
        "Table: а",
        "---",
        "...",
        "vol. 5",
    ],
)
def test_what_begins_a_line_as_a_sign_begins_it_as_text(text):
    assert "&#" in marks.markdown(text) and marks.words(marks.markdown(text)) == text


@pytest.mark.parametrize(
    "text", ["57,5 %", "+1,2 п. п.", "Кузбасс (область)", "№ 5", "2018–2020", "в 2,5 раза; итого", "д. 5, к. 3"]
)
def test_ordinary_words_are_written_as_they_are(text):
    assert marks.markdown(text) == text == marks.html(text)


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\t"])
def test_a_break_of_line_begins_no_line(sign):
    assert marks.markdown(f"а{sign}# б").split() == ["а", "&#35;", "б"] and "\n" not in marks.markdown(f"а{sign}б")
    assert marks.html(f"а{sign}б") in ("а\nб", "а\tб")


def test_a_direction_left_open_ends_with_its_text():
    assert marks.markdown("а\u202eб") == "а\u202eб\u202c" and marks.markdown("\u2067а\u2069") == "\u2067а\u2069"


def test_spaces_at_the_edge_spoil_nothing_around_them():
    assert marks.markdown(" а ") == "&#32;а&#32;" and marks.attribute(' "а" ') == '"&#34;а&#34;"'


@pytest.mark.parametrize("text", ["</script>", "<!--<script>", "</SCRIPT >", "\u2028\u2029", "]]>", "\\u003c"])
def test_data_in_a_script_end_nothing(text):
    packed = marks.script({"а": text})
    assert not set(packed) & set("<\u2028\u2029") and json.loads(packed) == {"а": text}


def test_only_spans_of_a_page_name_cards():
    page = '<p>data-q="fake" и <span class="x" data-q="abc">5</span> <code>data-q="no"</code></p>'
    assert marks.on_page(page) == ["abc"] and marks.renamed(page, {"abc": "r0"}).count('x" data-q=r0>5') == 1


@pytest.mark.parametrize(
    "target",
    [
        "https://www.fedstat.ru/indicator/33459?x=1#y",
        "http://образование42.рф/documents/407/",
        "https://a.b:8080/x",
        "mailto:a.b@c.ru",
        "#sec-plan",
        "#ref-stat",
        "data/rate.html#r6",
        "report.pdf",
        "../chapters/x.ipynb#sec-a",
        "%D0%B0.pdf",
    ],
)
def test_links_lead_to_the_web_to_mail_and_into_the_book(target):
    assert links.allowed(target)


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:x",
        "java\tscript:x",
        "java\nscript:x",
        "\x01javascript:x",
        "javascript&colon;x",
        "javascript&#58;x",
        "javascript%3Ax",
        "%6Aavascript:x",
        "javascript：x",
        "\u200bjavascript:x",
        "data:text/html,x",
        "DATA:x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "\\\\evil",
        "/\\evil",
        "/etc/passwd",
        "..%2F..%2Fx",
        "../../x",
        "ftp://a.b/",
        "https://",
        "https:///x",
        "https://a b",
        "https://user:pw@evil.example/",
        "https://a.b/\u202egpj",
        "mailto:",
        "mailto:x?cc=y",
        "about:blank",
        "blob:x",
        "tel:1",
        "",
        "#",
        "x\\y",
    ],
)
def test_links_lead_nowhere_else(target):
    assert not links.allowed(target) and not links.allowed(html.unescape(target))


NAMES = {"year": "2021", "region_loc": "{year}"}


def test_a_placeholder_is_a_name_and_its_value_is_no_template():
    assert placeholders.filled("в {region_loc}, {year} год", NAMES) == "в {year}, 2021 год"


@pytest.mark.parametrize(
    "text",
    [
        "{year.x}",
        "{year[0]}",
        "{year!r}",
        "{year:>9}",
        "{}",
        "{0}",
        "{ year }",
        "{",
        "}",
        "{year",
        "year}",
        "{{year}}",
        "{{",
        "}}",
        "{{=typst}}",
        "{=typst}",
        "{year._repr_markdown_.__globals__[os].environ[X]}",
        "{year!r:{year}}",
        "{year\n}",
        "{yеar}",
        "{.x}",
        "{year,}",
        "{*year}",
    ],
)
def test_any_other_brace_is_refused(text):
    with pytest.raises(placeholders.BadPlaceholderError, match=r"скобк|неизвестна"):
        placeholders.filled(f"а {text} б", NAMES)


def test_an_unknown_name_is_refused_with_the_nearest():
    with pytest.raises(placeholders.BadPlaceholderError, match=r"«{yeer}».*«year».*region_loc"):
        placeholders.filled("{yeer}", NAMES)
