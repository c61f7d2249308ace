"""A company that sells: clients, priced articles, and lotes sent by its taker."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from core.lz import comprimir
from core.lz.alphabets import Codificacion
from gestion_precios.models import Articulo, ListaPrecio, Sucursal
from sales.lotes.bandeja import recibir_lote
from sales.lotes.ingesta import Avance, save_orders_clients
from sales.models import Canal, Cliente, LotePedidos, Orders, OrdersDetail, ResultadoPedido
from sales.tests.fabricas import (
    crear_articulo,
    crear_canal,
    crear_cliente,
    crear_empresa,
    crear_lista,
    crear_precio,
    crear_precio_lista,
    crear_sucursal,
    crear_usuario,
)

Linea = dict[str, Any]
# The columns of a line that tell what was sold at which price and tax.
VENDIDO = (
    *("artobj_id", "cantidad_original", "cantidad", "precio_unitario"),
    *("gravada_10", "iva_10", "gravada_5", "iva_5", "exenta", "precio_sistema"),
)


@dataclass
class Venta:
    """In a list: yerba (10 %) at 12.500, rice (5 %) at 27.350. Outside: bread (exempt) at 1.000."""

    sucursal: Sucursal
    usuario: User
    canal: Canal
    lista: ListaPrecio
    clientes: list[Cliente]
    yerba: Articulo
    arroz: Articulo
    pan: Articulo

    def linea(self, articulo: Articulo | None = None, **cambios: Any) -> Linea:
        """A line at the system's price; yerba unless told."""
        articulo = articulo or self.yerba
        precio = {self.yerba: 12_500, self.arroz: 27_350, self.pan: 1_000}.get(articulo, 5_000)
        return {"articulo_id": articulo.pk, "cantidad": 3, "precio_unitario": precio} | cambios

    def enviar(
        self,
        pedidos: Any,
        *,
        lote_id: uuid.UUID | None = None,
        codificacion: Codificacion = "base64",
        texto: str | None = None,
    ) -> LotePedidos:
        """Store a lote of these orders (or of this JSON text), as the endpoint does."""
        if texto is None:
            texto = json.dumps(pedidos, ensure_ascii=False)
        return recibir_lote(
            usuario=self.usuario,
            sucursal=self.sucursal,
            lote_id=lote_id or uuid.uuid4(),
            pedidos=comprimir(texto, codificacion),
            codificacion=codificacion,
        )[0]

    def procesar(self, pedidos: Any, **opciones: Any) -> tuple[LotePedidos, Avance]:
        """Send and process."""
        lote = self.enviar(pedidos, **opciones)
        avance = save_orders_clients(lote.pk)
        assert avance is not None
        lote.refresh_from_db()
        return lote, avance

    def clave(self, cual: int = 0) -> str:
        """The key under which a client's order goes."""
        return str(self.clientes[cual].pk)


def crear_venta(clientes: int = 3, *, moneda: str = "PYG", tomador: str = "ana") -> Venta:
    """The company of `Venta`, with so many clients and its taker's name."""
    sucursal = crear_sucursal(crear_empresa(moneda=moneda))
    canal = crear_canal()
    lista = crear_lista(sucursal.empresa)
    yerba = crear_articulo("Yerba mate 500 g")
    arroz = crear_articulo("Arroz 1 kg", tasa_iva=5)
    pan = crear_articulo("Pan felipe", tasa_iva=0)
    crear_precio_lista(lista, yerba, 12_500)
    crear_precio_lista(lista, arroz, 27_350)
    crear_precio(pan, canal, 1_000)
    return Venta(
        sucursal=sucursal,
        usuario=crear_usuario(tomador, sucursal=sucursal),
        canal=canal,
        lista=lista,
        clientes=[crear_cliente(f"Despensa {n}", canal=canal) for n in range(clientes)],
        yerba=yerba,
        arroz=arroz,
        pan=pan,
    )


class Bloqueo(Exception):
    """A deadlock, as PostgreSQL's driver tells it."""

    sqlstate = "40P01"


def resultados(lote: LotePedidos) -> list[tuple[Any, ...]]:
    """The verdicts of a lote: client, result, code, line, field."""
    filas = ResultadoPedido.objects.filter(loteobj=lote).order_by("posicion")
    return list(filas.values_list("cliente_id", "resultado", "codigo", "linea", "campo"))


def lineas_de(pedido: Orders) -> list[tuple[Any, ...]]:
    """An order's lines as VENDIDO."""
    return list(OrdersDetail.objects.filter(orderobj=pedido).order_by("id").values_list(*VENDIDO))
