"""One question to the engine: the list it falls on, its rulebook, and the answer in words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext as _

from core.datos.conjuntos import ids_en
from core.errores import ErrorDominio
from gestion_precios.models import ListaPrecio, PrecioArticulo
from gestion_precios.motor.explicacion import (
    CodigoLista,
    enumerar,
    frase_de,
    frase_de_lista,
    frase_de_solape,
)
from gestion_precios.motor.reglamentos import Compilado, compilado_de
from gestion_precios.motor.reglas import MICROS, Paso, Precio, Reglamento
from gestion_precios.motor.vigencia import Considerada, Eleccion, eleccion, nivel_de

SIN_LISTA_VIGENTE: Final = "SIN_LISTA_VIGENTE"
ARTICULO_SIN_PRECIO: Final = "ARTICULO_SIN_PRECIO"
LISTAS_SOLAPADAS: Final = "LISTAS_SOLAPADAS"
Respuesta = dict[str, Any]


@dataclass(frozen=True)
class Cotizacion:
    """A question with its list chosen and its rulebook at hand."""

    eleccion: Eleccion
    lista: ListaPrecio
    compilado: Compilado
    explicar: bool
    ver_costos: bool
    _montos: dict[int, Decimal] = field(default_factory=dict)
    _frases: dict[tuple[int, int | None], str] = field(default_factory=dict)

    @property
    def reglamento(self) -> Reglamento:
        """What prices it."""
        return self.compilado.reglamento

    def resultado(self, precio: Precio, cantidad: int) -> Respuesta:
        """The answer for one line."""
        final = self.dinero(precio.final)
        resultado = {
            "lista_precio_aplicada": self.lista_aplicada,
            "precio_base": self.dinero(precio.base),
            "precio_final": final,
            "cantidad": cantidad,
            "total": final * cantidad,
            "reglas_aplicadas": [self._aplicada(paso) for paso in precio.aplicadas],
            "autorizado_bajo_costo": precio.autorizado_bajo_costo,
            "ajustado_a_costo": precio.ajustado_a_costo,
            "moneda": self.moneda,
        }
        if self.explicar:
            resultado["traza"] = self._traza(precio.traza or ())
        return resultado

    def sin_precio(self, articulo_id: int, otras: Collection[ListaPrecio]) -> Respuesta:
        """The answer for a line whose article the list does not have."""
        respuesta: Respuesta = {
            "articulo_id": articulo_id,
            "codigo": ARTICULO_SIN_PRECIO,
            "detail": self._detalle_sin_precio(otras),
        }
        if self.explicar:
            respuesta["traza"] = self._traza(())
        return respuesta

    def error_sin_precio(self, articulo_id: int) -> ErrorDominio:
        """The refusal of a single price."""
        respuesta = self.sin_precio(articulo_id, self.otras_con([articulo_id]).get(articulo_id, ()))
        return ErrorDominio(
            respuesta["detail"],
            codigo=ARTICULO_SIN_PRECIO,
            campo="articulo_id",
            estado=404,
            errores={"traza": respuesta["traza"]} if self.explicar else None,
        )

    def otras_con(self, articulos: Collection[int]) -> dict[int, list[ListaPrecio]]:
        """Of the articles, those that less specific lists in force do have. A query, if any."""
        generales = self.eleccion.con(CodigoLista.MENOS_ESPECIFICA)
        if not (generales and articulos):
            return {}
        pares = set(
            PrecioArticulo.objects.filter(
                lista_precio_id__in=[lista.pk for lista in generales],
                articulo_id__in=ids_en(articulos),
            )
            .order_by()
            .values_list("articulo_id", "lista_precio_id")
        )
        return {
            articulo: [lista for lista in generales if (articulo, lista.pk) in pares]
            for articulo in articulos
        }

    @cached_property
    def moneda(self) -> str:
        """The company's currency."""
        return self.lista.empresa.moneda

    @cached_property
    def lista_aplicada(self) -> Respuesta:
        """The list, as every answer names it."""
        return _datos(self.lista)

    def dinero(self, micros: int) -> Decimal:
        """An amount with the currency's decimals; a running price that has more keeps them."""
        conocido = self._montos.get(micros)
        if conocido is None:
            exacto = Decimal(micros).scaleb(-6)
            redondo = exacto.quantize(Decimal(1).scaleb(-self.reglamento.decimales))
            conocido = redondo if redondo == exacto else exacto.normalize()
            self._montos[micros] = conocido
        return conocido

    def _aplicada(self, paso: Paso) -> Respuesta:
        regla = paso.regla
        return {
            "id": regla.id if regla else None,
            "nombre": regla.nombre if regla else _("Piso de costo"),
            "antes": None if paso.antes is None else self.dinero(paso.antes),
            "despues": None if paso.despues is None else self.dinero(paso.despues),
        }

    def _traza(self, pasos: Collection[Paso]) -> Respuesta:
        return {
            "listas": self._listas,
            # A rule that the article is not for never saw a price.
            "reglas": [
                self._ajenas[lugar].copy() if paso.antes is None else self._decir(paso)
                for lugar, paso in enumerate(pasos)
            ],
            "avisos": self._avisos,
        }

    @cached_property
    def _ajenas(self) -> list[Respuesta]:
        """The steps of rules that do not reach the article, worded once for each rulebook."""
        dichas = self.compilado.ajenas
        if not dichas:
            dichas[:] = [self._decir(paso) for paso in self.reglamento.ajenas]
        return dichas

    def _decir(self, paso: Paso) -> Respuesta:
        """The floor tells the cost only to those who may see it."""
        callar = paso.regla is None and not self.ver_costos
        return self._aplicada(paso) | {
            "aplicada": paso.aplicada,
            "codigo": str(paso.codigo),
            "medido": None if callar or paso.medido is None else _cuanto(paso.medido),
            "umbral": None if callar or paso.umbral is None else _cuanto(paso.umbral),
            "frase": self._frase(paso),
        }

    def _frase(self, paso: Paso) -> str:
        # What a rule lacks does not hang on the price: a cart's lines often lack the same.
        clave = None if paso.aplicada or paso.regla is None else (paso.regla.id, paso.medido)
        frase = self._frases.get(clave) if clave else None
        if frase is None:
            frase = frase_de(
                paso,
                nombres=self.compilado.nombres,
                moneda=self.moneda,
                ver_costos=self.ver_costos,
            )
            if clave and not paso.faltan:
                self._frases[clave] = frase
        return frase

    @cached_property
    def _listas(self) -> list[Respuesta]:
        return listas_consideradas(self.eleccion)

    @cached_property
    def _avisos(self) -> list[Respuesta]:
        otras = [lista.nombre for lista in self.eleccion.con(CodigoLista.SOLAPADA)]
        if not otras:
            return []
        return [{"codigo": LISTAS_SOLAPADAS, "frase": frase_de_solape(self.lista.nombre, otras)}]

    def _detalle_sin_precio(self, otras: Collection[ListaPrecio]) -> str:
        falta = _("El artículo no tiene precio en «{lista}», la lista que rige.").format(
            lista=self.lista.nombre
        )
        if not otras:
            return falta
        nombres = enumerar([f"«{lista.nombre}»" for lista in otras])
        return f"{falta} " + _("Lo tiene en {listas}.").format(listas=nombres)


