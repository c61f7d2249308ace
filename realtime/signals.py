"""News received: an unfulfilled order was saved or deleted, an order changed, a demo begins.

And that somebody's credentials ended, for their open streams.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from random import Random
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils import timezone

from core.acceso.credenciales import credenciales_terminadas
from gestion_precios.demo.carga import vaciar
from gestion_precios.signals import catalogo_por_reemplazar
from realtime.demo.vida import borrar_tarjetas, contestar_una, vivir_tarjetas
from realtime.en_vivo.emisora import emitir_fin
from realtime.en_vivo.version import avanzar
from realtime.models import (
    PreguntaEncuesta,
    RealtimeEvent,
    RealtimeRecord,
    RespuestaEncuesta,
    UnfulfilledOrder,
    VersionTablero,
)
from realtime.tarjetas.movimientos import Motivo, aplicar_reglas, retirar, tarjeta_de
from realtime.tarjetas.repaso import abrir_revision, al_cambiar_pedido
from sales.models import Orders
from sales.signals import (
    Hecho,
    demo_en_marcha,
    demo_por_borrar,
    demo_vivida,
    pedido_cambiado,
    pedido_en_revision,
)


def conectar() -> None:
    """Connect every receiver, once."""
    post_save.connect(
        handle_unfulfilled_order_in_realtime, sender=UnfulfilledOrder, dispatch_uid="realtime"
    )
    pre_delete.connect(_al_borrar, sender=UnfulfilledOrder, dispatch_uid="realtime.borrado")
    pedido_cambiado.connect(_al_cambiar, dispatch_uid="realtime.pedido")
    pedido_en_revision.connect(_al_revisar, dispatch_uid="realtime.revision")
    catalogo_por_reemplazar.connect(_al_reemplazar, dispatch_uid="realtime.de_la_demo")
    demo_vivida.connect(_al_vivir, dispatch_uid="realtime.de_la_demo")
    demo_en_marcha.connect(_al_andar, dispatch_uid="realtime.de_la_demo")
    demo_por_borrar.connect(_al_borrar_demo, dispatch_uid="realtime.de_la_demo")
    credenciales_terminadas.connect(_al_terminar, dispatch_uid="realtime.fines")
    post_delete.connect(_al_cerrar, sender=Session, dispatch_uid="realtime.fines")
    for modelo in (PreguntaEncuesta, RespuestaEncuesta):
        for suceso in (post_save, post_delete):
            suceso.connect(_otra_encuesta, sender=modelo, dispatch_uid=f"realtime.{modelo}")


def handle_unfulfilled_order_in_realtime(
    sender: type[UnfulfilledOrder],
    instance: UnfulfilledOrder,
    created: bool,
    raw: bool = False,
    **_kwargs: Any,
) -> None:
    """Show or remove the card of an unfulfilled order just saved, by the rules.

    Rows loaded from a fixture are left to `reconcile_unfulfilled`.
    """
    if raw:
        return
    with transaction.atomic():
        instance.orderobj = Orders.objects.select_for_update().get(pk=instance.orderobj_id)
        aplicar_reglas(instance, creado=created)


def _al_borrar(sender: type[UnfulfilledOrder], instance: UnfulfilledOrder, **_kwargs: Any) -> None:
    with transaction.atomic():
        instance.orderobj = Orders.objects.select_for_update().get(pk=instance.orderobj_id)
        tarjeta = tarjeta_de(instance)
        if tarjeta is not None:
            retirar(tarjeta, Motivo.BORRADO, actor=instance.actor)


def _al_cambiar(sender: object, pedido: Orders, hecho: Hecho, usuario: Any, **_kwargs: Any) -> None:
    al_cambiar_pedido(pedido, hecho, usuario)


def _al_revisar(sender: object, order_ids: list[int], **_kwargs: Any) -> None:
    abrir_revision(order_ids)


def _al_reemplazar(sender: object, **_kwargs: Any) -> None:
    vaciar((RealtimeRecord, UnfulfilledOrder, RealtimeEvent))
    # A version never goes back: whoever listens knows the last one.
    _avanzar_todos()


def _al_vivir(sender: object, ahora: datetime, azar: Random, **_kwargs: Any) -> None:
    vivir_tarjetas(ahora, azar)


def _al_andar(sender: object, azar: Random, **_kwargs: Any) -> str:
    return contestar_una(azar)


def _al_borrar_demo(sender: object, pedidos: QuerySet[Orders], **_kwargs: Any) -> None:
    borrar_tarjetas(pedidos)
    _avanzar_todos()


def _otra_encuesta(sender: object, **_kwargs: Any) -> None:
    """Every card asks it."""
    with transaction.atomic():
        _avanzar_todos()


def _avanzar_todos() -> None:
    for clave in VersionTablero.objects.order_by("clave").values_list("clave", flat=True):
        avanzar(clave)


def _al_terminar(sender: object, usuario_id: int, **_kwargs: Any) -> None:
    emitir_fin(usuario_id)


def _al_cerrar(sender: type[Session], instance: Session, **_kwargs: Any) -> None:
    """A session was signed out or replaced; one that had expired has no stream any more."""
    if instance.expire_date <= timezone.now():
        return
    usuario_id = instance.get_decoded().get(SESSION_KEY)
    if usuario_id is not None:
        transaction.on_commit(partial(emitir_fin, int(usuario_id)), robust=True)
