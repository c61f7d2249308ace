"""REST routes, under `api/`."""

from django.urls import URLPattern, URLResolver, path

from realtime.rest import vistas

urlpatterns: list[URLPattern | URLResolver] = [
    path("no-completados/", vistas.NoCompletados.as_view(), name="api_no_completados"),
    path("no-completados/<int:pk>/", vistas.NoCompletado.as_view(), name="api_no_completado"),
]
