"""A name as prose declines it: two names in six cases, where something is, what gender a verb takes, the adjective."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from analysis.base.errors import DataError, nearest
from analysis.base.russian import CASES, declined
from analysis.quantities import Text

_WORDS = ("preposition", "gender")
_OF_NAME = (*CASES, *_WORDS, "inside")
_ADJECTIVE = re.compile(rf"adjective(?:_(f|n|pl))?(?:_({'|'.join(CASES)}))?")
_GENDERS = ("m", "f", "n", "pl")
_SAID = {
    **{case: f"{said.removesuffix('ый')}ого падежа" for case, said in CASES.items()},
    "preposition": "предлога «где»",
    "gender": "рода",
}
# What the cases are called elsewhere: in grammars, and by `count` and `spelled`, which ask a dictionary.
_CALLED = dict(
    zip(
        ("genitive", "dative", "accusative", "instrumental", "prepositional", "gent", "datv", "accs", "ablt", "loct"),
        (*CASES, *CASES),
        strict=True,
    )
) | {"locative": "loc"}
FORMS = (
    f"name и short; падежи полного наименования – {', '.join(f'{case} ({said})' for case, said in CASES.items())},"
    " краткого – short_gen и так далее; «где» – inside и short_inside; предлог и род – preposition, gender,"
    " short_preposition, short_gender; прилагательное – adjective, adjective_f, adjective_n, adjective_pl и они же с"
    " падежом (adjective_pl_gen)"
)


class FormError(DataError, AttributeError):
    """A name has no such form, or none in its table; `hasattr` asks for it as for any other attribute."""


@dataclass(frozen=True)
class Named:
    """Something with a name that prose declines.

    In prose the object itself is its short name; `.name` is the full one. Names of what was picked by numbers remember
    them. What a name is asked for:

    | | full name | short name |
    |---|---|---|
    | nominative | `name` | `short` |
    | genitive, dative, accusative, instrumental | `gen`, `dat`, `acc`, `ins` | `short_gen` and so on |
    | prepositional, as after «where» | `loc` | `short_loc` |
    | with its preposition («во Владимирской области») | `inside` | `short_inside` |
    | preposition; gender: m, f, n, pl | `preposition`, `gender` | `short_preposition`, `short_gender` |

    The adjective is `adjective` (masculine), `adjective_f`, `adjective_n`, `adjective_pl`, each with a case where it is
    not the nominative: `adjective_pl_gen`; the accusative is that of things, not of people.

    Attributes
    ----------
    id, name, short : str
        Id in its table, full and short name.
    table : str
        The table, for who has to fill it.
    given : mapping of str to str
        What the table has of the other forms.
    """

    id: str
    name: str
    short: str
    table: str = field(default="", repr=False, compare=False)
    given: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    said: Callable[[str], str] = field(default=str, repr=False, compare=False)

    def __str__(self) -> str:
        return self.short

    def _repr_markdown_(self) -> str:
        return Text(self.short)._repr_markdown_()

    def __getattr__(self, form: str) -> str:
        if form.startswith("_"):  # asked by Python itself and by those who show objects
            raise AttributeError(form)
        if found := _ADJECTIVE.fullmatch(form):
            return self.said(declined(self._given("adjective"), found[1] or "m", found[2] or "nom"))
        of_short = form.startswith("short_")
        bare = form.removeprefix("short_")
        if bare not in _OF_NAME:
            meant = _CALLED.get(bare)
            near = f"{'short_' if of_short else ''}{meant}" if meant else nearest(form, dir(self))
            hint = f" (возможно, имелось в виду «{near}»)" if near else ""
            raise FormError(f"У названия «{self.short}» нет формы «{form}»{hint}; есть {FORMS}.")
        if bare == "inside":
            return self.said(f"{self._of(of_short, 'preposition')} {self._of(of_short, 'loc')}")
        found_form = self._of(of_short, bare)
        return found_form if bare in _WORDS else self.said(found_form)

    def __dir__(self) -> list[str]:
        adjectives = [f"adjective{kind}" for kind in ("", "_f", "_n", "_pl")]
        cases = [f"{adjective}_{case}" for adjective in adjectives for case in CASES]
        return [
            *("id", "name", "short", "agree"),
            *_OF_NAME,
            *(f"short_{form}" for form in _OF_NAME),
            *adjectives,
            *cases,
        ]

    def agree(self, masculine: str, feminine: str, neuter: str, plural: str) -> str:
        """Return the form of a verb or an adjective that goes with the short name.

        Parameters
        ----------
        masculine, feminine, neuter, plural : str
            The four forms: «принял», «приняла», «приняло», «приняли».

        Returns
        -------
        str
        """
        return (masculine, feminine, neuter, plural)[_GENDERS.index(self._of(True, "gender"))]

    def _of(self, of_short: bool, form: str) -> str:
        """Return a form of the full name or of the short one, which may be the same."""
        return self._given(f"short_{form}" if of_short and self.short != self.name else form)

    def _given(self, column: str) -> str:
        if text := self.given.get(column, ""):
            return text
        if column == "adjective":
            what = "прилагательного"
        else:
            name = "краткого" if column.startswith("short_") else "полного"
            what = f"{_SAID[column.removeprefix('short_')]} {name} наименования"
        raise FormError(
            f"В таблице «{self.table}» у «{self.name}» ({self.id}) нет {what}: заполните столбец «{column}»"
            f"{' или скажите иначе' if column == 'adjective' else ''}."
        )
