"""An import from its file to its end: confirmed, refused, interrupted, undone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError
from django.utils import timezone

from core.errores import ErrorDominio
from gestion_precios.models import Articulo, LineaArticulo
from sales.importacion import aplicacion, hechos, trabajo
from sales.importacion.campos import Tipo
from sales.models import Cliente, ImportacionDatos, MapeoRecordado, Precios
from sales.tests.fabricas import crear_articulo, crear_canal, crear_cliente
from sales.tests.importacion.bancos import confirmada, csv, fallas, libro, revisada, todo
from sales.tests.mesa import Mesa

ARTICULOS = csv("Código;Descripción;Línea;Costo", "7;Yerba;Almacén;1.000", "8;Azúcar;Almacén;900")


def _rehusado(error: pytest.ExceptionInfo[ErrorDominio]) -> tuple[str, int]:
    return error.value.codigo, error.value.estado


def test_nothing_is_written_until_it_is_confirmed(mesa: Mesa) -> None:
    antes = todo()
    importacion = revisada(mesa.admin, Tipo.ARTICULOS, ARTICULOS)
    assert (importacion.estado, importacion.contenido) == ("REVISADA", None)
    assert todo() == antes
    assert confirmada(importacion).estado == "HECHA"
    assert Articulo.objects.filter(codigo__in=(7, 8)).count() == 2


def test_undoing_leaves_everything_byte_for_byte_as_it_was(mesa: Mesa) -> None:
    viejo = crear_articulo(codigo=7, sku="A", descripcion="De antes")
    crear_cliente(ruc="80009735-1", codigo="C1", canal=mesa.canal)
    Precios.objects.create(
        articuloobj_id=viejo.pk, canalobj=mesa.canal, precio=5, fecha_vigencia="2026-01-01"
    )
    archivos = [
        (
            Tipo.ARTICULOS,
            csv(
                "Código;Descripción;Línea;IVA;Costo;UxB;Activo",
                "7;Otra;Nueva;5;9;6;no",
                "9;Más;;;;;",
            ),
        ),
        (
            Tipo.CLIENTES,
            csv(
                "Código;RUC;Nombre;Zona;Día;Activo",
                "C1;;Otro;Norte;lunes;no",
                "C2;80017437-2;Dos;;;",
            ),
        ),
        (Tipo.PRECIOS, csv("Código;Precio;Desde", "7;10;01/01/2026", "7;11;02/01/2026")),
    ]
    antes = todo()
    hechas = []
    for tipo, contenido in archivos:
        importacion = confirmada(revisada(mesa.admin, tipo, contenido, canal=mesa.canal.pk))
        assert importacion.resumen["cuentas"] == {"error": 0, "cambia": 1, "nueva": 1, "igual": 0}
        hechas.append(importacion.pk)
    assert todo() != antes
    for clave in reversed(hechas):
        deshecha = hechos.deshacer_importacion(clave, mesa.supervisor)
        assert (deshecha.estado, deshecha.deshecha_por) == ("DESHECHA", mesa.supervisor)
    assert todo() == antes
    with pytest.raises(ErrorDominio) as error:
        hechos.deshacer_importacion(hechas[0], mesa.admin)
    assert _rehusado(error) == ("otro_estado", 409)


def test_what_was_imported_and_is_used_is_not_undone(mesa: Mesa) -> None:
    importacion = confirmada(revisada(mesa.admin, Tipo.ARTICULOS, ARTICULOS))
    yerba = Articulo.objects.get(codigo=7)
    mesa.pedido(lineas=[(yerba, 1, 1_000)])
    antes = todo()
    with pytest.raises(ErrorDominio) as error:
        hechos.deshacer_importacion(importacion.pk, mesa.admin)
    assert _rehusado(error) == ("en_uso", 409)
    assert error.value.detail == "Lo importado ya se usa (línea de pedido): no se deshizo nada."
    assert todo() == antes


def test_prices_of_an_imported_article_keep_it(mesa: Mesa) -> None:
    importacion = confirmada(revisada(mesa.admin, Tipo.ARTICULOS, ARTICULOS))
    Precios.objects.create(
        articuloobj_id=Articulo.objects.get(codigo=7).pk,
        canalobj=mesa.canal,
        precio=5,
        fecha_vigencia="2026-01-01",
    )
    with pytest.raises(ErrorDominio) as error:
        hechos.deshacer_importacion(importacion.pk, mesa.admin)
    assert _rehusado(error) == ("en_uso", 409)
    assert Precios.objects.count() == 1


def test_a_line_that_somebody_used_since_keeps_everything(mesa: Mesa) -> None:
    importacion = confirmada(revisada(mesa.admin, Tipo.ARTICULOS, ARTICULOS))
    crear_articulo(codigo=99, linea=LineaArticulo.objects.get(nombre="Almacén"))
    with pytest.raises(ErrorDominio) as error:
        hechos.deshacer_importacion(importacion.pk, mesa.admin)
    assert _rehusado(error) == ("en_uso", 409)
    assert Articulo.objects.filter(codigo=7).exists()


def test_what_was_changed_since_is_not_undone(mesa: Mesa) -> None:
    crear_articulo(codigo=7, descripcion="De antes")
    importacion = confirmada(revisada(mesa.admin, Tipo.ARTICULOS, ARTICULOS))
    Articulo.objects.filter(codigo=7).update(descripcion="De otro")
    with pytest.raises(ErrorDominio) as error:
        hechos.deshacer_importacion(importacion.pk, mesa.admin)
    assert _rehusado(error) == ("cambio_despues", 409)
    assert (
        error.value.detail == "«7 · De otro» cambió después de la importación: no se deshizo nada."
    )
    assert Articulo.objects.filter(codigo=8).exists()


def test_wrong_rows_stay_out_only_if_the_person_says_so(mesa: Mesa) -> None:
    importacion = revisada(
        mesa.admin, Tipo.ARTICULOS, csv("Código;SKU;Descripción", "7;;Yerba", "mal;;Azúcar")
    )
    assert [falla[0] for falla in fallas(importacion)] == [3]
    with pytest.raises(ErrorDominio) as error:
        hechos.confirmar(importacion.pk, importacion.huella, sin_las_malas=False)
    assert _rehusado(error) == ("filas_con_errores", 400)
    assert confirmada(importacion, sin_las_malas=True).estado == "HECHA"
    assert Articulo.objects.filter(codigo=7).exists()
    assert not Articulo.objects.filter(descripcion="Azúcar").exists()


def test_what_would_be_something_else_now_is_shown_again(mesa: Mesa) -> None:
    importacion = revisada(mesa.admin, Tipo.ARTICULOS, ARTICULOS)
    crear_articulo(codigo=7, descripcion="Llegó antes")
    antes = todo()
    otra_vez = confirmada(importacion)
    assert (otra_vez.estado, todo()) == ("REVISADA", antes)
    assert otra_vez.resumen["aviso"] == "Los datos cambiaron después de la vista previa: revisar."
    assert otra_vez.resumen["cuentas"] == {"error": 0, "cambia": 1, "nueva": 1, "igual": 0}
    with pytest.raises(ErrorDominio) as error:
        hechos.confirmar(importacion.pk, importacion.huella + "0", sin_las_malas=False)
    assert _rehusado(error) == ("vista_vencida", 409)
    assert confirmada(otra_vez).estado == "HECHA"


def test_a_confirmation_again_is_refused(mesa: Mesa) -> None:
    importacion = confirmada(revisada(mesa.admin, Tipo.ARTICULOS, ARTICULOS))
    with pytest.raises(ErrorDominio) as error:
        hechos.confirmar(importacion.pk, importacion.huella, sin_las_malas=False)
    assert _rehusado(error) == ("otro_estado", 409)
    trabajo.trabajar(importacion.pk)
    assert Articulo.objects.filter(codigo=7).count() == 1


def test_the_same_file_again_has_nothing_to_write(mesa: Mesa) -> None:
    confirmada(revisada(mesa.admin, Tipo.ARTICULOS, ARTICULOS))
    importacion = revisada(mesa.admin, Tipo.ARTICULOS, ARTICULOS)
    assert importacion.resumen["cuentas"] == {"error": 0, "cambia": 0, "nueva": 0, "igual": 2}
    with pytest.raises(ErrorDominio) as error:
        hechos.confirmar(importacion.pk, importacion.huella, sin_las_malas=False)
    assert _rehusado(error) == ("sin_cambios", 400)


def test_a_worker_that_dies_in_the_middle_leaves_nothing_and_is_followed(
    mesa: Mesa, monkeypatch: pytest.MonkeyPatch
) -> None:
    importacion = revisada(mesa.admin, Tipo.ARTICULOS, ARTICULOS)
    hechos.confirmar(importacion.pk, importacion.huella, sin_las_malas=False)
    antes = todo()

    def morir(*_a: Any) -> bytes:
        raise DatabaseError("gone")

    with monkeypatch.context() as parche:
        parche.setattr(aplicacion, "_guardado", morir)
        with pytest.raises(DatabaseError):
            trabajo.trabajar(importacion.pk)
    assert todo() == antes
    importacion.refresh_from_db()
    assert (importacion.estado, importacion.tomada_en, importacion.intentos) == (
        "POR_GUARDAR",
        None,
        1,
    )
    trabajo.trabajar(importacion.pk)
    importacion.refresh_from_db()
    assert importacion.estado == "HECHA"


def test_one_worker_at_a_time_until_it_is_given_up(mesa: Mesa) -> None:
    importacion = hechos.recibir(
        usuario=mesa.admin,
        tipo=Tipo.ARTICULOS,
        archivo="a.csv",
        contenido=ARTICULOS,
        opciones={"moneda": "PYG", "fecha": "2026-03-01"},
    )
    filas = ImportacionDatos.objects.filter(pk=importacion.pk)
    filas.update(tomada_en=timezone.now(), intentos=1)
    trabajo.trabajar(importacion.pk)
    assert filas.get().estado == "POR_LEER"
    filas.update(tomada_en=timezone.now() - trabajo.ABANDONADA - timedelta(seconds=1))
    trabajo.trabajar(importacion.pk)
    assert filas.get().estado == "REVISADA"


def test_what_ends_every_worker_is_given_up_and_says_so(mesa: Mesa) -> None:
    importacion = hechos.recibir(
        usuario=mesa.admin,
        tipo=Tipo.ARTICULOS,
        archivo="a.csv",
        contenido=ARTICULOS,
        opciones={"moneda": "PYG", "fecha": "2026-03-01"},
    )
    ImportacionDatos.objects.filter(pk=importacion.pk).update(intentos=trabajo.INTENTOS)
    trabajo.trabajar(importacion.pk)
    importacion.refresh_from_db()
    assert (importacion.estado, importacion.codigo) == ("FALLIDA", "demasiados_intentos")
    assert importacion.motivo == (
        "Se intentó 3 veces sin terminar: dividir el archivo y volver a subirlo."
    )


def test_a_file_that_cannot_be_read_says_why(mesa: Mesa) -> None:
    importacion = revisada(mesa.admin, Tipo.CLIENTES, b"%PDF-1.7 not a sheet")
    assert (importacion.estado, importacion.codigo) == ("FALLIDA", "archivo_ilegible")
    assert importacion.motivo == "Es un PDF, no una planilla. Pasar los datos a una planilla."
    assert importacion.contenido is None


def test_an_empty_or_enormous_file_is_refused_at_once(mesa: Mesa) -> None:
    for contenido, codigo in ((b" \n", "falta"), (b"x" * (20 * 2**20 + 1), "archivo_grande")):
        with pytest.raises(ErrorDominio) as error:
            hechos.recibir(
                usuario=mesa.admin, tipo=Tipo.CLIENTES, archivo="", contenido=contenido, opciones={}
            )
        assert error.value.codigo == codigo
    assert ImportacionDatos.objects.count() == 0


def test_columns_that_say_nothing_are_told_by_hand_and_remembered(mesa: Mesa) -> None:
    contenido = libro(["A", "B"], ["7", "Yerba"])
    importacion = revisada(mesa.admin, Tipo.ARTICULOS, contenido)
    assert (importacion.mapeo, importacion.huella) == ({}, "")
    assert importacion.resumen["faltan"] == [
        "Código (número) o SKU o código con letras o Código de barras"
    ]
    hechos.elegir_columnas(importacion.pk, {"0": "codigo", "1": "descripcion"}, {})
    trabajo.trabajar(importacion.pk)
    importacion.refresh_from_db()
    assert importacion.resumen["cuentas"]["nueva"] == 1
    assert MapeoRecordado.objects.count() == 1
    assert revisada(mesa.admin, Tipo.ARTICULOS, contenido).resumen["cuentas"]["nueva"] == 1


def test_a_discarded_import_is_not_confirmed(mesa: Mesa) -> None:
    importacion = revisada(mesa.admin, Tipo.ARTICULOS, ARTICULOS)
    assert hechos.descartar(importacion.pk).estado == "DESCARTADA"
    with pytest.raises(ErrorDominio) as error:
        hechos.confirmar(importacion.pk, importacion.huella, sin_las_malas=False)
    assert _rehusado(error) == ("otro_estado", 409)


def test_what_was_imported_and_edited_since_is_not_taken_away(mesa: Mesa) -> None:
    importacion = confirmada(revisada(mesa.admin, Tipo.ARTICULOS, ARTICULOS))
    # Of what the file said nothing of.
    Articulo.objects.filter(codigo=8).update(prod_marca="Puesta a mano")
    with pytest.raises(ErrorDominio) as error:
        hechos.deshacer_importacion(importacion.pk, mesa.admin)
    assert _rehusado(error) == ("cambio_despues", 409)
    assert Articulo.objects.filter(codigo__in=(7, 8)).count() == 2


def test_undoing_gives_back_no_code_that_another_took(mesa: Mesa) -> None:
    crear_articulo(codigo=7, sku="S1")
    importacion = confirmada(revisada(mesa.admin, Tipo.ARTICULOS, csv("Código;SKU", "7;S2")))
    crear_articulo(codigo=9, sku="S1")
    with pytest.raises(ErrorDominio) as error:
        hechos.deshacer_importacion(importacion.pk, mesa.admin)
    assert _rehusado(error) == ("cambio_despues", 409)
    assert error.value.detail == "Un código o un RUC de antes ya es de otro: no se deshizo nada."
    assert Articulo.objects.get(codigo=7).sku == "S2"


def test_undoing_gives_back_no_number_that_another_client_took(mesa: Mesa) -> None:
    crear_cliente(ruc="80009735-1", codigo="C1", canal=mesa.canal)
    importacion = confirmada(
        revisada(mesa.admin, Tipo.CLIENTES, csv("Código;RUC", "C1;80017437-2"))
    )
    crear_cliente(ruc="80009735-1", canal=mesa.canal)
    with pytest.raises(ErrorDominio) as error:
        hechos.deshacer_importacion(importacion.pk, mesa.admin)
    assert _rehusado(error) == ("cambio_despues", 409)
    assert Cliente.objects.get(codigo="C1").ruc == "80017437-2"


def test_only_the_fields_of_a_row_are_written(mesa: Mesa, monkeypatch: pytest.MonkeyPatch) -> None:
    for codigo in (7, 8):
        crear_articulo(codigo=codigo, descripcion="De antes", prod_marca="De antes")
    importacion = revisada(
        mesa.admin, Tipo.ARTICULOS, csv("Código;Descripción;Marca", "7;Otra;", "8;;Otra")
    )
    ver = aplicacion._exigir_como_se_vieron

    def mientras(*argumentos: Any) -> None:
        ver(*argumentos)
        # What somebody else saves before the rows are written.
        Articulo.objects.filter(codigo=7).update(prod_marca="De otro")

    monkeypatch.setattr(aplicacion, "_exigir_como_se_vieron", mientras)
    assert confirmada(importacion).estado == "HECHA"
    valores = Articulo.objects.filter(codigo__in=(7, 8)).order_by("codigo")
    assert list(valores.values_list("descripcion", "prod_marca")) == [
        ("Otra", "De otro"),
        ("De antes", "Otra"),
    ]


def test_a_row_that_changed_while_it_was_planned_is_shown_again(
    mesa: Mesa, monkeypatch: pytest.MonkeyPatch
) -> None:
    crear_articulo(codigo=7, descripcion="De antes")
    importacion = revisada(mesa.admin, Tipo.ARTICULOS, ARTICULOS)
    planear = trabajo.planear
    veces: list[int] = []

    def y_alguien_cambia(*argumentos: Any) -> Any:
        plan = planear(*argumentos)
        if not veces:
            Articulo.objects.filter(codigo=7).update(descripcion="De otro")
        veces.append(1)
        return plan

    monkeypatch.setattr(trabajo, "planear", y_alguien_cambia)
    assert confirmada(importacion).estado == "REVISADA"
    # What was begun was undone with that change, which was of the same transaction here.
    assert not Articulo.objects.filter(codigo=8).exists()


def test_what_the_database_alone_refuses_ends_with_a_sentence(
    mesa: Mesa, monkeypatch: pytest.MonkeyPatch
) -> None:
    importacion = revisada(mesa.admin, Tipo.ARTICULOS, ARTICULOS)

    def rehusar(*_a: Any) -> bytes:
        raise IntegrityError("unique")

    monkeypatch.setattr(aplicacion, "_guardado", rehusar)
    rehusada = confirmada(importacion)
    assert (rehusada.estado, rehusada.codigo) == ("FALLIDA", "codigo_de_otro")


def test_a_channel_that_is_gone_is_asked_for_again(mesa: Mesa) -> None:
    otro = crear_canal("De paso")
    importacion = revisada(
        mesa.admin, Tipo.CLIENTES, csv("RUC;Nombre", "80009735-1;Uno"), canal=otro.pk
    )
    otro.delete()
    otra_vez = confirmada(importacion)
    assert otra_vez.estado == "REVISADA"
    assert [falla[1] for falla in fallas(otra_vez)] == ["Canal"]


def test_clients_that_came_meanwhile_with_the_same_number_are_not_doubled(mesa: Mesa) -> None:
    importacion = revisada(
        mesa.admin, Tipo.CLIENTES, csv("RUC;Nombre", "80009735-1;Uno"), canal=mesa.canal.pk
    )
    crear_cliente(ruc="80009735-1", canal=mesa.canal)
    assert confirmada(importacion).estado == "REVISADA"
    assert Cliente.objects.filter(ruc="80009735-1").count() == 1
