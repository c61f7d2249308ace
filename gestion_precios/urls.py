"""Routes."""

from django.urls import URLPattern, URLResolver, path

from gestion_precios.paginas import intercambio, listas, reglas, simulador

urlpatterns: list[URLPattern | URLResolver] = [
    path("precios/", listas.precios, name="precios"),
    # Words before numbers: /precios/simulador/ and the like go here.
    path("precios/simulador/", simulador.simulador, name="simulador"),
    path(
        "precios/simulador/articulos/", simulador.simulador_articulos, name="simulador_articulos"
    ),
    path("precios/<int:lista_id>/", reglas.lista_precio, name="lista_precio"),
    path(
        "precios/<int:lista_id>/importacion/", intercambio.importacion, name="lista_importacion"
    ),
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
