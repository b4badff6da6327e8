"""Make the pages of tables and their columns from the descriptions that the data are checked by.

`python -m tests.project.tables_page` writes them anew; a test holds them against the schemas.
"""

from __future__ import annotations

import json
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
PAGES = Path(__file__).resolve().parents[2] / "docs" / "ru"
# More files of one schema than this are told as a whole.
MANY = 12
# Stand in every table of words, and are told once: this one, and whose a row is.
QUOTED = "quoted"
# The layers by one example of each: tables of a name have one schema in all of them.
LAYERS = {
    "editions/kemerovo-2021": "data/editions/<издание>/",
    "regions/kemerovo": "data/regions/<регион>/",
    "federal": "data/federal/",
    "": "data/",
}
HEADS = {
    "tables": """# Таблицы изданий, регионов и федеральные

Что лежит в `data/editions/`, `data/regions/` и `data/federal/` и что писать в каждом столбце. О кодах, рядах и
журналах и о таблицах, которые есть только в `data/federal/`, – [другая страница](codes.md); как править, в том числе
столбец `quoted`, который стоит в каждой таблице слов, – [«Правлю таблицу»](edit-table.md); чьи данные где лежат –
[«Почему так»](why.md#слои-данных). У каждой таблицы слов есть и столбец `territory`: регион, которому принадлежит
строка; в федеральном слое пусто.
""",
    "codes": """# Справочники, ряды и журналы

Что лежит в `data/codes/`, `data/statistics/`, `data/geo/`, `data/vintages/` и только в `data/federal/` и что писать в
каждом столбце. О таблицах слов и чисел издания – [другая страница](tables.md).
""",
}
MADE = """
Страница собрана из описаний, по которым данные проверяются (`data/schemas/`), командой
`python -m tests.project.tables_page`. Звёздочка – столбец не бывает пустым.
"""


def used() -> dict[str, list[tuple[str, str, str]]]:
    """Return, by schema, the layer, file and title of the tables it describes."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for folder in LAYERS:
        package = json.loads((DATA / folder / "datapackage.json").read_text(encoding="utf-8"))
        for resource in package["resources"]:
            schema = resource.get("schema")
            if isinstance(schema, str):
                told = (folder, resource["path"], resource.get("title", ""))
                found.setdefault(Path(schema).stem, []).append(told)
    return found


def page(name: str) -> str:
    """Return one of the pages: `tables` that editions or regions have, or `codes` and what is the same for all."""
    parts = [HEADS[name], MADE.strip(), ""]
    for schema, tables in sorted(used().items()):
        described = json.loads((DATA / "schemas" / f"{schema}.json").read_text(encoding="utf-8"))
        if ("codes" if {folder for folder, *_ in tables} <= {"", "federal"} else "tables") == name:
            parts += [f"## {schema}", "", f"{described['title']}. {_where(tables)}", "", *_columns(described), ""]
    return "\n".join(parts)


def _where(tables: list[tuple[str, str, str]]) -> str:
    by_folder: dict[str, list[str]] = {}
    for folder, path, _ in tables:
        where, _, file = f"{LAYERS[folder]}{path}".rpartition("/")
        by_folder.setdefault(where, []).append(file)
    named = [
        f"`{folder}/`: "
        + (", ".join(f"`{file}`" for file in files) if len(files) <= MANY else "по файлу на показатель")
        for folder, files in by_folder.items()
    ]
    return "; ".join(named) + "."


def _columns(described: dict) -> list[str]:
    rows = ["| столбец | что в нём |", "|---|---|"]
    for field in described["fields"]:
        if field["name"] == QUOTED or field.get("owner"):
            continue
        limits = field.get("constraints", {})
        said = field["description"].replace("|", "\\|").rstrip(".")
        if "enum" in limits and not all(str(value) in said for value in limits["enum"]):
            said += ": " + ", ".join(f"`{value}`" for value in limits["enum"])
        rows.append(f"| `{field['name']}`{'*' if limits.get('required') else ''} | {said} |")
    return rows


if __name__ == "__main__":
    for made in HEADS:
        (PAGES / f"{made}.md").write_text(page(made), encoding="utf-8")
