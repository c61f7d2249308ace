"""The RUC's check digit: SIFEN's modulo 11, `Pa_Calcular_Dv_11_A` with basemax 11. Pure."""

from __future__ import annotations

BASE_MAXIMA = 11


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
    bien_formado = base.isascii() and base.isalnum() and len(base) <= 15 and len(dv) == 1
    if not (guion and bien_formado and dv.isascii() and dv.isdigit()):
        return False
    return digito_verificador(base) == int(dv)
