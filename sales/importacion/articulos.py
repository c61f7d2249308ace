"""Rows of articles: which article each is, and what it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.texto.normal import clave, normalizar
from gestion_precios.models import Articulo, GrupoArticulo, LineaArticulo
from gestion_precios.planillas.celdas import Celda, Ilegible, leer_texto
from sales.importacion.plan import Fila, FilaPlan, Opciones, Plan, planeada, poner, repetida
from sales.importacion.valores import (
    activo_de,
    codigo,
    importe,
    tasa_iva,
    texto,
    unidades,
)

NOMBRES: Final = ("codigo", "sku", "codigo_barras")
LECTORES: Final[dict[str, Callable[[Celda], Any]]] = {
    "codigo": codigo,
    "sku": texto,
    "codigo_barras": texto,
    "descripcion": texto,
    "prod_marca": texto,
    "tasa_iva": tasa_iva,
    "unidades_por_caja": unidades,
}
EXCEPTO: Final = ("linea", "grupo")


class Codigos:
    """Which article has a code, SKU or barcode, as they are compared."""

    def __init__(self) -> None:
        self.articulos: dict[int, Articulo] = {}
        self._de: dict[str, Articulo] = {}
        self._mayor = 0
        self._apartados = set[str]()
        todos = Articulo.objects.defer("busqueda").select_related("linea", "grupo")
        for articulo in todos.order_by("pk"):
            self.agregar(articulo)

    def agregar(self, articulo: Articulo) -> None:
        """Know an article by its codes; the first that has one keeps it."""
        for suya in articulo.claves().values():
            if suya:
                self._de.setdefault(suya, articulo)
        self._mayor = max(self._mayor, articulo.codigo or 0)

    def dueno(self, codigo_: object) -> Articulo | None:
        """The article that this code, SKU or barcode names."""
        return self._de.get(clave(str(codigo_)))

    def apartar(self, dichos: Iterable[object]) -> None:
        """Give none of these out: rows further down say them."""
        self._apartados |= {clave(str(dicho)) for dicho in dichos}

    def siguiente(self) -> int:
        """A code that neither an article nor a row of the file has."""
        self._mayor += 1
        while self.dueno(self._mayor) is not None or str(self._mayor) in self._apartados:
            self._mayor += 1
        return self._mayor


class Articulos:
    """The articles that there are, and those of the rows so far."""

    def __init__(self, opciones: Opciones) -> None:
        self._opciones = opciones
        self._codigos = Codigos()
        self._clases = {
            "linea": _PorNombre(LineaArticulo),
            "grupo": _PorNombre(GrupoArticulo),
        }
        # The row that named each article first; ours by key, new ones by themselves.
        self._tomados: dict[int, int] = {}

    def planear(self, filas: Iterable[Fila]) -> Plan:
        """What the rows would do."""
        todas = list(filas)
        for campo in NOMBRES:
            self._codigos.apartar(
                leer_texto(fila.celdas[campo])
                for fila in todas
                if not isinstance(fila.celdas.get(campo), Ilegible | None)
            )
        planes = [self._planear(fila) for fila in todas]
        dichas = {id(cambio.despues) for plan in planes for cambio in plan.cambios}
        lineas, grupos = (
            [nueva for nueva in self._clases[campo].nuevas if id(nueva) in dichas]
            for campo in ("linea", "grupo")
        )
        return Plan(planes, lineas, grupos)

    def _planear(self, fila: Fila) -> FilaPlan:
        valores = self._leer(fila)
        nombre = str(valores.get("descripcion") or "")
        articulo = self._articulo(fila, valores)
        if articulo is None:
            return planeada(fila, nombre, None, valores)
        nuevo = articulo.pk is None
        if nuevo:
            self._completar(fila, valores)
        valores = {campo: valor for campo, valor in valores.items() if valor is not None}
        self._exigir_codigos_propios(fila, articulo, valores)
        if not fila.fallas:
            self._clasificar(fila, valores)
        plan = planeada(fila, nombre if nuevo else str(articulo), articulo, valores)
        poner(plan, fila, {}, EXCEPTO)
        if plan.objeto is not None:
            self._codigos.agregar(articulo)
            self._tomados.setdefault(_identidad(articulo), fila.numero)
        return plan

    def _leer(self, fila: Fila) -> dict[str, Any]:
        valores = {
            campo: fila.leer(campo, lector)
            for campo, lector in LECTORES.items()
            if fila.dice(campo)
        }
        if fila.dice("ultimo_costo"):
            valores["ultimo_costo"] = fila.leer(
                "ultimo_costo", lambda celda: importe(celda, self._opciones.moneda)
            )
        return valores | {"activo": activo_de(fila)}

    def _articulo(self, fila: Fila, valores: dict[str, Any]) -> Articulo | None:
        """The article that the row names, or a new one; None when it cannot be told."""
        dichos = {campo: valores[campo] for campo in NOMBRES if valores.get(campo)}
        if not dichos:
            if not fila.fallas:
                fila.falla("codigo", _("Falta el código: no se sabe qué artículo es."))
            return None
        hallado = self._hallado(dichos)
        if hallado is None:
            return Articulo()
        primera = self._tomados.setdefault(_identidad(hallado), fila.numero)
        if primera != fila.numero:
            fila.falla(next(iter(dichos)), repetida(primera))
        return hallado

    def _hallado(self, dichos: dict[str, Any]) -> Articulo | None:
        """By its code; or, without one, by its SKU; or else by its barcode."""
        campo, valor = next(iter(dichos.items()))
        articulo = self._codigos.dueno(valor)
        if articulo is None or articulo.claves()[campo] != clave(str(valor)):
            return None
        return articulo

    def _completar(self, fila: Fila, valores: dict[str, Any]) -> None:
        """What a new article must have, and what is filled in for it."""
        if not valores.get("descripcion") and not fila.fallas:
            fila.falla("descripcion", _("Falta la descripción: es un artículo nuevo."))
        if not valores.get("codigo"):
            valores["codigo"] = self._codigos.siguiente()
        valores["sku"] = valores.get("sku") or str(valores["codigo"])

    def _exigir_codigos_propios(
        self, fila: Fila, articulo: Articulo, valores: dict[str, Any]
    ) -> None:
        """No code, SKU or barcode that names another article."""
        mirados = set[str]()
        for campo in NOMBRES:
            valor = valores.get(campo)
            # The SKU of a new article may be its code.
            if valor is None or getattr(articulo, campo) == valor or str(valor) in mirados:
                continue
            mirados.add(str(valor))
            otro = self._codigos.dueno(valor)
            if otro is not None and otro is not articulo:
                fila.falla(campo, _("Ya es de «%(otro)s».") % {"otro": otro})

    def _clasificar(self, fila: Fila, valores: dict[str, Any]) -> None:
        for campo, clase in self._clases.items():
            suya = fila.leer(campo, clase.leer) if fila.dice(campo) else None
            if suya is not None:
                valores[campo] = suya


def _identidad(articulo: Articulo) -> int:
    """Ours by its key, one of the file by itself."""
    return -id(articulo) if articulo._state.adding else articulo.pk


class _PorNombre:
    """Lines or groups by name, those of the file that there are not yet included."""

    def __init__(self, modelo: type[LineaArticulo | GrupoArticulo]) -> None:
        self._modelo = modelo
        self._de = {normalizar(fila.nombre): fila for fila in modelo._default_manager.all()}
        self.nuevas: list[Any] = []

    def leer(self, celda: Celda) -> Any:
        """The one with the cell's name, a new one where there is none; None for an empty cell."""
        nombre = texto(celda)
        if nombre is None:
            return None
        # Odoo writes the whole path: «All / Bebidas / Gaseosas».
        propio = nombre.rpartition(" / ")[2]
        llano = normalizar(propio)
        if llano not in self._de:
            nueva = self._modelo(nombre=propio)
            try:
                nueva.clean_fields()
            except ValidationError as error:
                raise ValueError(" ".join(error.messages)) from error
            self._de[llano] = nueva
            self.nuevas.append(nueva)
        return self._de[llano]
