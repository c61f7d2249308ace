"""A lote and its row of results: where it is, and how far, row by row of the documented table."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_celery_results.models import TaskResult

from sales.models import LotePedidos
from sales.roles import Rol
from sales.situacion import Cuenta, EnLaBase, Fila, Situacion, cuenta_de, situacion_de
from sales.tests.fabricas import crear_usuario
from sales.tests.venta import Venta
from sales.vista_lote import ver_lote

AHORA = datetime(2026, 11, 27, 12, tzinfo=UTC)


def hace(segundos: float) -> datetime:
    return AHORA - timedelta(seconds=segundos)


def lote(estado: str = "RECIBIDO", **campos: Any) -> EnLaBase:
    base = EnLaBase(estado, hace(1), None, None, intentos=0, cuenta=Cuenta(0, 0, 0))
    return replace(base, **campos)


@pytest.mark.parametrize(
    ("base", "situacion"),
    [
        (lote(), "EN_COLA"),
        (lote(recibido_en=hace(3)), "EN_COLA"),
        (lote(recibido_en=hace(3.1)), "SIN_ENTREGAR"),
        (lote(recibido_en=hace(3600)), "SIN_ENTREGAR"),
        (lote(recibido_en=hace(29), encolado_en=hace(28)), "EN_COLA"),
        (lote(recibido_en=hace(30.1), encolado_en=hace(28)), "DEMORADO"),
        (lote(recibido_en=hace(20), encolado_en=hace(19), intentos=1), "REINTENTO"),
        (lote(recibido_en=hace(31), encolado_en=hace(19), intentos=1), "DEMORADO"),
        (lote("PROCESANDO", latido_en=hace(15)), "EN_CURSO"),
        (lote("PROCESANDO", latido_en=hace(15.1)), "SIN_SENAL"),
        (lote("PROCESANDO"), "SIN_SENAL"),
        *((lote(final, latido_en=hace(99)), "TERMINADO") for final in ("COMPLETO", "PARCIAL")),
        (lote("FALLIDO"), "TERMINADO"),
    ],
)
def test_the_situation_is_the_lotes(base: EnLaBase, situacion: str) -> None:
    assert situacion_de(base, AHORA) == situacion


DE_LA_FILA = Fila("PROGRESS", hechos=40, total=100, rechazados=2)


@pytest.mark.parametrize(
    ("base", "fila", "cuenta"),
    [
        # It runs, and its row is further than the lote's: the row.
        (lote("PROCESANDO", cuenta=Cuenta(20, 100, 1)), DE_LA_FILA, (40, 100, 2)),
        (lote("PROCESANDO"), DE_LA_FILA, (40, 100, 2)),
        # An earlier attempt's row is behind: the lote.
        (lote("PROCESANDO", cuenta=Cuenta(60, 100, 3)), DE_LA_FILA, (60, 100, 3)),
        # No row, another state of it, another total, nonsense: the lote.
        (lote("PROCESANDO", cuenta=Cuenta(20, 100, 1)), None, (20, 100, 1)),
        (lote("PROCESANDO", cuenta=Cuenta(20, 100, 1)), Fila("STARTED", 40, 100), (20, 100, 1)),
        (lote("PROCESANDO", cuenta=Cuenta(20, 100, 1)), Fila("SUCCESS", 40, 100), (20, 100, 1)),
        (lote("PROCESANDO", cuenta=Cuenta(20, 100, 1)), Fila("PROGRESS", 40, 90), (20, 100, 1)),
        (lote("PROCESANDO", cuenta=Cuenta(20, 100, 1)), Fila("PROGRESS", 101, 100), (20, 100, 1)),
        # It waits, or is over: the lote.
        (lote(cuenta=Cuenta(20, 100, 1)), DE_LA_FILA, (20, 100, 1)),
        (lote("COMPLETO", cuenta=Cuenta(100, 100, 0)), DE_LA_FILA, (100, 100, 0)),
    ],
)
def test_how_far_it_is(base: EnLaBase, fila: Fila | None, cuenta: tuple[int, int, int]) -> None:
    assert cuenta_de(base, fila) == cuenta


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
        assert ("Traceback: boom" in client.get(f"/lotes/{hallado.pk}/").text) is la_ve


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
    monkeypatch.setattr("sales.jobs.publicar", lambda *_, **__: toma)
    with django_capture_on_commit_callbacks(execute=True):
        hallado = venta.enviar({venta.clave(): [venta.linea()]})
    hallado.refresh_from_db()
    assert hallado.situacion(hallado.recibido_en + timedelta(seconds=9)) == situacion


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
