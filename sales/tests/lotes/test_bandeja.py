"""Lotes received once, handed out after the commit, and found again when they were lost."""

from __future__ import annotations

import uuid
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import redis
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_celery_results.models import TaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks

from core.celery import app
from core.datos import cola
from core.errores import ErrorDominio
from core.procesos import salud
from sales.lotes import bandeja
from sales.lotes.bandeja import lotes_atrasados, recibir_lote, reencolar_lotes
from sales.lotes.ingesta import save_orders_clients
from sales.models import LotePedidos, Orders
from sales.tests.fabricas import crear_usuario
from sales.tests.venta import Venta

Publicado = tuple[str, list[Any], str | None]


@pytest.fixture
def publicados(monkeypatch: pytest.MonkeyPatch) -> list[Publicado]:
    """What was handed to a broker that takes everything."""
    publicados: list[Publicado] = []

    def publicar(nombre: str, args: Any = (), *, task_id: str | None = None) -> bool:
        publicados.append((nombre, list(args), task_id))
        return True

    monkeypatch.setattr(bandeja, "publicar", publicar)
    return publicados


def recibir(
    venta: Venta, lote_id: uuid.UUID, pedidos: str = "N4Ig", **cambios: Any
) -> tuple[LotePedidos, bool]:
    envio: dict[str, Any] = {
        "usuario": venta.usuario,
        "sucursal": venta.sucursal,
        "lote_id": lote_id,
        "pedidos": pedidos,
        "codificacion": "base64",
    }
    return recibir_lote(**envio | cambios)


# --- Receiving -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "texto", ["N4Ig", " con espacios ", "ñ 😀", "\x00", "\ud800", "᠀ᤆ䇠ࡠ ", ""]
)
def test_the_text_is_kept_to_the_last_byte(venta: Venta, texto: str) -> None:
    lote_id = uuid.uuid4()
    lote, creado = recibir(venta, lote_id, texto, version_datos="v7")
    assert creado is True
    guardado = LotePedidos.objects.get(pk=lote_id)
    assert bytes(guardado.contenido) == texto.encode("utf-8", "surrogatepass")
    assert (guardado.estado, guardado.intentos, guardado.version_datos) == ("RECIBIDO", 0, "v7")
    assert lote.pk == lote_id


