"""The forms of people's pages, errors by field; whether the deed may be done, the deed says."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib.auth.models import User
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from core.texto.normal import normalizar
from sales.personas.derechos import hay_gemelo, roles_que_da
from sales.personas.gestion import NOMBRES, Puesto, puesto_de
from sales.personas.invitaciones import huella_de_pagina
from sales.personas.permisos import sucursales_de
from sales.personas.roles import Rol

_LETRAS_LATINAS = RegexValidator(
    r"^[A-Za-z0-9._@+-]{3,150}\Z",
    _("De 3 a 150 letras sin tilde ni ñ, números y . _ - @ +, sin espacios."),
)


def _uno_nuevo() -> str:
    """Which form this is: sent twice, it invites once."""
    return uuid4().hex


class FormularioDePersona(forms.Form):
    """Names, mail, role and branches of somebody who has an account."""

    nombre = forms.CharField(label=_("Nombre"), max_length=150)
    apellido = forms.CharField(label=_("Apellido"), max_length=150, required=False)
    correo = forms.EmailField(label=_("Correo"), max_length=254, required=False)
    rol = forms.ChoiceField(label=_("Rol"))
    sucursales = forms.MultipleChoiceField(
        label=_("Sucursales"), required=False, widget=forms.CheckboxSelectMultiple
    )
    visto = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, quien: User, otro: User | None = None, **kwargs: Any) -> None:
        if otro is not None:
            kwargs["initial"] = _inicial(otro)
        super().__init__(*args, **kwargs)
        roles = roles_que_da(quien)
        if otro is not None and puesto_de(otro).rol not in roles:
            roles = (puesto_de(otro).rol, *roles)
        _elegibles(self, "rol", [(rol.value, NOMBRES[rol]) for rol in roles])
        lugares = sucursales_de(quien).order_by("empresa__nombre", "nombre")
        _elegibles(self, "sucursales", [(str(s.pk), f"{s} · {s.empresa}") for s in lugares])
        _vestir(self)

    def puesto(self) -> Puesto:
        """What was typed, once it is valid."""
        datos = self.cleaned_data
        return Puesto(
            datos["nombre"],
            datos["apellido"],
            datos["correo"],
            Rol(datos["rol"]),
            frozenset(map(int, datos["sucursales"])),
        )


class FormularioDeInvitacion(FormularioDePersona):
    """Somebody new, whose user name is proposed from their names."""

    usuario = forms.CharField(
        label=_("Usuario"),
        max_length=150,
        required=False,
        validators=[_LETRAS_LATINAS],
        help_text=_("Con el que entra. Vacío: se propone uno con el nombre y el apellido."),
    )
    envio = forms.RegexField(
        r"\A[0-9a-f]{32}\Z", widget=forms.HiddenInput, required=False, initial=_uno_nuevo
    )
    field_order = ("nombre", "apellido", "usuario", "correo", "rol", "sucursales")

    def clean(self) -> dict[str, Any]:
        """Fill in the proposed user name where none was typed."""
        datos = super().clean() or self.cleaned_data
        if not datos.get("usuario") and "usuario" not in self.errors:
            datos["usuario"] = proponer(datos.get("nombre", ""), datos.get("apellido", ""))
        return datos


def proponer(nombre: str, apellido: str) -> str:
    """A user name that nobody has: the first name and the first surname, numbered if need be."""
    partes = [re.sub(r"[^a-z0-9]", "", p) for p in _primeras(nombre, apellido)]
    base = ".".join(parte for parte in partes if parte)[:140]
    base = base if len(base) >= 3 else "persona"
    numero, propuesto = 1, base
    while hay_gemelo(propuesto, None):
        numero += 1
        propuesto = f"{base}{numero}"
    return propuesto


def _primeras(*textos: str) -> list[str]:
    return [palabras[0] for texto in textos if (palabras := normalizar(texto).split())]


def _inicial(otro: User) -> dict[str, Any]:
    puesto = puesto_de(otro)
    return {
        "nombre": puesto.nombre,
        "apellido": puesto.apellido,
        "correo": puesto.correo,
        "rol": puesto.rol.value,
        "sucursales": [str(clave) for clave in sorted(puesto.sucursales)],
        "visto": huella_de_pagina(otro),
    }


def _elegibles(form: forms.Form, nombre: str, opciones: list[tuple[str, Any]]) -> None:
    campo: Any = form.fields[nombre]
    campo.choices = opciones


def _vestir(form: forms.Form) -> None:
    clases = {forms.Select: "form-select", forms.CheckboxSelectMultiple: "form-check-input"}
    for nombre, campo in form.fields.items():
        malo = " is-invalid" if form.is_bound and nombre in form.errors else ""
        campo.widget.attrs["class"] = clases.get(type(campo.widget), "form-control") + malo
