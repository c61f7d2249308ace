"""Routes."""

from django.urls import URLPattern, URLResolver, path

from gestion_precios.paginas import listas, reglas

urlpatterns: list[URLPattern | URLResolver] = [
    path("precios/", listas.precios, name="precios"),
    # Words before numbers: /precios/simulador/ and the like go here.
    path("precios/<int:lista_id>/", reglas.lista_precio, name="lista_precio"),
]
