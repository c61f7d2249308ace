"""Who gets what of the live board's page: rows of test_autorizacion, and a card to ask for."""

from __future__ import annotations

from typing import Any

from realtime.tests.fabricas import crear_no_completado
from sales.tests.mesa import Mesa

B = "no-completados/"
T = f"{B}<int:clave>/"
A = "api/no-completados/"
# anonymous, without group, taker, supervisor, admin, taker and supervisor of another company
PAGINA = (302, 403, 200, 200, 200, 200, 200)
NADA: dict[str, Any] = {}


def _de_su_sucursal(estado: int) -> tuple[int, ...]:
    return (302, 403, estado, estado, estado, 404, 404)


FILAS: tuple[tuple[str, str, tuple[int, ...], str, dict[str, Any]], ...] = (
    (B, "get", PAGINA, "each sees the boards of their branches", NADA),
    (f"{B}tarjetas/", "get", PAGINA, "the same, as a fragment", NADA),
    (f"{B}salidas/", "get", PAGINA, "why cards left those boards", NADA),
    (
        f"{B}pedido/<int:pedido_numero>/",
        "get",
        _de_su_sucursal(200),
        "an order of one's own, or of one's boards",
        NADA,
    ),
    (f"{T}detalle/", "get", _de_su_sucursal(200), "a card of one's boards", NADA),
    (f"{T}respuesta/", "post", _de_su_sucursal(422), "the form again: it was blank", NADA),
    (f"{T}caja/", "post", _de_su_sucursal(204), "a card of one's boards", NADA),
    (f"{T}stock-devuelto/", "post", _de_su_sucursal(204), "a card of one's boards", NADA),
    (f"{T}toma/", "post", _de_su_sucursal(204), "a card of one's boards", NADA),
    (f"{T}suelta/", "post", _de_su_sucursal(204), "a card of one's boards", NADA),
    (
        f"{T}precio/",
        "post",
        (302, 403, 403, 400, 400, 403, 404),
        "supervisors decide about prices; nothing was decided",
        NADA,
    ),
    (A, "get", (401, 403, *(200,) * 5), "each sees the rows of their boards", NADA),
    (A, "post", (401, 403, *(400,) * 5), "any role, for orders of their boards; none named", NADA),
    (f"{A}<int:pk>/", "get", (401, 403, 200, 200, 200, 404, 404), "a row of one's boards", NADA),
    (
        f"{A}<int:pk>/",
        "patch",
        (401, 403, 200, 200, 200, 404, 404),
        "a row of one's boards",
        {"status": "14"},
    ),
)


def clave_de_tarjeta(mesa: Mesa) -> str:
    """A card of the taker's branch."""
    return str(crear_no_completado(mesa.pedido()).pk)
