"""The catalogue's hot answers, given before Django: 304s and whole sections, from memory.

Django decides who may read what, and its answer is believed for two seconds: the same credentials
asking the same host for the same branch are then answered here, with the headers that Django
gave. A change of users, roles, branches or sessions in this process ends that at once. Whatever
is not at hand (another manifest second, a section not in memory, an odd request) goes to Django.

These answers cost neither the database nor Redis, so they do not count for the throttle.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_out
from django.contrib.sessions.models import Session
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.http import parse_cookie
from rest_framework.authtoken.models import Token

from core.acceso.credenciales import credenciales_terminadas
from core.entrada.consulta_acotada import pares
from sales.catalogo.cabeceras import CONCEDIDA, TIPOS, acepta_gzip, ya_lo_tiene
from sales.catalogo.memoria import memoria
from sales.catalogo.secciones import GZIP, SECCIONES, etiqueta
from sales.catalogo.vigente import recordado
from sales.models import Perfil

Mensaje = Mapping[str, Any]
Recibir = Callable[[], Awaitable[Mensaje]]
Enviar = Callable[[Mensaje], Awaitable[None]]
Aplicacion = Callable[[dict[str, Any], Recibir, Enviar], Awaitable[None]]
Cabeceras = list[tuple[bytes, bytes]]
Identidad = tuple[str, ...]

BASE: Final = "/api/datos-venta/"
VIDA: Final = 2.0
CONCESIONES_MAXIMAS: Final = 10_000
_RUTAS: Final = {BASE: ""} | {f"{BASE}{seccion}/": seccion for seccion in SECCIONES}
_RARAS: Final = {b"content-length", b"transfer-encoding", b"if-match", b"range", b"expect"}
# Each answer's own; the others are the same for all.
_PROPIAS: Final = frozenset(
    {
        b"content-encoding",
        b"content-length",
        b"content-type",
        b"date",
        b"etag",
        b"set-cookie",
    }
)


class Pregunta(NamedTuple):
    """What is asked for, and by whom: `seccion` is "" for the manifest."""

    seccion: str
    codificacion: str
    identidad: Identidad
    if_none_match: str
    con_gzip: bool


class Concesion(NamedTuple):
    """Django's answer to who may read: a branch, the headers it sends, until when it holds."""

    sucursal_id: int
    cabeceras: Cabeceras
    hasta: float


class _Concesiones:
    """What was conceded to whom; a revocation also stops the answers that are under way."""

    def __init__(self) -> None:
        self._por_identidad: dict[Identidad, Concesion] = {}
        self.generacion = 0

    def de(self, identidad: Identidad) -> Concesion | None:
        concesion = self._por_identidad.get(identidad)
        return concesion if concesion and time.monotonic() < concesion.hasta else None

    def conceder(self, identidad: Identidad, concesion: Concesion, generacion: int) -> None:
        if generacion != self.generacion:
            return
        if len(self._por_identidad) >= CONCESIONES_MAXIMAS:
            self._por_identidad.clear()
        self._por_identidad[identidad] = concesion

    def revocar(self, **_senal: Any) -> None:
        self.generacion += 1
        self._por_identidad.clear()


concesiones = _Concesiones()


def escuchar() -> None:
    """Ask Django again as soon as users, roles, branches, tokens or sessions change here."""
    for fuente in (User, Perfil, Token):
        post_save.connect(concesiones.revocar, sender=fuente)
        post_delete.connect(concesiones.revocar, sender=fuente)
    post_delete.connect(concesiones.revocar, sender=Session)
    m2m_changed.connect(concesiones.revocar, sender=User.groups.through)
    user_logged_out.connect(concesiones.revocar)
    # Once more when it is committed: meanwhile Django may have conceded what it still saw.
    credenciales_terminadas.connect(concesiones.revocar)


class CatalogoDirecto:
    """ASGI: answers the catalogue's hot requests, hands on all others."""

    def __init__(self, aplicacion: Aplicacion) -> None:
        self.aplicacion = aplicacion
        escuchar()

    async def __call__(self, scope: dict[str, Any], receive: Recibir, send: Enviar) -> None:
        """Answer from memory if that can be, through the application if not."""
        pregunta = _leer(scope)
        if pregunta is None:
            await self.aplicacion(scope, receive, send)
            return
        respuesta = _responder(pregunta)
        if respuesta is None:
            await self.aplicacion(scope, receive, _aprendiendo(scope, pregunta, send))
            return
        estado, cabeceras, cuerpo = respuesta
        await send({"type": "http.response.start", "status": estado, "headers": cabeceras})
        await send({"type": "http.response.body", "body": cuerpo})


