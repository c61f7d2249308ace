"""Pages and fragments of the board; the stream beside them is `realtime.en_vivo.eventos`."""

from django.urls import URLPattern, URLResolver, path

from realtime import paginas, paginas_pedido

_TARJETA = "no-completados/<int:clave>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("no-completados/", paginas.no_completados, name="no_completados"),
    path("no-completados/tarjetas/", paginas.tarjetas, name="tablero_tarjetas"),
    path("no-completados/salidas/", paginas.salieron, name="tablero_salidas"),
    path(f"{_TARJETA}detalle/", paginas.detalle, name="tarjeta_detalle"),
    path(f"{_TARJETA}respuesta/", paginas.respuesta, name="tarjeta_respuesta"),
    path(f"{_TARJETA}caja/", paginas.caja, name="tarjeta_caja"),
    path(f"{_TARJETA}stock-devuelto/", paginas.stock, name="tarjeta_stock"),
    path(f"{_TARJETA}precio/", paginas.precio, name="tarjeta_precio"),
    path(f"{_TARJETA}toma/", paginas.toma, name="tarjeta_toma"),
    path(f"{_TARJETA}suelta/", paginas.suelta, name="tarjeta_suelta"),
    path(
        "no-completados/pedido/<int:pedido_numero>/",
        paginas_pedido.pedido_no_completado,
        name="pedido_no_completado",
    ),
]
