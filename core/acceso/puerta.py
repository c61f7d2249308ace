"""Who may try a password now: counted in the database before it is looked at.

Three counts, each of the last fifteen minutes (docs/operacion.md tells them to people):
a person at an address, 5; an address with anybody's name, 50; a person from anywhere, 20. The first
two close. The third only slows: one try every five seconds, and whoever comes too early is given a
turn that holds. A browser this person has signed in with is counted by itself alone.

A try is counted before its password is checked, in one transaction with the look at the counts,
so that fifty at once are no more than fifty one by one; a right password takes its count back.
django-axes' table keeps the counts: its page and its commands show and forget them.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from axes.models import AccessAttempt
from django.conf import settings
from django.db import connections, router, transaction
from django.db.models import F, Max, QuerySet, Sum, TextField, Value
from django.db.models.functions import Concat
from django.utils import timezone

from core.entrada.direcciones import red_ancha

VENTANA: Final = timedelta(hours=settings.AXES_COOLOFF_TIME)
POR_PAR: Final[int] = settings.AXES_FAILURE_LIMIT
POR_DIRECCION: Final = 50
POR_PERSONA: Final = 20
PAUSA: Final = timedelta(seconds=5)
# A turn is kept for a minute; none is given that lies further ahead than the window.
TURNO_VALE: Final = timedelta(minutes=1)
TURNO: Final = "turno"
# One for each try that was looked at and wrong, and when to ask again while some are not yet.
FALLO: Final = "x"
PRONTO: Final = timedelta(seconds=2)
LARGO_NOMBRE: Final = 150
# No account's name: the row counts tries at several that look alike.
VARIAS: Final = "\n"
# Turns that one network may have at a time, whatever addresses it has: a home has 256 of IPv6's.
TURNOS_POR_RED: Final = 3
Filas = QuerySet[Any]


@dataclass(frozen=True)
class Solicitante:
    """Who wants to try: a name, a counted address, a device if it is this person's.

    `nombre`: the very account that was asked for; names that look alike count as one `persona`.
    """

    persona: str
    red: str
    dispositivo: str | None = None
    ruta: str = ""
    nombre: str = ""

    @property
    def fila(self) -> dict[str, Any]:
        """What the row that counts this one is known by."""
        donde = None if self.dispositivo else self.red
        navegador = f"dispositivo {self.dispositivo}" if self.dispositivo else ""
        return {"username": self.persona, "ip_address": donde, "user_agent": navegador}


@dataclass(frozen=True)
class Admision:
    """Whether the password may be looked at, or for how long not, and which count says so."""

    espera: timedelta = timedelta()
    motivo: str = ""
    fallas: int = 0

    @property
    def cerrada(self) -> bool:
        """Whether this try is refused for now: somebody has to wait."""
        return bool(self.espera)

    @property
    def ultima(self) -> bool:
        """This try, if it is wrong, closes the door behind itself."""
        return self.fallas >= POR_PAR


def ahora() -> datetime:
    """The door's clock."""
    return timezone.now()


def persona_de(nombre: str | None) -> str:
    """A name as it is counted: one for all its spellings, none longer than a real one."""
    return nombre_de(nombre_de(nombre).casefold())


def nombre_de(nombre: str | None) -> str:
    """A name as an account has it, capitals and all; what cannot be one is made fit to be kept."""
    llano = unicodedata.normalize("NFKC", (nombre or "").replace("\0", ""))
    return " ".join(llano.encode("utf-8", "replace").decode().split())[:LARGO_NOMBRE]


def admitir(quien: Solicitante) -> Admision:
    """Count a try and let it be checked, or say how long to wait; what is refused counts not."""
    with transaction.atomic(using=router.db_for_write(AccessAttempt)):
        _de_a_uno(quien)
        momento = ahora()
        fila = AccessAttempt.objects.filter(**quien.fila).first()
        fallas = fila.failures_since_start if fila and _vigente(fila, momento) else 0
        if fallas >= POR_PAR:
            return Admision(_cuando_abre(fila, momento) - momento, "par", fallas)
        if not quien.dispositivo:
            frenada = _por_direccion(quien, momento) or _por_persona(quien, fila, momento)
            if frenada:
                return frenada
        _anotar(quien, momento, fallas + 1, "")
        return Admision(fallas=fallas + 1)


def confirmar(quien: Solicitante) -> None:
    """The password was wrong: one failure more in the row that counts it."""
    filas = AccessAttempt.objects.filter(**quien.fila)
    filas.update(post_data=Concat("post_data", Value(FALLO), output_field=TextField()))


