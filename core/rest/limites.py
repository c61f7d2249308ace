"""REST limits per minute: a counter in the cache, exact in parallel, open when it is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.request import Request
from rest_framework.throttling import (
    AnonRateThrottle,
    ScopedRateThrottle,
    SimpleRateThrottle,
    UserRateThrottle,
)

from core.entrada.direcciones import red_de
from core.entrada.quien import direccion_de

if TYPE_CHECKING:
    # These classes are part of that module's own defaults.
    from rest_framework.views import APIView


class VentanaFija(SimpleRateThrottle):
    """Counts in a window; DRF's own list of moments grows with the limit and loses races."""

    # Read from the rate by the parent; both None when there is no limit.
    num_requests: int | None
    duration: int | None
    falta = 0.0

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether this request is still within the window's limit."""
        clave = None if self.rate is None else self.get_cache_key(request, view)
        if clave is None or not self.duration or self.num_requests is None:
            return True
        ventana, pasado = divmod(float(self.timer()), self.duration)
        self.falta = self.duration - pasado
        return self._contar(f"{clave}_{ventana:.0f}") <= self.num_requests

    def get_ident(self, request: Request) -> str:
        """Strangers are told apart by address, of IPv6 by network: a host has billions there."""
        return red_de(direccion_de(request))

    def wait(self) -> float:
        """Seconds until the next window."""
        return self.falta

    def _contar(self, clave: str) -> int:
        self.cache.add(clave, 0, self.duration)
        try:
            return int(self.cache.incr(clave))
        except ValueError:
            # It expired in between: the first of a new window.
            return 1


class PorAnonimo(AnonRateThrottle, VentanaFija):
    """Strangers, by address."""


class PorUsuario(UserRateThrottle, VentanaFija):
    """Users, each their own."""


class PorVista(ScopedRateThrottle, VentanaFija):
    """What a view names with `throttle_scope`."""
