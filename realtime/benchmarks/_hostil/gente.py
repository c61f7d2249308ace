"""People at a running desk over plain HTTP: by session as a browser, by key as a program."""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final

CLAVE: Final = "carga-pedidos"
PLAZO: Final = 60.0
FRONTERA: Final = "----hostil"
_OCULTO: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class SinEntrar(Exception):
    """The desk did not let somebody in, or its page has no form."""


@dataclass(frozen=True)
class Contestado:
    """An answer: its status, its text, and how long it took, in seconds."""

    estado: int
    texto: str
    segundos: float

    @property
    def cuerpo(self) -> Any:
        """The text as JSON; {} when it is none."""
        try:
            return json.loads(self.texto)
        except ValueError:
            return {}


@dataclass
class Persona:
    """Somebody at a desk: cookies kept, and the key if there is one."""

    url: str
    llave: str = ""
    galletas: dict[str, str] = field(default_factory=dict)

    def pedir(
        self,
        metodo: str,
        ruta: str,
        cuerpo: bytes | None = None,
        cabeceras: Mapping[str, str] | None = None,
    ) -> Contestado:
        """One request on a connection of its own."""
        partes = urllib.parse.urlsplit(self.url)
        conexion = http.client.HTTPConnection(partes.hostname or "", partes.port, timeout=PLAZO)
        todas = {"Accept": "application/json", **self._propias(), **(cabeceras or {})}
        inicio = time.perf_counter()
        try:
            # A refusal may come, and the rest be cut off, before all is sent.
            with suppress(ConnectionError):
                conexion.request(metodo, ruta, cuerpo, todas)
            respuesta = conexion.getresponse()
            texto = respuesta.read().decode("utf-8", "replace")
        finally:
            conexion.close()
        for galleta in respuesta.headers.get_all("Set-Cookie") or []:
            nombre, _, valor = galleta.partition(";")[0].partition("=")
            self.galletas[nombre] = valor
        return Contestado(respuesta.status, texto, time.perf_counter() - inicio)

    def _propias(self) -> dict[str, str]:
        propias = {"Cookie": "; ".join(f"{n}={v}" for n, v in self.galletas.items())}
        return propias | ({"Authorization": f"Token {self.llave}"} if self.llave else {})

    def entrar(self, usuario: str) -> Persona:
        """Sign in by the form."""
        testigo = self.testigo("/cuentas/entrar/")
        datos = {"username": usuario, "password": CLAVE, "csrfmiddlewaretoken": testigo}
        cabeceras = {"Content-Type": "application/x-www-form-urlencoded", "Referer": self.url}
        cuerpo = urllib.parse.urlencode(datos).encode()
        estado = self.pedir("POST", "/cuentas/entrar/", cuerpo, cabeceras).estado
        if estado != 302:
            raise SinEntrar(f"{usuario}: {estado}")
        return self

    def testigo(self, ruta: str) -> str:
        """The page's CSRF token."""
        hallada = _OCULTO.search(self.pedir("GET", ruta, cabeceras={"Accept": "text/html"}).texto)
        if hallada is None:
            raise SinEntrar(ruta)
        return hallada[1]

    def subir(self, ruta: str, testigo: str, nombre: str, contenido: bytes) -> Contestado:
        """Send a file as the page's form does."""
        campo = f'Content-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{testigo}'
        archivo = f'Content-Disposition: form-data; name="archivo"; filename="{nombre}"\r\n\r\n'
        cuerpo = (
            f"--{FRONTERA}\r\n{campo}\r\n--{FRONTERA}\r\n{archivo}".encode()
            + contenido
            + f"\r\n--{FRONTERA}--\r\n".encode()
        )
        tipo = f"multipart/form-data; boundary={FRONTERA}"
        cabeceras = {"Content-Type": tipo, "Referer": self.url}
        return self.pedir("POST", ruta, cuerpo, cabeceras)


class Vecinos:
    """Other people at their work, one request after another; `demoras`: seconds of each answer."""

    def __init__(self, personas: list[Persona], rutas: list[str]) -> None:
        self.personas, self.rutas = personas, rutas
        self.demoras: list[float] = []
        self.malas: list[tuple[str, int]] = []
        self._fin = threading.Event()

    @contextmanager
    def trabajando(self) -> Iterator[None]:
        """Until the block ends."""
        self.demoras, self.malas = [], []
        self._fin.clear()
        hilos = [threading.Thread(target=self._uno, args=(p,)) for p in self.personas]
        for hilo in hilos:
            hilo.start()
        try:
            yield
        finally:
            self._fin.set()
            for hilo in hilos:
                hilo.join()

    def _uno(self, persona: Persona) -> None:
        vuelta = 0
        while not self._fin.wait(0.05):
            ruta = self.rutas[vuelta % len(self.rutas)]
            vuelta += 1
            contestado = persona.pedir("GET", ruta)
            self.demoras.append(contestado.segundos)
            if contestado.estado != 200:
                self.malas.append((ruta, contestado.estado))
