"""A branch taken from somebody ends what let them in, as a role that was taken does."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, pre_save

from core.acceso.credenciales import Motivo, terminar
from sales.models import Perfil


def conectar() -> None:
    """Connect both receivers, once."""
    pre_save.connect(_al_cambiar, sender=Perfil, dispatch_uid="sales.personas.vinculos")
    post_delete.connect(_al_quitar, sender=Perfil, dispatch_uid="sales.personas.vinculos")


def _al_cambiar(sender: type[Perfil], instance: Perfil, **_mas: Any) -> None:
    """A row that says another user or branch than before was taken from somebody."""
    antes = Perfil.objects.filter(pk=instance.pk)
    otro = antes.exclude(usuario=instance.usuario_id, sucursal=instance.sucursal_id)
    terminar(otro.values_list("usuario_id", flat=True), Motivo.SUCURSAL)


def _al_quitar(
    sender: type[Perfil],
    instance: Perfil,
    origin: Model | QuerySet[Any] | None = None,
    **_mas: Any,
) -> None:
    """Unless the whole user goes: there will be nobody to stamp."""
    modelo = origin.model if isinstance(origin, QuerySet) else type(origin)
    if modelo is not User:
        terminar([instance.usuario_id], Motivo.SUCURSAL)
