"""Lists that are about to expire, what follows them, and the mark of those that did."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from gestion_precios.models import Empresa, ListaPrecio
from gestion_precios.motor.vigencia import UN_DIA, elegir, hoy_en

registro = logging.getLogger(__name__)
DIAS_DE_AVISO: Final = 7


@dataclass(frozen=True, slots=True)
class Vencimiento:
    """A list in its last days: how many are left (0: today is the last), and which list holds
    for its branch and channel the day after; None: nobody will have a price."""

    lista: ListaPrecio
    dias: int
    sigue: ListaPrecio | None


def por_vencer(empresas: Iterable[Empresa], *, dias: int = DIAS_DE_AVISO) -> list[Vencimiento]:
    """The lists in force that end within `dias`, the soonest first. One query."""
    de_empresa = defaultdict(list)
    listas = ListaPrecio.objects.filter(empresa__in=empresas, activa=True)
    for lista in listas.select_related("empresa", "sucursal").order_by("pk"):
        de_empresa[lista.empresa].append(lista)
    vencimientos = [
        Vencimiento(lista, (fin - hoy).days, _sigue(lista, fin, hermanas))
        for empresa, hermanas in de_empresa.items()
        for hoy in [hoy_en(empresa)]
        for lista in hermanas
        if (fin := lista.fecha_fin_vigencia) is not None
        and lista.vigente_en(hoy)
        and fin - hoy <= timedelta(days=dias)
    ]
    return sorted(vencimientos, key=lambda v: (v.dias, v.lista.pk))


@transaction.atomic
def anotar_vencidas() -> list[int]:
    """Note when each active list was found expired, and take the note off one that was extended.

    Today is each company's own. Returns the ids of those newly expired; run again it finds none.
    """
    ahora = timezone.now()
    con_fin = ListaPrecio.objects.filter(activa=True).select_related("empresa").order_by("pk")
    vencidas = {
        lista.pk: lista.vencida_en
        for lista in con_fin.exclude(fecha_fin_vigencia=None)
        if lista.fecha_fin_vigencia and lista.fecha_fin_vigencia < hoy_en(lista.empresa)
    }
    nuevas = [lista for lista, anotada in vencidas.items() if anotada is None]
    ListaPrecio.objects.filter(pk__in=nuevas).update(vencida_en=ahora)
    ListaPrecio.objects.exclude(vencida_en=None).exclude(pk__in=vencidas).update(vencida_en=None)
    return nuevas


def revisar_vencimientos() -> None:
    """Mark what expired, and report it and what is about to: the beat's work."""
    for lista in anotar_vencidas():
        registro.warning("lista_vencida", extra={"lista": lista})
    for vencimiento in por_vencer(Empresa.objects.all()):
        datos = {
            "lista": vencimiento.lista.pk,
            "dias": vencimiento.dias,
            "sigue": vencimiento.sigue.pk if vencimiento.sigue else None,
        }
        registro.log(
            logging.INFO if vencimiento.sigue else logging.WARNING, "lista_por_vencer", extra=datos
        )


def _sigue(lista: ListaPrecio, fin: date, hermanas: list[ListaPrecio]) -> ListaPrecio | None:
    """The company's list for this list's branch and channel on the day after its end."""
    candidatas = (
        otra
        for otra in hermanas
        if otra.vigente_en(fin + UN_DIA) and otra.sucursal_id in (None, lista.sucursal_id)
    )
    return elegir(candidatas, lista.canal_venta)
