"""No number of the published pages is without a card, and print knows nothing of cards."""

import json
import re
import zipfile

import pytest
from lxml import html

from analysis.base.paths import published_name
from analysis.book.quantities import read
from tests.published import card_data
from tests.published.card_data import rows_of

# A run of digits that stands free; a digit inside a word belongs to a name (ТОП-50, ОКВЭД2).
NUMBER = re.compile(r"(?<![\w-])\d[\d\u00a0\u202f .,/–-]*")
# What is no number of the prose: code, headings (section numbers), links (references, citations), tables (asked on
# their own), and what a build tells of itself.
NOT_PROSE = {"head", "header", "script", "style", "code", "pre", "nav", "h1", "h2", "h3", "h4", "a", "table", "details"}
NOT_PROSE_CLASSES = ("csl-", "citation", "exhibit-mark", "cover", "origin", "left-out")
CARDED = re.compile(r"<span data-q=(?:r[\d,-]*|\d+)>(.*?)</span>")
PARTS = re.compile(
    r'<script type="application/json" id="quantities">.*?</script>\n|<link rel="stylesheet" href="cards/cards.css">\n'
    r'|<script src="cards/(?:book|cards).js" defer></script>\n',
    re.DOTALL,
)
# The appendices on numbers and statements, and the page that tells of the build, are made of nothing but such numbers.
OF_ITSELF = ("d-built", "b-numbers", "references")


def prose_numbers(page):
    """Return the numbers of a page's prose: those that can be asked, and those that cannot."""
    asked, bare = [], []
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        for text, holder in ((element.text, element), (element.tail, element.getparent())):
            around = [holder, *holder.iterancestors()] if text and holder is not None else []
            if not around or {one.tag for one in around} & NOT_PROSE:
                continue
            if any(name in (one.get("class") or "") for one in around for name in NOT_PROSE_CLASSES):
                continue
            found = [hit.group().strip() for hit in NUMBER.finditer(text)]
            (asked if any(one.get("data-q") for one in around) else bare).extend(found)
    return asked, bare


@pytest.fixture(scope="module")
def data(web):
    """Return what every page tells of its numbers."""
    return {
        stem: card_data.read(json.loads(found[0].text))
        for stem, page in web.pages.items()
        if (found := page.getroottree().xpath("//script[@id='quantities']"))
    }


def test_no_number_of_the_prose_is_without_a_card(web):
    counted = {stem: prose_numbers(page) for stem, page in web.pages.items() if stem not in OF_ITSELF}
    assert {stem: bare for stem, (_, bare) in counted.items() if bare} == {}
    assert sum(len(asked) for asked, _ in counted.values()) > 600


def test_a_number_without_a_card_would_be_seen():
    page = html.fromstring(
        '<main><p>занято 5 из <span data-q="0">7</span>, ТОП-50 <a>3</a></p><table><tr><td>9</td></tr></table></main>'
    )
    assert prose_numbers(page) == (["7"], ["5"])


def test_every_number_of_a_table_can_be_asked(web):
    cells = [
        cell
        for stem, page in web.pages.items()
        if stem not in OF_ITSELF
        for cell in page.xpath("//td[contains(@class, 'num')]")
    ]
    bare = [
        cell.text_content()
        for cell in cells
        if any(map(str.isdigit, cell.text_content())) and not cell.xpath(".//*[@data-q]")
    ]
    assert bare == [] and len(cells) > 300


def test_every_card_has_its_data(web, data):
    for stem, page in web.pages.items():
        asked = {one.get("data-q") for one in page.xpath("//*[@data-q]")}
        computed = {int(name) for name in asked if not name.startswith("r")}
        assert not asked or computed == set(range(len(data[stem]["numbers"])))
        found = [rows_of(name, data[stem]["numbers"]) for name in sorted(asked)]
        assert {at for rows in found for at in rows} == set(range(len(data[stem]["rows"]) if asked else 0))


def test_every_row_a_card_leads_to_is_published(built, data):
    anchors = {}
    for told in data.values():
        for series, row, *_ in told["rows"]:
            name = published_name(told["texts"][told["series"][series][0]])
            if name not in anchors:
                anchors[name] = set(
                    re.findall(r'id="(r\d+)"', (built.book / f"data/{name}.html").read_text(encoding="utf-8"))
                )
            assert f"r{row}" in anchors[name], (name, row)


def test_places_name_the_section_and_the_exhibit(built):
    told = read(built.stage)
    places = [place for place in told["places"] if place["chapter"].endswith("11-conditions.ipynb")]
    assert {place["number"] for place in told["places"]} <= set(told["numbers"])
    assert ("sec-conditions-economy", "", "57,5\u00a0%") in {
        (place["section"], place["exhibit"], place["text"]) for place in places
    }
    assert any(place["exhibit"] == "tbl-wages" and place["section"] == "sec-conditions-wages" for place in places)


def test_print_knows_nothing_of_cards(built, paper, word):
    with zipfile.ZipFile(built.book / "report.docx") as package:
        assert not re.search(r"data-q|\bq=", package.read("word/document.xml").decode("utf-8"))


def test_cards_make_pages_grow_by_little_more_than_a_third(built):
    grown = {path.stem: path.read_text(encoding="utf-8") for path in built.book.glob("*.html")}
    bare = {stem: CARDED.sub(r"\1", PARTS.sub("", text)) for stem, text in grown.items()}
    assert not any("data-q=" in text for text in bare.values())
    size = {stem: (len(grown[stem].encode()), len(bare[stem].encode())) for stem in grown}
    chapters = [size[stem] for stem in size if stem not in ("b-numbers", "c-ledger")]
    assert sum(after for after, _ in chapters) < 1.36 * sum(before for _, before in chapters)
    assert max(after for after, _ in size.values()) < 2_000_000
    assert CARDED.sub(r"\1", "<p>занято <span data-q=12>5 чел.</span></p>") == "<p>занято 5 чел.</p>"


def test_no_private_character_gets_out(built):
    kinds = (".html", ".json", ".csv", ".svg", ".js")
    files = [
        path
        for folder in (built.book, built.figures, built.stage)
        for path in folder.rglob("*")
        if path.suffix in (*kinds, ".ipynb")
    ]
    private = re.compile("[\ue000-\ue002]|\\\\ue00[0-2]")
    assert [path.name for path in files if private.search(path.read_text(encoding="utf-8"))] == []
