"""What several tables of the desk say alike: whose it is, a state, an amount."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from core.planillas.tablas import Columna
from gestion_precios.moneda import redondear
from sales.models import EstadoPedido, Orders
from sales.pedidos.totales import moneda_de

IMPUESTOS = {
    "gravada_10": _("Gravada 10 %"),
    "iva_10": _("IVA 10 %"),
    "gravada_5": _("Gravada 5 %"),
    "iva_5": _("IVA 5 %"),
    "exenta": _("Exenta"),
}


def nombre_de(usuario: User | None) -> str:
    """A person as the lists name them."""
    return (usuario.get_full_name() or usuario.get_username()) if usuario else ""


def estado_de(pedido: Orders) -> str:
    """The order's state in words; another system's code as it is."""
    return str(dict(EstadoPedido.choices).get(pedido.status, pedido.status))


def en_moneda(monto: Decimal, pedido: Orders) -> Decimal:
    """The amount with the decimals of the order's currency, as pages show it."""
    return redondear(monto, moneda_de(pedido))


def del_pedido(pedido_de: Callable[[Any], Orders]) -> dict[str, Columna]:
    """The columns that say which order a row is of: `pedido_de` finds it."""
    return {
        "numero": Columna(_("Pedido"), lambda fila: pedido_de(fila).pedido_numero, 10),
        "fecha": Columna(_("Fecha"), lambda fila: pedido_de(fila).doc_fecha, 12),
        "cliente": Columna(_("Código de cliente"), lambda fila: pedido_de(fila).pdvobj_id, 10),
        "ruc": Columna(_("RUC"), lambda fila: pedido_de(fila).pdvobj.ruc),
        "fantasia": Columna(
            _("Nombre de fantasía"), lambda fila: pedido_de(fila).pdvobj.nombrefantasia, 30
        ),
        "razon": Columna(_("Razón social"), lambda fila: pedido_de(fila).pdvobj.nombrefactura, 30),
        "empresa": Columna(_("Empresa"), lambda fila: _empresa(pedido_de(fila)), 24),
        "sucursal": Columna(_("Sucursal"), lambda fila: _sucursal(pedido_de(fila)), 18),
        "estado": Columna(_("Estado"), lambda fila: estado_de(pedido_de(fila))),
        "moneda": Columna(_("Moneda"), lambda fila: moneda_de(pedido_de(fila)), 9),
    }


def _empresa(pedido: Orders) -> str:
    return str(pedido.sucursal.empresa) if pedido.sucursal else ""


def _sucursal(pedido: Orders) -> str:
    return pedido.sucursal.nombre if pedido.sucursal else ""
