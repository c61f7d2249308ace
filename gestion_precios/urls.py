"""REST routes, under `api/`."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import APIRootView, DefaultRouter

from core.rest.consulta import ConsultaEstricta
from gestion_precios import views


class Raiz(ConsultaEstricta, APIRootView):
    """Where each part of the catalogue is."""

    name = "API"


router = DefaultRouter(use_regex_path=False)
router.APIRootView = Raiz
# One address for each thing: `?format=json` says the same as a suffix would.
router.include_format_suffixes = False
for ruta, vista in {
    "empresas": views.EmpresaViewSet,
    "sucursales": views.SucursalViewSet,
    "articulos": views.ArticuloViewSet,
    "lineas-articulo": views.LineaArticuloViewSet,
    "grupos-articulo": views.GrupoArticuloViewSet,
    "listas-precio": views.ListaPrecioViewSet,
    "precios-articulo": views.PrecioArticuloViewSet,
    "reglas-precio": views.ReglaPrecioViewSet,
    "combinaciones": views.CombinacionProductoViewSet,
}.items():
    router.register(ruta, vista, basename=f"api_{ruta.replace('-', '_')}")

urlpatterns: list[URLPattern | URLResolver] = [
    path("calcular-precio/", views.CalcularPrecioFinalAPIView.as_view(), name="calcular-precio"),
    path("lista-vigente/", views.ObtenerListaVigenteAPIView.as_view(), name="lista-vigente"),
    path("cotizar/", views.CotizarAPIView.as_view(), name="api_cotizar"),
    *router.urls,
]
