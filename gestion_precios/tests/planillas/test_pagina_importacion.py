"""The page that sends a list's prices out and takes them back."""

import gc
import io
import re
import time
from collections.abc import Callable
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from core.procesos import aparte
from core.procesos.aparte import Turnos
from core.tests.corrida.compartir import Compartir
from gestion_precios.models import Articulo, ListaPrecio, PrecioArticulo
from gestion_precios.paginas import intercambio as pagina_de
from gestion_precios.tests.planillas.hostiles import FILAS, de_familia
from gestion_precios.tests.planillas.test_hojas import libro as libro_de
from gestion_precios.tests.principal import LAPTOP, MOUSE, Principal, crear_principal
from sales.tests.mesa import entrar

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def nueva_casa(compartir: Compartir) -> Callable[[], Principal]:
    return compartir(crear_principal)


@pytest.fixture
def casa(db: None, nueva_casa: Callable[[], Principal]) -> Principal:
    return nueva_casa()


@pytest.fixture
def lista(casa: Principal) -> ListaPrecio:
    return ListaPrecio.objects.get(nombre="Lista E-commerce Lima")


@pytest.fixture
def navegador(casa: Principal) -> Client:
    return entrar(casa.supervisor)


def url(vista: str, lista: ListaPrecio) -> str:
    return reverse(vista, args=[lista.pk])


def subir(
    navegador: Client,
    lista: ListaPrecio,
    contenido: bytes,
    nombre: str = "a.csv",
    hoja: str = "",
    **cabezas: str,
) -> Any:
    datos = {"archivo": SimpleUploadedFile(nombre, contenido), "hoja": hoja}
    return navegador.post(url("lista_importacion", lista), datos, headers=cabezas)


def texto(respuesta: Any) -> str:
    sin_etiquetas = re.sub(r"<[^>]+>", " ", respuesta.content.decode())
    return re.sub(r"\s+", " ", sin_etiquetas)


def confirmar(navegador: Client, lista: ListaPrecio, vista: Any, **opciones: Any) -> Any:
    firma = re.search(r'name="firma" value="([^"]+)"', vista.content.decode())
    assert firma is not None
    return navegador.post(url("lista_importacion", lista), {"firma": firma[1]}, **opciones)


def precio(lista: ListaPrecio, codigo: int) -> Any:
    return lista.precios.get(articulo__codigo=codigo).precio_base


def test_the_page_says_how_it_works(navegador: Client, lista: ListaPrecio) -> None:
    dice = texto(navegador.get(url("lista_importacion", lista)))
    assert "La lista tiene 3 precios." in dice
    assert "en S/: 1234,5 o 1.234,50." in dice
    assert "Los que no estén en el archivo quedan como están." in dice
    assert "hasta 10.000 filas y 5 MB" in dice


def test_the_export_is_a_file_to_download(navegador: Client, lista: ListaPrecio) -> None:
    respuesta = navegador.get(url("lista_exportacion", lista))
    assert respuesta["Content-Disposition"].startswith('attachment; filename="precios-lista-e-com')
    hoja = load_workbook(io.BytesIO(respuesta.content))["Precios"]
    assert [fila[3] for fila in hoja.values] == ["precio_base", 2000, 120, 180]
    csv = navegador.get(url("lista_exportacion_csv", lista))
    assert "1;TEC-LAP-001;" in csv.content.decode("utf-8-sig")


def test_upload_look_confirm(navegador: Client, casa: Principal, lista: ListaPrecio) -> None:
    vista = subir(navegador, lista, b"codigo;precio;margen\n1;2.100,50;3\n2;120;4\n3;360;5\n")
    assert vista.status_code == 200
    dice = texto(vista)
    assert "todavía no se guardó nada" in dice
    assert "Columnas que no se leen: margen." in dice
    assert "S/ 2.000,00 S/ 2.100,50 +5,0 %" in dice
    assert "S/ 180,00 S/ 360,00 +100,0 %" in dice
    assert vista.content.decode().count('aria-label="Revisar"') == 1
    assert precio(lista, LAPTOP) == 2000
    hecho = confirmar(navegador, lista, vista, follow=True)
    assert "Importado: 2 precios cambiados." in texto(hecho)
    assert str(precio(lista, LAPTOP)) == "2100.50"
    version = PrecioArticulo.historia.filter(articulo__codigo=LAPTOP).first()
    assert (version.history_user, version.history_change_reason) == (
        casa.supervisor,
        "Importado: a.csv",
    )


