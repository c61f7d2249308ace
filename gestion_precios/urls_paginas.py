"""Pages and their fragments."""

from django.urls import URLPattern, URLResolver, include, path

from core.planillas.descarga import rutas_de
from gestion_precios.paginas import (
    combinaciones,
    edicion,
    historia,
    intercambio,
    listas,
    precios,
    regla_formulario,
    reglas,
)
from gestion_precios.paginas.simulador import paginas

de_una_regla = [
    path("", regla_formulario.regla, name="regla"),
    path("orden/", reglas.regla_orden, name="regla_orden"),
    path("estado/", reglas.regla_estado, name="regla_estado"),
    path("baja/", reglas.regla_baja, name="regla_baja"),
    path("restauracion/", reglas.regla_restauracion, name="regla_restauracion"),
]
de_un_precio = [
    path("", precios.precio, name="precio"),
    path("baja/", precios.precio_baja, name="precio_baja"),
    path("restauracion/", precios.precio_restauracion, name="precio_restauracion"),
]
de_una_combinacion = [
    path("", combinaciones.combinacion, name="combinacion"),
    path("baja/", combinaciones.combinacion_baja, name="combinacion_baja"),
]
de_una_lista: list[URLPattern | URLResolver] = [
    path("", reglas.lista_precio, name="lista_precio"),
    path("datos/", edicion.lista_datos, name="lista_datos"),
    path("duplicado/", edicion.lista_duplicado, name="lista_duplicado"),
    path("estado/", edicion.lista_estado, name="lista_estado"),
    path("traslado/", edicion.lista_mover_fechas, name="lista_mover_fechas"),
    path("reglas/", regla_formulario.reglas, name="reglas"),
    path("reglas/nueva/", regla_formulario.regla_nueva, name="regla_nueva"),
    path("reglas/<int:regla_id>/", include(de_una_regla)),
    path("precios/", precios.precios_de_lista, name="precios_de_lista"),
    path("precios/<int:precio_id>/", include(de_un_precio)),
    path("articulos/", precios.articulos_de_lista, name="articulos_de_lista"),
    path("combinaciones/", combinaciones.combinaciones, name="combinaciones"),
    path("combinaciones/nueva/", combinaciones.combinacion_nueva, name="combinacion_nueva"),
    path("combinaciones/<int:combinacion_id>/", include(de_una_combinacion)),
    path("historia/", historia.lista_historia, name="lista_historia"),
    *rutas_de("historia/", historia.exportacion, "historia_exportacion"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("precios/", listas.precios, name="precios"),
    *rutas_de("precios/", listas.exportacion, "listas_exportacion"),
    path("precios/nueva/", edicion.lista_nueva, name="lista_nueva"),
    # Words before numbers.
    path("precios/simulador/", paginas.simulador, name="simulador"),
    path("precios/simulador/articulos/", paginas.simulador_articulos, name="simulador_articulos"),
    path("precios/<int:lista_id>/", include(de_una_lista)),
    path("precios/<int:lista_id>/importacion/", intercambio.importacion, name="lista_importacion"),
    path(
        "precios/<int:lista_id>/exportacion.xlsx",
        intercambio.exportacion,
        name="lista_exportacion",
    ),
    path(
        "precios/<int:lista_id>/exportacion.csv",
        intercambio.exportacion,
        {"formato": "csv"},
        name="lista_exportacion_csv",
    ),
]
