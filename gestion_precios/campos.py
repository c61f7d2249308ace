"""Form fields of amounts: what they count, and so how they are read (docs/lectura.md)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from core.texto.campos import DECIMALES, CampoCifra
from core.texto.numeros import numero_de_fila
from gestion_precios.models import Empresa, ListaPrecio, ReglaPrecio
from gestion_precios.moneda import ESCRITOS, ajenos_a, cabe, decimales, redondear


class CampoImporte(CampoCifra):
    """An amount of `moneda`, also with its symbol; without one, a number of two decimals."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"localize": True} | kwargs)

    @property
    def moneda(self) -> str:
        """The currency's code, or nothing."""
        return self._moneda

    @moneda.setter
    def moneda(self, moneda: str) -> None:
        self._moneda = moneda
        self.decimales = decimales(moneda) if moneda else DECIMALES
        self.simbolos = ESCRITOS[moneda] if moneda else ()
        self.ajenos = ajenos_a(moneda) if moneda else ()

    _moneda = ""

    def prepare_value(self, value: Any) -> Any:
        """An amount with its currency's decimals, as that currency is read; else a plain number."""
        if isinstance(value, Decimal) and self.moneda and cabe(value, self.moneda):
            return redondear(value, self.moneda)
        return super().prepare_value(value)


def poner_moneda(formulario: forms.BaseForm, moneda: str) -> None:
    """Every amount of the form is of this currency."""
    for campo in formulario.fields.values():
        if isinstance(campo, CampoImporte):
            campo.moneda = moneda


def de_la_regla(formulario: forms.BaseForm, moneda: str) -> None:
    """A rule's two numbers: a percentage or an amount, and from how many or how much on."""
    valor, desde = (formulario.fields.get(n) for n in ("valor_regla", "condicion_valor"))
    if isinstance(valor, CampoImporte):
        fijo = formulario["tipo_regla"].value() == ReglaPrecio.Tipo.MONTO_FIJO
        valor.moneda = moneda if fijo else ""
    if isinstance(desde, CampoImporte):
        por_monto = formulario["condicion"].value() == ReglaPrecio.Condicion.MONTO_MINIMO
        desde.moneda, desde.unidades = (moneda, False) if por_monto else ("", True)


def moneda_de_la_lista(formulario: forms.ModelForm) -> str:
    """The currency of the list that a form's row is in, or is put in; empty while there is none."""
    de_la_fila = getattr(formulario.instance, "lista_precio_id", None)
    escrita = str(formulario.data.get(formulario.add_prefix("lista_precio"), ""))
    listas = ListaPrecio.objects.filter(pk=de_la_fila or numero_de_fila(escrita) or 0)
    return listas.values_list("empresa__moneda", flat=True).first() or ""


def moneda_de_la_casa() -> str:
    """The currency of all companies; empty where they have several."""
    monedas = list(Empresa.objects.order_by().values_list("moneda", flat=True).distinct()[:2])
    return monedas[0] if len(monedas) == 1 else ""
