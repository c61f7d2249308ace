"""Lotes as a table, and the verdicts of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.planillas.tablas import Columna, Tabla
from core.planillas.tramos import por_tramos
from sales.exportacion.comunes import nombre_de
from sales.lotes.filas_tarea import con_fila
from sales.models import LotePedidos, ResultadoPedido
from sales.pantalla.lote import VistaLote, ver_lote
from sales.pantalla.resultados import FilaDeResultado, filas_de_resultados


def tabla_de_lotes(lotes: QuerySet[LotePedidos]) -> Tabla:
    """These lotes, with their counts as their pages show them."""
    return Tabla.de(_("Lotes"), DE_LOTES, _vistas(lotes))


def tabla_de_resultados(resultados: QuerySet[ResultadoPedido], usuario: Any) -> Tabla:
    """These verdicts, as their lote's page shows them to this person."""
    return Tabla.de(_("Resultados"), DE_RESULTADOS, _filas(resultados, usuario))


def _vistas(lotes: QuerySet[LotePedidos]) -> Iterator[VistaLote]:
    for tramo in por_tramos(lotes):
        yield from map(ver_lote, con_fila(tramo))


def _filas(resultados: QuerySet[ResultadoPedido], usuario: Any) -> Iterator[FilaDeResultado]:
    for tramo in por_tramos(resultados):
        yield from filas_de_resultados(tramo, usuario)


def _avisos(avisos: Sequence[Any]) -> str:
    return " · ".join(
        _("Línea %(linea)s: %(motivo)s") % aviso if aviso.get("linea") else str(aviso["motivo"])
        for aviso in avisos
    )


DE_LOTES = (
    Columna(gettext_lazy("Lote"), lambda v: str(v.lote.pk), 38),
    Columna(gettext_lazy("Recibido"), lambda v: v.lote.recibido_en, 19),
    Columna(gettext_lazy("Usuario"), lambda v: nombre_de(v.lote.usuario), 20),
    Columna(gettext_lazy("Sucursal"), lambda v: v.lote.sucursal.nombre, 18),
    Columna(gettext_lazy("Estado"), lambda v: v.lote.get_estado_display()),
    Columna(gettext_lazy("Qué pasó"), lambda v: v.texto, 40),
    Columna(gettext_lazy("Pedidos"), lambda v: v.cuenta.total, 10),
    Columna(gettext_lazy("Guardados"), lambda v: v.guardados, 10),
    Columna(gettext_lazy("Rechazados"), lambda v: v.cuenta.rechazados, 10),
    Columna(gettext_lazy("Intentos"), lambda v: v.lote.intentos, 9),
    Columna(gettext_lazy("Iniciado"), lambda v: v.lote.iniciado_en, 19),
    Columna(gettext_lazy("Terminado"), lambda v: v.lote.terminado_en, 19),
)
DE_RESULTADOS = (
    Columna(gettext_lazy("Posición"), lambda f: f.resultado.posicion + 1, 9),
    Columna(gettext_lazy("Cliente enviado"), lambda f: f.resultado.cliente_id, 16),
    Columna(gettext_lazy("RUC"), lambda f: f.cliente.ruc if f.cliente else ""),
    Columna(gettext_lazy("Cliente"), lambda f: str(f.cliente) if f.cliente else "", 30),
    Columna(gettext_lazy("Resultado"), lambda f: f.resultado.get_resultado_display(), 12),
    Columna(
        gettext_lazy("Pedido"),
        lambda f: f.resultado.orderobj.pedido_numero if f.resultado.orderobj else None,
        10,
    ),
    Columna(gettext_lazy("Código"), lambda f: f.resultado.codigo, 22),
    Columna(gettext_lazy("Qué pasó"), lambda f: f.resultado.motivo, 50),
    Columna(gettext_lazy("Línea"), lambda f: f.resultado.linea, 8),
    Columna(gettext_lazy("Campo"), lambda f: f.resultado.campo),
    Columna(gettext_lazy("Avisos"), lambda f: _avisos(f.resultado.avisos), 50),
    Columna(gettext_lazy("Recibo"), lambda f: f.resultado.huella, 20),
)
