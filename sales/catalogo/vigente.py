"""The catalogue a reader gets: from memory, else from Redis, else built on the spot.

Of many readers who find nothing at once, one builds and the others wait for it.
"""

from __future__ import annotations

import logging

from django.utils import timezone
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from core.errores import ErrorDominio
from gestion_precios.models import Sucursal
from sales.catalogo import deposito
from sales.catalogo.memoria import CREER_SIN_REDIS, memoria
from sales.catalogo.publicacion import reconstruir
from sales.catalogo.secciones import Manifiesto

registro = logging.getLogger(__name__)
# A change that no worker took care of for this long is taken care of by whoever reads.
GRACIA = 15.0
INTENTOS = 3


def recordado(sucursal_id: int) -> Manifiesto | None:
    """The branch's manifest if this process can answer for it without asking anybody."""
    return memoria.manifiesto(sucursal_id, _ahora())


def vigente(sucursal: Sucursal) -> Manifiesto:
    """The branch's manifest, of today's prices."""
    manifiesto = recordado(sucursal.pk)
    if manifiesto is not None:
        return manifiesto
    with memoria.candado(sucursal.pk):
        return recordado(sucursal.pk) or _publicado(sucursal.pk) or reconstruir(sucursal)


def forma_de(sucursal: Sucursal, seccion: str, forma: str) -> tuple[str, bytes]:
    """The content hash of a section of the branch, and one of its forms."""
    for _intento in range(INTENTOS):
        sha256 = vigente(sucursal).secciones[seccion].sha256
        datos = _leer(sha256, forma)
        if datos is not None:
            return sha256, datos
        # The manifest outlived its section: an eviction, or a Redis that went away just now.
        with memoria.candado(sucursal.pk):
            if _leer(sha256, forma) is None:
                reconstruir(sucursal)
    raise ErrorDominio(
        _("El catálogo no está disponible. Reintentar en unos segundos."),
        codigo="catalogo_no_disponible",
        estado=503,
    )


def _publicado(sucursal_id: int) -> Manifiesto | None:
    """What Redis has, if it is of today; without Redis, what this process saw a while ago."""
    try:
        manifiesto = deposito.leer_manifiesto(sucursal_id, gracia=GRACIA)
    except RedisError as error:
        registro.warning("catalogo_sin_redis", extra={"error": type(error).__name__})
        return memoria.manifiesto(sucursal_id, _ahora(), creer=CREER_SIN_REDIS)
    if manifiesto is None or _ahora() >= manifiesto.vence:
        return None
    memoria.recordar(sucursal_id, manifiesto)
    return manifiesto


def _leer(sha256: str, forma: str) -> bytes | None:
    datos = memoria.forma(sha256, forma)
    if datos is not None:
        return datos
    try:
        datos = deposito.leer_forma(sha256, forma)
    except RedisError as error:
        registro.warning("catalogo_sin_redis", extra={"error": type(error).__name__})
        return None
    if datos is not None:
        memoria.recordar_formas(sha256, {forma: datos})
    return datos


def _ahora() -> float:
    return timezone.now().timestamp()
