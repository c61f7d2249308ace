"""What a price's trace says to people: a Spanish sentence for each rule, floor and list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gestion_precios.moneda import SIMBOLOS, cabe, formato
from gestion_precios.motor.faltantes import unidades_que_faltan
from gestion_precios.motor.reglas import MICROS, Codigo, Paso, Regla

# Before the sound of i, "y" is "e": Mouse e Impresora, but Mouse y Hielera.
SUENA_I = re.compile(r"h?[ií](?![aeo])", re.IGNORECASE)


class CodigoLista(StrEnum):
    """What became of a list when the one in force was chosen."""

    ELEGIDA = "ELEGIDA"
    MENOS_ESPECIFICA = "MENOS_ESPECIFICA"
    SOLAPADA = "SOLAPADA"
    VENCIDA = "VENCIDA"
    FUTURA = "FUTURA"
    INACTIVA = "INACTIVA"


def articulos_nombrados(pasos: Iterable[Paso]) -> set[int]:
    """The articles whose names the sentences of these steps use."""
    nombrados: set[int] = set()
    for paso in pasos:
        nombrados.update(paso.faltan)
        if paso.codigo is Codigo.FUERA_DE_ALCANCE and paso.regla and paso.regla.articulo_id:
            nombrados.add(paso.regla.articulo_id)
    return nombrados


def frase_de(paso: Paso, *, nombres: Mapping[int, str], moneda: str, ver_costos: bool) -> str:
    """What a step did, or what it lacked to; `nombres`: those of `articulos_nombrados`."""
    regla = paso.regla
    if regla is None:
        return _del_piso(paso, moneda, ver_costos=ver_costos)
    match paso.codigo:
        case Codigo.APLICADA:
            return _aplicada(paso, regla, moneda)
        case Codigo.CANTIDAD:
            return _faltan_unidades(paso)
        case Codigo.MONTO:
            return _falta_monto(paso, moneda)
        case Codigo.COMBO_INCOMPLETO:
            return _falta_combo(paso, nombres)
        case Codigo.FUERA_DE_ALCANCE:
            return _no_alcanza(regla, nombres)
        case Codigo.NO_ES_PARTE_DEL_COMBO:
            return _("Este artículo no es parte de la combinación.")
        case _:
            return _("La regla está inactiva.")


def frase_de_lista(
    codigo: str, *, elegida: str = "", inicio: date | None = None, fin: date | None = None
) -> str:
    """Why a list was or was not chosen; `elegida`: the name of the one that was."""
    return {
        CodigoLista.ELEGIDA: _("Es la más específica de las vigentes."),
        CodigoLista.MENOS_ESPECIFICA: _("Vigente, pero «{elegida}» es más específica."),
        CodigoLista.SOLAPADA: _("Se solapa con «{elegida}», que es más nueva."),
        CodigoLista.VENCIDA: _("Termina el {fin:%d/%m/%Y}, antes de la fecha."),
        CodigoLista.FUTURA: _("Empieza el {inicio:%d/%m/%Y}, después de la fecha."),
        CodigoLista.INACTIVA: _("La lista está inactiva."),
    }[CodigoLista(codigo)].format(elegida=elegida, inicio=inicio, fin=fin)


def frase_de_solape(elegida: str, otras: Sequence[str]) -> str:
    """The notice of lists of one level in force on the same day."""
    return _("«{elegida}» se solapa con {otras}: vale la más nueva. Separar sus fechas.").format(
        elegida=elegida, otras=enumerar([f"«{otra}»" for otra in otras])
    )


def descuento(regla: Regla, moneda: str) -> str:
    """How much a rule takes off, in a word: `30 %`, `S/ 25,00 por unidad`, `recargo de 5 %`."""
    cuanto = _cuanto(regla, moneda)
    return _("recargo de {cuanto}").format(cuanto=cuanto) if regla.valor < 0 else cuanto


def enumerar(nombres: Sequence[str]) -> str:
    """Names as a sentence joins them: `A`, `A y B`, `A, B y C`."""
    if len(nombres) < 2:
        return "".join(nombres)
    *primeros, ultimo = nombres
    sin_comillas = ultimo.lstrip("«")
    conjuncion = _("e") if SUENA_I.match(sin_comillas) else _("y")
    return f"{', '.join(primeros)} {conjuncion} {ultimo}"


def _aplicada(paso: Paso, regla: Regla, moneda: str) -> str:
    frase = _("Recarga {cuanto}") if regla.valor < 0 else _("Descuenta {cuanto}")
    return _("{que}: de {antes} a {despues}.").format(
        que=frase.format(cuanto=_cuanto(regla, moneda)),
        antes=_monto(paso.antes, moneda),
        despues=_monto(paso.despues, moneda),
    )


def _cuanto(regla: Regla, moneda: str) -> str:
    if regla.es_porcentaje:
        return f"{_numero(Decimal(abs(regla.valor)) / 100)} %"
    return _("{monto} por unidad").format(monto=_monto(abs(regla.valor), moneda))


def _faltan_unidades(paso: Paso) -> str:
    pide, hay = paso.umbral or 0, paso.medido or 0
    faltan = unidades_que_faltan(paso)
    return _("Pide {pide} y hay {hay}: {faltan}.").format(
        pide=_unidades(pide),
        hay=_numero(Decimal(hay) / MICROS),
        faltan=ngettext("falta {n} unidad", "faltan {n} unidades", faltan).format(
            n=_numero(Decimal(faltan))
        ),
    )


def _falta_monto(paso: Paso, moneda: str) -> str:
    pide, hay = paso.umbral or 0, paso.medido or 0
    falta = pide - hay
    return _("Pide un pedido de {pide} y va en {hay}: {falta}.").format(
        pide=_monto(pide, moneda),
        hay=_monto(hay, moneda),
        falta=ngettext("falta {monto}", "faltan {monto}", 1 if falta == MICROS else 2).format(
            monto=_monto(falta, moneda)
        ),
    )


def _falta_combo(paso: Paso, nombres: Mapping[int, str]) -> str:
    if not paso.faltan:
        return _("La combinación no tiene artículos.")
    faltan = [_nombre(articulo, nombres) for articulo in paso.faltan]
    return ngettext(
        "Falta {nombres} en el carrito.", "Faltan {nombres} en el carrito.", len(faltan)
    ).format(nombres=enumerar(faltan))


def _no_alcanza(regla: Regla, nombres: Mapping[int, str]) -> str:
    pedidos = (
        regla.articulo_id is not None,
        regla.grupo_id is not None,
        regla.linea_id is not None,
    )
    match pedidos:
        case (True, False, False):
            return _("Es solo para {nombre}.").format(
                nombre=_nombre(regla.articulo_id or 0, nombres)
            )
        case (False, True, False):
            return _("Es para otro grupo.")
        case (False, False, True):
            return _("Es para otra línea.")
    partes = zip(pedidos, (_("artículo"), _("grupo"), _("línea")), strict=True)
    return _("Este artículo no cumple a la vez {partes}.").format(
        partes=enumerar([parte for pedido, parte in partes if pedido])
    )


def _del_piso(paso: Paso, moneda: str, *, ver_costos: bool) -> str:
    costo = _monto(paso.umbral, moneda)
    if paso.autorizan:
        frase = (
            _("Se vende bajo el costo de {costo}") if ver_costos else _("Se vende bajo el costo")
        )
        return ngettext(
            "{frase}: lo permite {reglas}.", "{frase}: lo permiten {reglas}.", len(paso.autorizan)
        ).format(
            frase=frase.format(costo=costo),
            reglas=enumerar([f"«{regla.nombre}»" for regla in paso.autorizan]),
        )
    if not ver_costos:
        return _("El precio quedaba bajo el costo: sube hasta el costo.")
    return _("{antes} queda bajo el costo de {costo}: sube a {despues}.").format(
        antes=_monto(paso.antes, moneda), costo=costo, despues=_monto(paso.despues, moneda)
    )


def _nombre(articulo_id: int, nombres: Mapping[int, str]) -> str:
    return nombres.get(articulo_id) or _("el artículo {id}").format(id=articulo_id)


def _unidades(micros: int) -> str:
    return ngettext("{n} unidad", "{n} unidades", 1 if micros == MICROS else 2).format(
        n=_numero(Decimal(micros) / MICROS)
    )


def _monto(micros: int | None, moneda: str) -> str:
    """The amount in its currency; a running price that does not fit keeps its decimals."""
    monto = Decimal(micros or 0) / MICROS
    if cabe(monto, moneda):
        return formato(monto, moneda)
    return f"{SIMBOLOS[moneda]} {_numero(monto)}"


def _numero(valor: Decimal) -> str:
    """A number without needless decimals: `3`, `2,5`, `1.234,567`."""
    entero, _punto, resto = f"{valor:,.6f}".partition(".")
    resto = resto.rstrip("0")
    return entero.replace(",", ".") + (f",{resto}" if resto else "")
