"""The facts of the engine's demo (`demo/principal.py`), for every door that prices are asked at."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, NamedTuple

from gestion_precios.demo.principal import LAPTOP, MOUSE, SILLA, TECLADO

EMPRESA: Final = 1
LIMA, AREQUIPA = 1, 2
LISTA_LIMA: Final[dict[str, Any]] = {
    "id": 1,
    "nombre": "Lista E-commerce Lima",
    "canal_venta": "ECOMMERCE",
    "sucursal": LIMA,
}
LISTA_AREQUIPA: Final[dict[str, Any]] = {
    "id": 2,
    "nombre": "Lista Tienda Arequipa",
    "canal_venta": "TIENDA",
    "sucursal": AREQUIPA,
}
REGLA_LAPTOP, REGLA_MOUSE, REGLA_MONTO, REGLA_COMBO, REGLA_AUTORIZADA = 1, 2, 3, 4, 5
DE_LIMA: Final[dict[str, Any]] = {
    "empresa_id": EMPRESA,
    "canal_venta": "ECOMMERCE",
    "sucursal_id": LIMA,
}
DE_AREQUIPA: Final[dict[str, Any]] = {
    "empresa_id": EMPRESA,
    "canal_venta": "TIENDA",
    "sucursal_id": AREQUIPA,
}
CARRITO: Final[dict[str, Any]] = {"monto_pedido": Decimal("540.00"), "cart_items": [MOUSE, TECLADO]}


class Hecho(NamedTuple):
    """A question to `calcular_precio_final`, and what it answers."""

    pregunta: dict[str, Any]
    base: str
    final: str
    total: str
    # Which rules fired, and the price after each.
    reglas: tuple[tuple[int, str], ...] = ()
    autorizado: bool = False
    ajustado: bool = False

    def respuesta(self) -> dict[str, Any]:
        """The values that every answer to this question has."""
        return {
            "lista_precio_aplicada": LISTA_AREQUIPA if _en_arequipa(self) else LISTA_LIMA,
            "precio_base": Decimal(self.base),
            "precio_final": Decimal(self.final),
            "cantidad": self.pregunta["cantidad"],
            "total": Decimal(self.total),
            "autorizado_bajo_costo": self.autorizado,
            "ajustado_a_costo": self.ajustado,
            "moneda": "PEN",
        }


def _en_arequipa(hecho: Hecho) -> bool:
    return bool(hecho.pregunta["sucursal_id"] == AREQUIPA)


HECHOS: Final[dict[str, Hecho]] = {
    "laptop in Lima, raised to its cost": Hecho(
        {**DE_LIMA, "articulo_id": LAPTOP, "cantidad": 1},
        "2000.00",
        "1500.00",
        "1500.00",
        ((REGLA_LAPTOP, "1400.00"),),
        ajustado=True,
    ),
    "laptop in Arequipa, below cost with permission": Hecho(
        {**DE_AREQUIPA, "articulo_id": LAPTOP, "cantidad": 1},
        "2100.00",
        "1260.00",
        "1260.00",
        ((REGLA_AUTORIZADA, "1260.00"),),
        autorizado=True,
    ),
    "three mouses with the keyboard": Hecho(
        {**DE_LIMA, **CARRITO, "articulo_id": MOUSE, "cantidad": 3},
        "120.00",
        "85.00",
        "255.00",
        ((REGLA_COMBO, "95.00"), (REGLA_MOUSE, "85.00")),
    ),
    "two mouses alone": Hecho(
        {**DE_LIMA, "articulo_id": MOUSE, "cantidad": 2}, "120.00", "120.00", "240.00"
    ),
    "three mouses alone": Hecho(
        {**DE_LIMA, "articulo_id": MOUSE, "cantidad": 3},
        "120.00",
        "110.00",
        "330.00",
        ((REGLA_MOUSE, "110.00"),),
    ),
    "three mouses in an order of 5,000, raised to its cost": Hecho(
        {**DE_LIMA, **CARRITO, "monto_pedido": Decimal(5000), "articulo_id": MOUSE, "cantidad": 3},
        "120.00",
        "80.00",
        "240.00",
        ((REGLA_COMBO, "95.00"), (REGLA_MOUSE, "85.00"), (REGLA_MONTO, "76.50")),
        ajustado=True,
    ),
    "a keyboard with the mouse": Hecho(
        {**DE_LIMA, **CARRITO, "articulo_id": TECLADO, "cantidad": 1},
        "180.00",
        "155.00",
        "155.00",
        ((REGLA_COMBO, "155.00"),),
    ),
    "a céntimo short of 5,000": Hecho(
        {
            **DE_LIMA,
            "monto_pedido": Decimal("4999.99"),
            "articulo_id": TECLADO,
            "cantidad": 1,
        },
        "180.00",
        "180.00",
        "180.00",
    ),
    "a keyboard in an order of 5,000": Hecho(
        {**DE_LIMA, "monto_pedido": Decimal(5000), "articulo_id": TECLADO, "cantidad": 1},
        "180.00",
        "162.00",
        "162.00",
        ((REGLA_MONTO, "162.00"),),
    ),
    "28 keyboards are an order of 5,040": Hecho(
        {**DE_LIMA, "articulo_id": TECLADO, "cantidad": 28},
        "180.00",
        "162.00",
        "4536.00",
        ((REGLA_MONTO, "162.00"),),
    ),
    "a chair in Arequipa, without rules": Hecho(
        {**DE_AREQUIPA, "articulo_id": SILLA, "cantidad": 4}, "300.00", "300.00", "1200.00"
    ),
}
