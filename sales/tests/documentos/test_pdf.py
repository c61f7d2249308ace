"""An order's PDF read back: its texts and figures are the database's, on both papers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from gestion_precios.models import Articulo
from gestion_precios.moneda import cifra, formato
from sales.documentos.archivo import Formato, armar
from sales.documentos.contenido import contenido_de
from sales.documentos.letra import _registrar
from sales.documentos.seleccion import completos, contenidos_de
from sales.models import Orders, OrdersDetail, Producto
from sales.pedidos.totales import CAMPOS, importe, totales
from sales.precios.iva import desglosar
from sales.tests.documentos.lectura import medidas, texto, textos
from sales.tests.fabricas import (
    crear_articulo,
    crear_cliente,
    crear_empresa,
    crear_pedido,
    crear_sucursal,
)
from sales.tests.mesa import Mesa, resultado

FORMATOS = list(Formato)
HOSTIL = "<b>Ña</b> (a\\(b) \\) %(x)s %s {0} \x07\u202eabc\u200b\tfin /JS(app.alert(1))"
HOSTIL_IMPRESO = "<b>Ña</b> (a\\(b) \\) %(x)s %s {0} abc fin /JS(app.alert(1))"


def pdf(pedido: Orders, formato: Formato = Formato.A4) -> bytes:
    return armar(contenidos_de([completos(Orders.objects.all()).get(pk=pedido.pk)]), formato)


@pytest.mark.parametrize("formato_", FORMATOS)
@pytest.mark.parametrize(
    ("moneda", "precios"),
    [("PYG", (12_500, 9_999, 1)), ("PEN", ("12.50", "0.07", "999.99")), ("USD", ("1.10", 3, 0))],
)
def test_every_figure_is_the_database_s(
    mesa: Mesa, moneda: str, precios: tuple[int, int, int], formato_: Formato
) -> None:
    sucursal = crear_sucursal(crear_empresa(f"Casa {moneda}", moneda=moneda), "Centro")
    tasas = zip((10, 5, 0), precios, (7, 1_000, 3), strict=True)
    lineas = [(crear_articulo(f"Cosa {t}", tasa_iva=t), c, p) for t, p, c in tasas]
    pedido = crear_pedido(mesa.cliente, lineas, sucursal=sucursal, usuario=mesa.tomador)
    leido = texto(pdf(pedido, formato_))
    guardadas = list(pedido.detalles.all())
    for linea in guardadas:
        linea.refresh_from_db()
        assert linea.artobj.descripcion in leido
        assert str(linea.artobj.codigo) in leido
        for monto in (linea.precio_unitario, importe(linea)):
            assert cifra(monto, moneda) in leido
    sumas = totales(guardadas)
    rotulos = ("Gravada 10 %", "IVA 10 %", "Gravada 5 %", "IVA 5 %", "Exenta")
    for rotulo, monto in zip(rotulos, sumas, strict=True):
        assert f"{rotulo} {formato(monto, moneda)}" in leido
    assert f"Total {formato(sumas.total, moneda)}" in leido


def test_the_rows_and_sums_of_an_order_computed_by_hand(mesa: Mesa) -> None:
    arroz = crear_articulo("Arroz 1 kg", tasa_iva=5, codigo=77, prod_marca="")
    pedido = mesa.pedido(lineas=[(mesa.articulo, 2, 10_000), (arroz, 1_200, 4_200)])
    leido = texto(pdf(pedido))
    assert f"Yerba mate 500 g · Ka'aguy Poty 1 {mesa.articulo.codigo} 2 10.000 10 % 20.000" in leido
    assert "Arroz 1 kg 2 77 1.200 4.200 5 % 5.040.000" in leido
    assert "Gravada 10 % Gs. 18.182 IVA 10 % Gs. 1.818" in leido
    assert "Gravada 5 % Gs. 4.800.000 IVA 5 % Gs. 240.000 Exenta Gs. 0" in leido
    assert "Total Gs. 5.060.000" in leido
    rollo = texto(pdf(pedido, Formato.CINTA))
    assert "Arroz 1 kg 77 1.200 × 4.200 (5 %) 5.040.000" in rollo
    assert "Total Gs. 5.060.000" in rollo


@pytest.mark.parametrize("formato_", FORMATOS)
def test_it_names_company_client_number_observation_and_receipt(
    mesa: Mesa, formato_: Formato
) -> None:
    lote = mesa.lote()
    pedido = mesa.pedido(
        loteobj=lote,
        observacion="Portón verde,\nde mañana",
        capturado_en=datetime(2025, 6, 16, 13, 5, tzinfo=UTC),
    )
    resultado(lote, 0, orderobj=pedido, huella="0123456789abcdef" * 4)
    leido = texto(pdf(pedido, formato_))
    assert f"Pedido {pedido.pedido_numero}" in leido
    for dato in ("Distribuidora Ñandutí S.A.", "Asunción", "Cármen Ñamandú Benítez"):
        assert dato in leido
    assert f"RUC {mesa.cliente.ruc}" in leido
    # The branch's own clock.
    assert "Cargado el: 16/06/2025 10:05" in leido
    assert "Observación: Portón verde, de mañana" in leido
    assert "Recibo 0123456789ab" in leido
    assert ("0123456789abcdef" * 4 in leido) is (formato_ is Formato.A4)


@pytest.mark.parametrize("formato_", FORMATOS)
def test_hostile_text_is_printed_and_does_nothing(mesa: Mesa, formato_: Formato) -> None:
    mesa.cliente.nombrefantasia = HOSTIL
    mesa.cliente.save()
    pedido = mesa.pedido(lineas=[(crear_articulo("Cosa"), 1, 10)], observacion=HOSTIL)
    # Written past the admin's checks, as another system may.
    Articulo.objects.filter(pk=pedido.detalles.get().artobj_id).update(descripcion=HOSTIL)
    archivo = pdf(pedido, formato_)
    assert texto(archivo).replace(" ", "").count(HOSTIL_IMPRESO.replace(" ", "")) == 3
    lector = PdfReader(BytesIO(archivo))
    raiz = lector.root_object
    assert {"/OpenAction", "/Names", "/AA", "/AcroForm"} & raiz.keys() == set()
    assert [p for p in lector.pages if "/Annots" in p or "/AA" in p] == []


@pytest.mark.parametrize("formato_", FORMATOS)
def test_a_character_without_a_glyph_is_seen_as_missing(mesa: Mesa, formato_: Formato) -> None:
    mesa.cliente.nombrefantasia = "ỹvy g̃ua ₲ ① １ 漢 😀 عربي"
    mesa.cliente.save()
    leido = texto(pdf(mesa.pedido(), formato_))
    assert "ỹvy g̃ua ₲ 1 1 � � ����" in leido


def test_a4_pages_are_counted_and_each_row_is_whole(mesa: Mesa) -> None:
    articulos = [crear_articulo(f"Cosa {n:04d}", prod_marca="") for n in range(60)]
    pedido = mesa.pedido(lineas=[(a, 1, 1_000) for a in articulos])
    paginas = textos(pdf(pedido))
    numero = pedido.pedido_numero
    assert len(paginas) == 2
    for n, pagina in enumerate(paginas, start=1):
        assert pagina.endswith(f"Pedido {numero} Hoja {n} de 2")
        assert f"Pedido {numero}" in pagina
        assert "Código Artículo Cantidad Precio Gs. IVA Total Gs." in pagina
    vistas = [pagina.count("Cosa ") for pagina in paginas]
    assert sum(vistas) == 60
    assert medidas(pdf(pedido)) == [(210, 297)] * 2


def test_eighty_millimetres_are_exact_and_one_strip_grows_with_its_order(mesa: Mesa) -> None:
    corta = medidas(pdf(mesa.pedido(), Formato.CINTA))
    larga = medidas(pdf(mesa.pedido(lineas=[(mesa.articulo, 1, 1)] * 40), Formato.CINTA))
    assert [ancho for ancho, _alto in corta + larga] == [80.0, 80.0]
    assert larga[0][1] > corta[0][1] + 39 * 8


def test_a_thousand_lines_are_all_there(mesa: Mesa) -> None:
    pedido = mesa.pedido(lineas=[])
    iva = desglosar(12_500, 10)
    OrdersDetail.objects.bulk_create(
        OrdersDetail(
            orderobj=pedido,
            artobj=Producto.objects.get(pk=mesa.articulo.pk),
            cantidad=1,
            cantidad_original=1,
            precio_unitario=12_500,
            **iva._asdict(),
        )
        for _n in range(1_000)
    )
    hojas, cinta = pdf(pedido), pdf(pedido, Formato.CINTA)
    assert texto(hojas).count("12.500 10 % 12.500") == 1_000
    assert texto(cinta).count("1 × 12.500 (10 %) 12.500") == 1_000
    assert "Total Gs. 12.500.000" in texto(hojas)
    # No page of a PDF is longer than 200 inches: the strip goes on in another one.
    assert [ancho for ancho, _alto in medidas(cinta)] == [80.0, 80.0, 80.0]
    assert max(alto for _ancho, alto in medidas(cinta)) <= 14_400 * 25.4 / 72


def test_the_longest_names_and_figures_stay_inside_the_page(mesa: Mesa) -> None:
    mesa.cliente.nombrefantasia = mesa.cliente.nombrefactura = "W" * 300
    mesa.cliente.save()
    caro = crear_articulo("W" * 120, codigo=2_147_483_647, prod_marca="M" * 60)
    pedido = mesa.pedido(lineas=[(caro, 1_000_000, 999_999)], observacion="O" * 500)
    hojas = pdf(pedido)
    leido = texto(hojas).replace(" ", "")
    assert leido.count("W") == 720
    assert "999.999.000.000" in leido
    assert texto(pdf(pedido, Formato.CINTA)).replace(" ", "").count("W") == 720


def test_a_voided_order_and_a_voided_line_say_so(mesa: Mesa) -> None:
    pedido = mesa.pedido(lineas=[(mesa.articulo, 2, 10_000), (mesa.articulo, 1, 5_000)])
    linea = pedido.detalles.last()
    assert linea is not None
    anulacion = {
        "anulado_040": True,
        "anulado_040_fecha": datetime(2025, 6, 17, 15, 0, tzinfo=UTC),
        "anulado_040_por_gecos": "Sofía",
        "anulado_040_motivo": "Sin stock",
    }
    OrdersDetail.objects.filter(pk=linea.pk).update(**anulacion)
    frase = "anulada por Sofía el 17/06/2025 12:00: Sin stock"
    assert f"Línea {frase}" in texto(pdf(pedido))
    assert "Total Gs. 20.000" in texto(pdf(pedido))
    Orders.objects.filter(pk=pedido.pk).update(**anulacion)
    for formato_ in FORMATOS:
        leido = texto(pdf(pedido, formato_))
        assert "ANULADO" in leido
        assert "Anulado por Sofía el 17/06/2025 12:00: Sin stock" in leido


def test_an_order_in_review_or_cancelled_says_so(mesa: Mesa) -> None:
    for estado, sello in (("14", "EN REVISIÓN"), ("8", "CANCELADO"), ("1", "")):
        contenido = contenido_de(mesa.pedido(status=estado))
        assert contenido.sello == sello
        assert bool(contenido.avisos) is bool(sello)


def test_each_order_of_a_file_begins_its_own_count(mesa: Mesa) -> None:
    largo = mesa.pedido(lineas=[(mesa.articulo, 1, 1_000)] * 60)
    corto = mesa.pedido()
    pedidos = list(completos(Orders.objects.all()).order_by("pedido_numero"))
    paginas = textos(armar(contenidos_de(pedidos), Formato.A4))
    cuentas = [pagina.rsplit("Pedido ", 1)[1] for pagina in paginas]
    assert cuentas == [
        f"{largo.pedido_numero} Hoja 1 de 2",
        f"{largo.pedido_numero} Hoja 2 de 2",
        f"{corto.pedido_numero} Hoja 1 de 1",
    ]
    assert len(medidas(armar(contenidos_de(pedidos), Formato.CINTA))) == 2


def test_the_tax_printed_is_the_one_charged_not_the_article_s_today(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    Articulo.objects.filter(pk=mesa.articulo.pk).update(tasa_iva=5)
    assert "10.000 10 % 20.000" in texto(pdf(pedido))


def test_an_order_of_another_system_has_no_branch_nor_user(mesa: Mesa) -> None:
    pedido = crear_pedido(crear_cliente(), [(mesa.articulo, 1, 7)])
    for formato_ in FORMATOS:
        assert "Total Gs. 7" in texto(pdf(pedido, formato_))


def test_the_same_order_gives_the_same_bytes(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    assert pdf(pedido) == pdf(pedido)


def test_the_sums_of_the_document_are_the_stored_columns(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    OrdersDetail.objects.filter(orderobj=pedido).update(iva_10=Decimal(1), gravada_10=Decimal(2))
    contenido = contenido_de(Orders.objects.get(pk=pedido.pk))
    assert [monto for _rotulo, monto in contenido.desglose] == [
        "Gs. 2",
        "Gs. 1",
        "Gs. 0",
        "Gs. 0",
        "Gs. 0",
    ]
    assert len(CAMPOS) == len(contenido.desglose)


def test_threads_that_print_at_once_do_not_mix_their_letters(mesa: Mesa) -> None:
    nombres = ("Ñandutí ỹ", "Çağrı Ωmega", "Жук АБВ", "İstanbul ŵ")
    contenidos = []
    for nombre in nombres:
        mesa.cliente.nombrefantasia = nombre * 3
        mesa.cliente.save()
        contenidos.append(contenidos_de([mesa.pedido(lineas=[(mesa.articulo, 1, 1)] * 80)]))
    solos = [armar(contenido, Formato.A4) for contenido in contenidos]
    _registrar.cache_clear()
    with ThreadPoolExecutor(max_workers=4) as hilos:
        juntos = list(hilos.map(lambda contenido: armar(contenido, Formato.A4), contenidos * 3))
    assert juntos == solos * 3
