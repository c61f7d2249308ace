"""Routes."""

from django.urls import URLPattern, URLResolver, path

from sales.views import entrada, inicio, paginas_lotes, paginas_pedidos

urlpatterns: list[URLPattern | URLResolver] = [
    path("pedidos/nuevo/", entrada.pedido_nuevo, name="pedido_nuevo"),
    path("pedidos/nuevo/sesion/", entrada.pedido_sesion, name="pedido_sesion"),
    path("pedidos/ultimo/", entrada.pedido_ultimo, name="pedido_ultimo"),
    path("pedidos/clientes/", entrada.clientes_picker, name="clientes_picker"),
    path("pedidos/articulos/", entrada.articulos_picker, name="articulos_picker"),
    path("", inicio.inicio, name="inicio"),
    path("panel/", inicio.panel, name="panel"),
    path("pedidos/", paginas_pedidos.pedidos, name="pedidos"),
    path("pedidos/<int:pedido_numero>/", paginas_pedidos.pedido, name="pedido"),
    path(
        "pedidos/<int:pedido_numero>/anulacion/",
        paginas_pedidos.pedido_anulacion,
        name="pedido_anulacion",
    ),
    path("lotes/", paginas_lotes.lotes, name="lotes"),
    path("lotes/<uuid:lote_id>/", paginas_lotes.lote, name="lote"),
    path("lotes/<uuid:lote_id>/estado/", paginas_lotes.lote_estado, name="lote_estado"),
    path(
        "lotes/<uuid:lote_id>/reencolado/",
        paginas_lotes.lote_reencolado,
        name="lote_reencolado",
    ),
]
