"""What the badge and the lote's page say while the worker works, stands still, dies, and while the
broker and the table of results are not there: the truth, in a real browser."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import OperationalError, connections
from django.utils import timezone
from django_celery_results.models import TaskResult
from playwright.sync_api import Locator, Page, expect

from core.tests.e2e.mesa import ALIAS, ESPERA, Mesa, esperar
from core.tests.e2e.navegante import Navegante
from sales.lotes.filas_tarea import COLUMNAS, leer_fila
from sales.lotes.situacion import Fila
from sales.models import LotePedidos

# Six chunks, so that there is a while between the first and the last.
CLIENTES, LINEAS = 300, 360
# What the badge may take to be right: the worker's silence, the next poll, and a busy machine.
LENTO = 60_000
# How long the worker runs between two looks, in seconds: much less than a chunk takes.
PASO, PASOS = 0.02, 2_000


@dataclass
class Insignia:
    """A lote's page in the browser: its badge and its facts."""

    pagina: Page
    lote: str

    @property
    def insignia(self) -> Locator:
        return self.pagina.locator(f"#lote_estado-{self.lote}")

    @property
    def datos(self) -> Locator:
        return self.pagina.locator(f"#lote_datos-{self.lote}")

    def dice(self, situacion: str, texto: str) -> None:
        """Both are where they should be."""
        expect(self.insignia).to_have_attribute("data-situacion", situacion, timeout=LENTO)
        expect(self.insignia.locator(".lote-estado-texto")).to_have_text(texto, timeout=LENTO)

    def dato(self, rotulo: str) -> Locator:
        """The value beside a label of the page."""
        return self.datos.locator("div", has=self.pagina.get_by_text(rotulo, exact=True)).locator(
            "dd"
        )


@pytest.fixture
def navegante(mesa_real: Mesa) -> Navegante:
    return Navegante(mesa_real).entrar()


@pytest.fixture
def mesa_entera(mesa_real: Mesa) -> Iterator[Mesa]:
    """The desk; what a test stopped runs again afterwards."""
    yield mesa_real
    for nombre in ("redis", "worker"):
        if nombre not in mesa_real.procesos:
            mesa_real.arrancar(nombre)
    mesa_real.esperar_lista()


def abrir(pagina: Page, mesa: Mesa, lote: str) -> Insignia:
    pagina.goto(f"{mesa.url}/lotes/{lote}/")
    return Insignia(pagina, lote)


def enviar(navegante: Navegante, clientes: int = 3, lineas: int = 2) -> str:
    sobre = navegante.sobre(navegante.pedidos(clientes, lineas))
    assert navegante.enviar(sobre).estado == 202
    lote: str = sobre["lote"]
    return lote


def fila_de(lote: str) -> Fila | None:
    """The row as the worker wrote it."""
    valores = TaskResult.objects.using(ALIAS).filter(task_id=lote).values(*COLUMNAS).first()
    return leer_fila(valores) if valores else None


def base_de(lote: str) -> LotePedidos:
    return LotePedidos.objects.using(ALIAS).defer("contenido").get(pk=UUID(lote))


@contextmanager
def detenido(mesa: Mesa) -> Iterator[None]:
    """The worker's processes stand still, as on a machine that hangs."""
    grupo = _grupo_del_trabajador(mesa)
    os.killpg(grupo, signal.SIGSTOP)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(grupo, signal.SIGCONT)


def _grupo_del_trabajador(mesa: Mesa) -> int:
    supervisor = mesa.procesos["worker"].pid
    [hijo] = Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text().split()
    return os.getpgid(int(hijo))


@contextmanager
def en_medio(mesa: Mesa, lote: str, *, desde: int = 0) -> Iterator[Fila]:
    """The worker stands still after a chunk whose PROGRESS it wrote, further than `desde`; the row.

    It goes in steps, so that no chunk is missed. Its heart goes on beating while it is looked at.
    """
    for _ in range(PASOS):
        with detenido(mesa):
            # Before anything is read: a commit that was on its way when it stopped is done by then.
            if _latir_sin_esperar(lote, timezone.now() + timedelta(seconds=ESPERA)):
                fila = _en_progreso(lote, desde)
                base = base_de(lote)
                assert base.estado != "COMPLETO", "it was over before it could be looked at"
                # Not between a chunk and its row, and not after the last.
                if fila is not None and fila.hechos == base.cuenta.hechos < fila.total:
                    yield fila
                    return
        time.sleep(PASO)  # the worker's turn
    raise AssertionError(f"{lote}: no chunk was told in {PASOS} steps")


def latir(lote: str, momento: datetime) -> None:
    LotePedidos.objects.using(ALIAS).filter(pk=UUID(lote)).update(latido_en=momento)


