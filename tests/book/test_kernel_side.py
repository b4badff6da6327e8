"""What a kernel can be asked for: whoever has something to tell registers it, nobody else need be there."""

from __future__ import annotations

import subprocess
import sys

import pytest

from analysis.base import kernel_side


def asked(name: str):
    return eval(kernel_side.asking(name), {})._repr_mimebundle_()[kernel_side.JSON]  # noqa: S307 - as a kernel does


def test_an_answer_is_what_was_registered(monkeypatch):
    monkeypatch.setattr(kernel_side, "_answers", {})
    kernel_side.register("sum", lambda: {"one": [1, 2]})
    assert (asked("sum"), asked("product")) == ({"one": [1, 2]}, None)


def test_answers_are_json_whatever_forms_are_asked_for():
    bundle = kernel_side.answer("nothing")._repr_mimebundle_(include=("text/plain",), exclude=())
    assert set(bundle) == {kernel_side.JSON, "text/plain"}


def test_a_process_that_imported_nothing_of_ours_tells_nothing_and_imports_little():
    asking = kernel_side.asking(kernel_side.NUMBERS)
    code = f"import sys; {asking}; print(sorted(name for name in sys.modules if 'analysis' in name))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['analysis', 'analysis.base', 'analysis.base.kernel_side']"


class Thing:
    def __init__(self) -> None:
        self.length = self._hidden = 1


@pytest.mark.parametrize(
    ("error", "there"),
    [
        (AttributeError("no", name="lenght", obj=Thing()), ["length"]),
        (ImportError("no", name="analysis.base.kernel_side"), ["Answer", "answer", "asking", "register"]),
        (ImportError("no", name="no.such.module"), []),
        (ValueError("no"), []),
    ],
)
def test_names_that_are_there_are_those_of_what_was_asked(monkeypatch, error, there):
    monkeypatch.setattr(sys, "last_value", error, raising=False)
    names = asked(kernel_side.THERE)
    assert set(there) <= set(names) and not any(name.startswith("_") for name in names)
    assert names == [] or there != []
