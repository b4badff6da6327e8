"""EMISS as SDMX-ML: generic data 1.0 as fedstat.ru gives it out; the generic data of 2.0 and 2.1 differ in little.

Structure: SDMX-ML, GenericData message (sdmx.org, version 1.0): code lists first, then a description of the indicator,
then series with a key, attributes (EI, the unit; PERIOD) and, at EMISS, one observation each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd
from lxml import etree

from analysis.ingest.opening.sheets import OpenedFile
from analysis.ingest.opening.strict_xml import elements
from analysis.ingest.readers._emiss_blocks import RAW_COLUMNS, blocks
from analysis.ingest.readers._emiss_terms import number, plain, year_of
from analysis.ingest.reading import JOINT, Reading, Unread

NAME, VERSION, TITLE = "emiss-sdmx", "1", "ЕМИСС, выгрузка SDMX (XML)"

_PART = "DataSet"
# Concepts of the classifier whose codes our list of territories knows; other lists of regions use the same digits
# otherwise.
_OKATO = re.compile(r"okato|oktmo|окато|октмо", re.IGNORECASE)
_REGIONS = re.compile(r"регион|территори|субъект", re.IGNORECASE)
_YEAR_TIME = re.compile(r"\d{4}")


@dataclass
class _Structure:
    """What stands before the data: names and labels of the cuts, the indicator."""

    names: dict[str, str] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    title: str = ""
    code: str = ""
    unit: str = ""
    notes: tuple[str, ...] = ()

    def label(self, concept: str, code: str) -> str:
        """Return the words for a code of a cut; a code without words stands for itself."""
        return self.labels.get(concept, {}).get(code, code)

    def territory(self) -> str:
        """Return the concept of the territory.

        The classifier comes first, another list of regions second; it is empty if there is neither.
        """
        for pattern in (_OKATO, _REGIONS):
            for concept in self.labels:
                if pattern.search(concept) or pattern.search(self.names.get(concept, "")):
                    return concept
        return ""


def recognises(file: OpenedFile) -> bool:
    """Tell a message of SDMX-ML by the namespaces at its head."""
    return file.kind == "xml" and b"sdmx" in file.content[:4096].lower()


def read(file: OpenedFile) -> Reading:
    """Read the annual observations of an SDMX-ML file.

    Returns
    -------
    Reading
        A block a unit; codes of EMISS in `territory_code` and `category_code`, all cuts but the territory in
        `category`.
    """
    structure, records, bad = _read_series(file.content)
    unread = []
    if bad:
        unread.append(Unread(_PART, f"Рядов, в которых нет года или значения: {bad}.", "Выгрузите показатель заново."))
    if not records:
        remedy = "Выгрузите показатель из ЕМИСС как SDMX или как книгу Excel."
        return Reading(NAME, VERSION, [], [*unread, Unread(_PART, "В файле нет рядов вида GenericData.", remedy)])
    raw = pd.DataFrame(records, columns=list(RAW_COLUMNS))
    ready, left = blocks(raw, _PART, structure.title, structure.code, structure.notes)
    return Reading(NAME, VERSION, ready, unread + left)


def _read_series(content: bytes) -> tuple[_Structure, list[tuple], int]:
    """Return what stands before the data, the raw observations, and how many series have none."""
    structure, territory = _Structure(), ""
    records: list[tuple] = []
    bad = 0
    for element in elements(content, ("CodeList", "Codelist", "Indicator", "Series")):
        kind = etree.QName(element).localname
        if kind == "Series":
            territory = territory or structure.territory() or _in_key(element)
            observations = list(_observations(element, structure, territory))
            bad += not observations
            records += observations
        elif kind == "Indicator":
            _describe(element, structure)
        else:
            _list_codes(element, structure)
    return structure, records, bad


def _list_codes(element: etree._Element, structure: _Structure) -> None:
    concept, labels = element.get("id", ""), {}
    for child in element:
        local = etree.QName(child).localname
        if local == "Name" and concept not in structure.names:
            structure.names[concept] = plain(child.text)
        elif local == "Code":
            labels[child.get("value") or child.get("id", "")] = plain(
                next((part.text for part in child if part.text and part.text.strip()), "")
            )
    structure.labels[concept] = labels


def _describe(element: etree._Element, structure: _Structure) -> None:
    structure.code, structure.title = element.get("id", ""), plain(element.get("name", ""))
    units = [unit.get("value", "") for unit in element.iterfind(".//{*}Unit")]
    structure.unit = plain(units[0]) if len(units) == 1 else ""
    structure.notes = tuple(
        plain(comment.get("value", "")) for comment in element.iterfind("{*}Comment") if comment.get("value")
    )


def _in_key(series: etree._Element) -> str:
    """Return the territory's concept of a file without code lists."""
    return next(filter(_OKATO.search, _values(series.find("{*}SeriesKey"))), "")


def _observations(series: etree._Element, structure: _Structure, territory: str) -> Iterator[tuple]:
    """Yield the rows of one series; the time and the value stand as in version 1.0, 2.0 or 2.1."""
    key = _values(series.find("{*}SeriesKey"))
    attributes = _values(series.find("{*}Attributes"))
    code = key.get(territory, "")
    codes = {concept: value for concept, value in key.items() if concept != territory}
    category = JOINT.join(structure.label(concept, value) for concept, value in codes.items())
    okato = code if _OKATO.search(territory) or _OKATO.search(structure.names.get(territory, "")) else ""
    for observation in series.iterfind("{*}Obs"):
        own = attributes | _values(observation.find("{*}Attributes"))
        time, printed = _time(observation), observation.find("{*}ObsValue")
        text = "" if printed is None else plain(printed.get("value", ""))
        if time is None or not text:
            continue
        value, (year, within) = number(text), time
        period = own.get("PERIOD") or within
        place = [f"код территории {code}" if code else "", category.replace(JOINT, ", "), period, str(year)]
        yield (
            structure.labels.get(territory, {}).get(code, ""),
            okato,
            category,
            JOINT.join(codes.values()),
            year,
            value,
            "" if value is not None else text,
            ", ".join(filter(None, place)),
            "",
            own.get("EI") or own.get("UNIT") or structure.unit,
            period,
        )


def _values(element: etree._Element | None) -> dict[str, str]:
    if element is None:
        return {}
    return {
        value.get("concept") or value.get("id", ""): plain(value.get("value", ""))
        for value in element.iterfind("{*}Value")
    }


def _time(observation: etree._Element) -> tuple[int, str] | None:
    time, dimension = observation.find("{*}Time"), observation.find("{*}ObsDimension")
    text = plain(time.text if time is not None else dimension.get("value", "") if dimension is not None else "")
    if _YEAR_TIME.fullmatch(text):
        return int(text), ""
    if match := re.fullmatch(r"(\d{4})-(?:Q([1-4])|(\d\d))", text):
        return int(match[1]), f"{match[2]} квартал" if match[2] else f"{match[1]}-{match[3]}"
    return year_of(text)
