"""Price lists to a spreadsheet and back: exact, all or nothing, and who did it."""

import io
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from threading import Barrier, Event
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from core.errores import ErrorDominio
from gestion_precios.models import (
    Articulo,
    Importacion,
    ListaPrecio,
    Moneda,
    PrecioArticulo,
    VersionPrecios,
)
from gestion_precios.planillas import intercambio, recursos
from gestion_precios.planillas.celdas import Celda, leer_texto
from gestion_precios.planillas.hechas import YaImportada
from gestion_precios.planillas.intercambio import (
    Falla,
    FilaPrevia,
    PreciosCambiados,
    VistaPrevia,
    exportar_precios,
    importar,
    previsualizar,
    revisar_de_nuevo,
)
from gestion_precios.planillas.recursos import PreciosDeLista
from gestion_precios.tests.fabricas import (
    crear_articulo,
    crear_empresa,
    crear_lista,
    crear_precio_lista,
)

pytestmark = pytest.mark.django_db
FILAS = 5_000


@pytest.fixture
def sofia(db: None) -> User:
    return User.objects.create_user("sofia")


@pytest.fixture
def lista(db: None) -> ListaPrecio:
    """A list in guaraníes with three prices: 1 → 1.000, 2 → 2.000, 3 → 3.000."""
    lista = crear_lista(crear_empresa(), nombre="Mayorista 2026")
    for codigo in (1, 2, 3):
        crear_precio_lista(lista, crear_articulo(f"Artículo {codigo}"), codigo * 1_000)
    crear_articulo("Artículo 4")
    return lista


def csv(*filas: str, cabecera: str = "codigo;precio_base;quitar") -> bytes:
    return "\n".join((cabecera, *filas)).encode()


def precios(lista: ListaPrecio) -> dict[int, Decimal]:
    return dict(lista.precios.values_list("articulo__codigo", "precio_base"))


def fallas(vista: VistaPrevia) -> dict[int, list[tuple[str, str, str]]]:
    return {
        fila.fila: [(f.columna, f.visto, f.frase) for f in fila.fallas]
        for fila in vista.filas
        if fila.tipo == "error"
    }


def aplicar(lista: ListaPrecio, contenido: bytes, usuario: User) -> Importacion:
    vista = previsualizar(lista, contenido, usuario, "precios.csv")
    assert fallas(vista) == {}
    return importar(lista, vista.firma, usuario)


def test_the_export_is_the_whole_list_in_order_of_code(lista: ListaPrecio) -> None:
    nombre, contenido, tipo = exportar_precios(lista)
    assert nombre.startswith("precios-mayorista-2026-2")
    assert nombre.endswith(".xlsx")
    assert tipo == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    hoja = load_workbook(io.BytesIO(contenido))["Precios"]
    assert list(hoja.values) == [
        ("codigo", "sku", "descripcion", "precio_base", "quitar"),
        (1, "SKU-00001", "Artículo 1", 1000, None),
        (2, "SKU-00002", "Artículo 2", 2000, None),
        (3, "SKU-00003", "Artículo 3", 3000, None),
    ]
    nombre, contenido, tipo = exportar_precios(lista, "csv")
    assert (nombre[-4:], tipo) == (".csv", "text/csv; charset=utf-8")
    assert contenido.decode("utf-8-sig").splitlines()[1] == "1;SKU-00001;Artículo 1;1000;"


@pytest.mark.parametrize("formato", ["xlsx", "csv"])
def test_an_export_imported_as_it_is_changes_nothing(
    lista: ListaPrecio, sofia: User, formato: str
) -> None:
    crear_precio_lista(lista, crear_articulo('=1+1;"x"', sku="=1+1"), 7)
    vista = previsualizar(lista, exportar_precios(lista, formato)[1], sofia)
    assert vista.cuentas == {"nuevo": 0, "cambia": 0, "quita": 0, "igual": 4, "error": 0}
    assert (vista.firma, vista.con_cambios, vista.intactos) == ("", False, 0)


