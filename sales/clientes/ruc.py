"""Paraguay's RUC: SIFEN's modulo 11, `Pa_Calcular_Dv_11_A` with basemax 11. Pure.

Ours, and not python-stdnum's: that one knows no letters and no base of more than eight digits, and
takes the last digit for the check digit of a RUC written without one.
"""

from __future__ import annotations

from collections.abc import Sequence

from sales.clientes.numero_escrito import NumeroIlegible

BASE_MAXIMA = 11
NOMBRE = "RUC"


def digito_verificador(base: str) -> int:
    """The check digit of a RUC's base; letters count as their upper case's ASCII code."""
    cifras = "".join(c if c.isdigit() else str(ord(c.upper())) for c in base)
    suma = sum(
        int(cifra) * (2 + lugar % (BASE_MAXIMA - 1)) for lugar, cifra in enumerate(reversed(cifras))
    )
    resto = suma % BASE_MAXIMA
    return BASE_MAXIMA - resto if resto > 1 else 0


def ruc_correcto(ruc: str) -> bool:
    """Whether `base-dv` is well formed and its check digit is right."""
    base, guion, dv = ruc.partition("-")
    return bool(guion) and _bien_formado(base, dv) and digito_verificador(base) == int(dv)


def leer_ruc(partes: Sequence[str]) -> str:
    """`base-dv` of what was written, in upper case. Raises NumeroIlegible.

    The check digit stands apart: without it a base is a number too, and one in eleven would pass.
    """
    *anteriores, dv = partes
    if not anteriores or len(dv) != 1:
        raise NumeroIlegible("forma")
    base = "".join(anteriores).removeprefix(NOMBRE)
    if not _bien_formado(base, dv):
        raise NumeroIlegible("forma")
    if digito_verificador(base) != int(dv):
        raise NumeroIlegible("verificador")
    # Zeros in front change neither the taxpayer nor the check digit.
    return f"{(base.lstrip('0') or '0') if base.isdigit() else base}-{dv}"


def _bien_formado(base: str, dv: str) -> bool:
    bien = base.isascii() and base.isalnum() and len(base) <= 15 and len(dv) == 1
    return bien and dv.isascii() and dv.isdigit()