def abrir(
    *,
    empresa_id: int,
    canal_venta: str,
    sucursal_id: int | None,
    fecha: date | None,
    explicar: bool,
    ver_costos: bool,
) -> Cotizacion:
    """Choose the list and have its rulebook: one query, two more when it has to be compiled.

    Raises ErrorDominio SIN_LISTA_VIGENTE when there is none.
    """
    elegidas = eleccion(
        empresa_id=empresa_id,
        canal_venta=canal_venta,
        sucursal_id=sucursal_id,
        fecha=fecha,
        todas=explicar,
    )
    lista = elegidas.elegida
    if lista is None:
        raise ErrorDominio(
            _("No hay una lista de precios vigente para ese canal, sucursal y fecha."),
            codigo=SIN_LISTA_VIGENTE,
            estado=404,
            errores={"traza": _traza_sin_lista(elegidas)} if explicar else None,
        )
    return Cotizacion(elegidas, lista, compilado_de(lista), explicar, ver_costos)


def listas_consideradas(elegidas: Eleccion) -> list[Respuesta]:
    """Each list that was looked at, and why it was or was not chosen."""
    elegida = elegidas.elegida.nombre if elegidas.elegida else ""
    return [_considerada(considerada, elegida) for considerada in elegidas.consideradas]


def _traza_sin_lista(elegidas: Eleccion) -> Respuesta:
    return {"listas": listas_consideradas(elegidas), "reglas": [], "avisos": []}


def _considerada(considerada: Considerada, elegida: str) -> Respuesta:
    lista, codigo = considerada
    return _datos(lista) | {
        "nivel": nivel_de(lista),
        "elegida": codigo is CodigoLista.ELEGIDA,
        "codigo": str(codigo),
        "frase": frase_de_lista(
            codigo,
            elegida=elegida,
            inicio=lista.fecha_inicio_vigencia,
            fin=lista.fecha_fin_vigencia,
        ),
    }


def _datos(lista: ListaPrecio) -> Respuesta:
    return {
        "id": lista.pk,
        "nombre": lista.nombre,
        "canal_venta": lista.canal_venta,
        "sucursal": lista.sucursal_id,
    }


def _cuanto(micros: int) -> Decimal:
    """Units, money or members: `3`, `2.5`, `5000`."""
    entero, resto = divmod(micros, MICROS)
    return Decimal(micros).scaleb(-6).normalize() if resto else Decimal(entero)
