"""Reading a form's values back by their computed names."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def valor(valores: Mapping[str, str] | str, campo: str) -> str:
    """What was written in a field; "" in a form not sent yet."""
    return valores.get(campo, "") if isinstance(valores, Mapping) else ""