def _latir_sin_esperar(lote: str, momento: datetime) -> bool:
    """Beat for a worker that stands still, unless it does so with the lote's row in its hand."""
    conexion = connections[ALIAS]
    sin_esperar = {
        "postgresql": "SET lock_timeout = 300",
        "sqlite": "PRAGMA busy_timeout = 300",
    }
    with conexion.cursor() as cursor:
        cursor.execute(sin_esperar[conexion.vendor])
    try:
        latir(lote, momento)
    except OperationalError:
        return False
    finally:
        # The next one waits as connections do.
        conexion.close()
    return True


def _en_progreso(lote: str, desde: int) -> Fila | None:
    fila = fila_de(lote)
    hay = fila is not None and fila.estado == "PROGRESS" and fila.hechos > desde
    return fila if hay else None


def hora(momento: datetime | None) -> str:
    assert momento is not None
    return f"{timezone.localtime(momento):%H:%M:%S}"


def test_the_badge_follows_the_rows_progress_and_outlives_row_worker_and_broker(
    tomador: Page, navegante: Navegante, mesa_entera: Mesa
) -> None:
    lote = enviar(navegante, CLIENTES, LINEAS)
    with en_medio(mesa_entera, lote) as fila:
        vista = abrir(tomador, mesa_entera, lote)
        vista.dice("EN_CURSO", f"{fila.hechos}/{CLIENTES} pedidos")
    with en_medio(mesa_entera, lote, desde=fila.hechos) as fila:
        quien = f"{fila.trabajador} · {hora(fila.iniciada)}"
        vista.dice("EN_CURSO", f"{fila.hechos}/{CLIENTES} pedidos")
        # The lote does not know its worker: this is the row's.
        expect(vista.insignia).to_have_attribute("title", quien)
        expect(vista.dato("Trabajador")).to_have_text(quien)
        expect(vista.dato("Proceso")).to_have_text("En curso PROGRESS")
        expect(vista.dato("Guardados")).to_have_text(str(fila.hechos))
        # The worker dies, its heart with it, and no other one comes.
        mesa_entera.apagar("worker")
        latir(lote, timezone.now())
    cortado = f"{fila.hechos}/{CLIENTES} pedidos. Se retoma solo."
    vista.dice("SIN_SENAL", cortado)
    expect(vista.insignia).to_contain_text("Sin señal")
    expect(vista.dato("Proceso")).to_have_text("Cortado; se retoma solo PROGRESS")
    expect(vista.dato("Última señal")).to_have_text(re.compile(r"\d\d:\d\d:\d\d$"))
    # Nor is there a broker, nor a row.
    mesa_entera.parar("redis")
    TaskResult.objects.using(ALIAS).all().delete()
    expect(vista.dato("Proceso")).to_have_text("Sin noticias de la cola")
    vista.dice("SIN_SENAL", cortado)
    expect(vista.insignia).not_to_have_attribute("title", re.compile(".+"))
    tomador.reload()
    vista.dice("SIN_SENAL", cortado)
    # All are back: it is taken up, and its row is there again.
    mesa_entera.arrancar("redis")
    mesa_entera.arrancar("worker")
    navegante.esperar_final(lote)
    vista.dice("TERMINADO", f"{CLIENTES} pedidos guardados")
    esperar("the row tells the end", lambda: (fila_de(lote) or fila).estado == "SUCCESS")
    tomador.reload()
    final = fila_de(lote)
    assert final is not None
    horas = f"{hora(final.iniciada)}–{hora(final.terminada)}"
    expect(vista.dato("Trabajador")).to_have_text(f"{final.trabajador} · {horas}")
    expect(vista.dato("Proceso")).to_have_text("Terminado SUCCESS")
    expect(vista.dato("Intentos")).to_have_text("2")


def test_queued_is_not_unknown_and_neither_is_lost(
    tomador: Page, navegante: Navegante, mesa_entera: Mesa
) -> None:
    mesa_entera.apagar("worker")
    encolado = enviar(navegante)
    vista = abrir(tomador, mesa_entera, encolado)
    vista.dice("EN_COLA", "Guardado, en espera de proceso.")
    expect(vista.dato("Proceso")).to_have_text("En la cola PENDING")
    # Its row is cleaned up: nobody knows of the queue, but the lote was handed out.
    TaskResult.objects.using(ALIAS).filter(task_id=encolado).delete()
    expect(vista.dato("Proceso")).to_have_text("Sin noticias de la cola")
    mesa_entera.parar("redis")
    perdido = enviar(navegante)
    vista = abrir(tomador, mesa_entera, perdido)
    vista.dice("SIN_ENTREGAR", "Guardado, sin entregar a la cola todavía. Se entrega solo.")
    expect(vista.dato("Proceso")).to_have_text("Sin entregar a la cola")
    assert fila_de(perdido) is None
    vista = abrir(tomador, mesa_entera, encolado)
    vista.dice("DEMORADO", "Guardado y en espera: nadie lo está procesando todavía.")
    mesa_entera.arrancar("redis")
    mesa_entera.arrancar("worker")
    for lote in (encolado, perdido):
        assert navegante.esperar_final(lote)["estado"] == "COMPLETO"
    vista.dice("TERMINADO", "3 pedidos guardados")
