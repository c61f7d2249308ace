"""Why what somebody wrote is no number, in words.

The browser says the same: static/js/lectura/frases_de_cifra.js.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.texto.cifras import CifraIlegible
from core.texto.citas import cita
from core.texto.limpieza import limpiar


def frase_de_cifra(escrito: str, error: CifraIlegible, decimales: int) -> str:
    """The sentence for a text that is no number with at most that many decimals."""
    return _plantilla(error, decimales) % {
        "escrito": cita(limpiar(escrito)),
        "lecturas": _(" o ").join(error.lecturas),
    }


def _plantilla(error: CifraIlegible, decimales: int) -> str:
    match error.motivo:
        case "vacio":
            return _("Escribir un número.")
        case "numero":
            return _("«%(escrito)s» no es un número: escribir solo cifras, como 12.500.")
        case "ambiguo":
            return _(
                "«%(escrito)s» puede ser %(lecturas)s: escribir el número sin separar los miles."
            )
        case "decimales" if decimales:
            return _("«%(escrito)s» lleva más de dos decimales.")
        case "decimales":
            return _("«%(escrito)s» lleva decimales: escribir un número entero.")
        case "moneda":
            return _("«%(escrito)s» está en otra moneda.")
        case "rango":
            return _("«%(escrito)s» es demasiado grande.")
