"""Who gets what of the pages of imports: rows of test_autorizacion, and an import to ask for."""

from __future__ import annotations

from typing import Any

from sales.models import ImportacionDatos
from sales.tests.mesa import Mesa

RUTA = "importaciones/<uuid:importacion_id>/"
# anonymous, without group, taker, supervisor, admin, taker and supervisor of another company
SOLO_CON_PERMISO = (302, 403, 403, 403, 200, 403, 403)
HECHO = (302, 403, 403, 403, 302, 403, 403)
NADA: dict[str, Any] = {}
POR_QUE = "clients and articles are the group's: who may add and change them"
FILAS: tuple[tuple[str, str, tuple[int, ...], str, dict[str, Any]], ...] = (
    ("importaciones/", "get", SOLO_CON_PERMISO, POR_QUE, NADA),
    ("importaciones/", "post", (302, 403, 403, 403, 422, 403, 403), "no file came", NADA),
    (
        "importaciones/plantillas/<slug:tipo>.xlsx",
        "get",
        SOLO_CON_PERMISO,
        "who may import them; costs for those who may see costs",
        NADA,
    ),
    (RUTA, "get", SOLO_CON_PERMISO, POR_QUE, NADA),
    (f"{RUTA}estado/", "get", SOLO_CON_PERMISO, POR_QUE, NADA),
    (f"{RUTA}columnas/", "post", HECHO, "then back to its page", NADA),
    (f"{RUTA}confirmacion/", "post", HECHO, "then back to its page", NADA),
    (f"{RUTA}descarte/", "post", HECHO, "then back to its page", NADA),
    (f"{RUTA}deshecho/", "post", HECHO, "then back to its page", NADA),
)


def clave_de_importacion(mesa: Mesa) -> str:
    """The id of an import of the admin's."""
    return str(
        ImportacionDatos.objects.create(
            usuario=mesa.admin, tipo=ImportacionDatos.Tipo.CLIENTES, archivo="clientes.csv"
        ).pk
    )
