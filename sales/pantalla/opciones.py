"""What the desk's fragments show of a client, an article or an order, in plain and read form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from core.datos.buscador import Fila, Hallazgo
from gestion_precios.articulos.busqueda import CAMPOS_ARTICULO, buscar_articulos
from gestion_precios.models import Sucursal
from gestion_precios.moneda import SIMBOLOS, decimales, formato
from sales.models import Cliente, Orders, Producto
from sales.precios.sistema import (
    PreciosDelSistema,
    en_venta,
    mercado_de,
    precios_de_mercado,
)
from sales.precios.valoracion import PrecioSistema

Opcion = dict[str, Any]


def opciones_de_clientes(filas: Iterable[Fila]) -> list[Opcion]:
    """Clients as the picker's options; ids as text, free of thousands dots."""
    return [
        {
            "id": str(fila["id"]),
            "nombre": fila["nombrefantasia"] or fila["nombrefactura"],
            "razon": fila["nombrefactura"],
            "ruc": fila["ruc"],
            "canal": str(fila["canalobj_id"]),
            "canal_nombre": fila["canalobj__nombre"],
        }
        for fila in filas
    ]


def hallar_articulos(
    consulta: str, cliente: Cliente | None, sucursal: Sucursal, fecha: date
) -> Hallazgo:
    """What the branch sells that a text names, as options; what the client can buy goes first."""
    vendibles = en_venta(sucursal, fecha, cliente.canalobj_id if cliente else None)
    hallazgo = buscar_articulos(consulta, entre=vendibles.a_alguien, primero=vendibles.al_canal)
    opciones = opciones_de_articulos(hallazgo.filas, cliente, sucursal, fecha)
    return hallazgo._replace(filas=opciones)


def opciones_de_articulos(
    filas: list[Fila], cliente: Cliente | None, sucursal: Sucursal, fecha: date
) -> list[Opcion]:
    """Articles as options, each with the client's price for one or the reason it has none."""
    moneda = sucursal.empresa.moneda
    if cliente is None:
        return [_opcion(fila, None, _("Elegir un cliente"), moneda) for fila in filas]
    sistema = _del_sistema(cliente, sucursal, fecha, filas)
    opciones = []
    for fila in filas:
        precio = sistema.precios({fila["id"]: 1}).get(fila["id"])
        opcion = _opcion(fila, precio, _("Sin precio para este cliente"), moneda)
        opciones.append(opcion | {"desde": _desde(sistema, fila["id"], moneda)})
    return opciones


def ultimo_pedido(
    usuario: User, cliente: Cliente, sucursal: Sucursal, fecha: date
) -> dict[str, Any]:
    """The client's last order and its articles that can still be sold, at the prices that an
    order of them and their quantities has on `fecha`."""
    pedido = (
        Orders.objects.visibles_para(usuario)
        .filter(pdvobj=cliente, anulado_040=False)
        .order_by("-doc_fecha", "-pedido_numero")
        .first()
    )
    if pedido is None:
        return {"pedido": None, "es_primero": True}
    cantidades: dict[int, int] = {}
    for articulo, cantidad in pedido.detalles.order_by("id").values_list("artobj_id", "cantidad"):
        cantidades[articulo] = cantidades.get(articulo, 0) + cantidad
    articulos = Producto.objects.filter(pk__in=cantidades, activo=True).values(*CAMPOS_ARTICULO)
    lugar = {articulo: i for i, articulo in enumerate(cantidades)}
    filas = sorted(articulos, key=lambda fila: lugar[fila["id"]])
    sistema = _del_sistema(cliente, sucursal, fecha, filas)
    precios = sistema.precios({fila["id"]: cantidades[fila["id"]] for fila in filas})
    opciones = [
        _opcion(fila, precios.get(fila["id"]), "", sucursal.empresa.moneda)
        | {"cantidad": str(cantidades[fila["id"]])}
        for fila in filas
    ]
    return {"pedido": pedido, "filas": opciones, "lineas": len(cantidades)}


def texto_plano(monto: Decimal) -> str:
    """The shortest plain decimal: no exponent, no trailing zeros."""
    texto = f"{monto:f}"
    return texto.rstrip("0").rstrip(".") if "." in texto else texto


def _del_sistema(
    cliente: Cliente, sucursal: Sucursal, fecha: date, filas: Iterable[Fila]
) -> PreciosDelSistema:
    return precios_de_mercado(sucursal, mercado_de(cliente, fecha), [fila["id"] for fila in filas])


def _desde(sistema: PreciosDelSistema, articulo_id: int, moneda: str) -> str:
    """From how many on the article is cheaper, and at which price."""
    escalon = sistema.mas_barato_desde(articulo_id)
    if escalon is None:
        return ""
    cantidad, precio = escalon
    monto = _sin_simbolo(_monto(precio, moneda), moneda)
    return _("desde %(cantidad)s: %(precio)s") % {"cantidad": cantidad, "precio": monto}


def _opcion(fila: Fila, precio: PrecioSistema | None, motivo: str, moneda: str) -> Opcion:
    if precio is not None and not precio.vendible(decimales(moneda)):
        precio, motivo = None, _("La lista lo deja sin precio")
    return {
        "id": str(fila["id"]),
        "codigo": str(fila["codigo"]),
        "descripcion": fila["descripcion"],
        "marca": fila["prod_marca"],
        "barras": fila["codigo_barras"] or "",
        "tasa": str(fila["tasa_iva"]),
        "precio": texto_plano(_monto(precio, moneda)) if precio else "",
        "precio_texto": _sin_simbolo(_monto(precio, moneda), moneda) if precio else motivo,
    }


def _monto(precio: PrecioSistema, moneda: str) -> Decimal:
    return Decimal(precio.minimos).scaleb(-decimales(moneda))


def _sin_simbolo(monto: Decimal, moneda: str) -> str:
    return formato(monto, moneda).removeprefix(SIMBOLOS[moneda]).strip()
