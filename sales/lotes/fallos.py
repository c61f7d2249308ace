"""Why a lote failed as a whole: a sentence for each code, without any of its data."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.limites_pedido import LIMITES
from core.lz.errors import MENSAJES

DEMASIADOS_INTENTOS = "demasiados_intentos"
MEMORIA = "memoria"

# A line of the desk: article, quantity, price, two figures of its tax, and what parts the lines.
PIEZAS_DE_UNA_LINEA = 6
LINEAS_DE_UN_LOTE = LIMITES["piezas_por_lote"] // PIEZAS_DE_UNA_LINEA // 1_000 * 1_000

_FALLOS: dict[str, str | Promise] = {
    **MENSAJES,
    "json_invalido": _("El contenido no es JSON válido: está cortado o mal escrito."),
    "json_no_finito": _("El contenido tiene un número que no existe (NaN o infinito)."),
    "json_clave_repetida": _("El contenido repite una clave: un cliente va una sola vez."),
    "json_profundo": _("El contenido tiene demasiados niveles."),
    "json_numero_enorme": _("El contenido tiene un número desmedido."),
    "json_no_es_objeto": _("El contenido no es un objeto con un pedido por cliente."),
    "json_extenso": _("El contenido es demasiado largo: hay que dividirlo."),
    "json_demasiadas_piezas": format_lazy(
        _(
            "El contenido tiene más datos de los que entran en un lote (unas {lineas} líneas):"
            " hay que dividirlo."
        ),
        lineas=f"{LINEAS_DE_UN_LOTE:,}".replace(",", "."),
    ),
    "sin_pedidos": _("El lote no trae ningún pedido."),
    "demasiados_pedidos": _("El lote pasa de 20.000 pedidos: hay que dividirlo."),
    MEMORIA: _(
        "El lote necesita más memoria de la que el sistema le da. Lo no guardado se puede enviar"
        " de nuevo, dividido en lotes más chicos."
    ),
    DEMASIADOS_INTENTOS: _(
        "El sistema no pudo terminar este lote después de varios intentos. Lo no guardado se"
        " puede enviar de nuevo; si vuelve a pasar, avisar a soporte."
    ),
}


def texto_del_fallo(codigo: str) -> str:
    """The sentence for a lote's `codigo`; empty when it has none."""
    return str(_FALLOS.get(codigo, _("El lote no se pudo procesar."))) if codigo else ""
