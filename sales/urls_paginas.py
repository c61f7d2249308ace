"""Pages and their fragments."""

from django.urls import URLPattern, URLResolver, path

from core.planillas.descarga import rutas_de
from sales.views import (
    entrada,
    exportaciones,
    inicio,
    invitacion,
    paginas_documentos,
    paginas_hechos,
    paginas_importaciones,
    paginas_lotes,
    paginas_pedidos,
    paginas_personas,
)

_PEDIDO = "pedidos/<int:pedido_numero>/"
_IMPORTACION = "importaciones/<uuid:importacion_id>/"
_PERSONA = "personas/<int:persona_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("pedidos/nuevo/", entrada.pedido_nuevo, name="pedido_nuevo"),
    path("pedidos/nuevo/sesion/", entrada.pedido_sesion, name="pedido_sesion"),
    path("pedidos/ultimo/", entrada.pedido_ultimo, name="pedido_ultimo"),
    path("pedidos/clientes/", entrada.clientes_picker, name="clientes_picker"),
    path("pedidos/articulos/", entrada.articulos_picker, name="articulos_picker"),
    path("", inicio.inicio, name="inicio"),
    path("panel/", inicio.panel, name="panel"),
    path("pedidos/", paginas_pedidos.pedidos, name="pedidos"),
    path(_PEDIDO, paginas_pedidos.pedido, name="pedido"),
    path(f"{_PEDIDO}anulacion/", paginas_pedidos.pedido_anulacion, name="pedido_anulacion"),
    path(f"{_PEDIDO}cancelacion/", paginas_hechos.pedido_cancelacion, name="pedido_cancelacion"),
    path(
        f"{_PEDIDO}stock-devuelto/",
        paginas_hechos.pedido_stock_devuelto,
        name="pedido_stock_devuelto",
    ),
    path(f"{_PEDIDO}caja/", paginas_hechos.pedido_caja, name="pedido_caja"),
    path(f"{_PEDIDO}precio/", paginas_hechos.pedido_precio, name="pedido_precio"),
    path(f"{_PEDIDO}documento.pdf", paginas_documentos.pedido_documento, name="pedido_documento"),
    path(f"{_PEDIDO}correo/", paginas_documentos.pedido_correo, name="pedido_correo"),
    path(
        "pedidos/documentos.pdf", paginas_documentos.pedidos_documentos, name="pedidos_documentos"
    ),
    path("pedidos/carga.pdf", paginas_documentos.pedidos_carga, name="pedidos_carga"),
    path("lotes/", paginas_lotes.lotes, name="lotes"),
    path("lotes/<uuid:lote_id>/", paginas_lotes.lote, name="lote"),
    path("lotes/<uuid:lote_id>/estado/", paginas_lotes.lote_estado, name="lote_estado"),
    path(
        "lotes/<uuid:lote_id>/documentos.pdf",
        paginas_documentos.lote_documentos,
        name="lote_documentos",
    ),
    path("lotes/<uuid:lote_id>/carga.pdf", paginas_documentos.lote_carga, name="lote_carga"),
    path("lotes/<uuid:lote_id>/datos/", paginas_lotes.lote_datos, name="lote_datos"),
    path(
        "lotes/<uuid:lote_id>/reencolado/",
        paginas_lotes.lote_reencolado,
        name="lote_reencolado",
    ),
    path("importaciones/", paginas_importaciones.importaciones, name="importaciones"),
    path(
        "importaciones/plantillas/<slug:tipo>.xlsx",
        paginas_importaciones.plantilla_de_importacion,
        name="importacion_plantilla",
    ),
    path(_IMPORTACION, paginas_importaciones.importacion, name="importacion"),
    path(
        f"{_IMPORTACION}estado/",
        paginas_importaciones.importacion_estado,
        name="importacion_estado",
    ),
    path(
        f"{_IMPORTACION}columnas/",
        paginas_importaciones.importacion_columnas,
        name="importacion_columnas",
    ),
    path(
        f"{_IMPORTACION}confirmacion/",
        paginas_importaciones.importacion_confirmacion,
        name="importacion_confirmacion",
    ),
    path(
        f"{_IMPORTACION}descarte/",
        paginas_importaciones.importacion_descarte,
        name="importacion_descarte",
    ),
    path(
        f"{_IMPORTACION}deshecho/",
        paginas_importaciones.importacion_deshecho,
        name="importacion_deshecho",
    ),
    *rutas_de("pedidos/", exportaciones.pedidos, "pedidos_exportacion"),
    *rutas_de("pedidos/lineas/", exportaciones.lineas, "lineas_exportacion"),
    *rutas_de("lotes/", exportaciones.lotes, "lotes_exportacion"),
    *rutas_de("lotes/<uuid:lote_id>/", exportaciones.lote, "lote_exportacion"),
    path("personas/", paginas_personas.personas, name="personas"),
    path("personas/nueva/", paginas_personas.persona_nueva, name="persona_nueva"),
    path(_PERSONA, paginas_personas.persona, name="persona"),
    path(f"{_PERSONA}estado/", paginas_personas.persona_estado, name="persona_estado"),
    path(f"{_PERSONA}enlace/", paginas_personas.persona_enlace, name="persona_enlace"),
    path(f"{_PERSONA}deshacer/", paginas_personas.persona_deshacer, name="persona_deshacer"),
    path("cuentas/invitacion/<str:token>/", invitacion.invitacion, name="invitacion"),
]
