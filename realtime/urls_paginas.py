"""Pages and fragments of the board; the stream beside them is `realtime.en_vivo.eventos`."""

from django.urls import URLPattern, URLResolver, path

from core.planillas.descarga import rutas_de
from realtime.paginas import exportaciones, pedido, tablero

_TARJETA = "no-completados/<int:clave>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("no-completados/", tablero.no_completados, name="no_completados"),
    path("no-completados/tarjetas/", tablero.tarjetas, name="tablero_tarjetas"),
    path("no-completados/salidas/", tablero.salieron, name="tablero_salidas"),
    path(f"{_TARJETA}detalle/", tablero.detalle, name="tarjeta_detalle"),
    path(f"{_TARJETA}respuesta/", tablero.respuesta, name="tarjeta_respuesta"),
    path(f"{_TARJETA}caja/", tablero.caja, name="tarjeta_caja"),
    path(f"{_TARJETA}stock-devuelto/", tablero.stock, name="tarjeta_stock"),
    path(f"{_TARJETA}precio/", tablero.precio, name="tarjeta_precio"),
    path(f"{_TARJETA}toma/", tablero.toma, name="tarjeta_toma"),
    path(f"{_TARJETA}suelta/", tablero.suelta, name="tarjeta_suelta"),
    path(
        "no-completados/pedido/<int:pedido_numero>/",
        pedido.pedido_no_completado,
        name="pedido_no_completado",
    ),
    *rutas_de("no-completados/", exportaciones.tarjetas, "tarjetas_exportacion"),
    *rutas_de("no-completados/historia/", exportaciones.historia, "hechos_exportacion"),
]
