"""What tests of imports have in common: a file's rows to a plan, and an import from end to end."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.core import serializers
from openpyxl import Workbook

from gestion_precios.models import Articulo, GrupoArticulo, LineaArticulo
from sales.importacion import hechos, trabajo
from sales.importacion.campos import Tipo
from sales.models import Cliente, ImportacionDatos, Precios

ENTERAS = (Articulo, LineaArticulo, GrupoArticulo, Cliente, Precios)


def libro(titulos: Sequence[Any], *filas: Sequence[Any], antes: Sequence[Any] = ()) -> bytes:
    """A workbook with a table, and what stands above it."""
    salida = io.BytesIO()
    obra = Workbook()
    hoja = obra.active
    assert hoja is not None
    hoja.title = "Hoja1"
    for fila in (*antes, titulos, *filas):
        hoja.append(list(fila))
    obra.save(salida)
    return salida.getvalue()


def csv(*lineas: str, codigo: str = "utf-8") -> bytes:
    """A CSV of these lines."""
    return "\n".join(lineas).encode(codigo)


def revisada(usuario: User, tipo: Tipo, contenido: bytes, **opciones: Any) -> ImportacionDatos:
    """An import that was read and looked at."""
    dichas = {"moneda": "PYG", "fecha": "2026-03-01"} | opciones
    importacion = hechos.recibir(
        usuario=usuario, tipo=tipo, archivo="datos.xlsx", contenido=contenido, opciones=dichas
    )
    trabajo.trabajar(importacion.pk)
    importacion.refresh_from_db()
    return importacion


def confirmada(importacion: ImportacionDatos, *, sin_las_malas: bool = False) -> ImportacionDatos:
    """The same import, confirmed and written."""
    hechos.confirmar(importacion.pk, importacion.huella, sin_las_malas=sin_las_malas)
    trabajo.trabajar(importacion.pk)
    importacion.refresh_from_db()
    return importacion


def fallas(importacion: ImportacionDatos) -> list[tuple[int, str, str, str]]:
    """(row, column, what it says, what to do) of everything that is wrong."""
    return [
        (fila["numero"], *falla)
        for fila in importacion.resumen["filas"]["error"]
        for falla in fila["fallas"]
    ]


def todo() -> str:
    """Every row of the tables that imports write, as JSON."""
    filas = [fila for modelo in ENTERAS for fila in modelo._default_manager.order_by("pk")]
    return str(serializers.serialize("json", filas))
