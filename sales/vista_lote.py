"""What the pages show of a lote: one badge for every state, and how often to ask again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sales.fallos import texto_del_fallo
from sales.models import LotePedidos
from sales.reclamos import SEGUNDOS_SIN_LATIDO

Estado = LotePedidos.Estado
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
# Received and not taken up for so long: nobody is working.
ESPERA_NORMAL = timedelta(seconds=30)


@dataclass(frozen=True)
class VistaLote:
    """A lote's badge, drawn by `partials/lote_estado.html`; no `sondeo`: nothing to wait for."""

    lote: LotePedidos
    texto: str
    sin_senal: bool
    sondeo: str

    @property
    def avance(self) -> int | None:
        """The bar's value in percent; None when nothing has been counted yet."""
        return self.lote.progreso if self.lote.total else None


def ver_lote(lote: LotePedidos, ahora: datetime | None = None) -> VistaLote:
    """The badge of a lote at this moment."""
    ahora = ahora or timezone.now()
    sin_senal = _sin_senal(lote, ahora)
    return VistaLote(
        lote=lote,
        texto=_texto(lote, sin_senal=sin_senal),
        sin_senal=sin_senal,
        sondeo="" if lote.terminado else f"every {_segundos(lote, ahora)}s",
    )


def hace(momento: datetime, ahora: datetime | None = None) -> str:
    """How long ago, in one unit."""
    segundos = int(((ahora or timezone.now()) - momento).total_seconds())
    if segundos < MOMENTO:
        return _("recién")
    unidad, largo = next(par for par in UNIDADES if segundos >= par[1])
    return str(unidad) % {"n": number_format(segundos // largo)}


def _sin_senal(lote: LotePedidos, ahora: datetime) -> bool:
    if lote.estado == Estado.RECIBIDO:
        return ahora - lote.recibido_en > ESPERA_NORMAL
    if lote.estado != Estado.PROCESANDO:
        return False
    silencio = timedelta(seconds=SEGUNDOS_SIN_LATIDO)
    return lote.latido_en is None or ahora - lote.latido_en > silencio


def _segundos(lote: LotePedidos, ahora: datetime) -> int:
    edad = ahora - lote.recibido_en
    return next((segundos for hasta, segundos in RITMOS if edad < hasta), RITMO_LENTO)


def _texto(lote: LotePedidos, *, sin_senal: bool) -> str:
    if lote.codigo:
        return texto_del_fallo(lote.codigo)
    if lote.terminado:
        return _cuenta_final(lote)
    if lote.total:
        pausa = _(". Se retoma solo.") if sin_senal else ""
        return _cuenta_en_curso(lote) + pausa
    if sin_senal:
        return _("Guardado y en espera: nadie lo está procesando todavía.")
    return _("Guardado, en espera de proceso.")


def _cuenta_en_curso(lote: LotePedidos) -> str:
    texto = _("%(hechos)s/%(total)s pedidos") % {
        "hechos": number_format(lote.procesados),
        "total": number_format(lote.total),
    }
    return texto + _con_error(lote)


def _cuenta_final(lote: LotePedidos) -> str:
    if not lote.rechazados:
        return ngettext("%(n)s pedido guardado", "%(n)s pedidos guardados", lote.guardados) % {
            "n": number_format(lote.guardados)
        }
    texto = _("%(guardados)s/%(total)s pedidos guardados") % {
        "guardados": number_format(lote.guardados),
        "total": number_format(lote.total),
    }
    return texto + _con_error(lote)


def _con_error(lote: LotePedidos) -> str:
    if not lote.rechazados:
        return ""
    return _(", %(n)s con error") % {"n": number_format(lote.rechazados)}
