"""A small market whose every row is in somebody's price, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from core.errores import ErrorDominio
from gestion_precios.models import (
    Articulo,
    CombinacionProducto,
    Empresa,
    GrupoArticulo,
    LineaArticulo,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
)
from gestion_precios.motor.respuestas import CarritoCotizado, PrecioCotizado
from gestion_precios.services import PrecioService
from gestion_precios.tests.fabricas import (
    crear_articulo,
    crear_combinacion,
    crear_empresa,
    crear_lista,
    crear_precio_lista,
    crear_regla,
)

FIJO = ReglaPrecio.Tipo.MONTO_FIJO
# What `Mundo.precios` answers as it is created.
AL_PRINCIPIO = (8_100, 17_100, None)


@dataclass
class Mundo:
    """Yerba 10,000 and azúcar 20,000, 1,000 off together, then 10 % off; sal has no price.

    `otra`, of the ECOMMERCE channel, sells sal, 50 % off. Nobody asks for café.
    """

    empresa: Empresa
    lista: ListaPrecio
    otra: ListaPrecio
    yerba: Articulo
    azucar: Articulo
    sal: Articulo
    cafe: Articulo
    precio: PrecioArticulo
    precio_ajeno: PrecioArticulo
    combo: CombinacionProducto
    combo_ajeno: CombinacionProducto
    del_combo: ReglaPrecio
    general: ReglaPrecio
    ajena: ReglaPrecio
    grupo: GrupoArticulo
    linea: LineaArticulo
    del_grupo: ReglaPrecio
    de_linea: ReglaPrecio
    de_azucar: ReglaPrecio

    def precios(self, canal: str = "TIENDA") -> tuple[int | None, ...] | str:
        """The prices of one of each, or why there are none."""
        respuesta = self.cotizar(canal)
        if isinstance(respuesta, str):
            return respuesta
        return tuple(
            int(linea["precio_final"]) if "precio_final" in linea else None
            for linea in respuesta["lineas"]
        )

    def cotizar(self, canal: str = "TIENDA", *, explicar: bool = False) -> CarritoCotizado | str:
        """The whole answer, or why there is none."""
        try:
            return PrecioService.cotizar(
                self.empresa_id, canal, self.carrito, explicar=explicar, ver_costos=True
            )
        except ErrorDominio as error:
            return error.codigo

    def __post_init__(self) -> None:
        # The ids of now: a deleted article forgets its own.
        self.empresa_id = self.empresa.pk
        self.carrito = [(articulo.pk, 1) for articulo in (self.yerba, self.azucar, self.sal)]


def con_precio(carrito: CarritoCotizado) -> list[PrecioCotizado]:
    """The lines of a cart that are all priced."""
    lineas = [linea for linea in carrito["lineas"] if "precio_final" in linea]
    assert len(lineas) == len(carrito["lineas"])
    return lineas


def crear_mundo() -> Mundo:
    """The market, with rules of a group, a line and an article that nothing falls under yet."""
    empresa = crear_empresa()
    lista = crear_lista(empresa)
    otra = crear_lista(empresa, canal_venta="ECOMMERCE", nombre="Otra")
    yerba, azucar, sal, cafe = map(crear_articulo, ("Yerba", "Azúcar", "Sal", "Café"))
    grupo = GrupoArticulo.objects.create(nombre="Oferta")
    linea = LineaArticulo.objects.create(nombre="Importados")
    precio = crear_precio_lista(lista, yerba, 10_000)
    crear_precio_lista(lista, azucar, 20_000)
    combo = crear_combinacion(lista, [yerba, azucar])
    combo_ajeno = crear_combinacion(otra, [sal], "Solo sal")
    return Mundo(
        empresa=empresa,
        lista=lista,
        otra=otra,
        yerba=yerba,
        azucar=azucar,
        sal=sal,
        cafe=cafe,
        precio=precio,
        precio_ajeno=crear_precio_lista(otra, sal, 4_000),
        combo=combo,
        combo_ajeno=combo_ajeno,
        del_combo=crear_regla(
            lista, nombre="Combo", tipo=FIJO, valor=1000, combinacion=combo, prioridad=5
        ),
        general=crear_regla(lista, nombre="General"),
        ajena=crear_regla(otra, nombre="Ajena", valor=50, prioridad=20),
        grupo=grupo,
        linea=linea,
        del_grupo=crear_regla(lista, nombre="Grupo", valor=50, grupo=grupo, prioridad=20),
        de_linea=crear_regla(lista, nombre="Línea", valor=50, linea=linea, prioridad=20),
        # Written for what is never sold alone: an order of a hundred million.
        de_azucar=crear_regla(
            lista,
            nombre="Azúcar",
            valor=50,
            articulo=azucar,
            prioridad=20,
            condicion=ReglaPrecio.Condicion.MONTO_MINIMO,
            condicion_valor=100_000_000,
        ),
    )
