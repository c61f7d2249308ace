"""The Procfile's own web line, asked as proxies and forgers do: who is counted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axes.models import AccessAttempt
from django.conf import settings

from core.tests.base_real import url
from core.tests.corrida.puertos import puerto_libre

FALSAS = ("X-Real-IP", "CF-Connecting-IP", "True-Client-IP", "X-Client-IP", "X_Forwarded_For")
Lineas = list[tuple[str, str]]


@contextmanager
def web(carpeta: Path, **entorno: str) -> Iterator[int]:
    """The port of the web as the Procfile starts it, once it answers."""
    procfile = (Path(settings.BASE_DIR) / "Procfile").read_text()
    orden = re.findall(r"^web: exec (.*)$", procfile, re.MULTILINE)[0]
    puerto = puerto_libre()
    ajustes = {
        "DATA_DIR": str(carpeta),
        "DATABASE_URL": url(),
        "ENTORNO": "desarrollo",
        "HOST": "127.0.0.1",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "REDIS_URL": "",
        "WEB_CONCURRENCY": "1",
        "WEB_PORT": str(puerto),
    }
    proceso = subprocess.Popen(
        ["sh", "-c", f"exec {orden}"],
        cwd=settings.BASE_DIR,
        env=os.environ | ajustes | entorno,
    )
    try:
        _esperar(puerto)
        yield puerto
    finally:
        proceso.terminate()
        proceso.wait(60)


def _esperar(puerto: int) -> None:
    hasta = time.monotonic() + 180
    while not _vive(puerto):
        assert time.monotonic() < hasta, "the web never answered"
        time.sleep(0.2)


def _vive(puerto: int) -> bool:
    with closing(HTTPConnection("127.0.0.1", puerto, timeout=60)) as conexion:
        try:
            conexion.request("GET", "/healthz")
            return conexion.getresponse().read() == b"ok\n"
        except OSError:
            return False


def probar(puerto: int, lineas: Lineas, esquema: str = "http") -> int:
    """A wrong password with these header lines, from a page that was read by `esquema`."""
    clave = "a" * 32
    cuerpo = urlencode({"username": "ana", "password": "mala", "csrfmiddlewaretoken": clave})
    conexion = HTTPConnection("127.0.0.1", puerto, timeout=180)
    conexion.putrequest("POST", "/cuentas/entrar/")
    for nombre, valor in [
        *lineas,
        # Django compares it with the request's own scheme and host.
        ("Origin", f"{esquema}://127.0.0.1:{puerto}"),
        ("Cookie", f"csrftoken={clave}"),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Content-Length", str(len(cuerpo))),
    ]:
        conexion.putheader(nombre, valor)
    conexion.endheaders(cuerpo.encode())
    with closing(conexion):
        respuesta = conexion.getresponse()
        respuesta.read()
        return respuesta.status


def contadas() -> dict[str, int]:
    filas = AccessAttempt.objects.values_list("ip_address", "failures_since_start")
    return dict(filas)


def test_without_a_proxy_no_header_counts(base_real: None, tmp_path: Path) -> None:
    with web(tmp_path) as puerto:
        estados = [
            probar(
                puerto,
                [("X-Forwarded-For", f"6.6.6.{n}"), *((f, f"6.6.7.{n}") for f in FALSAS)],
            )
            for n in range(7)
        ]
        dicen_https = [("X-Forwarded-Proto", "https"), ("Forwarded", "for=6.6.6.6;proto=https")]
        por_https = probar(puerto, dicen_https, "https")
    assert estados == [200] * 4 + [429] * 3
    assert por_https == 403
    assert contadas() == {"127.0.0.1": 5}


@pytest.mark.parametrize("redes", ["", "127.0.0.1"])
def test_behind_one_the_client_it_names_is_counted(
    base_real: None, tmp_path: Path, redes: str
) -> None:
    otras = [(f, "6.6.7.7") for f in FALSAS]
    with web(tmp_path, PROXIES_DE_CONFIANZA="1", REDES_DE_PROXIES=redes) as puerto:
        estados = [
            probar(puerto, [("X-Forwarded-For", f"6.6.6.{n}, 203.0.113.7"), *otras])
            for n in range(6)
        ]
        # As two lines, and with the scheme that the proxy saw.
        dos = [("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-For", "[2001:db8:1:2::7]:4711")]
        otro = probar(puerto, [*dos, ("X-Forwarded-Proto", "https")], "https")
        forjado = probar(puerto, [*dos, ("X-Forwarded-Proto", "https, http")], "https")
    assert estados == [200] * 4 + [429] * 2
    assert (otro, forjado) == (200, 403)
    assert contadas() == {"203.0.113.7": 5, "2001:db8:1:2::": 1}


def test_from_who_is_not_the_proxy_nothing_is_believed(base_real: None, tmp_path: Path) -> None:
    with web(tmp_path, PROXIES_DE_CONFIANZA="1", REDES_DE_PROXIES="10.0.0.5") as puerto:
        dicho = [("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "https")]
        estados = [probar(puerto, dicho), probar(puerto, dicho, "https")]
    assert estados == [200, 403]
    assert contadas() == {"127.0.0.1": 1}
