"""Lotes as work to be done: stored before anything else, handed out, found again when lost."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.datos.cola import publicar
from core.datos.reintentos import reintentar
from core.errores import ErrorDominio
from gestion_precios.models import Sucursal
from sales.lotes.filas_tarea import anotar_entrega
from sales.lotes.recibos import huella_lote
from sales.lotes.reserva import disponibles
from sales.models import LotePedidos

registro = logging.getLogger(__name__)
TAREA = "sales.tasks.save_orders_clients"
# A lote is handed out by the request; this long after, the sweeper takes care.
SEGUNDOS_DE_GRACIA = 10
# Between two hand-outs of a lote, by the attempts it has had (the last one for any more).
ESPERAS = (10, 10, 15, 30, 60)
POR_BARRIDO = 200
MINUTOS_DE_ATRASO = 15


def recibir_lote(
    *,
    usuario: User,
    sucursal: Sucursal,
    lote_id: UUID,
    pedidos: str,
    codificacion: str,
    version_datos: str = "",
) -> tuple[LotePedidos, bool]:
    """Store a lote and hand it out after the commit; (lote, created).

    The same lote again is the same lote, for ever; other content, or another user's, under its id
    is an ErrorDominio `lote_reutilizado`.
    """
    contenido = pedidos.encode("utf-8", "surrogatepass")
    huella = huella_lote(codificacion, contenido)
    lote, creado = reintentar(
        lambda: LotePedidos.objects.defer("contenido").get_or_create(
            pk=lote_id,
            defaults={
                "usuario": usuario,
                "sucursal": sucursal,
                "contenido": contenido,
                "codificacion": codificacion,
                "huella": huella,
                "version_datos": version_datos,
            },
        )
    )
    if creado:
        # A lambda, for Django reports a failed callback by its name, and a partial has none.
        transaction.on_commit(lambda: _entregar(lote_id), robust=True)
    elif (lote.usuario_id, lote.huella) != (usuario.pk, huella):
        raise ErrorDominio(
            _("Ese identificador de lote ya se usó con otro contenido: enviar con uno nuevo."),
            codigo="lote_reutilizado",
            campo="lote",
            estado=422,
        )
    return lote, creado


@dataclass(slots=True)
class Barrido:
    """What a sweep did: lotes handed out, and lotes waiting that no broker would take."""

    encolados: list[UUID] = field(default_factory=list)
    sin_broker: list[UUID] = field(default_factory=list)


def reencolar_lotes() -> Barrido:
    """Hand out again the lotes that nobody took or whose worker died; safe to run in parallel."""
    barrido = Barrido()
    ahora = timezone.now()
    for lote_id, encolado_en in _olvidados(ahora):
        if barrido.sin_broker:
            barrido.sin_broker.append(lote_id)
        elif _apartar(lote_id, encolado_en, ahora):
            tomado = False
            try:
                tomado = _encolar(lote_id)
            finally:
                if not tomado:
                    _apartar(lote_id, ahora, encolado_en)
            (barrido.encolados if tomado else barrido.sin_broker).append(lote_id)
    if barrido.encolados:
        registro.info("lotes_reencolados", extra={"lotes": len(barrido.encolados)})
    return barrido


def reencolar_lote(lote_id: UUID) -> bool:
    """Hand one lote out again now, as somebody asked; False when no broker takes it."""
    if not _encolar(lote_id):
        return False
    LotePedidos.objects.filter(pk=lote_id).update(encolado_en=timezone.now())
    return True


def lotes_atrasados() -> str | None:
    """Readiness: None, or the reason when a lote has been waiting for too long."""
    limite = timezone.now() - timedelta(minutes=MINUTOS_DE_ATRASO)
    try:
        atrasados = LotePedidos.objects.abiertos().filter(recibido_en__lt=limite).exists()
    except DatabaseError as error:
        return type(error).__name__
    if atrasados:
        return f"un lote espera desde hace más de {MINUTOS_DE_ATRASO} minutos"
    return None


def _olvidados(ahora: datetime) -> list[tuple[UUID, datetime | None]]:
    """The lotes due for another hand-out, those that waited longest first, and their last one."""
    gracia = ahora - timedelta(seconds=SEGUNDOS_DE_GRACIA)
    # `abiertos` adds nothing to the rest but the index of open lotes.
    olvidados = (
        LotePedidos.objects.abiertos()
        .filter(disponibles(), _toca_de_nuevo(ahora), recibido_en__lt=gracia)
        .order_by(F("encolado_en").asc(nulls_first=True), "recibido_en")
    )
    return list(olvidados.values_list("pk", "encolado_en")[:POR_BARRIDO])


def _toca_de_nuevo(ahora: datetime) -> Q:
    """Condition: never handed out by a sweep, or long enough ago for the attempts it has had."""
    toca = Q(encolado_en__isnull=True)
    for intentos, espera in enumerate(ESPERAS):
        cuantos = Q(intentos__gte=intentos) if espera == ESPERAS[-1] else Q(intentos=intentos)
        toca |= cuantos & Q(encolado_en__lt=ahora - timedelta(seconds=espera))
    return toca


def _apartar(lote_id: UUID, antes: datetime | None, despues: datetime | None) -> bool:
    """Move the lote's last hand-out from one moment to another; False if someone else did."""
    lote = LotePedidos.objects.filter(disponibles(), pk=lote_id)
    igual = Q(encolado_en__isnull=True) if antes is None else Q(encolado_en=antes)
    return bool(lote.filter(igual).update(encolado_en=despues))


def _entregar(lote_id: UUID) -> None:
    """Hand a new lote out, and note it: whoever looks can tell queued from never handed out.

    A worker may have it by now: it was handed out all the same.
    """
    if _encolar(lote_id):
        nuevo = LotePedidos.objects.filter(pk=lote_id, encolado_en__isnull=True)
        nuevo.update(encolado_en=timezone.now())


def _encolar(lote_id: UUID) -> bool:
    """Hand the lote to the broker; if that takes it, its task has a row of results from now on."""
    if not publicar(TAREA, [str(lote_id)], task_id=str(lote_id)):
        return False
    try:
        anotar_entrega(TAREA, lote_id)
    except DatabaseError as error:
        # It is in the queue whatever its row says.
        registro.warning("entrega_no_anotada", extra={"error": type(error).__name__})
    return True
