"""The link with which somebody chooses their password: signed, for once, and for seven days.

It opens the account as it was when the link was made: a new password, a new link, or any change
of what the person may do, ends it. So does the end of the right of whoever made it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.contrib.auth.models import Permission, User
from django.core import signing
from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac

from core.acceso.credenciales import huella_de
from sales.personas.derechos import puede_gestionar

DURA: Final = timedelta(days=7)
_SAL: Final = "sales.personas.invitaciones"
_LARGO_MAXIMO: Final = 300


def token_de(usuario: User, *, quien: User) -> str:
    """The token of the user's link, from now on, while whoever makes it may give it."""
    return signing.dumps([usuario.pk, quien.pk, huella_de_derechos(usuario)], salt=_SAL)


def invitado_de(token: str, *, para_escribir: bool = False) -> User | None:
    """Whose link it is, while it is worth something; locked, if a password is to be written."""
    try:
        clave, autor, huella = signing.loads(token[:_LARGO_MAXIMO], salt=_SAL, max_age=DURA)
    except (signing.BadSignature, ValueError):
        return None
    usuarios = User.objects.select_for_update() if para_escribir else User.objects.all()
    usuario = usuarios.filter(pk=clave, is_active=True).first()
    if usuario is None or usuario.has_usable_password():
        return None
    if not constant_time_compare(huella, huella_de_derechos(usuario)):
        return None
    quien = User.objects.filter(pk=autor, is_active=True).first()
    return usuario if quien is not None and puede_gestionar(quien, usuario) else None


def huella_de_derechos(usuario: User) -> str:
    """A fingerprint of the password and of all that the person may do, also by their groups."""
    permisos = Permission.objects.filter(Q(user=usuario) | Q(group__user=usuario))
    partes = (
        huella_de(usuario),
        usuario.username,
        usuario.is_active,
        sorted(usuario.groups.values_list("pk", flat=True)),
        sorted(set(permisos.values_list("pk", flat=True))),
        sorted(usuario.perfiles.values_list("sucursal", flat=True)),
    )
    return salted_hmac(_SAL, repr(partes), algorithm="sha256").hexdigest()[:32]


def huella_de_pagina(usuario: User) -> str:
    """A fingerprint of all that a person's page writes, names and mail too."""
    nombres = (usuario.first_name, usuario.last_name, usuario.email)
    partes = (huella_de_derechos(usuario), *nombres)
    return salted_hmac(_SAL, repr(partes), algorithm="sha256").hexdigest()[:32]
