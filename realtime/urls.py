"""REST routes, under `api/`."""

from django.urls import URLPattern, URLResolver, path

from realtime import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("no-completados/", api.NoCompletados.as_view(), name="api_no_completados"),
    path("no-completados/<int:pk>/", api.NoCompletado.as_view(), name="api_no_completado"),
]
