"""What lets a user in, and the one way it ends: sessions, keys, tickets and open streams.

A session notes its user's stamp (`Sello`) when it begins, and a board's ticket its user's
fingerprint; each is compared with the database whenever it is used. `core.signals` ends them by
itself whenever something is taken from a user: nobody has to remember it.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from functools import partial
from typing import Any, Final

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.dispatch import Signal
from django.utils import timezone
from django.utils.crypto import salted_hmac
from rest_framework.authtoken.models import Token

from core.models import Sello

registro = logging.getLogger(__name__)
# Once the end is committed; `usuario_id` says whose. What is cached or open is asked for again.
credenciales_terminadas = Signal()
_SAL: Final = "core.credenciales"
# More placeholders than this some SQLite refuses.
_TANDA: Final = 500


class Motivo(StrEnum):
    """Why everything that let a user in ended; for the log."""

    CONTRASENA = "contrasena"
    DESACTIVADO = "desactivado"
    RANGO = "rango"
    GRUPO = "grupo"
    PERMISO = "permiso"
    SUCURSAL = "sucursal"
    BORRADO = "borrado"
    PEDIDO = "pedido"


def terminar(usuarios: Iterable[int], motivo: Motivo) -> None:
    """End what lets these users in, for good: whoever may still come in signs in anew."""
    for usuario_id in sorted(set(usuarios)):
        with transaction.atomic():
            _otro_sello(usuario_id)
            terminar_llaves(usuario_id, motivo)


def terminar_llaves(usuario_id: int, motivo: Motivo) -> None:
    """End the user's REST keys, and have what is open looked at again.

    All that is left to do about a new password: sessions and tickets carry the old one's hash.
    """
    with transaction.atomic():
        Token.objects.filter(user_id=usuario_id).delete()
        avisar(usuario_id, motivo)


def avisar(usuario_id: int, motivo: Motivo) -> None:
    """Tell that the user's credentials changed, once this transaction commits."""
    registro.info("credenciales_terminadas", extra={"usuario": usuario_id, "motivo": motivo.value})
    noticia = partial(credenciales_terminadas.send_robust, sender=Sello, usuario_id=usuario_id)
    transaction.on_commit(noticia, robust=True)


def sello_de(usuario: AbstractBaseUser | AnonymousUser) -> int:
    """The user's stamp, as it was when the user was read."""
    try:
        valor: int = usuario.sello.valor  # type: ignore[union-attr]  # of User, by its related name
    except (Sello.DoesNotExist, AttributeError):
        return 0
    return valor


def huella_de(usuario: User) -> str:
    """A fingerprint of what the user is: another one after whatever ends credentials."""
    return _huella(
        usuario.pk, usuario.password, usuario.is_staff, usuario.is_superuser, sello_de(usuario)
    )


def huellas_vigentes(usuarios: Collection[int]) -> dict[int, str]:
    """The fingerprints of those that exist and are active."""
    columnas = ("pk", "password", "is_staff", "is_superuser", "sello__valor")
    activos = User.objects.filter(is_active=True).values_list(*columnas)
    return {
        fila[0]: _huella(*fila[:4], fila[4] or 0)
        for tanda in _tandas(usuarios)
        for fila in activos.filter(pk__in=tanda)
    }


def sesiones_vivas(claves: Collection[str]) -> set[str]:
    """The sessions of those given that neither ended nor expired."""
    vivas = Session.objects.filter(expire_date__gt=timezone.now())
    return {
        clave
        for tanda in _tandas(claves)
        for clave in vivas.filter(session_key__in=tanda).values_list("session_key", flat=True)
    }


def _otro_sello(usuario_id: int) -> None:
    filas = Sello.objects.filter(pk=usuario_id)
    siguiente = {"valor": F("valor") + 1, "cambiado_en": timezone.now()}
    if not filas.update(**siguiente):
        Sello.objects.bulk_create([Sello(usuario_id=usuario_id)], ignore_conflicts=True)
        filas.update(**siguiente)


def _huella(*partes: Any) -> str:
    texto = "\n".join(map(str, partes))
    return salted_hmac(_SAL, texto, algorithm="sha256").hexdigest()[:32]


def _tandas(cosas: Collection[Any]) -> Iterator[list[Any]]:
    lista = list(cosas)
    for desde in range(0, len(lista), _TANDA):
        yield lista[desde : desde + _TANDA]
