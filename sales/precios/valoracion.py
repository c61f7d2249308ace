"""An order's lines against the system's prices: policy, totals, IVA, notices. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from core.limites_pedido import LIMITES
from gestion_precios.moneda import decimales, formato
from sales.payload import IMPUESTOS, Aviso, Declarado, PedidoLeido, PedidoRechazado
from sales.precios.iva import importes

REVISAR, CORREGIR, RECHAZAR = "revisar", "corregir", "rechazar"
# In minor units: thirteen digits, which SQLite's floats hold to the last one.
TOTAL_MAXIMO = 10 ** LIMITES["total_linea_cifras"] - 1
# In major units: what no longer goes into a price's column.
PRECIO_TOPE = 10**12
# A NamedTuple's own constructor takes twice as long, and a lote has a hundred thousand lines.
_nueva: Final = tuple.__new__


class PrecioSistema(NamedTuple):
    """What an article costs in one order, in minor units; the list it is from (None: `Precios`)
    and the data it stands for."""

    minimos: int
    lista_id: int | None
    version: str

    def vendible(self, lugares: int) -> bool:
        """Whether it can be sold at this price: what rules brought down to 0 cannot."""
        return (self.minimos > 0 or self.lista_id is None) and (
            self.minimos < PRECIO_TOPE * 10**lugares
        )


class Fila(NamedTuple):
    """A line ready to be written, its amounts in minor units; the fields are in the order that
    `OrdersDetail` is written in."""

    articulo_id: int
    cantidad_original: int
    cantidad: int
    precio_unitario: int
    gravada_10: int
    iva_10: int
    gravada_5: int
    iva_5: int
    exenta: int
    precio_sistema: int
    lista_id: int | None
    version: str


class Articulo(NamedTuple):
    """An article as a line sees it."""

    nombre: str
    tasa_iva: int
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
    precios: Mapping[int, PrecioSistema],
    articulos: Mapping[int, Articulo],
    politica: str,
    moneda: str,
) -> PedidoValorado:
    """Price and tax every line; PedidoRechazado at the first that cannot be sold."""
    filas: list[Fila] = []
    avisos = pedido.avisos
    en_revision = False
    tope = PRECIO_TOPE * 10 ** decimales(moneda)
    for articulo, cantidad, precio, declarado in pedido.lineas:
        ofrecido, propio = articulos.get(articulo), precios.get(articulo)
        if ofrecido is None or propio is None or not ofrecido.activo:
            raise _no_se_vende(ofrecido, len(filas) + 1)
        sistema, lista, version = propio
        if not 0 < sistema < tope and not propio.vendible(decimales(moneda)):
            raise _precio_imposible(ofrecido, propio, len(filas) + 1)
        if precio != sistema:
            avisos.append(_precio_distinto(politica, len(filas) + 1, precio, sistema, moneda))
            if politica == CORREGIR:
                precio = sistema
            else:
                en_revision = True
        total = cantidad * precio
        if total > TOTAL_MAXIMO:
            raise _importe_excesivo(len(filas) + 1)
        iva = importes(total, ofrecido.tasa_iva)
        if declarado is not None and declarado != iva:
            _comparar_impuestos(declarado, iva, len(filas) + 1, moneda, avisos)
        fila = (articulo, cantidad, cantidad, precio, *iva, sistema, lista, version)
        filas.append(_nueva(Fila, fila))
    return PedidoValorado(pedido, filas, avisos, en_revision)


def _no_se_vende(articulo: Articulo | None, numero: int) -> PedidoRechazado:
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


def _precio_imposible(articulo: Articulo, precio: PrecioSistema, numero: int) -> PedidoRechazado:
    if precio.minimos:
        codigo, falla = "precio_excesivo", f"el precio de {articulo.nombre} es demasiado grande"
    else:
        codigo, falla = "precio_en_cero", f"las reglas de la lista dejan en 0 a {articulo.nombre}"
    detalle = f"{falla}: pedir que lo corrijan, o quitar la línea."
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
