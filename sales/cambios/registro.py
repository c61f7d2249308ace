"""Writing a change down, in the transaction of what changed the order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from django.db.models.signals import post_save
from django.utils import timezone

from sales.models import Cambio, Orders
from sales.signals import Hecho, pedido_cambiado

Tipo = Cambio.Tipo
_NADA: Final[Mapping[str, Any]] = MappingProxyType({})
# A deed's type, and what else is said of it.
DE_HECHO: Final[Mapping[Hecho, tuple[Cambio.Tipo, Mapping[str, Any]]]] = {
    Hecho.ANULACION: (Tipo.ANULADO, _NADA),
    Hecho.ANULACION_DE_LINEA: (Tipo.LINEA_ANULADA, _NADA),
    Hecho.CANCELACION: (Tipo.CANCELADO, _NADA),
    Hecho.STOCK_DEVUELTO: (Tipo.STOCK_DEVUELTO, _NADA),
    Hecho.CAJA: (Tipo.EN_CAJA, _NADA),
    Hecho.PRECIO_ACEPTADO: (Tipo.PRECIO_DECIDIDO, {"decision": "aceptar"}),
    Hecho.PRECIO_CORREGIDO: (Tipo.PRECIO_DECIDIDO, {"decision": "corregir"}),
}
# The columns of a change of a lote's order; the rest is the same in each.
CAMPOS_CAMBIO: Final = ("pedido", "pedido_numero", "sucursal")


def conectar() -> None:
    """Write down every deed, and every order that is born outside a lote."""
    pedido_cambiado.connect(_al_cambiar, dispatch_uid="sales.cambios")
    post_save.connect(_al_nacer, sender=Orders, dispatch_uid="sales.cambios")


def anotar(pedido: Orders, tipo: Cambio.Tipo, datos: Mapping[str, Any] = _NADA) -> None:
    """Write down a change of an order that the caller has locked, or has just made."""
    # Where the order is: tests of pages have a database beside the usual one.
    Cambio.objects.using(pedido._state.db).create(
        tipo=tipo,
        momento=timezone.now(),
        pedido=pedido,
        pedido_numero=pedido.pedido_numero,
        sucursal_id=pedido.sucursal_id,
        datos=dict(datos),
    )


def anotar_respuesta(pedido: Orders, *, no_completado: int, respuesta: str) -> None:
    """Write down what a store answered; the same answer of the same row again is no news."""
    datos = {"no_completado": no_completado, "respuesta": respuesta}
    dadas = Cambio.objects.filter(pedido=pedido, tipo=Tipo.RESPONDIDO).order_by("-id")
    de_la_fila = (d for d in dadas.values_list("datos", flat=True) if _es_de(d, no_completado))
    if next(de_la_fila, None) != datos:
        anotar(pedido, Tipo.RESPONDIDO, datos)


def guardados(ids: Sequence[int], numeros: Sequence[int], sucursal: int) -> list[tuple[int, ...]]:
    """The rows of a chunk of new orders, by CAMPOS_CAMBIO."""
    return [(id_, numero, sucursal) for id_, numero in zip(ids, numeros, strict=True)]


def _es_de(datos: Mapping[str, Any], no_completado: int) -> bool:
    return bool(datos["no_completado"] == no_completado)


def _al_cambiar(
    sender: object, pedido: Orders, hecho: Hecho, detalle_id: int | None = None, **_kwargs: Any
) -> None:
    tipo, datos = DE_HECHO[hecho]
    anotar(pedido, tipo, datos if detalle_id is None else {**datos, "detalle": detalle_id})


def _al_nacer(
    sender: type[Orders], instance: Orders, created: bool, raw: bool = False, **_kwargs: Any
) -> None:
    if created and not raw:
        anotar(instance, Tipo.GUARDADO)
