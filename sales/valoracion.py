"""An order's lines against the system's prices: policy, totals, IVA, notices. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from gestion_precios.moneda import decimales, formato
from sales.iva import importes
from sales.payload import IMPUESTOS, Aviso, Declarado, PedidoLeido, PedidoRechazado

REVISAR, CORREGIR, RECHAZAR = "revisar", "corregir", "rechazar"
# In minor units: thirteen digits, which SQLite's floats hold to the last one.
TOTAL_MAXIMO = 9_999_999_999_999


class Tarifa(NamedTuple):
    """What an article costs a client that day, in minor units, and where the price is from."""

    tasa_iva: int
    precio: int
    lista_id: int | None
    version: str


# article, quantity ordered, quantity, price, gravada_10, iva_10, gravada_5, iva_5, exenta, system's
# price (minor units), list, version: a line ready to be written.
Fila = tuple[int, int, int, int, int, int, int, int, int, int, int | None, str]


class Articulo(NamedTuple):
    """What a refusal needs to name an article."""

    nombre: str
    activo: bool


class PedidoValorado(NamedTuple):
    """An order ready to be written; `en_revision` when somebody has to approve its prices."""

    pedido: PedidoLeido
    filas: list[Fila]
    avisos: list[Aviso]
    en_revision: bool


def valorar(
    pedido: PedidoLeido,
    *,
    tarifas: Mapping[int, Tarifa],
    articulos: Mapping[int, Articulo],
    politica: str,
    moneda: str,
) -> PedidoValorado:
    """Price and tax every line; PedidoRechazado at the first that cannot be sold."""
    filas: list[Fila] = []
    avisos = pedido.avisos
    en_revision = False
    for articulo, cantidad, precio, declarado in pedido.lineas:
        tarifa = tarifas.get(articulo)
        if tarifa is None:
            raise _sin_tarifa(articulos.get(articulo), len(filas) + 1)
        tasa, sistema, lista, version = tarifa
        if precio != sistema:
            avisos.append(_precio_distinto(politica, len(filas) + 1, precio, sistema, moneda))
            if politica == CORREGIR:
                precio = sistema
            else:
                en_revision = True
        total = cantidad * precio
        if total > TOTAL_MAXIMO:
            raise _importe_excesivo(len(filas) + 1)
        iva = importes(total, tasa)
        if declarado is not None and declarado != iva:
            _comparar_impuestos(declarado, iva, len(filas) + 1, moneda, avisos)
        filas.append((articulo, cantidad, cantidad, precio, *iva, sistema, lista, version))
    return PedidoValorado(pedido, filas, avisos, en_revision)


def _sin_tarifa(articulo: Articulo | None, numero: int) -> PedidoRechazado:
    if articulo is None:
        codigo, detalle = "articulo_desconocido", "el artículo no existe: quitar la línea."
    elif not articulo.activo:
        codigo, detalle = "articulo_inactivo", f"{articulo.nombre} ya no se vende: quitar la línea."
    else:
        codigo = "sin_precio"
        detalle = (
            f"{articulo.nombre} no tiene precio para este cliente:"
            " pedir que se lo carguen, o quitar la línea."
        )
    return PedidoRechazado(codigo, detalle, linea=numero, campo="articulo_id")


def _importe_excesivo(numero: int) -> PedidoRechazado:
    return PedidoRechazado(
        "importe_excesivo",
        "el total de la línea es demasiado grande: corregir la cantidad o el precio.",
        linea=numero,
        campo="cantidad",
    )


def _precio_distinto(politica: str, numero: int, precio: int, sistema: int, moneda: str) -> Aviso:
    enviado, propio = _texto(precio, moneda), _texto(sistema, moneda)
    if politica == RECHAZAR:
        raise PedidoRechazado(
            "precio_distinto",
            f"el precio es {propio} y se envió {enviado}: actualizar el precio de la línea.",
            linea=numero,
            campo="precio_unitario",
        )
    if politica == CORREGIR:
        codigo = "precio_corregido"
        motivo = f"Se envió {enviado} y se guardó {propio}, el precio del sistema."
    else:
        codigo = "precio_en_revision"
        motivo = f"Se guardó {enviado}; el precio del sistema es {propio}. Queda en revisión."
    return {"codigo": codigo, "linea": numero, "campo": "precio_unitario", "motivo": motivo}


def _comparar_impuestos(
    declarado: Declarado, iva: tuple[int, ...], numero: int, moneda: str, avisos: list[Aviso]
) -> None:
    """One notice a line: the first figure that differs stands for the others."""
    for campo, dicho, propio in zip(IMPUESTOS, declarado, iva, strict=True):
        if dicho is not None and dicho != propio:
            motivo = f"El importe enviado no corresponde: se guardó {_texto(propio, moneda)}."
            avisos.append(
                {"codigo": "impuesto_corregido", "linea": numero, "campo": campo, "motivo": motivo}
            )
            return


def _texto(minimos: int, moneda: str) -> str:
    return formato(Decimal(minimos).scaleb(-decimales(moneda)), moneda)
