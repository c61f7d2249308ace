"""Rows of channel prices: of which article, channel and day each is, and what it changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from core.texto.normal import normalizar
from gestion_precios.models import Articulo
from gestion_precios.planillas.celdas import Celda
from sales.importacion.articulos import Codigos
from sales.importacion.clientes import sin_canal
from sales.importacion.plan import Fila, FilaPlan, Opciones, Plan, planeada, poner, repetida
from sales.importacion.valores import codigo, fecha, importe, texto
from sales.models import Canal, Precios

NOMBRES: Final = {"codigo": codigo, "sku": texto, "codigo_barras": texto}
EXCEPTO: Final = ("articuloobj", "canalobj")


class PreciosDeCanal:
    """The prices that there are, by article, channel and day, and those of the rows so far."""

    def __init__(self, opciones: Opciones) -> None:
        self._opciones = opciones
        self._codigos = Codigos()
        canales = list(Canal.objects.all())
        self._canales = {normalizar(canal.nombre): canal.pk for canal in canales}
        self._nombres = [canal.nombre for canal in canales]
        self._hay: dict[tuple[int, int, date], Precios] = {}
        for precio in Precios.objects.order_by("pk").iterator(chunk_size=5_000):
            self._hay[precio.articuloobj_id, precio.canalobj_id, precio.fecha_vigencia] = precio
        self._tomados: dict[tuple[int, int, date], int] = {}

    def planear(self, filas: Iterable[Fila]) -> Plan:
        """What the rows would do."""
        return Plan([self._planear(fila) for fila in filas])

    def _planear(self, fila: Fila) -> FilaPlan:
        articulo = self._articulo(fila)
        canal = self._canal_de(fila)
        desde = self._desde(fila)
        monto = fila.leer("precio", self._precio)
        nombre = str(articulo or "")
        if articulo is None or canal is None or desde is None or monto is None:
            return planeada(fila, nombre, None, {})
        cual = (articulo.pk, canal, desde)
        primera = self._tomados.setdefault(cual, fila.numero)
        if primera != fila.numero:
            fila.falla("codigo", repetida(primera))
        precio = self._hay.get(cual) or Precios()
        valores: dict[str, Any] = {
            "articuloobj_id": articulo.pk,
            "canalobj_id": canal,
            "fecha_vigencia": desde,
            "precio": monto,
        }
        plan = planeada(fila, nombre, precio, valores)
        poner(plan, fila, {}, EXCEPTO)
        return plan

    def _articulo(self, fila: Fila) -> Articulo | None:
        for campo, lector in NOMBRES.items():
            dicho = fila.leer(campo, lector) if fila.dice(campo) else None
            if dicho is None:
                continue
            articulo = self._codigos.dueno(dicho)
            if articulo is None:
                fila.falla(campo, _("No hay un artículo con ese código."))
            return articulo
        if not fila.fallas:
            fila.falla("codigo", _("Falta el código: no se sabe qué artículo es."))
        return None

    def _canal_de(self, fila: Fila) -> int | None:
        dicho = fila.leer("canal", self._canal) if fila.dice("canal") else None
        elegido = dicho or self._opciones.canal_id
        if elegido is None and not any(falla.campo == "canal" for falla in fila.fallas):
            fila.falla("canal", sin_canal(self._nombres))
        return elegido

    def _canal(self, celda: Celda) -> int | None:
        dicho = texto(celda)
        if dicho is not None and normalizar(dicho) not in self._canales:
            raise ValueError(sin_canal(self._nombres))
        return self._canales[normalizar(dicho)] if dicho is not None else None

    def _desde(self, fila: Fila) -> date | None:
        dicha = fila.leer("fecha_vigencia", fecha) if fila.dice("fecha_vigencia") else None
        return dicha or self._opciones.fecha

    def _precio(self, celda: Celda) -> Decimal:
        monto = importe(celda, self._opciones.moneda)
        if monto is None:
            raise ValueError(_("Falta el precio."))
        if monto <= 0:
            raise ValueError(_("El precio tiene que ser mayor que cero."))
        return monto