def test_it_is_handed_out_after_the_commit_under_its_own_id(
    venta: Venta,
    publicados: list[Publicado],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    lote_id = uuid.uuid4()
    with django_capture_on_commit_callbacks(execute=True):
        recibir(venta, lote_id)
        assert publicados == []
    assert publicados == [("sales.tasks.save_orders_clients", [str(lote_id)], str(lote_id))]


@pytest.mark.django_db(transaction=True)
def test_it_is_stored_even_if_handing_it_out_explodes(
    venta: Venta, monkeypatch: pytest.MonkeyPatch
) -> None:
    def estallar(*_args: Any, **_kwargs: Any) -> bool:
        raise RuntimeError

    monkeypatch.setattr(bandeja, "publicar", estallar)
    lote, creado = recibir(venta, uuid.uuid4())
    assert (creado, LotePedidos.objects.filter(pk=lote.pk).exists()) == (True, True)


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_it_is_stored_all_the_same(venta: Venta) -> None:
    lote, creado = recibir(venta, uuid.uuid4())
    assert (creado, LotePedidos.objects.get().pk) == (True, lote.pk)


def test_nothing_is_handed_out_if_the_transaction_fails(
    venta: Venta,
    publicados: list[Publicado],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        try:
            with transaction.atomic():
                recibir(venta, uuid.uuid4())
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass
    assert (publicados, LotePedidos.objects.count()) == ([], 0)


def test_the_same_lote_again_is_the_same_lote(
    venta: Venta,
    publicados: list[Publicado],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    lote_id = uuid.uuid4()
    recibir(venta, lote_id)
    LotePedidos.objects.update(estado="PARCIAL", guardados=2)
    with django_capture_on_commit_callbacks(execute=True):
        lote, creado = recibir(venta, lote_id)
    assert (creado, lote.estado, lote.guardados) == (False, "PARCIAL", 2)
    assert (publicados, LotePedidos.objects.count()) == ([], 1)


@pytest.mark.parametrize("cambio", ["contenido", "codificacion", "usuario"])
def test_anything_else_under_its_id_is_refused(venta: Venta, cambio: str) -> None:
    lote_id = uuid.uuid4()
    recibir(venta, lote_id)
    antes = LotePedidos.objects.values().get()
    otros: dict[str, dict[str, Any]] = {
        "contenido": {"pedidos": "N4IgN"},
        "codificacion": {"codificacion": "uri"},
        "usuario": {"usuario": crear_usuario("beto", sucursal=venta.sucursal)},
    }
    with pytest.raises(ErrorDominio) as refusal:
        recibir(venta, lote_id, **otros[cambio])
    error = refusal.value
    assert (error.codigo, error.estado, error.campo) == ("lote_reutilizado", 422, "lote")
    assert LotePedidos.objects.values().get() == antes


# --- Sweeping ------------------------------------------------------------------------------------


def colocar(venta: Venta, estado: str, **hace: float) -> LotePedidos:
    """A lote in a state; `recibido`, `latido`, `encolado` seconds ago; `intentos` as given."""
    ahora = timezone.now()
    lote = venta.enviar({venta.clave(): [venta.linea()]})
    intentos = hace.pop("intentos", 0)
    fechas = {f"{campo}_en": ahora - timedelta(seconds=s) for campo, s in hace.items()}
    LotePedidos.objects.filter(pk=lote.pk).update(estado=estado, intentos=intentos, **fechas)
    return lote


@pytest.mark.parametrize(
    ("estado", "hace", "toca"),
    [
        ("RECIBIDO", {"recibido": 9}, False),
        ("RECIBIDO", {"recibido": 11}, True),
        ("RECIBIDO", {"recibido": 86_400}, True),
        ("RECIBIDO", {"recibido": 60, "encolado": 9}, False),
        ("RECIBIDO", {"recibido": 60, "encolado": 11}, True),
        ("RECIBIDO", {"recibido": 60, "encolado": 11, "intentos": 2}, False),
        ("RECIBIDO", {"recibido": 60, "encolado": 16, "intentos": 2}, True),
        ("RECIBIDO", {"recibido": 60, "encolado": 29, "intentos": 3}, False),
        ("RECIBIDO", {"recibido": 60, "encolado": 31, "intentos": 3}, True),
        ("RECIBIDO", {"recibido": 99, "encolado": 59, "intentos": 5}, False),
        ("RECIBIDO", {"recibido": 99, "encolado": 61, "intentos": 5}, True),
        ("PROCESANDO", {"recibido": 60, "latido": 14}, False),
        ("PROCESANDO", {"recibido": 60, "latido": 16}, True),
        ("PROCESANDO", {"recibido": 60, "latido": 16, "encolado": 5}, False),
        ("PROCESANDO", {"recibido": 60, "latido": 16, "encolado": 20}, True),
        ("PROCESANDO", {"recibido": 999, "latido": 99, "encolado": 99, "intentos": 5}, True),
        ("COMPLETO", {"recibido": 60}, False),
        ("PARCIAL", {"recibido": 60, "latido": 60}, False),
        ("FALLIDO", {"recibido": 60, "latido": 60}, False),
    ],
)
def test_who_is_handed_out_again(
    venta: Venta, publicados: list[Publicado], estado: str, hace: dict[str, float], toca: bool
) -> None:
    lote = colocar(venta, estado, **hace)
    publicados.clear()
    barrido = reencolar_lotes()
    assert barrido.encolados == ([lote.pk] if toca else [])
    assert publicados == ([(bandeja.TAREA, [str(lote.pk)], str(lote.pk))] if toca else [])
    # The next sweep, a moment later, leaves it alone.
    assert reencolar_lotes().encolados == []


def test_a_sweep_takes_those_that_waited_longest_and_so_many_at_most(
    venta: Venta, publicados: list[Publicado], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bandeja, "POR_BARRIDO", 3)
    reciente = colocar(venta, "RECIBIDO", recibido=500, encolado=20)
    vieja = colocar(venta, "RECIBIDO", recibido=600, encolado=40)
    nunca = colocar(venta, "RECIBIDO", recibido=20)
    nunca_mas = colocar(venta, "RECIBIDO", recibido=30)
    assert reencolar_lotes().encolados == [nunca_mas.pk, nunca.pk, vieja.pk]
    assert reencolar_lotes().encolados == [reciente.pk]


def test_two_sweeps_at_once_hand_a_lote_out_once(
    venta: Venta, publicados: list[Publicado], monkeypatch: pytest.MonkeyPatch
) -> None:
    lote = colocar(venta, "RECIBIDO", recibido=60)
    olvidados = bandeja._olvidados(timezone.now())
    assert reencolar_lotes().encolados == [lote.pk]
    monkeypatch.setattr(bandeja, "_olvidados", lambda _ahora: olvidados)
    assert reencolar_lotes().encolados == []


def test_without_a_broker_the_sweep_gives_up_at_once_and_forgets_nothing(
    venta: Venta, monkeypatch: pytest.MonkeyPatch
) -> None:
    lotes = [colocar(venta, "RECIBIDO", recibido=60 - n, encolado=50 - n) for n in range(3)]
    antes = list(LotePedidos.objects.order_by("pk").values("pk", "encolado_en"))
    intentos: list[str] = []

    def negarse(nombre: str, args: Any, *, task_id: str) -> bool:
        intentos.append(task_id)
        return False

    monkeypatch.setattr(bandeja, "publicar", negarse)
    barrido = reencolar_lotes()
    assert barrido.encolados == []
    assert barrido.sin_broker == [lote.pk for lote in lotes]
    assert intentos == [str(lotes[0].pk)]
    assert list(LotePedidos.objects.order_by("pk").values("pk", "encolado_en")) == antes


@pytest.mark.parametrize("encolado", [None, 40])
def test_asked_by_hand_a_refused_lote_stays_as_it_was(
    venta: Venta, monkeypatch: pytest.MonkeyPatch, encolado: int | None
) -> None:
    lote = colocar(venta, "RECIBIDO", recibido=60, **({"encolado": encolado} if encolado else {}))
    antes = LotePedidos.objects.values().get(pk=lote.pk)
    monkeypatch.setattr(bandeja, "publicar", lambda *_args, **_resto: False)
    assert bandeja.reencolar_lote(lote.pk) is False
    assert LotePedidos.objects.values().get(pk=lote.pk) == antes
    assert not TaskResult.objects.exists()


def test_asked_by_hand_a_taken_lote_is_in_the_queue(
    venta: Venta, publicados: list[Publicado]
) -> None:
    lote = colocar(venta, "RECIBIDO", recibido=60)
    assert bandeja.reencolar_lote(lote.pk) is True
    assert publicados == [(bandeja.TAREA, [str(lote.pk)], str(lote.pk))]
    assert LotePedidos.objects.get(pk=lote.pk).encolado_en is not None
    fila = TaskResult.objects.get()
    assert (fila.task_id, fila.task_name, fila.status) == (str(lote.pk), bandeja.TAREA, "PENDING")


def test_a_sweep_that_explodes_leaves_the_lote_as_it_was(
    venta: Venta, monkeypatch: pytest.MonkeyPatch
) -> None:
    lote = colocar(venta, "RECIBIDO", recibido=60)

    def estallar(*_args: Any, **_resto: Any) -> bool:
        raise RuntimeError

    monkeypatch.setattr(bandeja, "publicar", estallar)
    with pytest.raises(RuntimeError):
        reencolar_lotes()
    assert LotePedidos.objects.get(pk=lote.pk).encolado_en is None


def test_handed_out_again_the_row_keeps_what_it_knows(
    venta: Venta, publicados: list[Publicado]
) -> None:
    lote = colocar(venta, "RECIBIDO", recibido=60, intentos=1)
    TaskResult.objects.create(task_id=str(lote.pk), status="FAILURE", traceback="boom")
    assert reencolar_lotes().encolados == [lote.pk]
    assert TaskResult.objects.values_list("status", "traceback").get() == ("FAILURE", "boom")


def test_the_hand_out_is_noted_though_a_worker_was_quicker(
    venta: Venta,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    lote_id = uuid.uuid4()

    def publicar(*_args: Any, **_resto: Any) -> bool:
        LotePedidos.objects.filter(pk=lote_id).update(estado="PROCESANDO", intentos=1)
        return True

    monkeypatch.setattr(bandeja, "publicar", publicar)
    with django_capture_on_commit_callbacks(execute=True):
        recibir(venta, lote_id)
    assert LotePedidos.objects.get(pk=lote_id).encolado_en is not None


def test_the_command_hands_out_through_the_broker(
    venta: Venta, redis_servidor: redis.Redis
) -> None:
    lote = colocar(venta, "RECIBIDO", recibido=60)
    salida = StringIO()
    call_command("requeue_lotes", stdout=salida)
    assert salida.getvalue() == "Reencolados: 1. Procesados sin cola: 0.\n"
    with app.connection_for_read() as conexion:
        canal: Any = conexion.default_channel
        mensaje = canal.basic_get("celery", no_ack=True)
    assert mensaje is not None
    assert mensaje.headers["id"] == str(lote.pk)
    assert Orders.objects.count() == 0


def test_the_command_processes_by_itself_without_a_broker(
    venta: Venta, monkeypatch: pytest.MonkeyPatch
) -> None:
    cola.corte.cerrar()
    for _ in range(2):
        colocar(venta, "RECIBIDO", recibido=60)
    reciente = colocar(venta, "RECIBIDO", recibido=1)
    salida = StringIO()
    call_command("requeue_lotes", stdout=salida)
    assert salida.getvalue() == "Reencolados: 0. Procesados sin cola: 2.\n"
    assert Orders.objects.count() == 2
    reciente.refresh_from_db()
    assert reciente.estado == "RECIBIDO"


def test_one_lote_that_explodes_does_not_keep_the_command_from_the_others(
    venta: Venta, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    malo = colocar(venta, "RECIBIDO", recibido=70)
    colocar(venta, "RECIBIDO", recibido=60)
    modulo = "sales.management.commands.requeue_lotes"

    def estallar(lote_id: uuid.UUID) -> Any:
        if lote_id == malo.pk:
            raise RuntimeError
        return save_orders_clients(lote_id)

    monkeypatch.setattr(f"{modulo}.save_orders_clients", estallar)
    salida = StringIO()
    call_command("requeue_lotes", stdout=salida)
    assert salida.getvalue() == "Reencolados: 0. Procesados sin cola: 1.\n"
    assert "lote_sin_procesar" in [r.message for r in caplog.records]


# --- Readiness -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("estado", "minutos", "motivo"),
    [
        ("RECIBIDO", 14, None),
        ("RECIBIDO", 16, "un lote espera desde hace más de 15 minutos"),
        ("PROCESANDO", 16, "un lote espera desde hace más de 15 minutos"),
        ("COMPLETO", 16, None),
        ("FALLIDO", 16, None),
    ],
)
def test_a_lote_that_waits_too_long_is_a_reason_not_to_be_ready(
    venta: Venta, estado: str, minutos: int, motivo: str | None
) -> None:
    colocar(venta, estado, recibido=60 * minutos)
    assert lotes_atrasados() == motivo
    assert salud._comprobaciones["lotes"] is lotes_atrasados
