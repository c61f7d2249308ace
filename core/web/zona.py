"""The clock of the hours that pages show: that of the company of whoever looks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

Zona = Callable[[HttpRequest], str]
_zonas: list[Zona] = []


def registrar_zona(zona: Zona) -> None:
    """Say what clock somebody's pages have; empty where nobody can say."""
    _zonas[:] = [zona]


class ZonaDePagina(tzinfo):
    """Asked for when the first hour is drawn: most requests draw none."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def _zona(self) -> tzinfo:
        nombre = _zonas[0](self._request) if _zonas and hasattr(self._request, "user") else ""
        return ZoneInfo(nombre) if nombre else timezone.get_default_timezone()

    def utcoffset(self, momento: datetime | None) -> timedelta | None:
        """How far from UTC the company's clock is."""
        return self._zona.utcoffset(momento)

    def dst(self, momento: datetime | None) -> timedelta | None:
        """How much of that is summer time."""
        return self._zona.dst(momento)

    def tzname(self, momento: datetime | None) -> str | None:
        """The name of the company's clock at that moment."""
        return self._zona.tzname(momento)

    def fromutc(self, momento: datetime) -> datetime:
        """The moment by the company's clock, and not by this stand-in of it."""
        return self._zona.fromutc(momento.replace(tzinfo=self._zona))

    def __str__(self) -> str:
        """The name that databases know it by."""
        return str(self._zona)


class ZonaMiddleware:
    """Pages have their reader's clock; REST answers with moments, which have the server's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/"):
            return self.get_response(request)
        with timezone.override(ZonaDePagina(request)):
            return self.get_response(request)
