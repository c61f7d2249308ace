"""What the pages show of a lote: one badge for every state, and how often to ask again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sales.lotes.fallos import texto_del_fallo
from sales.lotes.situacion import Cuenta, Fila, Proceso, Situacion, proceso_de
from sales.models import LotePedidos

# Age of the lote → seconds between two polls; what takes long may be asked for less often.
RITMOS = (
    (timedelta(seconds=30), 1),
    (timedelta(minutes=5), 3),
    (timedelta(hours=1), 15),
)
RITMO_LENTO = 60
UNIDADES = (
    (gettext_lazy("hace %(n)s d"), 86_400),
    (gettext_lazy("hace %(n)s h"), 3_600),
    (gettext_lazy("hace %(n)s min"), 60),
    (gettext_lazy("hace %(n)s s"), 1),
)
MOMENTO = 10
PROCESOS = {
    Proceso.EN_CURSO: gettext_lazy("En curso"),
    Proceso.CON_ERROR: gettext_lazy("Terminó con error"),
    Proceso.TERMINADA: gettext_lazy("Terminado"),
    Proceso.CORTADA: gettext_lazy("Cortado; se retoma solo"),
    Proceso.SIN_ENTREGAR: gettext_lazy("Sin entregar a la cola"),
    Proceso.SIN_FILA: gettext_lazy("Sin noticias de la cola"),
    Proceso.ENTREGADA: gettext_lazy("En la cola"),
}
# Nobody is at it, and somebody should be.
SIN_SENAL = frozenset({Situacion.SIN_ENTREGAR, Situacion.DEMORADO, Situacion.SIN_SENAL})


@dataclass(frozen=True)
class VistaLote:
    """A lote's badge, drawn by `partials/lote_estado.html`; no `sondeo`: nothing to wait for."""

    lote: LotePedidos
    situacion: Situacion
    texto: str
    sondeo: str

    @property
    def sin_senal(self) -> bool:
        """Whether to say so."""
        return self.situacion in SIN_SENAL

    @property
    def avance(self) -> int | None:
        """The bar's value in percent; None when nothing has been counted yet."""
        return self.lote.progreso if self.lote.cuenta.total else None

    @property
    def cuenta(self) -> Cuenta:
        """How far the lote is, in figures."""
        return self.lote.cuenta

    @property
    def guardados(self) -> int:
        """How many of the lote's orders are saved by now."""
        return self.cuenta.hechos - self.cuenta.rechazados

    @property
    def proceso(self) -> str:
        """What its task is doing."""
        return str(PROCESOS[proceso_de(self.situacion, self.lote.fila)])

    @property
    def sin_noticias_desde(self) -> datetime | None:
        """The last sign of a worker that should be at it and gives none."""
        return self.lote.latido_en if self.situacion is Situacion.SIN_SENAL else None

    @property
    def quien(self) -> str:
        """Which worker has or had it and when, by its row; empty when none is known."""
        fila = self.lote.fila
        if fila is None or not fila.trabajador:
            return ""
        cuando = _cuando(fila)
        return f"{fila.trabajador} · {cuando}" if cuando else fila.trabajador


def ver_lote(lote: LotePedidos, ahora: datetime | None = None) -> VistaLote:
    """The badge of a lote at this moment."""
    ahora = ahora or timezone.now()
    situacion = lote.situacion(ahora)
    return VistaLote(
        lote=lote,
        situacion=situacion,
        texto=_texto(lote, situacion),
        sondeo="" if lote.terminado else f"every {_segundos(lote, ahora)}s",
    )


def hace(momento: datetime, ahora: datetime | None = None) -> str:
    """How long ago, in one unit."""
    segundos = int(((ahora or timezone.now()) - momento).total_seconds())
    if segundos < MOMENTO:
        return _("recién")
    unidad, largo = next(par for par in UNIDADES if segundos >= par[1])
    return str(unidad) % {"n": number_format(segundos // largo)}


def _cuando(fila: Fila) -> str:
    horas = (fila.iniciada, fila.terminada)
    return "–".join(date_format(timezone.localtime(hora), "H:i:s") for hora in horas if hora)


def _segundos(lote: LotePedidos, ahora: datetime) -> int:
    edad = ahora - lote.recibido_en
    return next((segundos for hasta, segundos in RITMOS if edad < hasta), RITMO_LENTO)


def _texto(lote: LotePedidos, situacion: Situacion) -> str:
    if lote.codigo:
        return texto_del_fallo(lote.codigo)
    if situacion is Situacion.TERMINADO:
        return _cuenta_final(lote)
    cuenta = lote.cuenta
    if cuenta.total:
        pausa = "" if situacion is Situacion.EN_CURSO else _(". Se retoma solo.")
        return _cuenta_en_curso(cuenta) + pausa
    return str(TEXTOS[situacion])


TEXTOS = {
    Situacion.SIN_ENTREGAR: gettext_lazy(
        "Guardado, sin entregar a la cola todavía. Se entrega solo."
    ),
    Situacion.EN_COLA: gettext_lazy("Guardado, en espera de proceso."),
    Situacion.DEMORADO: gettext_lazy("Guardado y en espera: nadie lo está procesando todavía."),
    Situacion.REINTENTO: gettext_lazy("Guardado: el proceso se cortó y se retoma solo."),
    Situacion.EN_CURSO: gettext_lazy("Guardado, empezando."),
    Situacion.SIN_SENAL: gettext_lazy("Guardado: el proceso se cortó y se retoma solo."),
}


def _cuenta_en_curso(cuenta: Cuenta) -> str:
    texto = _("%(hechos)s/%(total)s pedidos") % {
        "hechos": number_format(cuenta.hechos),
        "total": number_format(cuenta.total),
    }
    return texto + _con_error(cuenta.rechazados)


def _cuenta_final(lote: LotePedidos) -> str:
    if not lote.rechazados:
        return ngettext("%(n)s pedido guardado", "%(n)s pedidos guardados", lote.guardados) % {
            "n": number_format(lote.guardados)
        }
    texto = _("%(guardados)s/%(total)s pedidos guardados") % {
        "guardados": number_format(lote.guardados),
        "total": number_format(lote.total),
    }
    return texto + _con_error(lote.rechazados)


def _con_error(rechazados: int) -> str:
    if not rechazados:
        return ""
    return _(", %(n)s con error") % {"n": number_format(rechazados)}
