"""Factories of the desk's rows for tests: fixed defaults, every field can be given."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Max

from gestion_precios.models import Articulo, CanalVenta, Sucursal
from gestion_precios.moneda import decimales
from gestion_precios.tests.fabricas import (
    DESDE,
    crear_articulo,
    crear_combinacion,
    crear_empresa,
    crear_lista,
    crear_precio_lista,
    crear_regla,
    crear_sucursal,
)
from sales.clientes.ruc import digito_verificador
from sales.models import (
    Canal,
    Cliente,
    LotePedidos,
    Orders,
    OrdersDetail,
    Perfil,
    Precios,
    Producto,
)
from sales.personas.grupos import dar_rol
from sales.personas.roles import Rol
from sales.precios.iva import desglosar

CLAVE = "carga-pedidos"
# A taker's order line: article, quantity, unit price.
Linea = tuple[Articulo, int, int]

__all__ = [
    "CLAVE",
    "DESDE",
    "crear_articulo",
    "crear_canal",
    "crear_cliente",
    "crear_combinacion",
    "crear_empresa",
    "crear_lista",
    "crear_lote",
    "crear_pedido",
    "crear_precio",
    "crear_precio_lista",
    "crear_producto",
    "crear_regla",
    "crear_sucursal",
    "crear_usuario",
    "ruc_de",
]


def ruc_de(base: int | str) -> str:
    """The RUC of this base, with its check digit."""
    return f"{base}-{digito_verificador(str(base))}"


def crear_canal(nombre: str = "Despensas", *, canal_venta: str = CanalVenta.TIENDA) -> Canal:
    """A client channel."""
    return Canal.objects.create(nombre=nombre, canal_venta=canal_venta)


def crear_cliente(
    nombrefantasia: str = "Despensa Ña Cármen",
    *,
    canal: Canal | None = None,
    ruc: str = "",
    nombrefactura: str = "Cármen Ñamandú Benítez",
    activo: bool = True,
    **campos: Any,
) -> Cliente:
    """A client with a valid RUC of its own; other fields by name."""
    if not ruc:
        ultimo = Cliente.objects.aggregate(ultimo=Max("pk"))["ultimo"] or 0
        ruc = ruc_de(1_000_001 + ultimo)
    return Cliente.objects.create(
        ruc=ruc,
        nombrefactura=nombrefactura,
        nombrefantasia=nombrefantasia,
        canalobj=canal or crear_canal(),
        activo=activo,
        **campos,
    )


def crear_producto(descripcion: str = "Yerba mate 500 g", **campos: Any) -> Producto:
    """An article as the sales side names it; fields as in `crear_articulo`."""
    return Producto.objects.get(pk=crear_articulo(descripcion, **campos).pk)


def crear_precio(
    articulo: Articulo,
    canal: Canal,
    precio: Decimal | int | str = 10_000,
    *,
    desde: date = DESDE,
) -> Precios:
    """A fallback price of a client channel, in force since 2020."""
    return Precios.objects.create(
        articuloobj_id=articulo.pk, canalobj=canal, precio=Decimal(precio), fecha_vigencia=desde
    )


def crear_usuario(
    nombre: str = "tomador",
    rol: Rol = Rol.TOMADOR,
    sucursal: Sucursal | None = None,
    *,
    clave: str = CLAVE,
) -> User:
    """A user with a role and, for a branch, the Perfil that ties them to it."""
    usuario = User.objects.create_user(nombre, password=clave)
    dar_rol(usuario, rol)
    if sucursal is not None:
        Perfil.objects.create(usuario=usuario, sucursal=sucursal)
    return usuario


def crear_lote(
    usuario: User, sucursal: Sucursal, *, contenido: str = "N4Ig", **campos: Any
) -> LotePedidos:
    """A lote as received, not yet processed."""
    codificacion = campos.setdefault("codificacion", LotePedidos.Codificacion.BASE64)
    datos = contenido.encode()
    huella = sha256(f"{codificacion}\n".encode() + datos).hexdigest()
    campos.setdefault("id", uuid.uuid4())
    return LotePedidos.objects.create(
        usuario=usuario, sucursal=sucursal, contenido=datos, huella=huella, **campos
    )


def crear_pedido(
    cliente: Cliente,
    lineas: Sequence[Linea] = (),
    *,
    sucursal: Sucursal | None = None,
    usuario: User | None = None,
    doc_fecha: date = date(2025, 6, 16),
    **campos: Any,
) -> Orders:
    """An order with its lines and their IVA; no branch: guaraníes."""
    pedido = Orders.objects.create(
        pdvobj=cliente, sucursal=sucursal, usuario=usuario, doc_fecha=doc_fecha, **campos
    )
    moneda = sucursal.empresa.moneda if sucursal else "PYG"
    for articulo, cantidad, precio in lineas:
        _crear_linea(pedido, articulo, cantidad, Decimal(precio), decimales(moneda))
    return pedido


def _crear_linea(
    pedido: Orders, articulo: Articulo, cantidad: int, precio: Decimal, lugares: int
) -> None:
    """A line sold at the system's own price."""
    unidad = Decimal(1).scaleb(-lugares)
    iva = desglosar(int(cantidad * precio / unidad), articulo.tasa_iva)
    OrdersDetail.objects.create(
        orderobj=pedido,
        artobj_id=articulo.pk,
        cantidad_original=cantidad,
        cantidad=cantidad,
        precio_unitario=precio,
        precio_sistema=precio,
        **{campo: monto * unidad for campo, monto in iva._asdict().items()},
    )
