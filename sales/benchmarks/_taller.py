"""A scratch database with a catalogue, and the lotes that benchmarks feed to it."""

from __future__ import annotations

import json
import os
import random
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection

from core.lz import comprimir
from gestion_precios.models import (
    Articulo,
    CombinacionProducto,
    Empresa,
    LineaArticulo,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
    Sucursal,
)
from gestion_precios.motor.vigencia import hoy_en
from sales.clientes.ruc import digito_verificador
from sales.models import Canal, Cliente, LotePedidos
from sales.payload.recibos import huella_lote
from sales.precios.iva import desglosar
from sales.precios.sistema import Mercado, precios_de_mercado

LINEAS_DE_ARTICULOS = 20


class Mesa(NamedTuple):
    """Who orders what: rows of the scratch database."""

    sucursal: Sucursal
    usuario: User
    lista: ListaPrecio
    canal: Canal
    clientes: list[int]
    # article → IVA rate
    articulos: dict[int, int]


@contextmanager
def base_de_pruebas() -> Iterator[None]:
    """A database of its own next to the configured one; it goes away at the end."""
    with tempfile.TemporaryDirectory(prefix="cp-bench-") as carpeta:
        prueba = settings.DATABASES["default"].setdefault("TEST", {})
        nombre = f"cp_bench_{os.getpid()}"
        prueba["NAME"] = str(Path(carpeta) / nombre) if settings.ES_SQLITE else nombre
        connection.settings_dict["TEST"]["NAME"] = prueba["NAME"]
        original = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(original, verbosity=0)


def montar(clientes: int = 1_000, articulos: int = 1_200, semilla: int = 7) -> Mesa:
    """A Paraguayan distributor with so many clients and articles, priced by a list and its rules:
    by quantity in half of its lines, by the order's amount, and of combinations."""
    azar = random.Random(semilla)
    empresa = Empresa.objects.create(nombre="Distribuidora de prueba")
    sucursal = Sucursal.objects.create(empresa=empresa, nombre="Asunción")
    canal = Canal.objects.create(nombre="Despensas", canal_venta="TIENDA")
    Cliente.objects.bulk_create(
        Cliente(
            ruc=f"{1_000_000 + n}-{digito_verificador(str(1_000_000 + n))}",
            nombrefactura=f"Cliente {n}",
            nombrefantasia=f"Despensa {n}",
            canalobj=canal,
        )
        for n in range(clientes)
    )
    lineas = [LineaArticulo.objects.create(nombre=f"Línea {n}") for n in range(LINEAS_DE_ARTICULOS)]
    Articulo.objects.bulk_create(
        Articulo(
            codigo=n + 1,
            sku=f"SKU-{n:06d}",
            descripcion=f"Artículo {n}",
            linea=lineas[n % LINEAS_DE_ARTICULOS],
            tasa_iva=azar.choice((10, 10, 10, 5, 0)),
        )
        for n in range(articulos)
    )
    lista = ListaPrecio.objects.create(
        empresa=empresa, nombre="General", fecha_inicio_vigencia="2020-01-01"
    )
    tasas = dict(Articulo.objects.order_by("pk").values_list("pk", "tasa_iva"))
    PrecioArticulo.objects.bulk_create(
        PrecioArticulo(lista_precio=lista, articulo_id=a, precio_base=azar.randint(10, 900) * 100)
        for a in tasas
    )
    _reglas(lista, lineas, list(tasas))
    usuario = User.objects.create_user("medidor")
    ids = list(Cliente.objects.order_by("pk").values_list("pk", flat=True))
    return Mesa(sucursal, usuario, lista, canal, ids, tasas)


def _reglas(lista: ListaPrecio, lineas: list[LineaArticulo], articulos: list[int]) -> None:
    """What a distributor grants: by the dozen, by the order, and for what goes together."""
    tipo, condicion = ReglaPrecio.Tipo, ReglaPrecio.Condicion
    for linea in lineas[::2]:
        for desde, descuento in ((12, 3), (48, 5)):
            ReglaPrecio.objects.create(
                lista_precio=lista,
                nombre_regla=f"{linea.nombre} desde {desde}",
                tipo_regla=tipo.PORCENTAJE,
                valor_regla=descuento,
                condicion_valor=desde,
                aplica_linea=linea,
            )
    for n in range(5):
        combo = CombinacionProducto.objects.create(lista_precio=lista, nombre=f"Combo {n}")
        combo.articulos.set(articulos[n * 2 : n * 2 + 2])
        ReglaPrecio.objects.create(
            lista_precio=lista,
            nombre_regla=combo.nombre,
            tipo_regla=tipo.MONTO_FIJO,
            valor_regla=50,
            aplica_combinacion=combo,
            prioridad=5,
        )
    ReglaPrecio.objects.create(
        lista_precio=lista,
        nombre_regla="Pedidos desde Gs. 30.000.000",
        tipo_regla=tipo.PORCENTAJE,
        valor_regla=2,
        condicion=condicion.MONTO_MINIMO,
        condicion_valor=30_000_000,
        prioridad=50,
    )


def texto_del_lote(mesa: Mesa, pedidos: int, lineas: int, semilla: int = 1) -> str:
    """The JSON a browser sends for so many orders of so many lines, taxes included."""
    azar = random.Random(semilla)
    ids = list(mesa.articulos)
    mercado = Mercado(mesa.canal.pk, mesa.canal.canal_venta, hoy_en(mesa.sucursal.empresa))
    sistema = precios_de_mercado(mesa.sucursal, mercado, ids)

    def pedido() -> list[dict[str, int]]:
        pedidas = [(azar.choice(ids), azar.randint(1, 60)) for _ in range(lineas)]
        unidades: Counter[int] = Counter()
        for articulo, cantidad in pedidas:
            unidades[articulo] += cantidad
        precios = sistema.precios(unidades)
        return [linea(a, cantidad, precios[a].minimos) for a, cantidad in pedidas]

    def linea(articulo: int, cantidad: int, precio: int) -> dict[str, int]:
        iva = desglosar(cantidad * precio, mesa.articulos[articulo])._asdict()
        return {
            "articulo_id": articulo,
            "cantidad": cantidad,
            "precio_unitario": precio,
            **iva,
        }

    return json.dumps(
        {str(cliente): pedido() for cliente in mesa.clientes[:pedidos]}, separators=(",", ":")
    )


def guardar_lote(mesa: Mesa, texto: str) -> uuid.UUID:
    """A lote as the endpoint stores it, not yet processed."""
    contenido = comprimir(texto).encode()
    lote = LotePedidos.objects.create(
        usuario=mesa.usuario,
        sucursal=mesa.sucursal,
        contenido=contenido,
        huella=huella_lote("base64", contenido),
    )
    return lote.pk
