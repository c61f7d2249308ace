"""A lote and its row of results: where it is, and how far, row by row of the documented table."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product, takewhile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django_celery_results.models import TaskResult

from sales.lotes.situacion import (
    Cuenta,
    EnLaBase,
    Fila,
    Proceso,
    Situacion,
    cuenta_de,
    proceso_de,
    situacion_de,
)
from sales.models import LotePedidos
from sales.pantalla.lote import ver_lote
from sales.personas.roles import Rol
from sales.tests.fabricas import crear_usuario
from sales.tests.venta import Venta

AHORA = datetime(2026, 11, 27, 12, tzinfo=UTC)


def hace(segundos: float) -> datetime:
    return AHORA - timedelta(seconds=segundos)


def lote(estado: str = "RECIBIDO", **campos: Any) -> EnLaBase:
    base = EnLaBase(estado, hace(1), None, None, intentos=0, cuenta=Cuenta(0, 0, 0))
    return replace(base, **campos)


# --- The documented tables ------------------------------------------------------------------------
# What a cell says of the value in its column; one that is not here names the values it stands for.
Condicion = Callable[[Any, dict[str, Any]], bool]
CONDICIONES: dict[str, Condicion] = {
    "any": lambda valor, _caso: True,
    "none": lambda valor, _caso: valor is None,
    "no": lambda valor, _caso: valor is False,
    "0": lambda valor, _caso: valor == 0,
    "1 or more": lambda valor, _caso: valor >= 1,
    "15 s or less": lambda valor, _caso: valor is not None and valor <= 15,
    "over 30 s": lambda valor, _caso: valor > 30,
    "the lote's or more": lambda valor, caso: caso["hechos"] <= valor <= caso["row's total"],
    "the lote's, or the lote has none": lambda valor, caso: caso["total"] in (0, valor),
}


def tabla(*columnas: str) -> list[dict[str, str]]:
    """The table of docs/ingesta.md that begins with these columns, row by row."""
    texto = (Path(settings.BASE_DIR) / "docs" / "ingesta.md").read_text(encoding="utf-8")
    lineas = texto.splitlines()
    cabeza = next(
        n for n, linea in enumerate(lineas) if _celdas(linea)[: len(columnas)] == columnas
    )
    filas = takewhile(lambda linea: linea.startswith("|"), lineas[cabeza + 2 :])
    return [dict(zip(_celdas(lineas[cabeza]), _celdas(fila), strict=True)) for fila in filas]


def _celdas(linea: str) -> tuple[str, ...]:
    return tuple(celda.strip() for celda in linea.strip("|").split("|"))


def que_vale(filas: list[dict[str, str]], caso: dict[str, Any]) -> int:
    """The first row whose cells all hold of a case."""
    return next(
        n
        for n, fila in enumerate(filas)
        if all(_vale(fila[columna], caso[columna], caso) for columna in fila if columna in caso)
    )


def _vale(celda: str, valor: Any, caso: dict[str, Any]) -> bool:
    condicion = CONDICIONES.get(celda)
    return condicion(valor, caso) if condicion else valor in celda.split(", ")


def casos(valores: dict[str, tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """Every combination of these values."""
    for combinacion in product(*valores.values()):
        yield dict(zip(valores, combinacion, strict=True))


LOTE = ("RECIBIDO", "PROCESANDO", "COMPLETO", "PARCIAL", "FALLIDO")
FILA = (None, "PENDING", "STARTED", "PROGRESS", "SUCCESS", "FAILURE", "REVOKED", "RETRY")


def test_the_situation_is_the_documented_one() -> None:
    filas = tabla("lote", "handed out")
    usadas = set()
    valores = {
        "lote": LOTE,
        "handed out": (False, True),
        "attempts": (0, 1, 5),
        "heartbeat": (None, 0, 15, 15.1, 999),
        "waited": (0, 3.1, 30, 30.1, 9999),
    }
    for caso in casos(valores):
        cual = que_vale(filas, caso)
        usadas.add(cual)
        base = lote(
            caso["lote"],
            encolado_en=hace(caso["waited"]) if caso["handed out"] else None,
            intentos=caso["attempts"],
            latido_en=None if caso["heartbeat"] is None else hace(caso["heartbeat"]),
            recibido_en=hace(caso["waited"]),
        )
        assert situacion_de(base, AHORA) == filas[cual]["situation"], caso
    # No row of the table is there for nothing, and no situation is left out of it.
    assert usadas == set(range(len(filas)))
    assert {fila["situation"] for fila in filas} == set(Situacion)


def test_how_far_it_is_is_the_documented_count() -> None:
    filas = tabla("lote", "row", "row's total")
    usadas = set()
    valores = {
        "lote": LOTE,
        "row": FILA,
        "row's total": (0, 90, 100),
        "row's count": (0, 40, 100, 101),
        "total": (0, 100),
        "hechos": (0, 40, 60),
    }
    for caso in casos(valores):
        cual = que_vale(filas, caso)
        usadas.add(cual)
        base = lote(caso["lote"], cuenta=Cuenta(caso["hechos"], caso["total"], 7))
        total, hechos = caso["row's total"], caso["row's count"]
        fila = Fila(caso["row"], hechos, total, 2) if caso["row"] else None
        de_quien = {"the row": Cuenta(hechos, total, 2), "the lote": base.cuenta}
        assert cuenta_de(base, fila) == de_quien[filas[cual]["counts of"]], caso
    assert usadas == {0, 1}


def test_what_its_task_is_doing_is_the_documented_word() -> None:
    filas = tabla("situation", "row", "process")
    usadas = set()
    for caso in casos({"situation": tuple(Situacion), "row": FILA}):
        cual = que_vale(filas, caso)
        usadas.add(cual)
        fila = Fila(caso["row"]) if caso["row"] else None
        assert proceso_de(caso["situation"], fila) == filas[cual]["process"], caso
    assert usadas == set(range(len(filas)))
    assert [fila["process"] for fila in filas] == [proceso.value for proceso in Proceso]


def guardar_fila(lote: LotePedidos, **campos: Any) -> TaskResult:
    """The row of a lote's task, as Celery writes it."""
    avance = {"estado": "PROCESANDO", "total": 100, "guardados": 38, "rechazados": 2}
    fila, _ = TaskResult.objects.update_or_create(
        task_id=str(lote.pk),
        defaults={
            "task_name": "sales.tasks.save_orders_clients",
            "status": "PROGRESS",
            "worker": "celery@mesa",
            "result": json.dumps(avance),
            **campos,
        },
    )
    return fila


