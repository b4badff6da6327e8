"""Which columns the program itself reads of the tables it knows by name: a schema may say more, not less.

A table and its schema are edited together, and a column that is gone from both breaks no rule of a schema. What reads
that column would break instead, wherever it is; so each descriptor is held against this list before any table is read
by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_CASES = "name short gen dat loc"
_FORMS = "gen dat acc ins loc preposition gender"
_PLACE = "source locator"
_ACKNOWLEDGED = "rule indicator territory category year:integer value:number reason source"
# Text unless said otherwise.
_READ = {
    "territories": (
        f"id name short {_FORMS} {' '.join(f'short_{form}' for form in _FORMS.split())} adjective kind parent okato"
        " oktmo emiss"
    ),
    "territory_names": "name territory code",
    "territory_history": "territory parent from:date",
    "neighbours": "territory neighbour",
    "indicators": (
        "id name short unit decimals:integer dimension definition age_base periodicity publisher_code publisher_title"
        " emiss_id cut kind lag:integer same_as"
    ),
    "units": "id symbol name additive:boolean dimension scale:number",
    "status": "id name",
    "groups": "id name",
    "specialties": "id name group",
    **dict.fromkeys(
        (
            "sections",
            "programmes",
            "contract_funding",
            "education",
            "graduate_groups",
            "outcomes",
            "university_kinds",
            "verdicts",
            "unverifiable",
            "founders",
            "town_sizes",
        ),
        "id name short",
    ),
    "limits": "indicator kind unit minimum:number maximum:number jump:number",
    "revisions": "indicator territory year:integer size:number reason source locator",
    "suppliers": "id name role does",
    "supplied": "what table supplier",
    "needs": "section what years territories categories",
    "flows": "indicator inflow lag:integer",
    "identities": "id relation left right since:integer until:integer slack:number title",
    "acknowledged": _ACKNOWLEDGED,
    "acknowledged-printed": _ACKNOWLEDGED,
    "typed_numbers": "text reason",
    "typed_words": "text reason",
    "words": "word meaning",
    "breaks": "indicator territory year:integer kind reason source",
    "vintages": (
        "vintage date:date table edition new:integer changed:integer removed:integer source file sha256 size reader"
        " options"
    ),
    "relations": "id name rule slack:number margin:number yes no",
    **dict.fromkeys(
        ("assertions", "prose_assertions"),
        "id section words basis reading:integer relation value against margin:number direction subject object place",
    ),
    "exhibits": "id kind caption note sources",
    "findings": "id indicator category whole against kind nearness good gender section said up down",
    "outcome_indicators": "id code group name definition formula unit better periodicity",
    "targets": f"indicator year:integer value:number author reason {_PLACE}",
    "argument_links": "problem:integer kind ref author",
    "printed_exhibits": "exhibit printed_number:integer printed_caption state note sources",
    "factors": f"kind kind_name kind_meaning n:integer text {_PLACE}",
    "legal_acts": f"n:integer group level text {_PLACE}",
    "target_groups": f"group_n:integer group features {_PLACE}",
    "target_measures": f"group_n:integer n:integer measure {_PLACE}",
    "mentions": "table column words mentioned reason",
    "swot": f"quadrant quadrant_name n:integer text {_PLACE}",
    "problems": f"n:integer problem solution {_PLACE}",
    "plan": f"n:integer title responsible expected_result deadline_kind deadline_iso {_PLACE}",
    "plan_status": f"measure:integer due done:date evidence {_PLACE}",
    "deadline_kinds": "id name group day every begins said rule",
    "plan_aims": f"kind n:integer text {_PLACE}",
    "support_measures": f"n:integer text {_PLACE}",
    "lists": f"list n:integer item code {_PLACE}",
    "names": f"id {_CASES}",
    "documents": f"id text first_year:integer last_year:integer {_PLACE}",
    "events": f"id name first last place {_PLACE}",
    "figure_statements": (
        f"exhibit n:integer territory category relation against first_year:integer last_year:integer text {_PLACE}"
    ),
    "gaps": f"exhibit n:integer text {_PLACE}",
    "graduates_by_college": "college territory group year:integer graduates:integer lat:number lon:number",
    "claims": f"id section text sentence reading kind printed definition reason adopted note {_PLACE}",
    "claim_formulas": "claim n:integer basis reading:integer relation value against subject object place",
    "scenarios": "id name author reason indicator year:integer effect:number level",
    "forecasts": (
        "origin:integer series territory target_period:integer horizon:integer output_type quantile:number value:number"
        " unit"
    ),
}
_OBSERVATION = f"indicator territory category year:integer value:number status {_PLACE} note"
# A table that has so many columns of an observation is meant for one.
_LIKE_ONE = 5


def shortage(name: str, fields: Iterable[Mapping[str, str]]) -> str:
    """Return what a schema lacks for the program to read its table, in a clause; empty where it lacks nothing.

    Parameters
    ----------
    name : str
        Name of the table.
    fields : iterable of mapping
        `name` and `type` of its columns.
    """
    given = {field["name"]: field["type"] for field in fields}
    for column, kind in _columns(name, given).items():
        if column not in given:
            return f"нет столбца «{column}», а программа его читает"
        if given[column] != kind:
            return f"у столбца «{column}» тип «{given[column]}», а программе нужен «{kind}»"
    return ""


def _columns(name: str, given: Mapping[str, str]) -> dict[str, str]:
    observed = _parted(_OBSERVATION)
    if name in _READ:
        return _parted(_READ[name])
    return observed if len(observed.keys() & given.keys()) >= _LIKE_ONE else {}


def _parted(columns: str) -> dict[str, str]:
    return {name: kind or "string" for name, _, kind in (column.partition(":") for column in columns.split())}
