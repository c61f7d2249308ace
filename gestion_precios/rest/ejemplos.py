"""What the API's description shows: rows of the demo, and new ones that it would take."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

# By route: a row as the demo has it, and one to create beside it.
FILAS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "empresas": (
        {
            "id": 1,
            "nombre": "Empresa Principal S.A.",
            "moneda": "PEN",
            "zona_horaria": "America/Lima",
            "pais": "PE",
        },
        {"nombre": "Empresa del Norte S.A.", "moneda": "PEN", "zona_horaria": "America/Lima"},
    ),
    "sucursales": (
        {"id": 1, "empresa": 1, "nombre": "Sucursal Lima"},
        {"empresa": 1, "nombre": "Sucursal Cusco"},
    ),
    "lineas-articulo": ({"id": 1, "nombre": "Tecnología"}, {"nombre": "Limpieza"}),
    "grupos-articulo": ({"id": 1, "nombre": "Laptops"}, {"nombre": "Monitores"}),
    "articulos": (
        {
            "id": 2,
            "codigo": 2,
            "sku": "TEC-LAP-002",
            "prod_marca": "Andes",
            "descripcion": "Mouse",
            "linea": 1,
            "grupo": 1,
            "ultimo_costo": "80.00",
            "tasa_iva": 10,
            "codigo_barras": None,
            "activo": True,
        },
        {
            "codigo": 900_001,
            "sku": "TEC-MON-001",
            "descripcion": "Monitor 24″",
            "linea": 1,
            "ultimo_costo": "410.00",
            "codigo_barras": "4006381333931",
        },
    ),
    "listas-precio": (
        {
            "id": 1,
            "empresa": 1,
            "sucursal": 1,
            "nombre": "Lista E-commerce Lima",
            "canal_venta": "ECOMMERCE",
            "fecha_inicio_vigencia": "2025-01-01",
            "fecha_fin_vigencia": None,
            "activa": True,
        },
        {
            "empresa": 1,
            "sucursal": 1,
            "nombre": "Invierno",
            "canal_venta": "TIENDA",
            "fecha_inicio_vigencia": "2026-06-01",
            "fecha_fin_vigencia": "2026-08-31",
        },
    ),
    "precios-articulo": (
        {"id": 2, "lista_precio": 1, "articulo": 2, "precio_base": "120.00"},
        {"lista_precio": 1, "articulo": 4, "precio_base": "310.00"},
    ),
    "reglas-precio": (
        {
            "id": 2,
            "lista_precio": 1,
            "nombre_regla": "S/ 10 menos desde 3 mouses",
            "tipo_regla": "MONTO_FIJO",
            "valor_regla": "10.00",
            "condicion": "CANTIDAD_MINIMA",
            "condicion_valor": "3.00",
            "aplica_articulo": 2,
            "aplica_grupo": None,
            "aplica_linea": None,
            "aplica_combinacion": None,
            "prioridad": 20,
            "permite_venta_bajo_costo": False,
            "activa": True,
        },
        {
            "lista_precio": 1,
            "nombre_regla": "5 % en tecnología",
            "tipo_regla": "PORCENTAJE",
            "valor_regla": "5",
            "aplica_linea": 1,
            "prioridad": 50,
        },
    ),
    "combinaciones": (
        {"id": 1, "lista_precio": 1, "nombre": "Teclado + Mouse", "articulos": [2, 3]},
        {"lista_precio": 1, "nombre": "Laptop + Mouse", "articulos": [1, 2]},
    ),
}
CALCULO = {
    "lista_precio_aplicada": {
        "id": 1,
        "nombre": "Lista E-commerce Lima",
        "canal_venta": "ECOMMERCE",
        "sucursal": 1,
    },
    "precio_base": "120.00",
    "precio_final": "85.00",
    "cantidad": 3,
    "total": "255.00",
    "reglas_aplicadas": [
        {
            "id": 4,
            "nombre": "Combo teclado + mouse: S/ 25 menos",
            "antes": "120.00",
            "despues": "95.00",
        },
        {"id": 2, "nombre": "S/ 10 menos desde 3 mouses", "antes": "95.00", "despues": "85.00"},
    ],
    "autorizado_bajo_costo": False,
    "ajustado_a_costo": False,
    "moneda": "PEN",
}
# The parameters of that answer, and of the list behind it.
PARAMETROS: dict[str, Any] = {
    "empresa_id": 1,
    "canal_venta": "ECOMMERCE",
    "sucursal_id": 1,
    "articulo_id": 2,
    "cantidad": 3,
    "monto_pedido": "540.00",
    "cart_items": "2,3",
    "explicar": "0",
}
CARRITO = {
    "empresa_id": 1,
    "canal_venta": "ECOMMERCE",
    "sucursal_id": 1,
    "lineas": [{"articulo_id": 2, "cantidad": 3}, {"articulo_id": 3, "cantidad": 1}],
}
VIGENCIAS = {
    "vigencias": [
        {
            "lista": 1,
            "fecha_inicio_vigencia": "2025-01-01",
            "fecha_fin_vigencia": "2026-12-31",
        },
        {"lista": 2, "fecha_inicio_vigencia": "2025-02-01", "fecha_fin_vigencia": None},
    ]
}


def de(ruta: str) -> list[OpenApiExample]:
    """A resource's examples: what comes out, and what goes in."""
    fila, nueva = FILAS[ruta]
    return [
        OpenApiExample("fila", value=fila, response_only=True),
        OpenApiExample("nueva", value=nueva, request_only=True),
    ]


def de_respuesta(valor: Any) -> list[OpenApiExample]:
    """An answer's example."""
    return [OpenApiExample("respuesta", value=valor, response_only=True)]


def de_pedido(valor: Any) -> list[OpenApiExample]:
    """A body's example."""
    return [OpenApiExample("pedido", value=valor, request_only=True)]
