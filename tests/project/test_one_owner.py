"""Each rule of print and of reading has one owner: a second copy would disagree with it one day."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

# What only the owner may hold, as a pattern over the source of a module, and who the owner is.
OWNERS = {
    "decimal comma": (r"""replace\(\s*["']\.["'],\s*["'],["']\s*\)""", "analysis/base/russian.py"),
    "decimal point": (r"""replace\(\s*["'],["'],\s*["']\.["']\s*\)""", "analysis/base/russian.py"),
    "months": (r"""["' ]февраля["' ,]""", "analysis/base/russian.py"),
    "no data": (r"""["'](?:нет данных|н/д)["']""", "analysis/base/russian.py"),
    "what is not told": (r"[Ии] ещ[её] \{(?:rest|len)", "analysis/base/russian.py"),
    "variables for kernels": (r"""["']REPORT_[A-Z]""", "analysis/base/build_env.py"),
    "evaluation of formulas": (r"""mode=["']eval["']|\beval\(""", "analysis/base/formulas.py"),
    "headings of cells": (r"\(#\{1,6\}\)", "analysis/base/markdown.py"),
    "numbers and nouns": (r"% 10 (?:==|in) |% 100 (?:!=|not in) ", "analysis/base/russian.py"),
    "rounding half up": (r"ROUND_HALF_UP", "analysis/base/russian.py"),
    "locks": (r"\bfcntl\.flock|\bmsvcrt\.locking", "analysis/base/lock.py"),
}


def copies(source: str, pattern: str) -> list[str]:
    """Return the lines of code that hold what only the owner may; words about it are none."""
    code = re.sub(r'(?s)(?<![=(,\[{] )r?""".*?"""', "", source)
    return [found[0] for line in code.splitlines() if (found := re.search(pattern, line.partition("  # ")[0]))]


@pytest.mark.parametrize("rule", OWNERS)
def test_a_rule_has_one_owner(rule, root, tracked):
    pattern, owner = OWNERS[rule]
    holders = {
        path.relative_to(root).as_posix(): found
        for path in tracked
        if path.suffix == ".py" and path.is_relative_to(root / "analysis")
        if (found := copies(path.read_text(encoding="utf-8"), pattern))
    }
    assert list(holders) == [owner], holders


@pytest.mark.parametrize(
    ("rule", "second"),
    [
        ("decimal comma", 'text = f"{value:.1f}".replace(".", ",")'),
        ("numbers and nouns", "one = count % 10 == 1 and count % 100 != 11"),
        ("months", 'MONTHS = ["января", "февраля"]'),
        ("months", 'MONTHS = "января февраля".split()'),
        ("no data", 'ax.text(0, 0, "нет данных")'),
        ("what is not told", 'f"{words} и ещё {len(rest)}"'),
        ("variables for kernels", 'os.environ.get("REPORT_CARDS")'),
        ("evaluation of formulas", 'ast.parse(text, mode="eval")'),
        ("decimal point", 'float(cell.replace(",", "."))'),
        ("headings of cells", 're.compile(r"(#{1,6}) (.*)")'),
        ("rounding half up", "value.quantize(step, rounding=ROUND_HALF_UP)"),
        ("locks", "fcntl.flock(handle, fcntl.LOCK_EX)"),
    ],
)
def test_a_second_copy_would_be_seen(rule, second):
    assert copies(second, OWNERS[rule][0])


def test_words_about_a_rule_are_no_copy():
    source = '"""Return «1,5»: no replace(".", ",") here."""\nx = 1  # as replace(".", ",") does\n'
    assert copies(source, OWNERS["decimal comma"][0]) == []


def test_each_rule_has_a_second_copy_to_be_seen():
    (shown,) = [mark for mark in test_a_second_copy_would_be_seen.pytestmark if mark.name == "parametrize"]
    assert {rule for rule, _ in shown.args[1]} == set(OWNERS)


def test_owners_are_modules(root):
    assert [owner for _, owner in OWNERS.values() if not (Path(root) / owner).is_file()] == []
