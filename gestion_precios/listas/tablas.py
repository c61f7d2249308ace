"""Price lists as a table, and the log of one."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.planillas.tablas import Columna, Tabla
from core.planillas.tramos import TRAMO, de_a_una
from gestion_precios.constantes import CanalVenta
from gestion_precios.listas.historial import MODELOS, Cambio, Entrada, entradas_de, versiones_de
from gestion_precios.listas.linea_tiempo import estado_de
from gestion_precios.models import ListaPrecio
from gestion_precios.motor.vigencia import hoy_en

CLASES = {
    "lista": gettext_lazy("La lista"),
    "regla": gettext_lazy("Regla"),
    "combinacion": gettext_lazy("Combinación"),
    "precio": gettext_lazy("Precio"),
}
SIN_CAMBIO = Cambio("", "", "")


class CambioAnotado(NamedTuple):
    """A field that one entry of the log changed; an entry without any has one row too."""

    entrada: Entrada
    cambio: Cambio


def tabla_de_listas(listas: QuerySet[ListaPrecio]) -> Tabla:
    """These lists (with their figures), in their own order."""
    return Tabla.de(_("Listas de precios"), DE_LISTAS, de_a_una(listas))


def tabla_de_historia(lista: ListaPrecio) -> Tabla:
    """All the versions of a list and of what it holds, the newest first."""
    return Tabla.de(_("Historia"), DE_HISTORIA, _cambios(lista))


def _cambios(lista: ListaPrecio) -> Iterator[CambioAnotado]:
    for tramo in _tramos(versiones_de(lista)):
        for entrada in entradas_de(tramo, lista.empresa.moneda):
            for cambio in entrada.cambios or (SIN_CAMBIO,):
                yield CambioAnotado(entrada, cambio)


def _tramos(versiones: QuerySet[Any]) -> Iterator[list[tuple[str, int]]]:
    """The versions that there are now, in stretches; of each, nine bytes are kept."""
    clases = list(MODELOS)
    de_que, claves = array("b"), array("q")
    for clase, clave, _cuando in versiones.iterator(chunk_size=10_000):
        de_que.append(clases.index(clase))
        claves.append(clave)
    for desde in range(0, len(claves), TRAMO):
        pares = zip(de_que[desde : desde + TRAMO], claves[desde : desde + TRAMO], strict=True)
        yield [(clases[clase], clave) for clase, clave in pares]


def _o(numero: Decimal | None, texto: str) -> Decimal | str:
    return texto if numero is None else numero


def _canal(lista: ListaPrecio) -> str:
    todos = lista.canal_venta == CanalVenta.TODOS
    return _("Todos los canales") if todos else lista.get_canal_venta_display()


DE_LISTAS = (
    Columna(gettext_lazy("Lista"), lambda x: x.nombre, 30),
    Columna(gettext_lazy("Empresa"), lambda x: x.empresa.nombre, 26),
    Columna(
        gettext_lazy("Sucursal"),
        lambda x: x.sucursal.nombre if x.sucursal else _("Toda la empresa"),
        18,
    ),
    Columna(gettext_lazy("Canal"), _canal, 18),
    Columna(gettext_lazy("Estado"), lambda x: str(estado_de(x, hoy_en(x.empresa)).label), 12),
    Columna(gettext_lazy("Desde"), lambda x: x.fecha_inicio_vigencia, 12),
    Columna(gettext_lazy("Hasta"), lambda x: x.fecha_fin_vigencia, 12),
    Columna(gettext_lazy("Activa"), lambda x: x.activa, 8),
    Columna(gettext_lazy("Moneda"), lambda x: x.empresa.moneda, 9),
    Columna(gettext_lazy("Precios"), lambda x: x.n_precios, 10),
    Columna(gettext_lazy("Reglas"), lambda x: x.n_reglas, 10),
    Columna(gettext_lazy("Combinaciones"), lambda x: x.n_combinaciones, 14),
)
DE_HISTORIA = (
    Columna(gettext_lazy("Cuándo"), lambda f: f.entrada.cuando, 19),
    Columna(
        gettext_lazy("Quién"),
        lambda f: (
            (f.entrada.quien.get_full_name() or f.entrada.quien.get_username())
            if f.entrada.quien
            else ""
        ),
        22,
    ),
    Columna(gettext_lazy("Qué"), lambda f: str(CLASES[f.entrada.clase]), 14),
    Columna(gettext_lazy("Nombre"), lambda f: f.entrada.nombre, 36),
    Columna(gettext_lazy("Hecho"), lambda f: f.entrada.hecho, 12),
    Columna(gettext_lazy("Dato"), lambda f: f.cambio.campo, 20),
    Columna(gettext_lazy("Antes"), lambda f: _o(f.cambio.numeros[0], f.cambio.antes), 24),
    Columna(
        gettext_lazy("Después"),
        lambda f: _o(f.cambio.numeros[1], f.cambio.despues or f.entrada.frase),
        40,
    ),
)