def test_the_preview_tells_what_would_change_and_changes_nothing(
    lista: ListaPrecio, sofia: User
) -> None:
    versiones = list(VersionPrecios.objects.values())
    vista = previsualizar(lista, csv("2;2500;", "4;9.500;", "1;1000;", "3;;sí"), sofia, "a.csv")
    ids = dict(Articulo.objects.values_list("codigo", "pk"))
    assert vista.filas == (
        FilaPrevia(2, "cambia", ids[2], "2", "Artículo 2", Decimal(2000), Decimal(2500)),
        FilaPrevia(3, "nuevo", ids[4], "4", "Artículo 4", None, Decimal(9500)),
        FilaPrevia(4, "igual", ids[1], "1", "Artículo 1", Decimal(1000), Decimal(1000)),
        FilaPrevia(5, "quita", ids[3], "3", "Artículo 3", Decimal(3000), None),
    )
    assert (vista.filas[0].variacion, vista.filas[0].flecha) == (Decimal("25.0"), "+")
    assert precios(lista) == {1: 1000, 2: 2000, 3: 3000}
    assert list(VersionPrecios.objects.values()) == versiones
    assert lista.precios.get(articulo=ids[2]).historia.count() == 1


def test_what_was_previewed_is_done_marked_once_and_signed(lista: ListaPrecio, sofia: User) -> None:
    antes = VersionPrecios.objects.get(clave=lista.pk).version
    vista = previsualizar(lista, csv("2;2500;", "4;9.500;", "3;;sí"), sofia, "mayo.csv")
    with CaptureQueriesContext(connection) as consultas:
        hecho = importar(lista, vista.firma, sofia)
    assert (hecho.cambiados, hecho.agregados, hecho.quitados) == (1, 1, 1)
    assert (hecho.lista, hecho.usuario, hecho.archivo) == (lista, sofia, "mayo.csv")
    assert precios(lista) == {1: 1000, 2: 2500, 4: 9500}
    versiones = [
        c["sql"] for c in consultas if c["sql"].startswith("INSERT INTO") and "version" in c["sql"]
    ]
    assert len(versiones) == 1
    assert VersionPrecios.objects.get(clave=lista.pk).version != antes
    versiones = PrecioArticulo.historia.filter(history_change_reason="Importado: mayo.csv")
    assert sorted(versiones.values_list("articulo__codigo", "history_type", "history_user")) == [
        (2, "~", sofia.pk),
        (4, "+", sofia.pk),
    ]
    assert PrecioArticulo.historia.filter(articulo__codigo=3, history_type="-").count() == 1


def test_articles_the_file_does_not_name_are_left_alone(lista: ListaPrecio, sofia: User) -> None:
    vista = previsualizar(lista, csv("2;2500;"), sofia)
    assert vista.intactos == 2
    importar(lista, vista.firma, sofia)
    assert precios(lista) == {1: 1000, 2: 2500, 3: 3000}


def test_an_article_may_be_named_by_its_sku(lista: ListaPrecio, sofia: User) -> None:
    aplicar(lista, csv("SKU-00002;2500", "SKU-00004;1", cabecera="sku;precio"), sofia)
    assert precios(lista) == {1: 1000, 2: 2500, 3: 3000, 4: 1}


def test_each_bad_row_is_named_with_its_column_and_what_to_do(
    lista: ListaPrecio, sofia: User
) -> None:
    otra = crear_lista(crear_empresa("Lima", moneda=Moneda.PEN), nombre="Soles")
    crear_precio_lista(otra, crear_articulo("Ajeno", codigo=50), "9.90")
    vista = previsualizar(
        lista,
        csv(
            "1;SKU-00001;caro;",
            "2;SKU-00002;100,5;",
            "999;;1;",
            "3;SKU-00001;1;",
            "1;;1500;",
            ";;1;",
            ";NADA;1;",
            "2;;;",
            "1,5;;1;",
            "4;;0;",
            "50;;1;",
            "4;;1;quizás",
            "3;;99999999999999;",
            cabecera="codigo;sku;precio_base;quitar",
        ),
        sofia,
    )
    assert fallas(vista) == {
        2: [("precio_base", "caro", f"«caro» {NO_ES_NUMERO}")],
        3: [("precio_base", "100,5", "«100,5» lleva decimales: escribir un número entero.")],
        4: [("codigo", "999", "No hay un artículo con ese código.")],
        5: [("sku", "SKU-00001", "El artículo 3 tiene el SKU «SKU-00003»: revisar la fila.")],
        6: [("codigo", "1", "El artículo ya está en la fila 2.")],
        7: [("codigo", "", "Falta el código del artículo.")],
        8: [("sku", "NADA", "No hay un artículo con ese SKU.")],
        9: [("codigo", "2", "El artículo ya está en la fila 3.")],
        10: [("codigo", "1,5", "El código es un número entero, sin puntos ni comas.")],
        11: [("precio_base", "0", "El precio tiene que ser mayor que cero.")],
        12: [("codigo", "50", "Este artículo tiene precios en otra moneda, como su costo.")],
        13: [("codigo", "4", "El artículo ya está en la fila 11.")],
        14: [("precio_base", "99999999999999", "«99999999999999» es demasiado grande.")],
    }
    assert (vista.con_errores, vista.firma) == (True, "")
    assert (vista.filas[0].codigo, vista.filas[0].descripcion) == ("1", "Artículo 1")