def test_the_sheet_is_asked_for_and_named_with_the_rows_left_out(
    navegador: Client, lista: ListaPrecio
) -> None:
    cabecera = ("codigo", "precio")
    contenido = libro_de(
        Enero=[cabecera, (1, 2_000)], Febrero=[("Lista",), cabecera, ("LAPTOPS",), (1, 2_500)]
    )
    pedida = subir(navegador, lista, contenido, nombre="b.xlsx")
    assert pedida.status_code == 422
    assert "tablas en varias hojas: «Enero», «Febrero»." in texto(pedida)
    assert re.findall("<option>(.*?)</option>", pedida.content.decode()) == ["Enero", "Febrero"]
    dice = texto(subir(navegador, lista, contenido, nombre="b.xlsx", hoja="Febrero"))
    assert "Hoja leída: «Febrero»." in dice
    assert "2 filas de título o de total quedaron afuera 1: Lista 3: LAPTOPS" in dice
    assert "Laptop" in dice


def test_of_many_columns_that_are_not_read_the_first_are_named(
    navegador: Client, lista: ListaPrecio
) -> None:
    de_mas = [f"c{n}" for n in range(1, 10)]
    for cuantas, dicho in ((8, "c7, c8."), (9, "c7, c8 y otras.")):
        cabecera = ";".join(["codigo", "precio", *de_mas[:cuantas]])
        dice = texto(subir(navegador, lista, f"{cabecera}\n1;2100\n".encode()))
        assert f"Columnas que no se leen: c1, c2, c3, c4, c5, c6, {dicho}" in dice


def test_who_took_a_price_out_is_kept(
    navegador: Client, casa: Principal, lista: ListaPrecio
) -> None:
    vista = subir(navegador, lista, "codigo;precio_base;quitar\n2;;sí\n".encode())
    assert "Se quitan de la lista" in texto(vista)
    assert "1 quitado" in texto(confirmar(navegador, lista, vista, follow=True))
    version = PrecioArticulo.historia.filter(articulo__codigo=MOUSE).first()
    assert (version.history_type, version.history_user) == ("-", casa.supervisor)


def test_a_bad_row_shows_alone_and_there_is_nothing_to_confirm(
    navegador: Client, lista: ListaPrecio
) -> None:
    vista = subir(navegador, lista, b"codigo;precio\n1;2100\n2;gratis\n")
    dice = texto(vista)
    assert "No se importó nada: 1 fila de «a.csv» está mal." in dice
    assert "3 2 Mouse precio_base «gratis» «gratis» no es un número" in dice
    assert 'name="firma"' not in vista.content.decode()
    assert precio(lista, LAPTOP) == 2000


