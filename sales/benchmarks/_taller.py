"""A scratch database with a catalogue, and the lotes that benchmarks feed to it."""

from __future__ import annotations

import json
import os
import random
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection

from core.lz import comprimir
from gestion_precios.models import Articulo, Empresa, ListaPrecio, PrecioArticulo, Sucursal
from sales.huellas import huella_lote
from sales.iva import desglosar
from sales.models import Canal, Cliente, LotePedidos
from sales.ruc import digito_verificador


class Mesa(NamedTuple):
    """Who orders what at which price: rows of the scratch database."""

    sucursal: Sucursal
    usuario: User
    lista: ListaPrecio
    clientes: list[int]
    # article → price, IVA rate
    articulos: dict[int, tuple[int, int]]


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
    """A Paraguayan distributor with so many clients and articles, all of them priced."""
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
    Articulo.objects.bulk_create(
        Articulo(
            codigo=n + 1,
            sku=f"SKU-{n:06d}",
            descripcion=f"Artículo {n}",
            tasa_iva=azar.choice((10, 10, 10, 5, 0)),
        )
        for n in range(articulos)
    )
    lista = ListaPrecio.objects.create(
        empresa=empresa, nombre="General", fecha_inicio_vigencia="2020-01-01"
    )
    precios = {
        articulo: (azar.randint(10, 900) * 100, tasa)
        for articulo, tasa in Articulo.objects.values_list("pk", "tasa_iva")
    }
    PrecioArticulo.objects.bulk_create(
        PrecioArticulo(lista_precio=lista, articulo_id=articulo, precio_base=precio)
        for articulo, (precio, _) in precios.items()
    )
    usuario = User.objects.create_user("medidor")
    ids = list(Cliente.objects.order_by("pk").values_list("pk", flat=True))
    return Mesa(sucursal, usuario, lista, ids, precios)


def texto_del_lote(mesa: Mesa, pedidos: int, lineas: int, semilla: int = 1) -> str:
    """The JSON a browser sends for so many orders of so many lines, taxes included."""
    azar = random.Random(semilla)
    ids = list(mesa.articulos)

    def linea() -> dict[str, int]:
        articulo, cantidad = azar.choice(ids), azar.randint(1, 60)
        precio, tasa = mesa.articulos[articulo]
        iva = desglosar(cantidad * precio, tasa)._asdict()
        return {
            "articulo_id": articulo,
            "cantidad": cantidad,
            "precio_unitario": precio,
            **iva,
        }

    return json.dumps(
        {str(cliente): [linea() for _ in range(lineas)] for cliente in mesa.clientes[:pedidos]},
        separators=(",", ":"),
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
