"""REST routes, under `api/`."""

from django.urls import URLPattern, URLResolver, path

from sales.views import api_cambios, api_lotes, api_pedidos, datos

_PEDIDO = "pedidos/<int:pedido_numero>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("pedidos/", api_pedidos.Pedidos.as_view(), name="api_pedidos"),
    path("pedidos/cambios/", api_cambios.Cambios.as_view(), name="api_cambios"),
    path(_PEDIDO, api_pedidos.Pedido.as_view(), name="api_pedido"),
    path(f"{_PEDIDO}anulacion/", api_pedidos.Anulacion.as_view(), name="api_anulacion"),
    path(f"{_PEDIDO}cancelacion/", api_pedidos.Cancelacion.as_view(), name="api_cancelacion"),
    path(
        f"{_PEDIDO}stock-devuelto/", api_pedidos.StockDevuelto.as_view(), name="api_stock_devuelto"
    ),
    path(f"{_PEDIDO}caja/", api_pedidos.Caja.as_view(), name="api_caja"),
    path(f"{_PEDIDO}precio/", api_pedidos.Precio.as_view(), name="api_precio"),
    path(f"{_PEDIDO}confirmacion/", api_pedidos.Confirmacion.as_view(), name="api_confirmacion"),
    path("datos-venta/", datos.DatosVenta.as_view(), name="api_datos_venta"),
    path("datos-venta/<slug:seccion>/", datos.DatosSeccion.as_view(), name="api_datos_seccion"),
    path("lotes/", api_lotes.Lotes.as_view(), name="api_lotes"),
    path("lotes/<uuid:lote_id>/", api_lotes.Lote.as_view(), name="api_lote"),
]
