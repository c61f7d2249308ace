"""The load sheet: sums by hand, by the articles' line, of what really leaves."""

from __future__ import annotations

from django.utils import timezone

from gestion_precios.models import LineaArticulo
from sales.documentos.carga import Carga, carga_de
from sales.models import Orders, OrdersDetail
from sales.tests.documentos.lectura import medidas, texto, textos
from sales.tests.fabricas import crear_articulo
from sales.tests.mesa import Mesa, entrar

ANULACION = {"anulado_040": True, "anulado_040_por_gecos": "Sofía"}


def _anular(filas: type[Orders | OrdersDetail], clave: int) -> None:
    filas.objects.filter(pk=clave).update(anulado_040_fecha=timezone.now(), **ANULACION)


def _sumas(carga: Carga) -> list[tuple[str, int, list[tuple[int, int, int]]]]:
    return [
        (linea.nombre, linea.unidades, [(a.codigo, a.unidades, a.pedidos) for a in linea.articulos])
        for linea in carga.lineas
    ]


def test_units_are_summed_by_article_and_line_without_what_does_not_leave(mesa: Mesa) -> None:
    bebidas = LineaArticulo.objects.create(nombre="Bebidas")
    almacen = LineaArticulo.objects.create(nombre="almacén")
    agua = crear_articulo("Agua 2 l", linea=bebidas, codigo=901)
    cola = crear_articulo("Cola 1 l", linea=bebidas, codigo=900)
    fideo = crear_articulo("Fideo 500 g", linea=almacen, codigo=950)
    suelto = mesa.articulo
    mesa.pedido(lineas=[(agua, 6, 100), (fideo, 10, 100), (suelto, 1, 100)])
    mesa.pedido(lineas=[(agua, 4, 100), (cola, 1_000, 100), (agua, 2, 100)], status="14")
    con_anulada = mesa.pedido(lineas=[(agua, 50, 100), (fideo, 1, 100)])
    _anular(OrdersDetail, con_anulada.detalles.order_by("pk")[0].pk)
    _anular(Orders, mesa.pedido(lineas=[(agua, 500, 100)]).pk)
    mesa.pedido(lineas=[(agua, 600, 100)], status="8")
    mesa.pedido(lineas=[(agua, 700, 100)], stock_returned=True)
    carga = carga_de(Orders.objects.visibles_para(mesa.tomador))
    assert _sumas(carga) == [
        ("almacén", 11, [(950, 11, 2)]),
        ("Bebidas", 1_012, [(900, 1_000, 1), (901, 12, 2)]),
        ("Sin línea", 1, [(suelto.codigo, 1, 1)]),
    ]
    assert (carga.unidades, carga.pedidos, carga.en_revision, carga.fuera) == (1_024, 3, 1, 3)
    assert carga.empresas == ("Distribuidora Ñandutí S.A.",)


def test_the_sheet_says_lines_articles_units_and_orders(mesa: Mesa) -> None:
    bebidas = LineaArticulo.objects.create(nombre="Bebidas")
    agua = crear_articulo("Agua 2 l", linea=bebidas, codigo=901, prod_marca="")
    lote = mesa.lote()
    mesa.pedido(lineas=[(agua, 1_200, 100)], loteobj=lote)
    mesa.pedido(lineas=[(agua, 9, 100)])
    respuesta = entrar(mesa.tomador).get(f"/lotes/{lote.pk}/carga.pdf")
    leido = texto(respuesta.content)
    assert "Bebidas 1.200 901 Agua 2 l 1 1.200 Total de unidades 1.200 1 pedido" in leido
    assert f"Lote {str(lote.pk)[:8]}" in leido
    assert medidas(respuesta.content) == [(210, 297)]
    assert respuesta["Content-Disposition"].startswith('inline; filename="hoja-de-carga-')
    todos = texto(entrar(mesa.tomador).get("/pedidos/carga.pdf").content)
    assert "901 Agua 2 l 2 1.209" in todos


def test_only_the_filtered_and_visible_orders_are_summed(mesa: Mesa) -> None:
    mesa.pedido(lineas=[(mesa.articulo, 3, 100)])
    mesa.pedido(lineas=[(mesa.articulo, 5, 100)], status="14")
    mesa.pedido(mesa.ajeno, sucursal=mesa.ajena, lineas=[(mesa.articulo, 7, 100)])
    navegador = entrar(mesa.supervisor)
    assert "Total de unidades 8" in texto(navegador.get("/pedidos/carga.pdf").content)
    assert "Total de unidades 3" in texto(navegador.get("/pedidos/carga.pdf?estado=1").content)
    nada = navegador.get("/pedidos/carga.pdf?estado=4", headers={"Accept": "*/json"})
    assert (nada.status_code, nada.json()["codigo"]) == (400, "sin_pedidos")


def test_a_line_s_name_is_never_the_last_of_a_page(mesa: Mesa) -> None:
    for n in range(70):
        linea = LineaArticulo.objects.create(nombre=f"Línea {n:02d}")
        articulo = crear_articulo(f"Cosa {n:02d}", linea=linea, prod_marca="")
        mesa.pedido(lineas=[(articulo, n + 1, 100)])
    archivo = entrar(mesa.tomador).get("/pedidos/carga.pdf").content
    assert len(medidas(archivo)) == 4
    assert "Total de unidades 2.485" in texto(archivo)
    for pagina in textos(archivo):
        assert pagina.count("Línea ") == pagina.count("Cosa ")
