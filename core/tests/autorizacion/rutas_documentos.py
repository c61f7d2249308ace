"""Who gets orders on paper: rows of test_autorizacion."""

from __future__ import annotations

from typing import Any

N = "pedidos/<int:pedido_numero>/"
LOTE = "lotes/<uuid:lote_id>/"
# anonymous, without group, taker, supervisor, admin, taker and supervisor of another company
PROPIO = (302, 403, 200, 200, 200, 404, 404)
VACIO = (302, 403, 400, 400, 400, 404, 404)
CORREO = (302, 403, 422, 422, 422, 404, 404)
NINGUNO = (302, 403, *(400,) * 5)
NADA: dict[str, Any] = {}
FILAS: tuple[tuple[str, str, tuple[int, ...], str, dict[str, Any]], ...] = (
    (f"{N}documento.pdf", "get", PROPIO, "own order", NADA),
    (f"{N}documento.pdf", "post", PROPIO, "own order; noted as printed", NADA),
    (f"{N}correo/", "post", CORREO, "own order; no mail leaves from here", NADA),
    ("pedidos/documentos.pdf", "get", NINGUNO, "each their own rows; there are none", NADA),
    ("pedidos/documentos.pdf", "post", NINGUNO, "each their own rows; there are none", NADA),
    ("pedidos/carga.pdf", "get", NINGUNO, "each their own rows; there are none", NADA),
    (f"{LOTE}documentos.pdf", "get", VACIO, "own lote; it has no orders", NADA),
    (f"{LOTE}documentos.pdf", "post", VACIO, "own lote; it has no orders", NADA),
    (f"{LOTE}carga.pdf", "get", VACIO, "own lote; it has no orders", NADA),
)
