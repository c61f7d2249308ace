"""The panel's weeks: figures by hand, each company's midnight, and what does not count."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.errores import ErrorDominio
from gestion_precios.models import LineaArticulo
from gestion_precios.tests.fabricas import crear_empresa
from sales.models import ResultadoPedido
from sales.pantalla.periodo import Periodo, leer_periodo
from sales.pantalla.tendencias import Fila, tendencias
from sales.pedidos.anulacion import anular
from sales.pedidos.estados import cancelar
from sales.personas.roles import Rol
from sales.tests.fabricas import (
    crear_articulo,
    crear_canal,
    crear_cliente,
    crear_pedido,
    crear_sucursal,
    crear_usuario,
)
from sales.tests.mesa import HX, Mesa, entrar, texto

pytestmark = pytest.mark.django_db
ASUNCION = ZoneInfo("America/Asuncion")
LUNES = date(2025, 6, 16)
DIA = Periodo(LUNES, LUNES)


def a_las(hora: int, minuto: int = 0, dia: int = 16, zona: ZoneInfo = ASUNCION) -> datetime:
    return datetime(2025, 6, dia, hora, minuto, tzinfo=zona)


def seccion(usuario: User, periodo: Periodo, clave: str, moneda: str = "PYG") -> list[Fila]:
    halladas = [s for s in tendencias(usuario, periodo) if (s.clave, s.moneda) == (clave, moneda)]
    return halladas[0].filas if halladas else []


def test_a_day_is_the_companys_own_beside_the_same_weekday_before(mesa: Mesa) -> None:
    for momento in (a_las(23, 30, 15), a_las(0), a_las(23, 30), a_las(0, dia=17), a_las(9, dia=9)):
        mesa.pedido(capturado_en=momento)
    # Half past eleven at night is tomorrow in UTC.
    assert a_las(23, 30).astimezone(ZoneInfo("UTC")).date() == date(2025, 6, 17)
    assert seccion(mesa.admin, DIA, "dias") == [Fila("16/06/2025", 2, Decimal(40_000), 1)]
    horas = seccion(mesa.admin, DIA, "horas")
    assert (horas[0], horas[-1]) == (
        Fila("00:00", 1, Decimal(20_000)),
        Fila("23:00", 1, Decimal(20_000)),
    )
    assert sum(fila.pedidos for fila in horas) == 2


def test_an_order_counts_when_its_lote_came_in(mesa: Mesa) -> None:
    mesa.pedido(loteobj=mesa.lote(recibido_en=a_las(8)), capturado_en=a_las(8, dia=10))
    mesa.pedido(loteobj=mesa.lote(recibido_en=a_las(8, dia=17)), capturado_en=a_las(8))
    assert seccion(mesa.admin, DIA, "dias") == [Fila("16/06/2025", 1, Decimal(20_000), 0)]


def test_what_is_voided_or_cancelled_does_not_count(mesa: Mesa) -> None:
    de_dos = [(mesa.articulo, 2, 10_000), (mesa.articulo, 1, 500)]
    con_linea, anulado, cancelado, _queda = (
        mesa.pedido(capturado_en=a_las(9), lineas=de_dos) for _ in range(4)
    )
    linea = con_linea.detalles.order_by("pk").last()
    assert linea is not None
    anular(pedido_id=con_linea.pk, usuario=mesa.supervisor, motivo="Sin stock", detalle_id=linea.pk)
    anular(pedido_id=anulado.pk, usuario=mesa.supervisor, motivo="Doble")
    cancelar(pedido_id=cancelado.pk, usuario=mesa.supervisor)
    esperado = [Fila("Asunción", 2, Decimal(40_500))]
    assert seccion(mesa.admin, DIA, "sucursales") == esperado


def test_two_currencies_have_figures_of_their_own_in_their_own_zones(mesa: Mesa) -> None:
    lima = crear_sucursal(
        crear_empresa("Lima S.A.", moneda="PEN", zona_horaria="America/Lima"), "Lima"
    )
    mesa.pedido(capturado_en=a_las(10))
    mesa.pedido(capturado_en=a_las(11))
    # Half past eleven at night in Lima: the next day in Asunción.
    de_lima = a_las(23, 30, zona=ZoneInfo("America/Lima"))
    mesa.pedido(sucursal=lima, capturado_en=de_lima, lineas=[(mesa.articulo, 1, "12.50")])
    assert seccion(mesa.admin, DIA, "dias", "PEN") == [Fila("16/06/2025", 1, Decimal("12.50"), 0)]
    assert seccion(mesa.admin, DIA, "dias") == [Fila("16/06/2025", 2, Decimal(40_000), 0)]
    monedas = [s.moneda for s in tendencias(mesa.admin, DIA)]
    assert monedas == ["PYG"] * 6 + ["PEN"] * 6


def test_by_taker_channel_and_line_most_orders_first(mesa: Mesa) -> None:
    for usuario in (mesa.tomador, mesa.colega, mesa.colega):
        mesa.pedido(usuario, capturado_en=a_las(9))
    assert [(f.nombre, f.pedidos) for f in seccion(mesa.admin, DIA, "tomadores")] == [
        ("beto", 2),
        ("ana", 1),
    ]
    assert [f.pedidos for f in seccion(mesa.admin, DIA, "canales")] == [3]
    assert [(f.pedidos, f.total) for f in seccion(mesa.admin, DIA, "lineas")] == [
        (3, Decimal(60_000))
    ]


def test_rejections_by_reason_of_ones_own_company(mesa: Mesa) -> None:
    for numero, (usuario, sucursal) in enumerate(
        ((mesa.tomador, mesa.asuncion), (mesa.colega, mesa.este), (mesa.ajeno, mesa.ajena))
    ):
        lote = mesa.lote(usuario, sucursal=sucursal, recibido_en=a_las(9 + numero))
        ResultadoPedido.objects.create(
            loteobj=lote,
            posicion=0,
            cliente_id="1",
            resultado="RECHAZADO",
            codigo="sin_precio",
            huella="x",
        )
    assert seccion(mesa.supervisor, DIA, "rechazos", "") == [Fila("Sin precio", 2)]
    assert seccion(mesa.admin, DIA, "rechazos", "") == [Fila("Sin precio", 3)]


def test_a_supervisor_sees_the_company_and_nothing_is_said_in_words(mesa: Mesa) -> None:
    mesa.pedido(mesa.ajeno, sucursal=mesa.ajena, capturado_en=a_las(9))
    assert tendencias(mesa.supervisor, DIA) == []
    html = texto(entrar(mesa.supervisor).get("/panel/?desde=2025-06-16&hasta=2025-06-16").content)
    assert "Nada en estos días." in html
    assert entrar(mesa.tomador).get("/panel/?tabla=dias").status_code == 403


def test_dates_that_cannot_be_are_refused_with_a_sentence(mesa: Mesa) -> None:
    navegador = entrar(mesa.supervisor)
    for consulta, frase in (
        ("desde=2025-06-17&hasta=2025-06-16", "El período empieza después de terminar"),
        ("desde=ayer", "La fecha se escribe AAAA-MM-DD."),
        ("desde=0001-01-01", "La fecha se escribe AAAA-MM-DD."),
        ("desde=2023-01-01&hasta=2025-01-01", "El período no pasa de 366 días."),
    ):
        respuesta = navegador.get(f"/panel/?{consulta}")
        assert respuesta.status_code == 400
        assert frase in texto(respuesta.content)
    with pytest.raises(ErrorDominio) as error:
        leer_periodo({"desde": "2025-06-17", "hasta": "2025-06-16"}, LUNES)
    assert (error.value.codigo, error.value.campo) == ("fechas_al_reves", "desde")
    assert leer_periodo({}, LUNES) == Periodo(date(2025, 5, 18), LUNES)


def test_each_table_is_a_file_too(mesa: Mesa) -> None:
    mesa.tomador.first_name = "=HIPERVINCULO()"
    mesa.tomador.save()
    mesa.pedido(capturado_en=a_las(9))
    navegador = entrar(mesa.supervisor)
    donde = "/panel/?desde=2025-06-16&hasta=2025-06-16&tabla="
    respuesta = navegador.get(f"{donde}tomadores")
    filas = list(csv.reader(io.StringIO(respuesta.content.decode("utf-8-sig")), delimiter=";"))
    assert filas[0] == ["Quién", "Moneda", "Pedidos", "Total", "Semana anterior"]
    assert filas[1][1:] == ["PYG", "1", "20000", ""]
    assert not filas[1][0].startswith("=")
    assert "tomadores-2025-06-16-2025-06-16.csv" in respuesta["Content-Disposition"]
    assert navegador.get(f"{donde}otra").status_code == 404


def test_as_many_queries_for_a_year_as_for_a_day(mesa: Mesa) -> None:
    for dia in range(1, 20):
        mesa.pedido(capturado_en=a_las(9, dia=dia))

    def cuantas(periodo: Periodo) -> int:
        with CaptureQueriesContext(connection) as consultas:
            tendencias(mesa.supervisor, periodo)
        return len(consultas)

    cuantas(DIA)  # the first time also asks for the user's role
    assert cuantas(DIA) == cuantas(Periodo(date(2024, 7, 1), LUNES)) == 11


def test_the_chart_says_its_figures_to_who_does_not_see_it(mesa: Mesa) -> None:
    mesa.pedido(capturado_en=a_las(9))
    [dicho] = [s.resumen for s in tendencias(mesa.admin, DIA) if s.clave == "sucursales"]
    assert dicho == "Por sucursal · 1 pedidos · Gs. 20.000 · más en Asunción: 1"


def test_what_has_the_same_name_is_told_apart(mesa: Mesa) -> None:
    otra = crear_sucursal(mesa.ajena.empresa, "Asunción")
    for usuario in (mesa.tomador, mesa.colega):
        usuario.first_name, usuario.last_name = "Ana", "Benítez"
        usuario.save()
    canal = crear_canal(mesa.canal.nombre)
    lineas = [LineaArticulo.objects.create(nombre="Bebidas") for _ in range(2)]
    de_una, de_otra = (crear_articulo(linea=linea) for linea in lineas)
    mesa.pedido(capturado_en=a_las(9), lineas=[(de_una, 1, 10), (de_otra, 1, 20)])
    mesa.pedido(mesa.colega, capturado_en=a_las(9), lineas=[(de_una, 1, 10)])
    crear_pedido(
        crear_cliente(canal=canal),
        [(de_otra, 1, 30)],
        sucursal=otra,
        usuario=mesa.ajeno,
        capturado_en=a_las(9),
    )

    def nombres(clave: str) -> list[tuple[str, int]]:
        return [(fila.nombre, fila.pedidos) for fila in seccion(mesa.admin, DIA, clave)]

    assert nombres("sucursales") == [
        (f"Asunción ({mesa.asuncion.empresa.nombre})", 2),
        ("Asunción (Otra S.A.)", 1),
    ]
    assert nombres("tomadores") == [
        ("Ana Benítez (ana)", 1),
        ("Ana Benítez (beto)", 1),
        ("otro", 1),
    ]
    assert nombres("canales") == [
        (f"{canal.nombre} (#{mesa.canal.pk})", 2),
        (f"{canal.nombre} (#{canal.pk})", 1),
    ]
    assert nombres("lineas") == [(f"Bebidas (#{linea.pk})", 2) for linea in lineas]


def test_only_the_drawing_is_cut(mesa: Mesa) -> None:
    for numero in range(31):
        quien = crear_usuario(f"t{numero:02d}", Rol.TOMADOR, mesa.asuncion)
        mesa.pedido(quien, capturado_en=a_las(9))
    navegador, donde = entrar(mesa.supervisor), "/panel/?desde=2025-06-16&hasta=2025-06-16"
    html = texto(navegador.get(donde).content)
    assert "Por tomador · 31 pedidos · Gs. 620.000 · más en t00: 1" in html
    assert "El gráfico muestra las 30 primeras de 31; la tabla y el archivo, todas." in html
    assert html.count('data-barras="30"') == 1
    assert '<th scope="row">t30</th>' in html
    archivo = navegador.get(f"{donde}&tabla=tomadores").content.decode("utf-8-sig")
    assert len(archivo.splitlines()) == 32


def test_an_order_of_many_lines_is_one_order(mesa: Mesa) -> None:
    articulos = [
        crear_articulo(linea=LineaArticulo.objects.create(nombre=nombre)) for nombre in "ABC"
    ]
    mesa.pedido(capturado_en=a_las(9), lineas=[(articulo, 1, 100) for articulo in articulos])
    lima = crear_sucursal(crear_empresa("Lima S.A.", moneda="PEN"), "Lima")
    for _ in range(2):
        mesa.pedido(sucursal=lima, capturado_en=a_las(9))
    secciones = tendencias(mesa.admin, DIA)
    # Three lines of guaraníes are still one order beside two of soles.
    assert secciones[0].moneda == "PEN"
    [dicho] = [s.resumen for s in secciones if (s.clave, s.moneda) == ("lineas", "PYG")]
    assert dicho == "Por línea de artículos · Gs. 300 · más en A: 1"


def test_rejections_are_said_as_such(mesa: Mesa) -> None:
    lote = mesa.lote(recibido_en=a_las(9))
    ResultadoPedido.objects.create(
        loteobj=lote,
        posicion=0,
        cliente_id="1",
        resultado="RECHAZADO",
        codigo="sin_precio",
        huella="x",
    )
    [rechazos] = tendencias(mesa.admin, DIA)
    assert rechazos.resumen == "Rechazos por motivo · 1 rechazos · más en Sin precio: 1"


def test_hours_of_a_zone_that_is_not_whole_hours_away(mesa: Mesa) -> None:
    zona = ZoneInfo("Asia/Kathmandu")
    lejos = crear_sucursal(
        crear_empresa("Lejos S.A.", moneda="USD", zona_horaria=zona.key), "Katmandú"
    )
    for hora, minuto in ((0, 0), (9, 44), (9, 59), (10, 0), (23, 59)):
        mesa.pedido(sucursal=lejos, capturado_en=a_las(hora, minuto, zona=zona))
    for dia, hora, minuto in ((15, 23, 59), (17, 0, 0)):
        mesa.pedido(sucursal=lejos, capturado_en=a_las(hora, minuto, dia, zona))
    horas = {f.nombre: f.pedidos for f in seccion(mesa.admin, DIA, "horas", "USD") if f.pedidos}
    assert horas == {"00:00": 1, "09:00": 2, "10:00": 1, "23:00": 1}
    assert [f.pedidos for f in seccion(mesa.admin, DIA, "dias", "USD")] == [5]


def test_the_days_come_after_the_page_unless_its_address_says_which(mesa: Mesa) -> None:
    mesa.pedido(capturado_en=a_las(9))
    navegador, dias = entrar(mesa.supervisor), "desde=2025-06-16&hasta=2025-06-16"
    pagina = texto(navegador.get("/panel/").content)
    assert 'hx-trigger="load" hx-target="#panel_periodo"' in pagina
    assert "data-grafico" not in pagina
    # Without scripts, the same by a link.
    assert '<a href="/panel/?desde=' in pagina
    entera = texto(navegador.get(f"/panel/?{dias}").content)
    assert "<h1>Panel</h1>" in entera
    assert "data-grafico" in entera
    assert 'hx-trigger="load"' not in entera
    parte = texto(navegador.get(f"/panel/?{dias}", headers=HX).content)
    assert parte.startswith('<section id="panel_periodo"')
    assert "data-grafico" in parte


@pytest.mark.parametrize("clave", ["dias", "sucursales", "lineas", "rechazos"])
def test_one_table_is_counted_alone(mesa: Mesa, clave: str) -> None:
    mesa.pedido(capturado_en=a_las(9))
    with CaptureQueriesContext(connection) as todas:
        entera = tendencias(mesa.admin, DIA)
    with CaptureQueriesContext(connection) as una:
        sola = tendencias(mesa.admin, DIA, clave)
    assert sola == [seccion for seccion in entera if seccion.clave == clave]
    assert len(una) < len(todas) - 2


@pytest.mark.parametrize("quien", ["admin", "supervisor"])
def test_some_days_read_no_other_orders(mesa: Mesa, quien: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the plan of a few rows says something on SQLite only")
    crear_sucursal(crear_empresa("Lima S.A.", moneda="PEN", zona_horaria="America/Lima"), "Lima")
    with CaptureQueriesContext(connection) as consultas:
        tendencias(getattr(mesa, quien), Periodo(date(2025, 5, 18), LUNES))
    planes = []
    with connection.cursor() as cursor:
        for consulta in consultas:
            if '"sales_orders"' in consulta["sql"]:
                cursor.execute(f"EXPLAIN QUERY PLAN {consulta['sql']}")
                planes.append(" ".join(paso[3] for paso in cursor.fetchall()))
    assert len(planes) == 6
    for plan in planes:
        assert ("lote_por_llegada" in plan) != ("pedido_sin_lote" in plan), plan
        assert "SCAN sales_" not in plan, plan