NO_ES_NUMERO = "no es un número: escribir solo cifras, como 12.500."
LARGA = "La celda tiene demasiado texto."
QUITAR = "Escribir «sí» para quitar, o dejar la celda vacía."


@pytest.mark.parametrize(
    ("fila", "falla"),
    [
        (
            "3;;",
            Falla(
                "precio_base",
                "",
                "Falta el precio. Para sacar el artículo de la lista, escribir «sí» en quitar; "
                "para dejarlo como está, borrar la fila.",
            ),
        ),
        (
            "3;1;quizás",
            Falla("quitar", "quizás", QUITAR),
        ),
        ("3;1;" + "s" * 41, Falla("quitar", "s" * 40, QUITAR)),
        ("3;" + "9" * 61 + ";", Falla("precio_base", "9" * 40, LARGA)),
        ("9" * 41 + ";1;", Falla("codigo", "9" * 40, LARGA)),
        ("3;NaN;", Falla("precio_base", "NaN", f"«NaN» {NO_ES_NUMERO}")),
        ("3;-5;", Falla("precio_base", "-5", "El precio tiene que ser mayor que cero.")),
    ],
)
def test_a_cell_that_cannot_be_read_says_why(
    lista: ListaPrecio, sofia: User, fila: str, falla: Falla
) -> None:
    assert previsualizar(lista, csv(fila), sofia).filas[0].fallas == (falla,)


@pytest.mark.parametrize("sobra", ["050", "1", "x", "sí", "True", "0"])
@pytest.mark.parametrize("cabecera", ["codigo,precio", "codigo,precio,quitar"])
def test_a_row_with_a_cell_too_many_does_nothing(
    lista: ListaPrecio, sofia: User, cabecera: str, sobra: str
) -> None:
    """A price with a comma, without quotes, is two cells: neither is the price, nor a «sí»."""
    completa = ",sí" * (cabecera.count(",") - 1)
    contenido = f"{cabecera}\n3,9{completa},{sobra}\n".encode()
    vista = previsualizar(lista, contenido, sofia)
    frase = (
        "Sobran celdas en la fila: ¿un precio con coma sin comillas?"
        " Si no lo es, darle título a esa columna."
    )
    assert vista.filas[0].fallas == (Falla("precio_base", f"9 | {sobra}", frase),)
    assert (vista.con_errores, vista.firma) == (True, "")


def test_soles_have_cents_and_an_inactive_list_is_prepared_as_any_other(sofia: User) -> None:
    lista = crear_lista(crear_empresa(moneda=Moneda.PEN), activa=False)
    crear_precio_lista(lista, crear_articulo(), "10.50")
    vista = previsualizar(lista, csv("1;1.234;"), sofia)
    assert "puede ser 1234 o 1,234" in vista.filas[0].fallas[0].frase
    assert previsualizar(lista, csv("1;10,5;"), sofia).cuentas["igual"] == 1
    aplicar(lista, csv("1;1.234,56;"), sofia)
    assert precios(lista) == {1: Decimal("1234.56")}


def test_taking_out_what_is_not_in_the_list_is_nothing_to_do(
    lista: ListaPrecio, sofia: User
) -> None:
    assert previsualizar(lista, csv("4;;sí"), sofia).cuentas["igual"] == 1
    aplicar(lista, csv("4;;sí", "1;7;"), sofia)
    assert precios(lista) == {1: 7, 2: 2000, 3: 3000}


