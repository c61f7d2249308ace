"""A rule as people say it: `10 % a todo, desde Gs. 5.000 de pedido`."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gestion_precios.models import ReglaPrecio
from gestion_precios.moneda import SIMBOLOS, cabe, formato


def frase_de_regla(regla: ReglaPrecio, moneda: str) -> str:
    """The whole rule in a sentence: how much, to what, when."""
    return _("{cuanto} {a_que}{cuando}").format(
        cuanto=_cuanto(regla, moneda), a_que=_a_que(regla), cuando=_cuando(regla, moneda)
    )


def _cuanto(regla: ReglaPrecio, moneda: str) -> str:
    valor = abs(regla.valor_regla)
    recargo = regla.valor_regla < 0
    if regla.tipo_regla == ReglaPrecio.Tipo.PORCENTAJE:
        frase = _("Recargo de {n} %") if recargo else _("{n} %")
        return frase.format(n=numero_corto(valor))
    frase = _("Recargo de {monto} por unidad") if recargo else _("{monto} menos por unidad")
    return frase.format(monto=_monto(valor, moneda))


def _a_que(regla: ReglaPrecio) -> str:
    partes = []
    if regla.aplica_articulo:
        partes.append(regla.aplica_articulo.descripcion)
    if regla.aplica_grupo:
        partes.append(_("el grupo {nombre}").format(nombre=regla.aplica_grupo.nombre))
    if regla.aplica_linea:
        partes.append(_("la línea {nombre}").format(nombre=regla.aplica_linea.nombre))
    if partes:
        return _("a {partes}").format(partes=_(", si es de ").join(partes)).replace("a el ", "al ")
    return _("a cada uno del combo") if regla.aplica_combinacion else _("a todo")


def _cuando(regla: ReglaPrecio, moneda: str) -> str:
    if regla.aplica_combinacion:
        nombre = regla.aplica_combinacion.nombre
        return _(", llevando todo «{nombre}»").format(nombre=nombre)
    valor = regla.condicion_valor
    if regla.condicion == ReglaPrecio.Condicion.MONTO_MINIMO:
        frase = _(", desde {monto} de pedido")
        return frase.format(monto=_monto(valor, moneda)) if valor > 0 else ""
    # Nobody buys less than one unit.
    if valor <= 1:
        return ""
    frase = ngettext(", desde {n} unidad", ", desde {n} unidades", int(valor))
    return frase.format(n=numero_corto(valor))


def numero_corto(valor: Decimal) -> str:
    """A number without needless decimals: `10`, `2,5`, `1.234,75`."""
    entero, _punto, resto = f"{valor:,.2f}".partition(".")
    resto = resto.rstrip("0")
    return entero.replace(",", ".") + (f",{resto}" if resto else "")


def _monto(valor: Decimal, moneda: str) -> str:
    """A rule may hold cents that its currency does not: say them, not their rounding."""
    if cabe(valor, moneda):
        return formato(valor, moneda)
    return f"{SIMBOLOS[moneda]} {numero_corto(valor)}"
