"""PrecioService: what the rest of the house asks the pricing engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from gestion_precios.models import ListaPrecio
from gestion_precios.motor.cotizacion import abrir, cotizar_carrito
from gestion_precios.motor.reglas import MICROS, Carrito, precio_de
from gestion_precios.motor.respuestas import CarritoCotizado, PrecioCotizado
from gestion_precios.motor.vigencia import lista_vigente


class PrecioService:
    """The engine's questions; each answers the same for REST, page, catalogue and ingestion."""

    @staticmethod
    def obtener_lista_vigente(
        empresa_id: int,
        canal_venta: str,
        sucursal_id: int | None = None,
        fecha: date | None = None,
    ) -> ListaPrecio | None:
        """The list in force: branch and channel, branch, channel, company; None without any.

        Both ends of a list's dates count; `fecha` defaults to today in the company's timezone.
        """
        return lista_vigente(
            empresa_id=empresa_id, canal_venta=canal_venta, sucursal_id=sucursal_id, fecha=fecha
        )

    @staticmethod
    def calcular_precio_final(
        empresa_id: int,
        canal_venta: str,
        articulo_id: int,
        cantidad: int,
        sucursal_id: int | None = None,
        monto_pedido: Decimal | None = None,
        cart_items: Iterable[int] | None = None,
        fecha: date | None = None,
        explicar: bool = False,
        ver_costos: bool = False,
    ) -> PrecioCotizado:
        """The unit price of one article, in an order of that amount with those articles.

        Without `monto_pedido`: base × quantity. Raises ErrorDominio (404) SIN_LISTA_VIGENTE or
        ARTICULO_SIN_PRECIO.
        """
        cotizacion = abrir(
            empresa_id=empresa_id,
            canal_venta=canal_venta,
            sucursal_id=sucursal_id,
            fecha=fecha,
            explicar=explicar,
            ver_costos=ver_costos,
        )
        reglamento = cotizacion.reglamento
        renglon = reglamento.renglones.get(articulo_id)
        if renglon is None:
            raise cotizacion.error_sin_precio(articulo_id)
        carrito = Carrito(
            unidades={articulo_id: cantidad},
            presentes=frozenset({articulo_id, *(cart_items or ())}),
            monto=renglon.base * cantidad if monto_pedido is None else int(monto_pedido * MICROS),
        )
        precio = precio_de(reglamento, renglon, carrito, explicar=explicar)
        return cotizacion.resultado(precio, cantidad)

    @staticmethod
    def cotizar(
        empresa_id: int,
        canal_venta: str,
        lineas: Sequence[tuple[int, int]],
        sucursal_id: int | None = None,
        fecha: date | None = None,
        explicar: bool = False,
        ver_costos: bool = False,
    ) -> CarritoCotizado:
        """A whole cart, `lineas` of (article, quantity): one answer per line, and the total.

        As many queries for one line as for two hundred. Raises ErrorDominio SIN_LISTA_VIGENTE; a
        line whose article the list lacks says so, and leaves the total null.
        """
        return cotizar_carrito(
            lineas,
            empresa_id=empresa_id,
            canal_venta=canal_venta,
            sucursal_id=sucursal_id,
            fecha=fecha,
            explicar=explicar,
            ver_costos=ver_costos,
        ).respuesta()