def _otro_precio(lista: ListaPrecio) -> None:
    lista.precios.filter(articulo__codigo=2).update(precio_base=2100)


def _otro_alta(lista: ListaPrecio) -> None:
    crear_precio_lista(lista, Articulo.objects.get(codigo=4), 5)


def _otra_baja(lista: ListaPrecio) -> None:
    lista.precios.filter(articulo__codigo=1).delete()


def _articulo_borrado(lista: ListaPrecio) -> None:
    Articulo.objects.filter(codigo=2).delete()


@pytest.mark.parametrize("cambio", [_otro_precio, _otro_alta, _otra_baja, _articulo_borrado])
def test_a_change_after_the_preview_stops_the_import(
    lista: ListaPrecio, sofia: User, cambio: Any
) -> None:
    vista = previsualizar(lista, csv("2;2500;", "4;9500;", "1;1000;"), sofia)
    cambio(lista)
    antes = precios(lista)
    with pytest.raises(PreciosCambiados) as error:
        importar(lista, vista.firma, sofia)
    assert error.value.estado == 409
    assert precios(lista) == antes
    assert not PrecioArticulo.historia.filter(history_change_reason__startswith="Importado")


def test_after_a_refusal_the_same_file_is_looked_at_again(lista: ListaPrecio, sofia: User) -> None:
    vista = previsualizar(lista, csv("2;2500;"), sofia, "a.csv")
    _otro_precio(lista)
    nueva = revisar_de_nuevo(lista, vista.firma, sofia)
    assert (nueva.archivo, nueva.filas[0].antes) == ("a.csv", Decimal(2100))
    importar(lista, nueva.firma, sofia)
    assert precios(lista)[2] == 2500


