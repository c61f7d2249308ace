"""The pricing engine's demo: Empresa Principal S.A., two branches, four articles, five rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gestion_precios.models import (
    Articulo,
    CanalVenta,
    CombinacionProducto,
    Empresa,
    GrupoArticulo,
    LineaArticulo,
    ListaPrecio,
    Moneda,
    PrecioArticulo,
    ReglaPrecio,
    Sucursal,
)

DESDE = date(2025, 1, 1)
LAPTOP, MOUSE, TECLADO, SILLA = 1, 2, 3, 4
ULTIMO_PRECIO = 5
Tipo, Condicion = ReglaPrecio.Tipo, ReglaPrecio.Condicion
# name, type, value, condition, from, article, priority
REGLAS_DE_LIMA = (
    ("30 % en laptop", Tipo.PORCENTAJE, 30, Condicion.CANTIDAD_MINIMA, 1, LAPTOP, 10),
    ("S/ 10 menos desde 3 mouses", Tipo.MONTO_FIJO, 10, Condicion.CANTIDAD_MINIMA, 3, MOUSE, 20),
    ("10 % desde S/ 5.000", Tipo.PORCENTAJE, 10, Condicion.MONTO_MINIMO, 5000, None, 100),
)


def cargar_principal() -> None:
    """Write the engine's demo with its fixed keys."""
    empresa = Empresa.objects.create(
        pk=1, nombre="Empresa Principal S.A.", moneda=Moneda.PEN, zona_horaria="America/Lima"
    )
    lima = Sucursal.objects.create(pk=1, empresa=empresa, nombre="Sucursal Lima")
    arequipa = Sucursal.objects.create(pk=2, empresa=empresa, nombre="Sucursal Arequipa")
    _articulos()
    _lista_de_lima(lima)
    _lista_de_arequipa(arequipa)


def _articulos() -> None:
    tecnologia = LineaArticulo.objects.create(pk=1, nombre="Tecnología")
    hogar = LineaArticulo.objects.create(pk=2, nombre="Hogar")
    laptops = GrupoArticulo.objects.create(pk=1, nombre="Laptops")
    muebles = GrupoArticulo.objects.create(pk=2, nombre="Muebles")
    Articulo.objects.bulk_create(
        Articulo(
            pk=pk,
            codigo=pk,
            sku=sku,
            descripcion=descripcion,
            prod_marca=marca,
            ultimo_costo=Decimal(costo),
            linea=linea,
            grupo=grupo,
        )
        for pk, sku, descripcion, marca, costo, linea, grupo in (
            (LAPTOP, "TEC-LAP-001", "Laptop", "Andes", 1500, tecnologia, laptops),
            (MOUSE, "TEC-LAP-002", "Mouse", "Andes", 80, tecnologia, laptops),
            (TECLADO, "TEC-LAP-003", "Teclado", "Andes", 120, tecnologia, laptops),
            (SILLA, "HOG-MUE-001", "Silla", "Misti", 200, hogar, muebles),
        )
    )


def _lista_de_lima(lima: Sucursal) -> None:
    lista = _lista(
        1,
        "Lista E-commerce Lima",
        lima,
        CanalVenta.ECOMMERCE,
        {LAPTOP: 2000, MOUSE: 120, TECLADO: 180},
        primer_precio=1,
    )
    combo = CombinacionProducto.objects.create(pk=1, lista_precio=lista, nombre="Teclado + Mouse")
    combo.articulos.set([MOUSE, TECLADO])
    for pk, (nombre, tipo, valor, condicion, desde, articulo, prioridad) in enumerate(
        REGLAS_DE_LIMA, 1
    ):
        ReglaPrecio.objects.create(
            pk=pk,
            lista_precio=lista,
            nombre_regla=nombre,
            tipo_regla=tipo,
            valor_regla=Decimal(valor),
            condicion=condicion,
            condicion_valor=Decimal(desde),
            aplica_articulo_id=articulo,
            prioridad=prioridad,
        )
    ReglaPrecio.objects.create(
        pk=4,
        lista_precio=lista,
        nombre_regla="Combo teclado + mouse: S/ 25 menos",
        tipo_regla=Tipo.MONTO_FIJO,
        valor_regla=Decimal(25),
        aplica_combinacion=combo,
        prioridad=5,
    )


def _lista_de_arequipa(arequipa: Sucursal) -> None:
    lista = _lista(
        2,
        "Lista Tienda Arequipa",
        arequipa,
        CanalVenta.TIENDA,
        {SILLA: 300, LAPTOP: 2100},
        primer_precio=4,
    )
    ReglaPrecio.objects.create(
        lista_precio=lista,
        nombre_regla="40 % en laptop, autorizado bajo costo",
        tipo_regla=Tipo.PORCENTAJE,
        valor_regla=Decimal(40),
        condicion=Condicion.CANTIDAD_MINIMA,
        condicion_valor=Decimal(1),
        aplica_articulo_id=LAPTOP,
        prioridad=10,
        permite_venta_bajo_costo=True,
        pk=5,
    )


def _lista(
    pk: int,
    nombre: str,
    sucursal: Sucursal,
    canal: CanalVenta,
    precios: dict[int, int],
    *,
    primer_precio: int,
) -> ListaPrecio:
    lista = ListaPrecio.objects.create(
        pk=pk,
        empresa_id=sucursal.empresa_id,
        sucursal=sucursal,
        nombre=nombre,
        canal_venta=canal,
        fecha_inicio_vigencia=DESDE,
    )
    PrecioArticulo.objects.bulk_create(
        PrecioArticulo(
            pk=precio_pk,
            lista_precio=lista,
            articulo_id=articulo,
            precio_base=Decimal(precio),
        )
        for precio_pk, (articulo, precio) in enumerate(precios.items(), primer_precio)
    )
    return lista
