"""What the product advises does not lose a person's work."""

from __future__ import annotations

import re

import pytest


@pytest.mark.parametrize("advice", [r"осстанов\w+ [^.\n]*Git", r"git (restore|checkout|reset|clean|stash)"])
def test_no_message_sends_back_to_what_was_committed(advice, tracked, root):
    told = [
        path for path in tracked if path.suffix in (".py", ".js", ".lua") and path.is_relative_to(root / "analysis")
    ]
    assert [str(path.relative_to(root)) for path in told if re.search(advice, path.read_text(encoding="utf-8"))] == []