def perdonar(quien: Solicitante) -> int:
    """The password was right: this one's count starts anew. How many rows changed.

    Where another account's name that looks alike was tried, only this try is taken back: whoever
    has such a name would otherwise guess at the other's for ever.
    """
    filas = AccessAttempt.objects.filter(**quien.fila)
    if borradas := filas.filter(http_accept=quien.nombre).delete()[0]:
        return int(borradas)
    contadas = filas.filter(failures_since_start__gt=0)
    return int(contadas.update(failures_since_start=F("failures_since_start") - 1))


def olvidar_viejas() -> int:
    """Delete what nobody counts any more; a day is kept to be looked at."""
    viejas = AccessAttempt.objects.filter(attempt_time__lt=ahora() - timedelta(days=1))
    return int(viejas.delete()[0])


def _de_a_uno(quien: Solicitante) -> None:
    """Wait for who is being counted for the same name or address (SQLite: for everybody)."""
    conexion = connections[router.db_for_write(AccessAttempt)]
    if conexion.vendor != "postgresql":
        return
    claves = {_clave(f"persona {quien.persona}"), _clave(f"red {quien.red}")}
    with conexion.cursor() as cursor:
        # In one order for all, or two could wait for each other.
        for clave in sorted(claves):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [clave])


def _clave(texto: str) -> int:
    resumen = hashlib.sha256(f"core.acceso.puerta {texto}".encode()).digest()
    return int.from_bytes(resumen[:8], "big", signed=True)


def _vigente(fila: Any, momento: datetime) -> bool:
    return bool(fila.attempt_time > momento - VENTANA)


def _cuando_abre(fila: Any, momento: datetime) -> datetime:
    """When to ask again: soon while tries are still being looked at, for some may be right."""
    vistas = len(fila.post_data)
    return fila.attempt_time + VENTANA if vistas >= POR_PAR else momento + PRONTO


def _recientes(momento: datetime) -> Filas:
    """The counts of unknown browsers: a known one's mistakes are no reason to stop a stranger."""
    filas: Filas = AccessAttempt.objects.filter(user_agent="")
    return filas.filter(attempt_time__gt=momento - VENTANA)


def _por_direccion(quien: Solicitante, momento: datetime) -> Admision | None:
    filas = _recientes(momento).filter(ip_address=quien.red, failures_since_start__gt=0)
    cuentas = list(
        filas.order_by("attempt_time").values_list("attempt_time", "failures_since_start")
    )
    total = sum(fallas for _, fallas in cuentas)
    if total < POR_DIRECCION:
        return None
    # It opens when enough of the oldest have gone.
    abre = momento
    for cuando, fallas in cuentas:
        if total >= POR_DIRECCION:
            abre = cuando + VENTANA
        total -= fallas
    return Admision(abre - momento, "direccion")


def _por_persona(quien: Solicitante, fila: Any, momento: datetime) -> Admision | None:
    resumen = (
        _recientes(momento)
        .filter(username=quien.persona)
        .aggregate(fallas=Sum("failures_since_start"), ultima=Max("attempt_time"))
    )
    if (resumen["fallas"] or 0) < POR_PERSONA:
        return None
    if fila and fila.get_data == TURNO:
        if momento < fila.attempt_time:
            return Admision(fila.attempt_time - momento, "persona")
        if momento <= fila.attempt_time + TURNO_VALE:
            return None
    turno = max(resumen["ultima"] + PAUSA, momento)
    if turno == momento:
        return None
    if turno - momento <= VENTANA and _queda_turno(quien, momento):
        fallas = fila.failures_since_start if fila and _vigente(fila, momento) else 0
        _anotar(quien, turno, fallas, TURNO)
    return Admision(turno - momento, "persona")


def _queda_turno(quien: Solicitante, momento: datetime) -> bool:
    """Whether the network at large has turns left: others are not to wait for all its addresses."""
    dados = AccessAttempt.objects.filter(
        username=quien.persona, get_data=TURNO, attempt_time__gt=momento - TURNO_VALE
    )
    ancha = red_ancha(quien.red)
    redes = dados.exclude(ip_address=quien.red).values_list("ip_address", flat=True)
    return sum(red_ancha(red or "") == ancha for red in redes) < TURNOS_POR_RED


def _anotar(quien: Solicitante, momento: datetime, fallas: int, turno: str) -> None:
    fila, nueva = AccessAttempt.objects.get_or_create(
        **quien.fila, defaults={"failures_since_start": fallas}
    )
    empieza = nueva or fallas == (0 if turno else 1)
    suyo = empieza or fila.http_accept == quien.nombre
    # Not by `save`: the column that says when fills itself in at an insert.
    AccessAttempt.objects.filter(pk=fila.pk).update(
        failures_since_start=fallas,
        attempt_time=momento,
        path_info=quien.ruta[:255],
        get_data=turno,
        # A count that begins has no failures, and is of one account.
        post_data="" if empieza else fila.post_data,
        http_accept=quien.nombre if suyo else VARIAS,
    )