def _leer(scope: dict[str, Any]) -> Pregunta | None:
    """The request, if it is one of the catalogue's and there is nothing odd about it."""
    if scope["type"] != "http" or not scope["path"].startswith(BASE):
        return None
    cabeceras = {nombre: valor.decode("latin-1") for nombre, valor in scope["headers"]}
    seccion = _RUTAS.get(scope["path"])
    consulta = _consulta(scope["query_string"])
    if seccion is None or consulta is None or not _sencilla(scope, cabeceras):
        return None
    return Pregunta(
        seccion,
        consulta.get("codificacion", "base64"),
        _identidad(scope, cabeceras, consulta.get("sucursal", "")),
        cabeceras.get(b"if-none-match", ""),
        acepta_gzip(cabeceras.get(b"accept-encoding", "")),
    )


def _consulta(escrita: bytes) -> dict[str, str] | None:
    """The query's parameters, if they are ours, once each and right."""
    dichos = pares(escrita)
    if dichos is None:
        return None
    consulta = dict(dichos)
    nuestra = len(consulta) == len(dichos) and consulta.keys() <= {"sucursal", "codificacion"}
    return consulta if nuestra and consulta.get("codificacion", "base64") in TIPOS else None


def _sencilla(scope: dict[str, Any], cabeceras: dict[bytes, str]) -> bool:
    """A GET without a body, a header twice, or another condition than If-None-Match."""
    return (
        scope["method"] == "GET"
        and not scope.get("root_path")
        and len(scope["headers"]) == len(cabeceras)
        and not _RARAS & cabeceras.keys()
    )


def _identidad(scope: dict[str, Any], cabeceras: dict[bytes, str], sucursal: str) -> Identidad:
    """Credentials, and whatever else decides whether Django lets the request through."""
    galletas = parse_cookie(cabeceras.get(b"cookie", ""))
    return (
        cabeceras.get(b"authorization", ""),
        galletas.get(settings.SESSION_COOKIE_NAME, ""),
        cabeceras.get(b"host", ""),
        scope.get("scheme", "http"),
        cabeceras.get(b"x-forwarded-proto", ""),
        sucursal,
    )


def _responder(pregunta: Pregunta) -> tuple[int, Cabeceras, bytes] | None:
    concesion = concesiones.de(pregunta.identidad)
    manifiesto = recordado(concesion.sucursal_id) if concesion else None
    if concesion is None or manifiesto is None:
        return None
    if not pregunta.seccion:
        etag = etiqueta(manifiesto.version, "pedida" if pregunta.identidad[-1] else "")
        return _no_cambio(concesion, pregunta, etag)
    sha256 = manifiesto.secciones[pregunta.seccion].sha256
    etag = etiqueta(sha256, pregunta.codificacion)
    return _no_cambio(concesion, pregunta, etag) or _entera(concesion, pregunta, etag, sha256)


def _no_cambio(
    concesion: Concesion, pregunta: Pregunta, etag: str
) -> tuple[int, Cabeceras, bytes] | None:
    if not pregunta.if_none_match or not ya_lo_tiene(pregunta.if_none_match, etag):
        return None
    return 304, [*concesion.cabeceras, (b"etag", etag.encode())], b""


def _entera(
    concesion: Concesion, pregunta: Pregunta, etag: str, sha256: str
) -> tuple[int, Cabeceras, bytes] | None:
    forma = pregunta.codificacion + (GZIP if pregunta.con_gzip else "")
    cuerpo = memoria.forma(sha256, forma)
    if cuerpo is None:
        return None
    cabeceras = [
        *concesion.cabeceras,
        (b"etag", etag.encode()),
        (b"content-type", TIPOS[pregunta.codificacion].encode()),
        (b"content-length", b"%d" % len(cuerpo)),
    ]
    if pregunta.con_gzip:
        cabeceras.append((b"content-encoding", b"gzip"))
    return 200, cabeceras, cuerpo


def _aprendiendo(scope: dict[str, Any], pregunta: Pregunta, send: Enviar) -> Enviar:
    """A `send` that remembers that the view let this user read a branch, and its headers."""
    generacion = concesiones.generacion

    async def enviar(mensaje: Mensaje) -> None:
        if mensaje["type"] == "http.response.start" and mensaje["status"] in (200, 304):
            sucursal_id = scope.get(CONCEDIDA)
            if sucursal_id is not None:
                concesion = _concesion(sucursal_id, mensaje["headers"])
                concesiones.conceder(pregunta.identidad, concesion, generacion)
        await send(mensaje)

    return enviar


def _concesion(sucursal_id: int, cabeceras: Sequence[tuple[bytes, bytes]]) -> Concesion:
    generales = [(n.lower(), v) for n, v in cabeceras if n.lower() not in _PROPIAS]
    return Concesion(sucursal_id, generales, time.monotonic() + VIDA)
