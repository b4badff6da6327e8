"""What pydantic finds wrong with a field, in Russian."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from analysis.base.errors import did_you_mean

_WANTED = {
    "string_type": "нужна строка",
    "string_too_short": "нужна непустая строка",
    "int_type": "нужно целое число",
    "int_from_float": "нужно целое число",
    "float_type": "нужно число",
    "bool_type": "нужно true или false",
    "date_type": "нужна дата вида 2021-11-01",
    "date_from_datetime_inexact": "нужна дата без времени вида 2021-11-01",
    "list_type": "нужен список",
    "tuple_type": "нужен список",
    "dict_type": "нужен раздел из полей",
    "model_type": "нужен раздел из полей",
    "model_attributes_type": "нужен раздел из полей",
    "too_short": "нужно хотя бы одно значение",
    "literal_error": "такого значения нет",
    "missing": "поле не заполнено",
}
# What is wanted, and which of the rule's own values ends the words.
_BOUNDS = {"greater_than_equal": ("нужно не меньше", "ge"), "less_than_equal": ("нужно не больше", "le")}


def plain(error: Mapping[str, Any], known: Iterable[str] = (), patterns: Mapping[str, str] | None = None) -> str:
    """Return one error of a `pydantic.ValidationError` as a sentence.

    Parameters
    ----------
    error : mapping
        Of `ValidationError.errors()`.
    known : iterable of str
        The fields there are, to offer the nearest of.
    patterns : mapping, optional
        What a regular expression of the fields asks for, in words.

    Returns
    -------
    str
        «поле «year»: нужно целое число.», with the nearest right name or bound where there is one.
    """
    field = ".".join(part if isinstance(part, str) else f"{part + 1}-е значение" for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"неизвестное поле «{field}».{did_you_mean(field, known) or ' Уберите его.'}"
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return f"поле «{field}»: {context['error']}."
    if bound := _BOUNDS.get(error["type"]):
        return f"поле «{field}»: {bound[0]} {context[bound[1]]}."
    wanted = (patterns or {}).get(context.get("pattern", "")) or _WANTED.get(error["type"], "значение не такого вида")
    return f"поле «{field}»: {wanted}."
