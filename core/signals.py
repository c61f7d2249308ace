"""What ends a user's credentials, seen where it is written: in the rows of users and groups.

A write by `QuerySet.update` tells nobody; `core/tests/acceso/test_credenciales.py` finds those in
the code. Sessions and tickets notice them all the same, for they compare the user's row.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import get_hasher, identify_hasher
from django.contrib.auth.models import Group, User
from django.contrib.auth.signals import user_logged_in
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.http import HttpRequest

from core.acceso.credenciales import Motivo, avisar, terminar, terminar_llaves
from core.acceso.sesiones import anotar_sello

_CAMPOS: Final = ("password", "is_active", "is_staff", "is_superuser")
# Between a user's pre_save and post_save: what the write takes away.
_QUITADO: Final = "_credenciales_quitado"


def conectar() -> None:
    """Connect every receiver, once."""
    uno = "core.acceso.credenciales"
    pre_save.connect(_antes_de_guardar, sender=User, dispatch_uid=uno)
    post_save.connect(_al_guardar, sender=User, dispatch_uid=uno)
    post_delete.connect(_al_borrar, sender=User, dispatch_uid=uno)
    for tabla in (User.groups.through, User.user_permissions.through):
        m2m_changed.connect(_al_quitar_al_usuario, sender=tabla, dispatch_uid=f"{uno}.{tabla}")
    m2m_changed.connect(_al_quitar_al_grupo, sender=Group.permissions.through, dispatch_uid=uno)
    pre_save.connect(_al_renombrar_grupo, sender=Group, dispatch_uid=f"{uno}.grupo")
    pre_delete.connect(_al_borrar_grupo, sender=Group, dispatch_uid=f"{uno}.grupo")
    user_logged_in.connect(_al_entrar, dispatch_uid=uno)


def _antes_de_guardar(
    sender: type[User], instance: User, update_fields: Collection[str] | None = None, **_mas: Any
) -> None:
    campos = [c for c in _CAMPOS if update_fields is None or c in update_fields]
    antes = User.objects.filter(pk=instance.pk).values(*campos).first() if campos else None
    setattr(instance, _QUITADO, _quitado(antes, instance, update_fields) if antes else None)


def _quitado(
    antes: dict[str, Any], ahora: User, update_fields: Collection[str] | None
) -> Motivo | None:
    """What a write of these columns takes from the user, the gravest first."""
    if antes.get("is_active") and not ahora.is_active:
        return Motivo.DESACTIVADO
    for rango in ("is_staff", "is_superuser"):
        if antes.get(rango) and not getattr(ahora, rango):
            return Motivo.RANGO
    clave = antes.get("password", ahora.password)
    if clave != ahora.password and not _solo_renueva(clave, ahora, update_fields):
        return Motivo.CONTRASENA
    return None


def _solo_renueva(clave: str, ahora: User, update_fields: Collection[str] | None) -> bool:
    """Whether the same password is written in a newer form, as Django does when somebody enters."""
    # What was typed: gone again, after Django wrote its hash itself. Who writes a hash has none.
    tecleada = vars(ahora).get("_password", "")
    if tecleada is not None or set(update_fields or ()) != {"password"}:
        return False
    try:
        antiguo, actual = identify_hasher(clave), get_hasher()
    except ValueError:
        return False
    return antiguo.algorithm != actual.algorithm or actual.must_update(clave)


def _al_guardar(sender: type[User], instance: User, **_mas: Any) -> None:
    motivo = getattr(instance, _QUITADO, None)
    if motivo is Motivo.CONTRASENA:
        terminar_llaves(instance.pk, motivo)
    elif motivo is not None:
        terminar([instance.pk], motivo)


def _al_borrar(sender: type[User], instance: User, **_mas: Any) -> None:
    avisar(instance.pk, Motivo.BORRADO)


def _al_quitar_al_usuario(
    instance: User | Model, action: str, reverse: bool, pk_set: set[int] | None, **_mas: Any
) -> None:
    """A user left a group, or lost a permission; from the other end, a group lost users."""
    if action not in ("post_remove", "pre_clear"):
        return
    if not reverse:
        terminar([instance.pk], Motivo.GRUPO)
    elif pk_set is not None:
        terminar(pk_set, Motivo.GRUPO)
    else:
        terminar(instance.user_set.values_list("pk", flat=True), Motivo.GRUPO)  # type: ignore[union-attr]  # a group


def _al_quitar_al_grupo(
    instance: Group | Model, action: str, reverse: bool, pk_set: set[int] | None, **_mas: Any
) -> None:
    """A group lost a permission, and with it whoever is in it."""
    if action not in ("post_remove", "pre_clear"):
        return
    if not reverse:
        grupos: Collection[int] = [instance.pk]
    elif pk_set is not None:
        grupos = pk_set
    else:
        grupos = instance.group_set.values_list("pk", flat=True)  # type: ignore[union-attr]  # a permission
    terminar(_miembros(grupos), Motivo.PERMISO)


def _al_renombrar_grupo(sender: type[Group], instance: Group, **_mas: Any) -> None:
    """A group's name is its role at the desk."""
    antes = Group.objects.filter(pk=instance.pk).exclude(name=instance.name)
    terminar(_miembros(antes.values_list("pk", flat=True)), Motivo.GRUPO)


def _al_borrar_grupo(sender: type[Group], instance: Group, **_mas: Any) -> None:
    terminar(_miembros([instance.pk]), Motivo.GRUPO)


def _miembros(grupos: Collection[int]) -> list[int]:
    return list(User.objects.filter(groups__in=list(grupos)).values_list("pk", flat=True))


def _al_entrar(request: HttpRequest | None, user: User, **_mas: Any) -> None:
    """The session that begins notes the stamp; a key's request begins none."""
    sesion = getattr(request, "session", None)
    if sesion is not None and sesion.get(SESSION_KEY) == str(user.pk):
        anotar_sello(sesion, user.pk)