def en_curso(venta: Venta) -> LotePedidos:
    """A lote that a worker has been at for a moment."""
    hallado = venta.enviar({venta.clave(): [venta.linea()]})
    ahora = timezone.now()
    LotePedidos.objects.filter(pk=hallado.pk).update(
        estado="PROCESANDO", latido_en=ahora, iniciado_en=ahora, total=100, guardados=10, intentos=1
    )
    hallado.refresh_from_db()
    return hallado


def test_the_badge_follows_the_row(venta: Venta, client: Client) -> None:
    hallado = en_curso(venta)
    client.force_login(venta.usuario)
    url = f"/lotes/{hallado.pk}/estado/"
    assert "10/100 pedidos" in client.get(url).text
    guardar_fila(hallado)
    insignia = client.get(url).text
    assert "40/100 pedidos, 2 con error" in insignia
    assert 'value="40"' in insignia
    assert 'title="celery@mesa"' in insignia
    datos = client.get(f"/lotes/{hallado.pk}/datos/").text
    assert re.findall(r'<dd class="num">(\d+)</dd>', datos) == ["100", "38", "2", "1"]
    TaskResult.objects.all().delete()
    assert "10/100 pedidos" in client.get(url).text


@pytest.mark.parametrize("ruta", ["/lotes/", "/panel/", "/pedidos/nuevo/", "/lotes/{pk}/"])
def test_every_page_tells_the_same(venta: Venta, client: Client, ruta: str) -> None:
    hallado = en_curso(venta)
    guardar_fila(hallado)
    client.force_login(
        crear_usuario("jefa", Rol.SUPERVISOR, venta.sucursal) if "panel" in ruta else venta.usuario
    )
    assert "40/100 pedidos, 2 con error" in client.get(ruta.format(pk=hallado.pk)).text


