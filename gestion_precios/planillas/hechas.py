"""Imports that were done, and what is answered to whoever confirms one again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errores import ErrorDominio
from gestion_precios.models import Importacion, ListaPrecio


class YaImportada(ErrorDominio):
    """The import was done before; the sentence says when, and what it did."""

    def __init__(self, lista: ListaPrecio, hecha: Importacion) -> None:
        cuando = hecha.hecha_en.astimezone(ZoneInfo(lista.empresa.zona_horaria))
        frase = _("Esta importación ya se hizo el %(dia)s a las %(hora)s: %(que)s.")
        super().__init__(
            frase
            % {"dia": f"{cuando:%d/%m/%Y}", "hora": f"{cuando:%H:%M}", "que": que_hizo(hecha)},
            codigo="ya_importada",
            estado=409,
        )


def hecha_con(lista: ListaPrecio, vista: str) -> Importacion | None:
    """The import that confirmed the preview of this id."""
    return lista.importaciones.filter(pk=vista).first()


def hecha_desde(lista: ListaPrecio, huella: str, momento: datetime) -> Importacion | None:
    """An import that did the same, since somebody looked at it."""
    return lista.importaciones.filter(huella=huella, hecha_en__gte=momento).first()


def cuentas_de(cuentas: Mapping[str, int]) -> dict[str, int]:
    """How many prices of each kind, as an import keeps them."""
    return {
        "cambiados": cuentas["cambia"],
        "agregados": cuentas["nuevo"],
        "quitados": cuentas["quita"],
    }


def que_hizo(hecha: Importacion) -> str:
    """`2 precios cambiados, 1 agregado`."""
    partes = [
        (hecha.cambiados, ngettext("%d precio cambiado", "%d precios cambiados", hecha.cambiados)),
        (hecha.agregados, ngettext("%d agregado", "%d agregados", hecha.agregados)),
        (hecha.quitados, ngettext("%d quitado", "%d quitados", hecha.quitados)),
    ]
    return ", ".join(frase % cuenta for cuenta, frase in partes if cuenta)
