"""The door: who is asking is decided once, before anything else sees the request.

From here on `REMOTE_ADDR` (ASGI's `client`) is the client's address and the scheme the client's
own. Headers that name either are gone, believed or not, so that no library can read another
answer out of them. Doing it twice changes nothing: ASGI's pieces before Django need it, and so do
those that come to Django another way.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request

from core.entrada.direcciones import DESCONOCIDA, Confianza, Origen, red_de, resolver

Mensaje = Mapping[str, Any]
Recibir = Callable[[], Awaitable[Mensaje]]
Enviar = Callable[[Mensaje], Awaitable[None]]
Aplicacion = Callable[[dict[str, Any], Recibir, Enviar], Awaitable[None]]

logger = logging.getLogger(__name__)
CADENA: Final = "x-forwarded-for"
ESQUEMA: Final = "x-forwarded-proto"
# What proxies, and whoever plays one, say of addresses and schemes, besides `X-Forwarded-…`.
REENVIOS: Final = frozenset(
    {
        "cf-connecting-ip",
        "cf-connecting-ipv6",
        "cf-pseudo-ipv4",
        "client-ip",
        "fastly-client-ip",
        "fly-client-ip",
        "forwarded",
        "forwarded-for",
        "front-end-https",
        "remote-addr",
        "true-client-ip",
        "x-appengine-user-ip",
        "x-azure-clientip",
        "x-client-ip",
        "x-cluster-client-ip",
        "x-envoy-external-address",
        "x-forwarded",
        "x-host",
        "x-original-forwarded-for",
        "x-original-host",
        "x-original-url",
        "x-originating-ip",
        "x-real-ip",
        "x-remote-addr",
        "x-remote-ip",
        "x-rewrite-url",
        "x-url-scheme",
    }
)


class QuienPregunta:
    """ASGI, outermost: the scope says who asks, and no header does."""

    def __init__(self, aplicacion: Aplicacion) -> None:
        self.aplicacion = aplicacion

    async def __call__(self, scope: dict[str, Any], receive: Recibir, send: Enviar) -> None:
        """Hand the request on with its client and scheme decided."""
        await self.aplicacion(_resuelto(scope), receive, send)


class QuienMiddleware:
    """Django's first middleware: decides who asks for requests that did not come through ASGI."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta = request.META
        dichos = {
            nombre: str(meta.pop(f"HTTP_{nombre}"))
            for nombre in [n[5:] for n in meta if n.startswith("HTTP_")]
            if _es_reenvio(nombre)
        }
        origen = quien(
            meta.get("REMOTE_ADDR"),
            dichos.get("X_FORWARDED_FOR", ""),
            dichos.get("X_FORWARDED_PROTO", ""),
            hay=bool(dichos),
        )
        meta["REMOTE_ADDR"] = meta["REMOTE_HOST"] = origen.direccion
        if origen.esquema:
            # Where each kind of request keeps its scheme.
            meta["wsgi.url_scheme"] = getattr(request, "scope", {})["scheme"] = origen.esquema
        return self.get_response(request)


def quien(vecino: str | None, cadena: str, esquemas: str, *, hay: bool = False) -> Origen:
    """Who asks, as far as PROXIES_DE_CONFIANZA and REDES_DE_PROXIES believe what is said."""
    confianza = Confianza(settings.PROXIES_DE_CONFIANZA, tuple(settings.REDES_DE_PROXIES))
    origen = resolver(vecino, cadena, esquemas, confianza)
    if hay and confianza.proxies and not origen.creido:
        _avisar(red_de(origen.direccion))
    return origen


def direccion_de(request: HttpRequest | Request) -> str:
    """The client's address: for lockout, limits, audit and logs alike."""
    return str(request.META.get("REMOTE_ADDR") or DESCONOCIDA)


def _resuelto(scope: dict[str, Any]) -> dict[str, Any]:
    if scope["type"] not in ("http", "websocket"):
        return scope
    dichos: dict[str, list[str]] = {}
    cabeceras = []
    for nombre, valor in scope["headers"]:
        texto = nombre.decode("latin-1").lower()
        if _es_reenvio(texto):
            dichos.setdefault(texto, []).append(valor.decode("latin-1"))
        else:
            cabeceras.append((nombre, valor))
    cliente = scope.get("client")
    origen = quien(
        cliente[0] if cliente else None,
        ",".join(dichos.get(CADENA, [])),
        ",".join(dichos.get(ESQUEMA, [])),
        hay=bool(dichos),
    )
    resuelto = scope | {"client": (origen.direccion, 0), "headers": cabeceras}
    return resuelto | ({"scheme": origen.esquema} if origen.esquema else {})


def _es_reenvio(nombre: str) -> bool:
    """Whether a header is about who asks; one spelt with underscores is the same to Django."""
    llano = nombre.lower().replace("_", "-")
    return llano in REENVIOS or llano.startswith("x-forwarded-")


@lru_cache(maxsize=64)
def _avisar(red: str) -> None:
    """Log once for each address: a proxy nobody named, or somebody who would like to be one."""
    logger.warning("reenvio_sin_confianza", extra={"direccion": red})
