"""One question to the engine: the list it falls on, its rulebook, and the answer in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final

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
from gestion_precios.motor.faltantes import Faltante, faltantes
from gestion_precios.motor.reglamentos import Compilado, compilado_de
from gestion_precios.motor.reglas import MICROS, Paso, Precio, Reglamento, armar_carrito, cotizar
from gestion_precios.motor.respuestas import (
    AvisoDeCalculo,
    CarritoCotizado,
    LineaCotizada,
    LineaSinPrecio,
    ListaAplicada,
    ListaConsiderada,
    PrecioCotizado,
    ReglaAplicada,
    ReglaConsiderada,
    Traza,
)
from gestion_precios.motor.vigencia import Considerada, Eleccion, eleccion, nivel_de

SIN_LISTA_VIGENTE: Final = "SIN_LISTA_VIGENTE"
ARTICULO_SIN_PRECIO: Final = "ARTICULO_SIN_PRECIO"
LISTAS_SOLAPADAS: Final = "LISTAS_SOLAPADAS"


class SinListaVigente(ErrorDominio):
    """No list is in force; `traza`, when asked for, says which ones were looked at."""

    def __init__(self, traza: Traza | None) -> None:
        super().__init__(
            _("No hay una lista de precios vigente para ese canal, sucursal y fecha."),
            codigo=SIN_LISTA_VIGENTE,
            estado=404,
            errores={"traza": traza} if traza else None,
        )
        self.traza = traza


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

    def resultado(self, precio: Precio, cantidad: int) -> PrecioCotizado:
        """The answer for one line."""
        final = self.dinero(precio.final)
        resultado: PrecioCotizado = {
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

    def sin_precio(self, articulo_id: int, otras: Collection[ListaPrecio]) -> LineaSinPrecio:
        """The answer for a line whose article the list does not have."""
        respuesta: LineaSinPrecio = {
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
        """The articles that less specific lists in force do have. One query, or none."""
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
    def lista_aplicada(self) -> ListaAplicada:
        """The list, as every answer names it."""
        return {
            "id": self.lista.pk,
            "nombre": self.lista.nombre,
            "canal_venta": self.lista.canal_venta,
            "sucursal": self.lista.sucursal_id,
        }

    def dinero(self, micros: int) -> Decimal:
        """An amount with the currency's decimals; a running price that has more keeps them."""
        conocido = self._montos.get(micros)
        if conocido is None:
            exacto = Decimal(micros).scaleb(-6)
            redondo = exacto.quantize(Decimal(1).scaleb(-self.reglamento.decimales))
            conocido = redondo if redondo == exacto else exacto.normalize()
            self._montos[micros] = conocido
        return conocido

    def frase(self, paso: Paso) -> str:
        """What a step did, or what it lacks, in a sentence."""
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

    def _aplicada(self, paso: Paso) -> ReglaAplicada:
        regla = paso.regla
        return {
            "id": regla.id if regla else None,
            "nombre": regla.nombre if regla else _("Piso de costo"),
            "antes": None if paso.antes is None else self.dinero(paso.antes),
            "despues": None if paso.despues is None else self.dinero(paso.despues),
        }

    def _traza(self, pasos: Collection[Paso]) -> Traza:
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
    def _ajenas(self) -> list[ReglaConsiderada]:
        """What is the same for every article is said once for each rulebook."""
        dichas = self.compilado.ajenas
        if not dichas:
            dichas[:] = [self._decir(paso) for paso in self.reglamento.ajenas]
        return dichas

    def _decir(self, paso: Paso) -> ReglaConsiderada:
        """The floor tells the cost only to those who may see it."""
        callar = paso.regla is None and not self.ver_costos
        return {
            **self._aplicada(paso),
            "aplicada": paso.aplicada,
            "codigo": str(paso.codigo),
            "medido": None if callar or paso.medido is None else _cuanto(paso.medido),
            "umbral": None if callar or paso.umbral is None else _cuanto(paso.umbral),
            "frase": self.frase(paso),
        }

    @cached_property
    def _listas(self) -> list[ListaConsiderada]:
        return listas_consideradas(self.eleccion)

    @cached_property
    def _avisos(self) -> list[AvisoDeCalculo]:
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


@dataclass(frozen=True)
class CotizacionDeCarrito:
    """A cart's (article, quantity) lines with the engine's prices for them."""

    cotizacion: Cotizacion
    lineas: Sequence[tuple[int, int]]
    precios: Mapping[int, Precio]

    def respuesta(self) -> CarritoCotizado:
        """One answer per line, and the total: None when a line has no price."""
        cotizacion = self.cotizacion
        faltan = {articulo for articulo, _cantidad in self.lineas if articulo not in self.precios}
        otras = cotizacion.otras_con(faltan)
        respuestas: list[LineaCotizada] = [
            cotizacion.sin_precio(articulo, otras.get(articulo, ()))
            if articulo in faltan
            else cotizacion.resultado(self.precios[articulo], cantidad)
            for articulo, cantidad in self.lineas
        ]
        total = sum((r["total"] for r in respuestas if "total" in r), cotizacion.dinero(0))
        return {
            "lineas": respuestas,
            "total": None if faltan else total,
            "moneda": cotizacion.moneda,
            "lista_precio_aplicada": cotizacion.lista_aplicada,
            "version": cotizacion.reglamento.version,
        }

    def faltantes(self, maximo: int) -> list[Faltante]:
        """What is missing for the next discounts, the nearest first."""
        reglamento = self.cotizacion.reglamento
        return faltantes(reglamento, armar_carrito(reglamento, self.lineas), maximo=maximo)


def cotizar_carrito(
    lineas: Sequence[tuple[int, int]],
    *,
    empresa_id: int,
    canal_venta: str,
    sucursal_id: int | None,
    fecha: date | None,
    explicar: bool,
    ver_costos: bool,
) -> CotizacionDeCarrito:
    """A whole cart priced: as many queries for one line as for two hundred."""
    cotizacion = abrir(
        empresa_id=empresa_id,
        canal_venta=canal_venta,
        sucursal_id=sucursal_id,
        fecha=fecha,
        explicar=explicar,
        ver_costos=ver_costos,
    )
    precios = cotizar(cotizacion.reglamento, lineas, explicar=explicar)
    return CotizacionDeCarrito(cotizacion, lineas, precios)


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

    Raises SinListaVigente when there is none.
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
        raise SinListaVigente(_traza_sin_lista(elegidas) if explicar else None)
    return Cotizacion(elegidas, lista, compilado_de(lista), explicar, ver_costos)


def listas_consideradas(elegidas: Eleccion) -> list[ListaConsiderada]:
    """Each list that was looked at, and why it was or was not chosen."""
    elegida = elegidas.elegida.nombre if elegidas.elegida else ""
    return [_considerada(considerada, elegida) for considerada in elegidas.consideradas]


def _traza_sin_lista(elegidas: Eleccion) -> Traza:
    return {"listas": listas_consideradas(elegidas), "reglas": [], "avisos": []}


def _considerada(considerada: Considerada, elegida: str) -> ListaConsiderada:
    lista, codigo = considerada
    return {
        "id": lista.pk,
        "nombre": lista.nombre,
        "canal_venta": lista.canal_venta,
        "sucursal": lista.sucursal_id,
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


def _cuanto(micros: int) -> Decimal:
    """Units, money or members: `3`, `2.5`, `5000`."""
    entero, resto = divmod(micros, MICROS)
    return Decimal(micros).scaleb(-6).normalize() if resto else Decimal(entero)
