"""A list's prices out to a spreadsheet and back, in a real browser."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from core.tests.e2e.conftest import entrar
from core.tests.e2e.mesa import ALIAS, Mesa
from core.tests.e2e.paginas.test_paginas import desborda, faltas
from gestion_precios.models import Articulo, PrecioArticulo

ANIO = 2090
YA = re.compile(r"Esta importación ya se hizo el \d\d/\d\d/\d{4} a las \d\d:\d\d: 1 agregado\.")


@pytest.fixture
def supervisor(pagina: Page, mesa_real: Mesa) -> Page:
    return entrar(pagina, mesa_real, "supervisor")


def crear_lista(pagina: Page, mesa: Mesa, anio: int = ANIO) -> int:
    """A list of its own, made on its page; its number."""
    pagina.goto(f"{mesa.url}/precios/nueva/")
    pagina.get_by_label("Nombre").fill("Para importar")
    pagina.get_by_label("Canal de venta").select_option("ECOMMERCE")
    pagina.get_by_label("Vigente desde").fill(f"{anio}-01-01")
    pagina.get_by_role("button", name="Crear la lista").click()
    pagina.wait_for_url("**/precios/*/precios/")
    return int(pagina.url.split("/")[-3])


def subir(pagina: Page, nombre: str, contenido: bytes) -> None:
    pagina.get_by_label("XLSX o CSV").set_input_files(
        {"name": nombre, "mimeType": "application/octet-stream", "buffer": contenido}
    )
    pagina.get_by_role("button", name="Ver qué cambiaría").click()
    expect(pagina.locator("#importacion_previa")).to_be_visible()


def revisar(pagina: Page) -> None:
    """Accessible and whole, in both themes and at both sizes."""
    for tema in ("light", "dark"):
        pagina.evaluate(f"document.documentElement.dataset.bsTheme = '{tema}'")
        assert faltas(pagina) == []
    pagina.set_viewport_size({"width": 390, "height": 844})
    assert (faltas(pagina), desborda(pagina)) == ([], False)
    pagina.set_viewport_size({"width": 1366, "height": 768})


def test_prices_are_looked_at_imported_exported_and_edited(
    supervisor: Page, mesa_real: Mesa, tmp_path: Path
) -> None:
    lista = crear_lista(supervisor, mesa_real)
    guaranies = Articulo.objects.using(ALIAS).filter(codigo__gte=1001).order_by("codigo")
    codigos = list(guaranies.values_list("codigo", flat=True)[:3])
    supervisor.goto(f"{mesa_real.url}/precios/{lista}/importacion/")
    subir(supervisor, "mal.csv", f"codigo;precio\n{codigos[0]};caro\n999999;1\n".encode())
    previa = supervisor.locator("#importacion_previa")
    expect(previa).to_contain_text("No se importó nada: 2 filas de «mal.csv» están mal.")
    expect(supervisor.get_by_role("button", name="Importar estos precios")).to_have_count(0)
    revisar(supervisor)
    supervisor.get_by_role("link", name="Subir otro archivo").click()
    filas = "".join(f"{codigo};{1000 + i}\n" for i, codigo in enumerate(codigos))
    subir(supervisor, "bien.csv", f"codigo;precio\n{filas}".encode())
    revisar(supervisor)
    supervisor.get_by_role("button", name="Importar estos precios").click()
    expect(supervisor.get_by_text("Importado: 3 agregados.")).to_be_visible()
    with supervisor.expect_download() as bajada:
        supervisor.get_by_role("link", name="Bajar Excel").click()
    bajada.value.save_as(tmp_path / "precios.xlsx")
    libro = load_workbook(tmp_path / "precios.xlsx")
    libro["Precios"]["D3"], libro["Precios"]["E4"] = 4321, "sí"
    editado = io.BytesIO()
    libro.save(editado)
    subir(supervisor, "precios.xlsx", editado.getvalue())
    expect(previa).to_contain_text("Gs. 1.001")
    expect(previa).to_contain_text("Gs. 4.321")
    revisar(supervisor)
    supervisor.get_by_role("button", name="Importar estos precios").click()
    expect(supervisor.get_by_text("Importado: 1 precio cambiado, 1 quitado.")).to_be_visible()
    precios = PrecioArticulo.objects.using(ALIAS).filter(lista_precio_id=lista)
    assert dict(precios.values_list("articulo__codigo", "precio_base")) == {
        codigos[0]: Decimal(1000),
        codigos[1]: Decimal(4321),
    }


def precios_de(lista: int) -> list[Decimal]:
    precios = PrecioArticulo.objects.using(ALIAS).filter(lista_precio_id=lista)
    return list(precios.values_list("precio_base", flat=True))


def test_a_confirmation_repeated_in_any_way_is_done_once_and_says_so(
    supervisor: Page, mesa_real: Mesa
) -> None:
    lista = crear_lista(supervisor, mesa_real, anio=ANIO + 1)
    codigo = Articulo.objects.using(ALIAS).filter(codigo__gte=1001).order_by("codigo")[0].codigo
    archivo = f"codigo;precio\n{codigo};1500\n".encode()
    url = f"{mesa_real.url}/precios/{lista}/importacion/"
    otra = supervisor.context.new_page()
    for pestana in (supervisor, otra):
        pestana.goto(url)
        subir(pestana, "a.csv", archivo)
    importar = supervisor.get_by_role("button", name="Importar estos precios")
    dicho = supervisor.locator(".aviso")
    # The answer to the first of the two presses, or to the second: the browser shows the last.
    importar.dblclick()
    expect(dicho.filter(has_text=re.compile("1 agregado"))).to_be_visible()
    supervisor.reload()
    expect(supervisor.get_by_text("La lista tiene 1 precio.")).to_be_visible()
    # The preview, as it was left: no browser's page that asks whether to send it again.
    supervisor.go_back()
    for pestana in (supervisor, otra):
        pestana.get_by_role("button", name="Importar estos precios").click()
        expect(pestana.get_by_text(YA)).to_be_visible()
        expect(pestana).to_have_url(url)
    assert precios_de(lista) == [Decimal(1500)]
    historia = PrecioArticulo.historia.using(ALIAS).filter(lista_precio_id=lista)
    assert historia.count() == 1
