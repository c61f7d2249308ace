"""Why a tax number was refused, in words that tell what it should be."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gestion_precios.models import Pais
from sales.clientes.tributario import nombre_del_numero

# What a number has, as the sentence goes on after «El RUC de Perú».
FORMAS: Final[dict[str, Any]] = {
    Pais.AR: gettext_lazy("tiene 11 cifras, como 20-05536168-2"),
    Pais.BR: gettext_lazy("tiene 14 cifras o letras si es CNPJ, y 11 cifras si es CPF"),
    Pais.CL: gettext_lazy("tiene 8 o 9 cifras, la última puede ser K, como 76.086.428-5"),
    Pais.CO: gettext_lazy("tiene de 8 a 16 cifras con la verificadora, como 213.123.432-1"),
    Pais.DO: gettext_lazy("tiene 9 cifras si es RNC, y 11 si es cédula"),
    Pais.EC: gettext_lazy("tiene 13 cifras, como 1792060346001"),
    Pais.GT: gettext_lazy("tiene hasta 12 cifras, la última puede ser K, como 576937-K"),
    Pais.MX: gettext_lazy("tiene 12 letras y cifras, o 13 si es de una persona, con su fecha"),
    Pais.PE: gettext_lazy("tiene 11 cifras y empieza con 10, 15, 16, 17 o 20, como 20512333797"),
    Pais.PY: gettext_lazy("lleva su dígito verificador después de un guion, como 80009735-1"),
    Pais.UY: gettext_lazy("tiene 12 cifras, como 21-100342-001-7"),
    Pais.VE: gettext_lazy("tiene una letra (V, E, J, P o G) y 9 cifras, como V-11470283-4"),
}


def nombre_con_pais(pais: str) -> str:
    """`RUC de Perú`."""
    return _("%(nombre)s de %(pais)s") % {
        "nombre": nombre_del_numero(pais),
        "pais": Pais(pais).label,
    }


def frase_de_numero(pais: str, motivo: str) -> str:
    """The sentence for a number that is none of this country's."""
    if motivo == "verificador":
        frase = _("El %(numero)s no es válido: revisar el número y su dígito verificador.")
        return frase % {"numero": nombre_con_pais(pais)}
    return _("El %(numero)s %(forma)s.") % {
        "numero": nombre_con_pais(pais),
        "forma": FORMAS[pais],
    }


def frases_de_numero(motivos: dict[str, str]) -> list[str]:
    """One sentence for each country; those where the form is right, if there is any."""
    casi = {pais: m for pais, m in motivos.items() if m == "verificador"}
    return [frase_de_numero(pais, motivo) for pais, motivo in (casi or motivos).items()]


def frase_de_repetido(otro: object) -> str:
    """The sentence for a number that another active client has."""
    return _(
        "Ya lo tiene «%(otro)s». Si es otro local del mismo contribuyente, dar a cada uno su"
        " código."
    ) % {"otro": otro}


def frase_de_varios(paises: list[str]) -> str:
    """The sentence for a number that is right in several countries."""
    cuales = _(" o ").join(map(nombre_con_pais, paises))
    return _("Puede ser %(cuales)s: elegir el país.") % {"cuales": cuales}
