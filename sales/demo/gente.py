"""The demo's people, and the mark by which all of it is told apart: their e-mail's domain."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from gestion_precios.models import Sucursal
from sales.models import Perfil
from sales.personas.grupos import dar_rol
from sales.personas.roles import Rol

# RFC 2606: no mail ever arrives there, and nobody real has such an address.
DOMINIO: Final = "@demo.invalid"

# tomador, supervisor, admin.
DEL_CATALOGO: Final = 3


class Persona(NamedTuple):
    """A taker: user name, names, branch, and how many of a hundred lotes are theirs."""

    usuario: str
    nombres: str
    apellidos: str
    sucursal: str
    parte: int


TOMADORES: Final = (
    Persona("demo.ramona", "Ramona", "Villalba Ortiz", "Asunción", 26),
    Persona("demo.derlis", "Derlis", "Cabañas Núñez", "Asunción", 20),
    Persona("demo.zunilda", "Zunilda", "Giménez Rolón", "Asunción", 15),
    Persona("demo.blas", "Blas Antonio", "Mareco", "Ciudad del Este", 19),
    Persona("demo.fatima", "Fátima Noemí", "Ñumbay", "Ciudad del Este", 14),
    Persona("demo.liz", "Liz Paola", "Quiñónez", "Sucursal Lima", 6),
)


def correo(usuario: str) -> str:
    """The address that marks somebody as the demo's."""
    return f"{usuario}{DOMINIO}"


def gente_de_la_demo() -> QuerySet[User]:
    """Everybody who is the demo's."""
    return User.objects.filter(email__endswith=DOMINIO)


def de_la_demo(campo: str = "usuario") -> Q:
    """Condition: what somebody of the demo loaded."""
    return Q(**{f"{campo}__email__endswith": DOMINIO})


def demo_sin_estrenar() -> bool:
    """Whether the only people are those the demo's catalogue came with."""
    cuantos = gente_de_la_demo().count()
    return cuantos == User.objects.count() == DEL_CATALOGO


def crear_gente() -> dict[Persona, User]:
    """The takers in their branches; without a password, for nobody signs in as them."""
    sucursales = {sucursal.nombre: sucursal for sucursal in Sucursal.objects.all()}
    return {persona: _crear(persona, sucursales[persona.sucursal]) for persona in TOMADORES}


def _crear(persona: Persona, sucursal: Sucursal) -> User:
    usuario = User(
        username=persona.usuario,
        first_name=persona.nombres,
        last_name=persona.apellidos,
        email=correo(persona.usuario),
    )
    usuario.set_unusable_password()
    usuario.save()
    dar_rol(usuario, Rol.TOMADOR)
    Perfil.objects.update_or_create(usuario=usuario, defaults={"sucursal": sucursal})
    return usuario