def test_a_preview_is_confirmed_once(
    lista: ListaPrecio, sofia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    vista = previsualizar(lista, csv("2;2500;", "4;9;", "3;;sí"), sofia)
    hecha = importar(lista, vista.firma, sofia)
    Importacion.objects.update(hecha_en=datetime(2026, 5, 4, 2, 30, tzinfo=UTC))
    _otro_precio(lista)
    monkeypatch.setattr(intercambio, "FIRMA_EDAD_MAXIMA", timedelta(seconds=-1))
    for _vez in range(2):
        with pytest.raises(YaImportada) as error:
            importar(lista, vista.firma, sofia)
        # By the clock of the company, in Asunción.
        assert error.value.detail == (
            "Esta importación ya se hizo el 03/05/2026 a las 23:30:"
            " 1 precio cambiado, 1 agregado, 1 quitado."
        )
    assert precios(lista) == {1: 1000, 2: 2100, 4: 9}
    assert list(Importacion.objects.values_list("pk", flat=True)) == [hecha.pk]


def test_the_same_file_looked_at_twice_is_imported_once(lista: ListaPrecio, sofia: User) -> None:
    una, otra = (previsualizar(lista, csv("2;2500;", "4;9;"), sofia).firma for _vez in range(2))
    importar(lista, una, sofia)
    with pytest.raises(YaImportada, match="ya_importada"):
        importar(lista, otra, sofia)
    assert Importacion.objects.count() == 1


def test_what_was_undone_since_may_be_imported_again(lista: ListaPrecio, sofia: User) -> None:
    aplicar(lista, csv("2;2500;"), sofia)
    aplicar(lista, csv("2;2000;"), sofia)
    vieja = previsualizar(lista, csv("2;2500;"), sofia).firma
    _otro_precio(lista)
    # Done before this look, and not since.
    with pytest.raises(PreciosCambiados):
        importar(lista, vieja, sofia)
    PrecioArticulo.objects.filter(articulo__codigo=2).update(precio_base=2000)
    importar(lista, vieja, sofia)
    assert precios(lista)[2] == 2500
    assert Importacion.objects.count() == 3


def test_a_preview_belongs_to_its_list_its_user_and_its_hour(
    lista: ListaPrecio, sofia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    vista = previsualizar(lista, csv("2;2500;"), sofia)
    otra = crear_lista(crear_empresa("Otra"))
    ana = User.objects.create_user("ana")
    for donde, quien in ((otra, sofia), (lista, ana)):
        with pytest.raises(ErrorDominio, match="vista_ajena"):
            importar(donde, vista.firma, quien)
    # One signature in sixteen ends in an A.
    otra_firma = vista.firma[:-1] + ("E" if vista.firma.endswith("A") else "A")
    for firma in ("", "x", otra_firma, vista.firma.replace(":", ";")):
        with pytest.raises(ErrorDominio, match="vista_vencida"):
            importar(lista, firma, sofia)
    monkeypatch.setattr(intercambio, "FIRMA_EDAD_MAXIMA", timedelta(seconds=-1))
    with pytest.raises(ErrorDominio, match="vista_vencida"):
        importar(lista, vista.firma, sofia)
    assert precios(lista) == {1: 1000, 2: 2000, 3: 3000}


@pytest.mark.django_db(transaction=True)
def test_a_look_takes_no_lock_and_an_import_is_one_transaction(
    lista: ListaPrecio, sofia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with CaptureQueriesContext(connection) as consultas:
        vista = previsualizar(lista, csv("2;2500;", "4;9500;"), sofia)
    assert {consulta["sql"].split()[0] for consulta in consultas} == {"SELECT"}
    assert not [c for c in consultas if "FOR UPDATE" in c["sql"]]

    def fallar(*_args: Any, **_kwargs: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr("gestion_precios.planillas.recursos.bulk_update_with_history", fallar)
    antes = list(VersionPrecios.objects.values())
    with pytest.raises(PreciosCambiados):
        importar(lista, vista.firma, sofia)
    assert precios(lista) == {1: 1000, 2: 2000, 3: 3000}
    assert list(VersionPrecios.objects.values()) == antes


@pytest.mark.django_db(transaction=True)
def test_of_two_confirmations_at_once_one_is_done(lista: ListaPrecio, sofia: User) -> None:
    firmas = [previsualizar(lista, csv(f"2;{n};", "4;9;"), sofia).firma for n in range(2500, 2504)]
    juntos = Barrier(len(firmas))

    def confirmar(firma: str) -> bool:
        juntos.wait()
        try:
            importar(ListaPrecio.objects.get(pk=lista.pk), firma, sofia)
        except PreciosCambiados:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(firmas)) as hilos:
        hechas = list(hilos.map(confirmar, firmas))
    assert sorted(hechas) == [False, False, False, True]
    assert precios(lista) == {1: 1000, 2: 2500 + hechas.index(True), 3: 3000, 4: 9}
    assert PrecioArticulo.historia.filter(articulo__codigo=2).count() == 2


def test_texts_no_database_takes_are_no_sku(lista: ListaPrecio, sofia: User) -> None:
    documento = load_workbook(io.BytesIO(exportar_precios(lista)[1]))
    hoja = documento["Precios"]
    for fila, sku in ((2, "_x0000_a"), (3, "_xD800_"), (4, "\u202e\u200b")):
        hoja.cell(fila, 1).value, hoja.cell(fila, 2).value = None, sku
    salida = io.BytesIO()
    documento.save(salida)
    vista = previsualizar(lista, salida.getvalue(), sofia)
    assert {f.frase for fila in vista.filas for f in fila.fallas} == {
        "No hay un artículo con ese SKU."
    }
    assert vista.cuentas["error"] == 3


# --- Five thousand rows --------------------------------------------------------------------------
@pytest.fixture
def larga(db: None) -> ListaPrecio:
    lista = crear_lista(crear_empresa())
    articulos = Articulo.objects.bulk_create(
        Articulo(codigo=n, sku=f"SKU-{n}", descripcion=f"Artículo {n}") for n in range(1, FILAS + 1)
    )
    PrecioArticulo.objects.bulk_create(
        PrecioArticulo(lista_precio=lista, articulo=articulo, precio_base=1_000 + articulo.codigo)
        for articulo in articulos
    )
    return lista


def editar(contenido: bytes, cambios: Iterable[tuple[int, Any]]) -> bytes:
    """The workbook with other prices, as somebody leaves it in a spreadsheet program."""
    documento = load_workbook(io.BytesIO(contenido))
    for fila, precio in cambios:
        documento["Precios"].cell(fila, 4).value = precio
    salida = io.BytesIO()
    documento.save(salida)
    return salida.getvalue()


def test_five_thousand_prices_go_out_are_edited_and_come_back_exactly(
    larga: ListaPrecio, sofia: User
) -> None:
    xlsx = editar(exportar_precios(larga)[1], ((n + 1, 3 * n) for n in range(1, FILAS + 1)))
    with CaptureQueriesContext(connection) as consultas:
        vista = previsualizar(larga, xlsx, sofia, "precios.xlsx")
    assert len(consultas) == 4
    # 3n = 1000 + n for n = 500 alone.
    assert vista.cuentas == {"nuevo": 0, "cambia": 4999, "quita": 0, "igual": 1, "error": 0}
    importar(larga, vista.firma, sofia)
    assert precios(larga) == {n: 3 * n for n in range(1, FILAS + 1)}
    firmadas = PrecioArticulo.historia.filter(history_user=sofia, history_type="~")
    assert firmadas.count() == 4999


def test_one_bad_row_of_five_thousand_is_named_and_nothing_changes(
    larga: ListaPrecio, sofia: User
) -> None:
    cambios: list[tuple[int, Any]] = [(n + 1, 7) for n in range(1, FILAS + 1)]
    cambios[4_321] = (4_323, "sin precio")
    antes = precios(larga)
    vista = previsualizar(larga, editar(exportar_precios(larga)[1], cambios), sofia)
    assert fallas(vista) == {
        4_323: [
            (
                "precio_base",
                "sin precio",
                "«sin precio» no es un número: escribir solo cifras, como 12.500.",
            )
        ]
    }
    (mala,) = [fila for fila in vista.filas if fila.tipo == "error"]
    assert (mala.codigo, mala.descripcion) == ("4322", "Artículo 4322")
    assert vista.firma == ""
    assert precios(larga) == antes


@pytest.mark.parametrize(
    ("sku", "falla"),
    [
        ("x" * 120, Falla("sku", "x" * 40, "El artículo 1 tiene el SKU «SKU-1»: revisar la fila.")),
        ("x" * 121, Falla("sku", "x" * 40, LARGA)),
    ],
)
def test_a_sku_that_cannot_be_read_beside_its_code_is_a_mistake_of_its_row(
    lista: ListaPrecio, sofia: User, sku: str, falla: Falla
) -> None:
    Articulo.objects.filter(codigo=1).update(sku="SKU-1")
    vista = previsualizar(lista, f"codigo;sku;precio\n1;{sku};5\n".encode(), sofia)
    assert vista.filas[0].fallas == (falla,)


def test_the_longest_sku_of_signs_comes_back(lista: ListaPrecio, sofia: User) -> None:
    Articulo.objects.filter(codigo=1).update(sku="\t" * 29 + "=," * 15 + "|")
    vista = previsualizar(lista, exportar_precios(lista, "csv")[1], sofia)
    assert not vista.con_errores


def test_each_cell_that_names_an_article_is_read_once(
    lista: ListaPrecio, sofia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    leidas: list[Celda] = []

    def leer(celda: Celda) -> str:
        leidas.append(celda)
        return leer_texto(celda)

    sku = Articulo.objects.get(codigo=1).sku
    monkeypatch.setattr(recursos, "leer_texto", leer)
    vista = previsualizar(lista, b"sku;precio\n" + f"{sku};5\nnada;6\n{sku};7\n".encode(), sofia)
    assert [fila.tipo for fila in vista.filas] == ["cambia", "error", "error"]
    assert leidas == [sku, "nada", sku]


@pytest.mark.parametrize("hasta", [1, 3])
def test_rows_end_when_the_client_leaves(
    lista: ListaPrecio, sofia: User, monkeypatch: pytest.MonkeyPatch, hasta: int
) -> None:
    partida = Event()
    vistas: list[int] = []

    def mirar(self: PreciosDeLista, *_args: Any, **datos: Any) -> None:
        vistas.append(datos["row_number"])
        if len(vistas) == hasta:
            partida.set()

    # The look at the row is not what stops it.
    monkeypatch.setattr(PreciosDeLista, "after_init_instance", mirar)
    with pytest.raises(ErrorDominio) as error:
        previsualizar(lista, csv("1;2;", "2;3;", "3;4;"), sofia, partida=partida)
    assert (error.value.codigo, error.value.estado) == ("partida", 499)
    assert vistas == list(range(1, hasta + 1))
