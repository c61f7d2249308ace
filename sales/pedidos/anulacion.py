"""Voiding a document or one of its lines: who, when and why are written once and stay."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errores import ErrorDominio
from sales.models import TEXTO_ANULACION, Anulable, Orders, OrdersDetail
from sales.pedidos.estados import bloquear, bloquear_para, guardar
from sales.pedidos.lo_permitido import exigir
from sales.signals import Hecho, pedido_cambiado

LARGO_GECOS = 150


@transaction.atomic
def anular(*, pedido_id: int, usuario: User, motivo: str, detalle_id: int | None = None) -> Orders:
    """Void the document, or the line `detalle_id` of it; `status` stays as it is.

    Raises ErrorDominio: 400 `motivo_vacio`/`motivo_largo`, 404 `linea_ajena`, 409 `ya_anulado`.
    """
    motivo = _motivo(motivo)
    if detalle_id is not None:
        return _anular_linea(bloquear(pedido_id), detalle_id, usuario, motivo)
    pedido = bloquear_para(Hecho.ANULACION, pedido_id)
    campos = _marcar(pedido, usuario, motivo)
    return guardar(pedido, Hecho.ANULACION, usuario, *campos)


def nombre_gecos(usuario: User) -> str:
    """The person's name as the void mark keeps it."""
    return (usuario.get_full_name() or usuario.get_username())[:LARGO_GECOS]


def _anular_linea(pedido: Orders, detalle_id: int, usuario: User, motivo: str) -> Orders:
    linea = _linea_en_vigor(pedido, detalle_id)
    exigir(pedido, Hecho.ANULACION_DE_LINEA)
    linea.save(update_fields=_marcar(linea, usuario, motivo))
    pedido_cambiado.send(
        sender=Orders,
        pedido=pedido,
        hecho=Hecho.ANULACION_DE_LINEA,
        usuario=usuario,
        detalle_id=linea.pk,
    )
    return pedido


def _linea_en_vigor(pedido: Orders, detalle_id: int) -> OrdersDetail:
    linea = pedido.detalles.filter(pk=detalle_id).first()
    if linea is None:
        raise ErrorDominio(
            _("Esa línea no es de este pedido."), codigo="linea_ajena", campo="detalle", estado=404
        )
    if linea.anulado_040:
        raise ErrorDominio(_("La línea ya está anulada."), codigo="ya_anulado", estado=409)
    return linea


def _marcar(anulable: Anulable, usuario: User, motivo: str) -> list[str]:
    anulable.anulado_040 = True
    anulable.anulado_040_fecha = timezone.now()
    anulable.anulado_040_por_gecos = nombre_gecos(usuario)
    anulable.anulado_040_motivo = motivo
    return [
        "anulado_040",
        "anulado_040_fecha",
        "anulado_040_por_gecos",
        "anulado_040_motivo",
    ]


def _motivo(texto: str) -> str:
    motivo = texto.strip()
    if not motivo:
        raise ErrorDominio(
            _("Escribir el motivo de la anulación."), codigo="motivo_vacio", campo="motivo"
        )
    if len(motivo) > TEXTO_ANULACION:
        raise ErrorDominio(
            _("El motivo no pasa de %(maximo)s caracteres.") % {"maximo": TEXTO_ANULACION},
            codigo="motivo_largo",
            campo="motivo",
        )
    return motivo
