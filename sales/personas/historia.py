"""What was done to a person, as the admin's log keeps it and as each reader may read it.

A note keeps branches by number: their names are drawn for whoever reaches them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gestion_precios.models import Sucursal

# Beside the admin's own `added` and `changed`, which its history reads; this one it passes over.
_PROPIO: Final = "persona"
_RAYA: Final = "—"


def anotar(
    quien: User,
    otro: User,
    frase: str,
    *,
    campos: Iterable[str] = (),
    sucursales: Iterable[int] | None = None,
    envio: str = "",
) -> None:
    """One record with the admin's; an invitation (no fields) says which form sent it."""
    propio: dict[str, Any] = {"frase": frase, "envio": envio}
    if sucursales is not None:
        propio["sucursales"] = sorted(sucursales)
    nombres = list(campos)
    suyo: dict[str, Any] = {"changed": {"fields": nombres}} if nombres else {"added": {}}
    LogEntry.objects.create(
        user_id=quien.pk,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(otro.pk),
        object_repr=str(otro)[:200],
        action_flag=CHANGE if nombres else ADDITION,
        change_message=json.dumps([suyo | {_PROPIO: propio}]),
    )


def anotar_frase(quien: User, otro: User, frase: str) -> None:
    """One record that says the same to every reader."""
    LogEntry.objects.log_actions(quien.pk, [otro], CHANGE, frase, single_object=True)


def notas_de(otro: User) -> QuerySet[LogEntry]:
    """All that was noted of a person, the latest first."""
    tipo = ContentType.objects.get_for_model(User)
    return LogEntry.objects.filter(content_type=tipo, object_id=str(otro.pk)).order_by("-pk")


def invitada_con(quien: User, envio: str) -> User | None:
    """Whom this person invited with that very form, if they did."""
    if not envio:
        return None
    tipo = ContentType.objects.get_for_model(User)
    altas = LogEntry.objects.filter(user=quien, content_type=tipo, action_flag=ADDITION)
    nota = altas.filter(change_message__contains=json.dumps({"envio": envio})[1:-1]).first()
    return User.objects.filter(pk=int(nota.object_id or 0)).first() if nota else None


def frase_de(nota: LogEntry, visibles: QuerySet[Sucursal], *, todo: bool) -> str:
    """What a note says to who reaches these branches; all of it to whoever sees everything."""
    partes = _partes(nota.change_message)
    if partes is None:
        return nota.change_message
    if propio := partes[0].get(_PROPIO) if partes else None:
        lugares = propio.get("sucursales")
        dicho = "" if lugares is None else _("Sucursales: %s.") % _nombres(lugares, visibles)
        return f"{propio['frase']} {dicho}".strip()
    return nota.get_change_message() if todo else _sin_nombres(partes)


def _partes(mensaje: str) -> list[dict[str, Any]] | None:
    try:
        partes = json.loads(mensaje)
    except ValueError:
        return None
    return partes if isinstance(partes, list) else None


def _nombres(claves: list[int], visibles: QuerySet[Sucursal]) -> str:
    propias = visibles.filter(pk__in=claves)
    nombres = sorted(propias.values_list("nombre", flat=True))
    return ", ".join([*nombres, _RAYA] if len(nombres) < len(claves) or not claves else nombres)


def _sin_nombres(partes: list[dict[str, Any]]) -> str:
    """The admin's own words, without the names of the rows (a profile's is its branch's)."""
    for parte in partes:
        for hecho in parte.values():
            if "object" in hecho:
                hecho["object"] = _RAYA
    return LogEntry(change_message=json.dumps(partes)).get_change_message()
