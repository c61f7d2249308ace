"""What the desk's fragments show of a client, an article or an order, in plain and read form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from gestion_precios.models import Sucursal
from gestion_precios.moneda import SIMBOLOS, formato
from sales.busqueda import CAMPOS_ARTICULO, Fila
from sales.models import Cliente, Orders, Producto
from sales.precios import PrecioSistema, precios_para

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


def opciones_de_articulos(
    filas: list[Fila], cliente: Cliente | None, sucursal: Sucursal, fecha: date
) -> list[Opcion]:
    """Articles as options, each with its price for the client or the reason it has none."""
    precios = _precios(cliente, sucursal, fecha, [fila["id"] for fila in filas])
    motivo = _("Sin precio para este cliente") if cliente else _("Elegir un cliente")
    return [_opcion(fila, precios.get(fila["id"]), motivo, sucursal) for fila in filas]


def ultimo_pedido(
    usuario: User, cliente: Cliente, sucursal: Sucursal, fecha: date
) -> dict[str, Any]:
    """The client's last order and its articles that can still be sold, at the price of `fecha`."""
    pedido = (
        Orders.objects.visibles_para(usuario)
        .filter(pdvobj=cliente, anulado_040=False)
        .order_by("-doc_fecha", "-pedido_numero")
        .first()
    )
    if pedido is None:
        return {"pedido": None, "es_primero": True}
    cantidades = dict(pedido.detalles.order_by("id").values_list("artobj_id", "cantidad"))
    articulos = Producto.objects.filter(pk__in=cantidades, activo=True).values(*CAMPOS_ARTICULO)
    lugar = {articulo: i for i, articulo in enumerate(cantidades)}
    filas = sorted(articulos, key=lambda fila: lugar[fila["id"]])
    opciones = opciones_de_articulos(filas, cliente, sucursal, fecha)
    for opcion in opciones:
        opcion["cantidad"] = str(cantidades[int(opcion["id"])])
    return {"pedido": pedido, "filas": opciones, "lineas": len(cantidades)}


def texto_plano(monto: Decimal) -> str:
    """The shortest plain decimal: no exponent, no trailing zeros."""
    texto = f"{monto:f}"
    return texto.rstrip("0").rstrip(".") if "." in texto else texto


def _precios(
    cliente: Cliente | None, sucursal: Sucursal, fecha: date, ids: list[int]
) -> dict[int, PrecioSistema]:
    if cliente is None:
        return {}
    return precios_para(
        empresa_id=sucursal.empresa_id,
        sucursal_id=sucursal.pk,
        canal_venta=cliente.canalobj.canal_venta,
        canal_id=cliente.canalobj_id,
        fecha=fecha,
        articulo_ids=ids,
    )


def _opcion(fila: Fila, precio: PrecioSistema | None, motivo: str, sucursal: Sucursal) -> Opcion:
    moneda = sucursal.empresa.moneda
    return {
        "id": str(fila["id"]),
        "codigo": str(fila["codigo"]),
        "descripcion": fila["descripcion"],
        "marca": fila["prod_marca"],
        "barras": fila["codigo_barras"] or "",
        "tasa": str(fila["tasa_iva"]),
        "precio": texto_plano(precio.precio) if precio else "",
        "precio_texto": formato(precio.precio, moneda).removeprefix(SIMBOLOS[moneda]).strip()
        if precio
        else motivo,
    }