def test_the_rows_of_a_list_cost_one_query(
    venta: Venta, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(venta.usuario)
    cuentas = []
    for _ in range(2):
        for _ in range(3):
            guardar_fila(en_curso(venta))
            terminado = en_curso(venta)
            LotePedidos.objects.filter(pk=terminado.pk).update(estado="COMPLETO")
            guardar_fila(terminado, status="SUCCESS")
        with django_assert_max_num_queries(40) as contadas:
            client.get("/lotes/")
        cuentas.append(sum("taskresult" in consulta["sql"] for consulta in contadas))
    assert cuentas == [1, 1]


def test_a_strangers_row_is_nobodys(venta: Venta, client: Client) -> None:
    hallado = en_curso(venta)
    guardar_fila(hallado)
    client.force_login(crear_usuario("luz", sucursal=venta.sucursal))
    for ruta in ("/lotes/{}/estado/", "/lotes/{}/", "/api/lotes/{}/"):
        assert client.get(ruta.format(hallado.pk)).status_code == 404


def test_the_traceback_is_for_admins(venta: Venta, client: Client) -> None:
    hallado = en_curso(venta)
    guardar_fila(hallado, status="FAILURE", traceback="Traceback: boom", date_done=timezone.now())
    for rol, la_ve in ((Rol.SUPERVISOR, False), (Rol.ADMIN, True)):
        client.force_login(crear_usuario(rol.value, rol, venta.sucursal))
        for ruta in ("/lotes/{}/", "/lotes/{}/datos/"):
            assert ("Traceback: boom" in client.get(ruta.format(hallado.pk)).text) is la_ve
        for ruta in ("/lotes/{}/estado/", "/api/lotes/{}/"):
            assert "boom" not in client.get(ruta.format(hallado.pk)).text


INICIO, FIN = (datetime(2026, 11, 27, 15, minuto, tzinfo=UTC) for minuto in (1, 2))


@pytest.mark.parametrize(
    ("del_lote", "de_la_fila", "quien", "proceso"),
    [
        ({}, {}, "celery@mesa · 12:01:00", "En curso <code>PROGRESS</code>"),
        (
            {"latido_en": INICIO},
            {},
            "celery@mesa · 12:01:00",
            "Cortado; se retoma solo <code>PROGRESS</code>",
        ),
        (
            {"estado": "RECIBIDO"},
            {"status": "FAILURE", "date_done": FIN},
            "celery@mesa · 12:01:00–12:02:00",
            "Terminó con error <code>FAILURE</code>",
        ),
        (
            {"estado": "COMPLETO", "terminado_en": FIN},
            {"status": "SUCCESS", "date_done": FIN},
            "celery@mesa · 12:01:00–12:02:00",
            "Terminado <code>SUCCESS</code>",
        ),
    ],
)
def test_who_has_it_and_when_is_said_by_the_badge_and_by_the_page(
    venta: Venta,
    client: Client,
    del_lote: dict[str, Any],
    de_la_fila: dict[str, Any],
    quien: str,
    proceso: str,
) -> None:
    hallado = en_curso(venta)
    LotePedidos.objects.filter(pk=hallado.pk).update(**del_lote)
    fila = guardar_fila(hallado, date_started=INICIO)
    # Its date_done is whenever it is saved.
    TaskResult.objects.filter(pk=fila.pk).update(**{"status": "PROGRESS", **de_la_fila})
    client.force_login(venta.usuario)
    datos = " ".join(client.get(f"/lotes/{hallado.pk}/datos/").text.split())
    pagina = " ".join(client.get(f"/lotes/{hallado.pk}/").text.split())
    assert f"<dd>{proceso}</dd>" in datos
    assert f"<dd>{quien}</dd>" in datos
    assert ("Última señal" in datos) is ("latido_en" in del_lote)
    assert ("hx-trigger" in datos) is ("terminado_en" not in del_lote)
    # The page after a swap is the fresh page, and a list's badge is the page's.
    assert datos in pagina
    insignia = " ".join(client.get(f"/lotes/{hallado.pk}/estado/").text.split())
    assert f'title="{quien}"' in insignia
    assert insignia in " ".join(client.get("/lotes/").text.split())


def test_the_api_tells_it(venta: Venta, client: Client) -> None:
    hallado = en_curso(venta)
    client.force_login(venta.usuario)
    url = f"/api/lotes/{hallado.pk}/"
    cuerpo = client.get(url).json()
    assert (cuerpo["situacion"], cuerpo["tarea"], cuerpo["progreso"]) == ("EN_CURSO", None, 10)
    guardar_fila(hallado)
    cuerpo = client.get(url).json()
    assert cuerpo["progreso"] == 40
    assert cuerpo["tarea"] == {
        "estado": "PROGRESS",
        "progreso": 40,
        "total": 100,
        "trabajador": "celery@mesa",
        "iniciada": None,
        "terminada": None,
    }


@pytest.mark.parametrize(("toma", "situacion"), [(True, "EN_COLA"), (False, "SIN_ENTREGAR")])
def test_queued_is_not_never_handed_out(
    venta: Venta,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
    toma: bool,
    situacion: str,
) -> None:
    monkeypatch.setattr("sales.lotes.bandeja.publicar", lambda *_, **__: toma)
    with django_capture_on_commit_callbacks(execute=True):
        hallado = venta.enviar({venta.clave(): [venta.linea()]})
    hallado.refresh_from_db()
    assert hallado.situacion(hallado.recibido_en + timedelta(seconds=9)) == situacion
    # So does its row: there is none of a lote that was never handed out.
    filas = TaskResult.objects.filter(task_id=str(hallado.pk))
    assert list(filas.values_list("status", flat=True)) == (["PENDING"] if toma else [])


def test_a_given_back_lote_says_that_it_is_taken_up_again(venta: Venta) -> None:
    hallado = en_curso(venta)
    hallado.estado, hallado.total, hallado.guardados = "RECIBIDO", 0, 0
    hallado.encolado_en = timezone.now()
    vista = ver_lote(hallado)
    assert (vista.situacion, vista.texto) == (
        Situacion.REINTENTO,
        "Guardado: el proceso se cortó y se retoma solo.",
    )


def test_the_admin_names_the_task_and_links_its_lote(venta: Venta, client: Client) -> None:
    hallado = en_curso(venta)
    fila = guardar_fila(hallado)
    client.force_login(crear_usuario("admin", Rol.ADMIN, venta.sucursal))
    lista = client.get("/admin/django_celery_results/taskresult/").text
    assert "sales.tasks.save_orders_clients" in lista
    assert f"/admin/sales/lotepedidos/{hallado.pk}/change/" in lista
    assert (
        client.get(f"/admin/django_celery_results/taskresult/{fila.pk}/change/").status_code == 200
    )
    pagina = client.get(f"/admin/sales/lotepedidos/{hallado.pk}/change/").text
    assert f"/admin/django_celery_results/taskresult/?task_id__exact={hallado.pk}" in pagina


def test_the_row_keeps_the_tasks_name_and_worker(settings: Any) -> None:
    assert settings.CELERY_RESULT_EXTENDED is True
