"""Every URL of the project, as its route, for the tables that must have a row for each."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def _rutas(resolver: URLResolver, prefijo: str = "") -> Iterator[tuple[str, URLPattern]]:
    for patron in resolver.url_patterns:
        ruta = prefijo + str(patron.pattern)
        if isinstance(patron, URLPattern):
            yield ruta, patron
        else:
            yield from _rutas(patron, ruta)


RUTAS = dict(_rutas(get_resolver()))
ADMIN = "admin/"
# The desk's and the API's; the admin has a table of its own.
PROPIAS = {ruta: patron for ruta, patron in RUTAS.items() if not ruta.startswith(ADMIN)}
