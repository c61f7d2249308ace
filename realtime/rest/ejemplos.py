"""What the API's description shows of unfulfilled orders."""

from __future__ import annotations

from typing import Any

NUEVO: dict[str, Any] = {"pedido_numero": 1042, "status": "9"}
RESPUESTA: dict[str, Any] = {"store_answer": "El cliente no pasó a retirar"}
FILA: dict[str, Any] = {
    "id": 7,
    "pedido_numero": 1042,
    "sucursal": 3,
    "status": "9",
    "store_answer": None,
    "origen": "REGISTRADO",
    "creado_en": "2025-06-16T10:30:00-03:00",
    "actualizado_en": "2025-06-16T10:30:00-03:00",
    "tarjeta": {
        "tipo": "encuesta",
        "regla": "1.1",
        "mostrada": "2025-06-16T10:30:00-03:00",
        "vence": "2025-06-17T10:30:00-03:00",
        "tomado_por": None,
    },
}
RESPONDIDA: dict[str, Any] = FILA | RESPUESTA | {"tarjeta": None}