@pytest.mark.parametrize(
    ("contenido", "frase"),
    [
        (b"", "El archivo está vacío: no tiene ninguna fila."),
        (b"PK\x03\x04", "dañado"),
        (b"codigo\n1", "Falta la columna precio_base"),
        (b"x" * (5 * 1024 * 1024 + 1), "pasa de 5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_in_place(
    navegador: Client, lista: ListaPrecio, contenido: bytes, frase: str
) -> None:
    respuesta = subir(navegador, lista, contenido)
    assert respuesta.status_code == 422
    assert frase in texto(respuesta)


def test_prices_changed_meanwhile_are_shown_again(navegador: Client, lista: ListaPrecio) -> None:
    vista = subir(navegador, lista, b"codigo;precio\n1;2100\n")
    PrecioArticulo.objects.filter(lista_precio=lista).update(precio_base=150)
    respuesta = confirmar(navegador, lista, vista)
    assert respuesta.status_code == 409
    dice = texto(respuesta)
    assert "Los precios cambiaron después de la vista previa: no se importó nada." in dice
    assert "S/ 150,00 S/ 2.100,00" in dice
    assert precio(lista, LAPTOP) == 150
    assert confirmar(navegador, lista, respuesta).status_code == 302
    assert precio(lista, LAPTOP) == 2100


@pytest.mark.parametrize("acepta", ["text/html", "application/json"])
def test_a_confirmation_sent_again_is_told_what_it_did(
    navegador: Client, lista: ListaPrecio, acepta: str
) -> None:
    vista = subir(navegador, lista, b"codigo;precio;quitar\n1;2100;\n3;;x\n")
    assert confirmar(navegador, lista, vista).status_code == 302
    hecha = lista.importaciones.get()
    cuando = hecha.hecha_en.astimezone(ZoneInfo("America/Lima"))
    PrecioArticulo.objects.filter(lista_precio=lista).update(precio_base=150)
    for _vez in range(2):
        respuesta = confirmar(navegador, lista, vista, headers={"accept": acepta})
        assert respuesta.status_code == 302
        dice = texto(navegador.get(respuesta["Location"]))
        assert (
            f"Esta importación ya se hizo el {cuando:%d/%m/%Y} a las {cuando:%H:%M}:"
            " 1 precio cambiado, 1 quitado."
        ) in dice
    assert precio(lista, LAPTOP) == 150
    assert lista.importaciones.get() == hecha


def test_a_forged_confirmation_is_refused(navegador: Client, lista: ListaPrecio) -> None:
    respuesta = navegador.post(url("lista_importacion", lista), {"firma": "x:y:z"})
    assert respuesta.status_code == 422
    assert "La vista previa venció. Volver a subir el archivo." in texto(respuesta)


def test_names_of_files_and_articles_are_only_text(navegador: Client, lista: ListaPrecio) -> None:
    nombre = "<img src=x onerror=alert(1)>.csv"
    pagina = subir(navegador, lista, b"codigo;precio\n<b>1</b>;2100\n", nombre).content.decode()
    assert "<img src=x" not in pagina
    assert "<b>1</b>" not in pagina
    assert "&lt;b&gt;1&lt;/b&gt;" in pagina


def test_only_the_first_rows_are_drawn(
    navegador: Client, lista: ListaPrecio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagina_de, "DIBUJADAS", 2)
    vista = subir(navegador, lista, b"codigo;precio\n1;2020\n2;240\n3;181\n")
    dice = texto(vista)
    assert "Y 1 fila más." in dice
    tabla = dice[dice.index("los que más se mueven primero") :]
    assert tabla.index("Mouse") < tabla.index("Laptop")
    assert "Teclado" not in tabla


@pytest.mark.parametrize(
    "vista", ["lista_importacion", "lista_exportacion", "lista_exportacion_csv"]
)
def test_one_supervises_the_prices_of_ones_own_company(
    casa: Principal, lista: ListaPrecio, vista: str
) -> None:
    estados = {
        quien: entrar(getattr(casa, quien)).get(url(vista, lista)).status_code
        for quien in ("supervisor", "admin", "tomador", "sin_grupo", "ajeno")
    }
    assert estados == {
        "supervisor": 200,
        "admin": 200,
        "tomador": 403,
        "sin_grupo": 403,
        "ajeno": 404,
    }


def test_another_companys_list_cannot_be_imported_into(casa: Principal, lista: ListaPrecio) -> None:
    vista = subir(entrar(casa.supervisor), lista, b"codigo;precio\n1;2100\n")
    assert confirmar(entrar(casa.ajeno), lista, vista).status_code == 404
    assert confirmar(entrar(casa.admin), lista, vista).status_code == 422
    assert precio(lista, LAPTOP) == 2000


@pytest.mark.parametrize(
    ("datos", "codigo", "campo"),
    [
        ({"archivo": b"codigo\n1"}, "columnas", "archivo"),
        ({"archivo": b""}, "archivo_vacio", "archivo"),
        ({}, "falta", "archivo"),
        ({"firma": "x:y:z"}, "vista_vencida", None),
    ],
)
def test_a_program_is_told_the_code_and_the_field(
    navegador: Client, lista: ListaPrecio, datos: dict[str, Any], codigo: str, campo: str | None
) -> None:
    if "archivo" in datos:
        datos = {"archivo": SimpleUploadedFile("a.csv", datos["archivo"])}
    respuesta = navegador.post(
        url("lista_importacion", lista), datos, headers={"accept": "application/json"}
    )
    assert respuesta.status_code == 400
    dicho = respuesta.json()
    assert (dicho["codigo"], dicho.get("campo")) == (codigo, campo)
    assert dicho["detail"].endswith(".")


def test_when_others_are_being_read_one_is_asked_to_come_back(
    navegador: Client, lista: ListaPrecio, monkeypatch: pytest.MonkeyPatch
) -> None:
    turnos = Turnos(1, espera=0.1)
    monkeypatch.setattr(aparte, "turnos", turnos)
    with turnos.turno():
        respuesta = subir(navegador, lista, b"codigo;precio\n1;2100\n")
    assert (respuesta.status_code, respuesta["Retry-After"]) == (503, "5")
    assert "Se están leyendo otros archivos. Reintentar en unos segundos." in texto(respuesta)
    assert subir(navegador, lista, b"codigo;precio\n1;2100\n").status_code == 200


def test_of_one_person_one_file_is_read_at_a_time(
    casa: Principal, navegador: Client, lista: ListaPrecio, monkeypatch: pytest.MonkeyPatch
) -> None:
    turnos = Turnos(2, espera=0.1)
    monkeypatch.setattr(aparte, "turnos", turnos)
    with turnos.turno(de=casa.supervisor.pk):
        assert subir(navegador, lista, b"codigo;precio\n1;2100\n").status_code == 503
        otro = entrar(casa.admin)
        assert subir(otro, lista, b"codigo;precio\n1;2100\n").status_code == 200


def test_a_client_that_has_gone_is_not_read_for(
    navegador: Client, lista: ListaPrecio, monkeypatch: pytest.MonkeyPatch
) -> None:
    partida = Event()
    partida.set()
    monkeypatch.setattr(pagina_de, "partida_de", lambda _request: partida)
    respuesta = subir(navegador, lista, b"codigo;precio\n1;2100\n")
    assert respuesta.status_code == 499
    assert "todavía no se guardó nada" not in texto(respuesta)


def costo_de_subir(navegador: Client, lista: ListaPrecio, contenido: bytes) -> tuple[float, Any]:
    """Seconds of the thread's processor, and the answer.

    The collector rests: its pass over what a whole process of tests holds is not this file's cost.
    """
    gc.disable()
    try:
        antes = time.thread_time()
        respuesta = subir(navegador, lista, contenido, accept="application/json")
        return time.thread_time() - antes, respuesta
    finally:
        gc.enable()


@pytest.mark.parametrize("nombre", [nombre for nombre, _, _ in de_familia(FILAS)])
def test_a_file_of_wrong_rows_costs_its_thread_little_and_says_so(
    navegador: Client, lista: ListaPrecio, nombre: str
) -> None:
    [contenido] = [contenido for este, contenido, _ in de_familia(FILAS) if este == nombre]
    costo, respuesta = costo_de_subir(navegador, lista, contenido)
    # Of its processor, not of the clock; where even that is slow, as measured by an ordinary file.
    if costo > 2:
        comun = b"codigo;precio\n" + b"".join(b"%d;caro\n" % n for n in range(1, 9_999))
        # Again, at the ordinary file's own moment: a shared processor is slow by turns.
        otra_vez = costo_de_subir(navegador, lista, contenido)[0]
        assert min(costo, otra_vez) < 3 * costo_de_subir(navegador, lista, comun)[0]
    assert respuesta.status_code == 400
    dicho = respuesta.json()
    assert (dicho["codigo"], dicho["campo"]) == ("filas_con_errores", "archivo")
    assert re.fullmatch(r"Hay \d+ filas con errores: no se puede importar\.", dicho["detail"])


def test_a_file_of_another_list_is_read_up_to_its_two_hundredth_wrong_row(
    navegador: Client, lista: ListaPrecio
) -> None:
    buenas = [f"{articulo.codigo};5" for articulo in Articulo.objects.order_by("codigo")[:2]]
    contenido = "\n".join(["codigo;precio", *buenas, *(f"{n};caro" for n in range(90_000, 90_250))])
    dicho = texto(subir(navegador, lista, contenido.encode()))
    assert "200 filas de «a.csv» están mal" in dicho
    assert "Con tantas filas mal se dejó de leer: faltan 50 filas." in dicho
    corta = "\n".join(["codigo;precio", *(f"{n};caro" for n in range(90_000, 90_199))])
    assert "se dejó de leer" not in texto(subir(navegador, lista, corta.encode()))
