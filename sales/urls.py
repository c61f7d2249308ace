"""Routes."""

from django.urls import URLPattern, URLResolver, path

from sales.views import entrada

urlpatterns: list[URLPattern | URLResolver] = [
    path("pedidos/nuevo/", entrada.pedido_nuevo, name="pedido_nuevo"),
    path("pedidos/nuevo/sesion/", entrada.pedido_sesion, name="pedido_sesion"),
    path("pedidos/ultimo/", entrada.pedido_ultimo, name="pedido_ultimo"),
    path("pedidos/clientes/", entrada.clientes_picker, name="clientes_picker"),
    path("pedidos/articulos/", entrada.articulos_picker, name="articulos_picker"),
]
