"""The catalogue by REST: rows in and out, what they refuse, and who reads and writes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.test.utils import CaptureQueriesContext
from rest_framework.authtoken.models import Token

from core.tests.corrida.compartir import Compartir
from gestion_precios.models import (
    CombinacionProducto,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
)
from gestion_precios.rest import ejemplos
from gestion_precios.tests.fabricas import crear_articulo, crear_lista, crear_precio_lista
from gestion_precios.tests.principal import Principal, crear_principal
from sales.tests.fabricas import crear_cliente, crear_pedido
from sales.tests.mesa import entrar

RUTAS = tuple(ejemplos.FILAS)
DE_COMPANIA = ("listas-precio", "precios-articulo", "reglas-precio", "combinaciones")


@pytest.fixture(scope="module")
def nueva_casa(compartir: Compartir) -> Callable[[], Principal]:
    return compartir(crear_principal)


@pytest.fixture
def casa(db: None, nueva_casa: Callable[[], Principal]) -> Principal:
    return nueva_casa()


def ids(respuesta: Any) -> list[int]:
    return [fila["id"] for fila in respuesta.json()["results"]]


@pytest.mark.parametrize("ruta", RUTAS)
def test_the_descriptions_examples_are_the_demos_rows(casa: Principal, ruta: str) -> None:
    fila, nueva = ejemplos.FILAS[ruta]
    assert casa.pedir(f"/api/{ruta}/{fila['id']}/").json() == fila
    creada = casa.pedir(f"/api/{ruta}/", nueva, usuario=casa.admin)
    assert creada.status_code == 201, creada.content
    url = f"/api/{ruta}/{creada.json()['id']}/"
    assert casa.pedir(url, usuario=casa.admin).json() == creada.json()


def test_the_descriptions_other_examples_work(casa: Principal) -> None:
    cotizacion = casa.pedir("/api/cotizar/", ejemplos.CARRITO)
    assert cotizacion.json()["lineas"][0] == ejemplos.CALCULO
    vigencias = casa.pedir("/api/listas-precio/vigencias/", ejemplos.VIGENCIAS)
    assert vigencias.status_code == 200


@pytest.mark.parametrize("ruta", RUTAS)
def test_what_comes_out_goes_in_again_and_nothing_changes(casa: Principal, ruta: str) -> None:
    url = f"/api/{ruta}/{ejemplos.FILAS[ruta][0]['id']}/"
    antes = casa.pedir(url, usuario=casa.admin).json()
    for metodo, cuerpo in (("put", antes), ("patch", antes), ("patch", {})):
        respuesta = casa.pedir(url, cuerpo, metodo, casa.admin)
        assert (respuesta.status_code, respuesta.json()) == (200, antes)


def test_put_asks_for_all_and_patch_for_what_changes(casa: Principal) -> None:
    url = "/api/listas-precio/1/"
    incompleta = casa.pedir(url, {"nombre": "Otra"}, "put")
    assert (incompleta.status_code, incompleta.json()["campo"]) == (400, "empresa")
    assert casa.pedir(url, {"nombre": "Otra"}, "patch").json()["nombre"] == "Otra"
    assert casa.pedir(url).json() == ejemplos.FILAS["listas-precio"][0] | {"nombre": "Otra"}


def test_a_patch_is_judged_with_the_rest_of_the_row(casa: Principal) -> None:
    respuesta = casa.pedir("/api/reglas-precio/2/", {"tipo_regla": "PORCENTAJE"}, "patch")
    assert respuesta.status_code == 200
    respuesta = casa.pedir("/api/reglas-precio/2/", {"valor_regla": "101"}, "patch")
    assert (respuesta.status_code, respuesta.json()["campo"]) == (400, "valor_regla")
    assert str(ReglaPrecio.objects.get(pk=2).valor_regla) == "10.00"
    respuesta = casa.pedir("/api/listas-precio/1/", {"fecha_fin_vigencia": "2024-01-01"}, "patch")
    assert (respuesta.status_code, respuesta.json()["campo"]) == (400, "fecha_fin_vigencia")


def test_a_company_left_without_a_country_says_it_itself(casa: Principal) -> None:
    nueva = {"nombre": "Cusco S.A.C.", "moneda": "PEN", "zona_horaria": "America/Lima"}
    respuesta = casa.pedir("/api/empresas/", nueva, usuario=casa.admin)
    assert (respuesta.status_code, respuesta.json()["pais"]) == (201, "PE")
    respuesta = casa.pedir("/api/empresas/", nueva | {"pais": "MX"}, usuario=casa.admin)
    assert (respuesta.status_code, respuesta.json()["pais"]) == (201, "MX")


@pytest.mark.parametrize(
    ("url", "campo"),
    [
        ("listas-precio/1", "empresa"),
        ("sucursales/1", "empresa"),
        ("precios-articulo/1", "lista_precio"),
        ("reglas-precio/1", "lista_precio"),
        ("combinaciones/1", "lista_precio"),
    ],
)
def test_a_row_stays_where_it_was_made(casa: Principal, url: str, campo: str) -> None:
    otra = casa.sucursal_ajena.empresa_id if campo == "empresa" else 2
    respuesta = casa.pedir(f"/api/{url}/", {campo: otra}, "patch", casa.admin)
    cuerpo = respuesta.json()
    assert (respuesta.status_code, cuerpo["codigo"], cuerpo["campo"]) == (400, "fijo", campo)


def test_a_company_with_prices_keeps_its_currency(casa: Principal) -> None:
    respuesta = casa.pedir("/api/empresas/1/", {"moneda": "PYG"}, "patch", casa.admin)
    assert (respuesta.status_code, respuesta.json()["campo"]) == (400, "moneda")
    PrecioArticulo.objects.filter(lista_precio__empresa=1).delete()
    respuesta = casa.pedir("/api/empresas/1/", {"moneda": "PYG"}, "patch", casa.admin)
    assert respuesta.json()["moneda"] == "PYG"


@pytest.mark.parametrize(
    ("url", "estado"),
    [
        ("empresas/1", 409),
        ("sucursales/1", 409),
        ("lineas-articulo/1", 409),
        ("grupos-articulo/1", 409),
        ("articulos/2", 409),
        ("combinaciones/1", 409),
        ("reglas-precio/1", 204),
        ("precios-articulo/1", 204),
        ("listas-precio/1", 204),
    ],
)
def test_what_others_refer_to_is_not_deleted(casa: Principal, url: str, estado: int) -> None:
    respuesta = casa.pedir(f"/api/{url}/", metodo="delete", usuario=casa.admin)
    assert respuesta.status_code == estado
    if estado == 409:
        assert respuesta.json() == {
            "detail": "No se puede borrar: otros datos lo usan.",
            "codigo": "en_uso",
        }
    assert casa.pedir(f"/api/{url}/").status_code == (200 if estado == 409 else 404)


def test_a_list_takes_its_prices_rules_and_combinations_along(casa: Principal) -> None:
    assert casa.pedir("/api/listas-precio/1/", metodo="delete").status_code == 204
    for modelo in (PrecioArticulo, ReglaPrecio, CombinacionProducto):
        assert not modelo._default_manager.filter(lista_precio=1).exists()


def test_a_list_that_sold_stays(casa: Principal) -> None:
    articulo = crear_articulo()
    pedido = crear_pedido(crear_cliente(), [(articulo, 1, 10)])
    pedido.detalles.update(lista_precio=1)
    assert casa.pedir("/api/listas-precio/1/", metodo="delete").status_code == 409
    assert (
        casa.pedir(f"/api/articulos/{articulo.pk}/", None, "delete", casa.admin).status_code == 409
    )


@pytest.mark.parametrize("ruta", DE_COMPANIA)
def test_another_companys_rows_do_not_exist(casa: Principal, ruta: str) -> None:
    propia = ejemplos.FILAS[ruta][0]
    url = f"/api/{ruta}/{propia['id']}/"
    for metodo, cuerpo in (("get", None), ("put", propia), ("patch", {}), ("delete", None)):
        respuesta = casa.pedir(url, cuerpo, metodo, casa.ajeno)
        assert (respuesta.status_code, respuesta.json()["codigo"]) == (404, "not_found")
    assert propia["id"] not in ids(casa.pedir(f"/api/{ruta}/", usuario=casa.ajeno))
    assert propia["id"] in ids(casa.pedir(f"/api/{ruta}/", usuario=casa.tomador))


def test_costs_are_told_only_to_who_may_see_them(casa: Principal) -> None:
    for url in ("/api/articulos/1/", "/api/articulos/?codigo=1"):
        assert "ultimo_costo" not in casa.pedir(url, usuario=casa.tomador).content.decode()
        assert '"ultimo_costo":"1500.00"' in casa.pedir(url).content.decode()


def test_a_cost_is_in_the_currency_of_the_articles_lists(casa: Principal) -> None:
    articulo = crear_articulo(ultimo_costo="4250.00")
    url = f"/api/articulos/{articulo.pk}/"
    assert casa.pedir(url).json()["ultimo_costo"] == "4250.00"
    precio = crear_precio_lista(casa.lista_ajena, articulo)
    assert casa.pedir(url).json()["ultimo_costo"] == "4250"
    precio_url = f"/api/precios-articulo/{precio.pk}/"
    assert casa.pedir(precio_url, usuario=casa.ajeno).json()["precio_base"] == "10000"
    respuesta = casa.pedir(precio_url, {"precio_base": "100.50"}, "patch", casa.ajeno)
    assert (respuesta.status_code, respuesta.json()["campo"]) == (400, "precio_base")


@pytest.mark.parametrize(
    ("consulta", "esperados"),
    [
        ("articulos/?q=MÓUSE", [2]),
        ("articulos/?q=tec-lap&ordering=-codigo", [3, 2, 1]),
        ("articulos/?q=lap%20andes&ordering=sku&por_pagina=2", [1, 2]),
        ("articulos/?linea=2", [4]),
        ("articulos/?sku=HOG-MUE-001", [4]),
        ("articulos/?codigo=3&activo=true&tasa_iva=10", [3]),
        ("articulos/?activo=false", []),
        ("lineas-articulo/?q=tecnologia", [1]),
        ("empresas/?q=PRINCIPAL&moneda=PEN", [1]),
        ("sucursales/?empresa=1&ordering=-nombre", [1, 2]),
        ("listas-precio/?q=lima", [1]),
        ("listas-precio/?canal_venta=TIENDA&sucursal=2&activa=true", [2]),
        ("listas-precio/?vigente_en=2025-01-01&ordering=id", [1, 2]),
        ("listas-precio/?vigente_en=2024-12-31", []),
        ("precios-articulo/?lista_precio=1&ordering=-precio_base", [1, 3, 2]),
        ("precios-articulo/?q=laptop&ordering=id", [1, 5]),
        ("reglas-precio/?lista_precio=1", [4, 1, 2, 3]),
        ("reglas-precio/?aplica_combinacion=1", [4]),
        ("reglas-precio/?permite_venta_bajo_costo=true", [5]),
        ("combinaciones/?articulo=3&q=teclado", [1]),
    ],
)
def test_lists_are_narrowed_searched_and_ordered(
    casa: Principal, consulta: str, esperados: list[int]
) -> None:
    assert ids(casa.pedir(f"/api/{consulta}")) == esperados


def test_a_page_says_how_many_there_are_and_where_the_next_one_is(casa: Principal) -> None:
    pagina = casa.pedir("/api/articulos/?por_pagina=2&q=tec").json()
    assert (pagina["count"], pagina["previous"]) == (3, None)
    assert pagina["next"] == "http://testserver/api/articulos/?pagina=2&por_pagina=2&q=tec"
    assert casa.pedir(pagina["next"]).json()["next"] is None


@pytest.mark.parametrize("ruta", RUTAS)
def test_a_list_costs_the_same_queries_however_long(casa: Principal, ruta: str) -> None:
    cuentas = []
    for cuantas in (1, 50):
        casa.pedir(f"/api/{ruta}/", usuario=casa.admin)
        with CaptureQueriesContext(connection) as consultas:
            casa.pedir(f"/api/{ruta}/?por_pagina={cuantas}", usuario=casa.admin)
        cuentas.append(len(consultas))
    assert cuentas[0] == cuentas[1]


@pytest.mark.parametrize("ruta", ["precios-articulo", "articulos"])
def test_losing_a_race_is_a_conflict(
    casa: Principal, ruta: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tarde(*_args: Any, **_kwargs: Any) -> None:
        raise IntegrityError("UNIQUE constraint failed")

    modelo = PrecioArticulo if ruta == "precios-articulo" else crear_articulo().__class__
    monkeypatch.setattr(modelo, "save", tarde)
    respuesta = casa.pedir(f"/api/{ruta}/", ejemplos.FILAS[ruta][1], usuario=casa.admin)
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (409, "conflicto")


def test_a_rows_history_says_who_changed_it(casa: Principal) -> None:
    clave = Token.objects.create(user=casa.supervisor).key
    respuesta = Client(headers={"Authorization": f"Token {clave}"}).patch(
        "/api/listas-precio/1/", {"nombre": "Otra"}, content_type="application/json"
    )
    assert respuesta.status_code == 200
    ultima = ListaPrecio.objects.get(pk=1).historia.latest()
    assert (ultima.nombre, ultima.history_user) == ("Otra", casa.supervisor)


def test_writing_by_session_asks_for_the_pages_token(casa: Principal) -> None:
    navegador = entrar(casa.supervisor, enforce_csrf_checks=True)
    respuesta = navegador.patch("/api/listas-precio/1/", "{}", content_type="application/json")
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (403, "csrf")


def test_a_lists_warnings(casa: Principal) -> None:
    avisos = casa.pedir("/api/listas-precio/1/avisos/").json()
    assert {"PUEDE_CRUZAR_COSTO"} <= {aviso["codigo"] for aviso in avisos}
    assert set(avisos[0]) == {"codigo", "texto", "reglas", "articulos"}
    callados = casa.pedir("/api/listas-precio/1/avisos/", usuario=casa.tomador).json()
    assert "PUEDE_CRUZAR_COSTO" not in {aviso["codigo"] for aviso in callados}


def mover(casa: Principal, *vigencias: tuple[int, str, str | None], usuario: Any = None) -> Any:
    campos = ("lista", "fecha_inicio_vigencia", "fecha_fin_vigencia")
    cuerpo = {"vigencias": [dict(zip(campos, vigencia, strict=True)) for vigencia in vigencias]}
    return casa.pedir("/api/listas-precio/vigencias/", cuerpo, usuario=usuario)


@pytest.fixture
def vecinas(casa: Principal) -> tuple[int, int]:
    """Two lists of a level, one after the other."""
    una = ListaPrecio.objects.get(pk=2)
    ListaPrecio.objects.filter(pk=2).update(fecha_fin_vigencia="2025-06-30")
    otra = crear_lista(
        una.empresa, sucursal=una.sucursal, canal_venta="TIENDA", desde=una.fecha_inicio_vigencia
    )
    ListaPrecio.objects.filter(pk=otra.pk).update(fecha_inicio_vigencia="2025-07-01")
    return una.pk, otra.pk


def test_adjacent_lists_move_together(casa: Principal, vecinas: tuple[int, int]) -> None:
    una, otra = vecinas
    respuesta = mover(casa, (una, "2025-01-01", "2025-08-31"), (otra, "2025-09-01", None))
    assert [lista["fecha_fin_vigencia"] for lista in respuesta.json()] == ["2025-08-31", None]
    assert str(ListaPrecio.objects.get(pk=otra).fecha_inicio_vigencia) == "2025-09-01"


def test_lists_that_would_overlap_stay_where_they_were(
    casa: Principal, vecinas: tuple[int, int]
) -> None:
    una, otra = vecinas
    respuesta = mover(casa, (una, "2025-01-01", "2025-08-31"), (otra, "2025-08-31", None))
    assert (respuesta.status_code, respuesta.json()["campo"]) == (400, "vigencias.0.lista")
    assert "ya rige" in respuesta.json()["detail"]
    assert str(ListaPrecio.objects.get(pk=una).fecha_fin_vigencia) == "2025-06-30"


def test_only_ones_own_lists_move_and_only_by_who_may(casa: Principal) -> None:
    ajena = mover(casa, (2, "2025-01-01", None), (casa.lista_ajena.pk, "2025-01-01", None))
    assert (ajena.status_code, ajena.json()["campo"]) == (400, "vigencias.1.lista")
    repetida = mover(casa, (2, "2025-01-01", None), (2, "2025-02-01", None))
    assert (repetida.status_code, repetida.json()["codigo"]) == (400, "repetido")
    assert mover(casa, (2, "2025-01-01", None), usuario=casa.tomador).status_code == 403


def pagina(casa: Principal, url: str, usuario: Any) -> Any:
    return entrar(usuario).get(url, headers={"Accept": "text/html"})


@pytest.mark.parametrize("ruta", RUTAS)
def test_the_browsable_api_is_for_signed_in_people(casa: Principal, ruta: str) -> None:
    una = ejemplos.FILAS[ruta][0]["id"]
    for url in (f"/api/{ruta}/", f"/api/{ruta}/{una}/"):
        for usuario in (casa.tomador, casa.supervisor, casa.admin):
            respuesta = pagina(casa, url, usuario)
            assert respuesta.status_code == 200
            assert respuesta["Content-Type"].startswith("text/html")
            escribe = usuario == casa.admin or (usuario == casa.supervisor and ruta in DE_COMPANIA)
            assert (b'name="_content"' in respuesta.content) is escribe
    assert pagina(casa, f"/api/{ruta}/", None)["Content-Type"] == "application/json"


def test_the_browsable_apis_links_lead_somewhere(casa: Principal) -> None:
    raiz = pagina(casa, "/api/", casa.tomador)
    for ruta in RUTAS:
        assert f'href="http://testserver/api/{ruta}/"'.encode() in raiz.content
    lista = pagina(casa, "/api/articulos/?por_pagina=2", casa.tomador).content.decode()
    assert "/api/articulos/?pagina=2&amp;por_pagina=2" in lista
    calculo = "/api/calcular-precio/?empresa_id=1&canal_venta=ECOMMERCE&articulo_id=2&cantidad=1"
    assert pagina(casa, f"{calculo}&sucursal_id=1", casa.tomador).status_code == 200
    for escribe in ("/api/cotizar/", "/api/listas-precio/vigencias/"):
        assert pagina(casa, escribe, casa.supervisor).status_code == 405
    assert pagina(casa, "/api/listas-precio/1/avisos/", casa.tomador).status_code == 200


def test_the_browsable_apis_form_writes(casa: Principal) -> None:
    campos = {
        "empresa": "1",
        "sucursal": "",
        "nombre": "Nueva",
        "canal_venta": "MAYORISTA",
        "fecha_inicio_vigencia": "2025-01-01",
        "fecha_fin_vigencia": "",
        "activa": "true",
        "csrfmiddlewaretoken": "x",
    }
    navegador = entrar(casa.supervisor, headers={"Accept": "text/html"})
    # As a browser sends it, in parts; its checkbox was ticked.
    respuesta = navegador.post("/api/listas-precio/", campos)
    assert respuesta.status_code == 201, respuesta.content
    nueva = ListaPrecio.objects.get(nombre="Nueva")
    assert (nueva.sucursal, nueva.fecha_fin_vigencia, nueva.activa) == (None, None, True)
    del campos["activa"]
    url = f"/api/listas-precio/{nueva.pk}/"
    cambio = navegador.put(url, encode_multipart(BOUNDARY, campos), MULTIPART_CONTENT)
    assert cambio.status_code == 200, cambio.content
    assert ListaPrecio.objects.filter(nombre="Nueva", activa=False).exists()


def test_a_form_in_parts_brings_no_files_and_is_whole(casa: Principal) -> None:
    archivo = SimpleUploadedFile("x.txt", b"x")
    clave = Token.objects.create(user=casa.supervisor).key
    navegador = Client(headers={"Authorization": f"Token {clave}"})
    respuesta = navegador.post("/api/listas-precio/", {"nombre": archivo})
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (400, "con_archivos")
    for cuerpo in (b"", b"--x", b"\x00" * 50):
        rota = navegador.post("/api/listas-precio/", cuerpo, "multipart/form-data; boundary=x")
        assert rota.status_code == 400
        assert rota.json()["codigo"] in {"cuerpo_ilegible", "required"}
    sin_borde = navegador.post("/api/listas-precio/", b"x", "multipart/form-data")
    assert (sin_borde.status_code, sin_borde.json()["codigo"]) == (400, "cuerpo_ilegible")
