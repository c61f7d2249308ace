"""Asking for a row of test_autorizacion's table: who, with which credential, and what they got."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from http.cookies import SimpleCookie
from typing import Any, NamedTuple

from django.contrib.auth.models import Permission, User
from django.db import transaction
from django.test import Client

from core.tests.autorizacion.autorizacion_precios import clave_de
from core.tests.autorizacion.rutas_importaciones import clave_de_importacion
from core.tests.autorizacion.rutas_precios import claves_de_lista
from core.tests.autorizacion.rutas_tablero import clave_de_tarjeta
from sales.personas.invitaciones import token_de
from sales.tests.mesa import Mesa, entrar, sobre

PERSONAS = (
    "anonimo",
    "sin_grupo",
    "tomador",
    "supervisor",
    "admin",
    "ajeno",
    "supervisor_ajeno",
)
Cuerpo = dict[str, Any] | None


class Regla(NamedTuple):
    """Statuses in the order of PERSONAS, and why."""

    ruta: str
    metodo: str
    estados: tuple[int, ...]
    razon: str
    cuerpo: Cuerpo = None


class Sorpresa(NamedTuple):
    """A row, what came and what the table says."""

    regla: Regla
    quien: str
    dado: int
    dicho: int

    def __str__(self) -> str:
        return f"{self.quien}: {self.regla.metodo} /{self.regla.ruta} {self.dado}, not {self.dicho}"


def _de_planta(mesa: Mesa) -> Client:
    """Somebody with the key to the admin, and every permission over people there."""
    usuario = User.objects.create_user("planta", is_staff=True)
    usuario.user_permissions.set(Permission.objects.filter(content_type__app_label="auth"))
    return entrar(usuario)


def _desactivada(mesa: Mesa) -> Client:
    """The session of a supervisor deactivated since."""
    navegador = entrar(mesa.supervisor)
    User.objects.filter(pk=mesa.supervisor.pk).update(is_active=False)
    return navegador


# What gives no right at the desk, and the column of PERSONAS that says what it gets.
# Every other way in which a credential ends is a line here: the whole table is asked with it.
CREDENCIALES_SIN_DERECHOS: dict[str, tuple[Callable[[Mesa], Client], str]] = {
    "staff": (_de_planta, "sin_grupo"),
    "deactivated": (_desactivada, "anonimo"),
}


def estado_de(mesa: Mesa, regla: Regla, nombre: str) -> int:
    """What this person gets."""
    url = concreta(regla.ruta, mesa)
    usuario = None if nombre == "anonimo" else getattr(mesa, nombre)
    respuesta = pedir(entrar(usuario), regla.metodo, url, regla.cuerpo)
    return int(respuesta.status_code)


def sorpresas_de(mesa: Mesa, reglas: Iterable[Regla], credencial: str) -> Iterator[Sorpresa]:
    """The rows that this credential gets otherwise than its column says."""
    hacer, columna = CREDENCIALES_SIN_DERECHOS[credencial]
    navegador = hacer(mesa)
    cookies = dict(navegador.cookies)
    for regla in reglas:
        # Signing out ends a session: each row is asked with the one there was.
        navegador.cookies = SimpleCookie({nombre: c.value for nombre, c in cookies.items()})
        dado = _sin_dejar_rastro(mesa, navegador, regla)
        dicho = regla.estados[PERSONAS.index(columna)]
        if dado != dicho:
            yield Sorpresa(regla, credencial, dado, dicho)


def sorpresas_entre(
    mesa: Mesa, reglas: Iterable[Regla], nombres: Iterable[str]
) -> Iterator[Sorpresa]:
    """The rows that these people get otherwise than the table says, one after the other."""
    for regla in reglas:
        for nombre in nombres:
            usuario = None if nombre == "anonimo" else getattr(mesa, nombre)
            dado = _sin_dejar_rastro(mesa, entrar(usuario), regla)
            dicho = regla.estados[PERSONAS.index(nombre)]
            if dado != dicho:
                yield Sorpresa(regla, nombre, dado, dicho)


def _sin_dejar_rastro(mesa: Mesa, navegador: Client, regla: Regla) -> int:
    with transaction.atomic():
        url = concreta(regla.ruta, mesa)
        estado = pedir(navegador, regla.metodo, url, regla.cuerpo).status_code
        transaction.set_rollback(True)
    return int(estado)


def concreta(ruta: str, mesa: Mesa) -> str:
    """The URL with a row of the taker's in it."""
    valores = {"pedido_numero": "", "lote_id": "", "seccion": "clientes", "resto": "nada/"}
    if "pedido_numero" in ruta:
        valores["pedido_numero"] = str(mesa.pedido().pedido_numero)
    if "<str:token>" in ruta:
        invitada = User.objects.get_or_create(username="invitada", defaults={"password": "!"})[0]
        valores["token"] = token_de(invitada, quien=mesa.admin)
    if "persona_id" in ruta:
        valores["persona_id"] = str(mesa.tomador.pk)
    if "lista_id" in ruta:
        valores |= claves_de_lista(mesa)
    if "<int:pk>" in ruta:
        de_tablero = ruta.startswith("api/no-completados/")
        valores["pk"] = clave_de_tarjeta(mesa) if de_tablero else str(clave_de(ruta, mesa))
    if "<int:clave>" in ruta:
        valores["clave"] = clave_de_tarjeta(mesa)
    if "<slug:tipo>" in ruta:
        valores["tipo"] = "clientes"
    if "importacion_id" in ruta:
        valores["importacion_id"] = clave_de_importacion(mesa)
    if "lote_id" in ruta:
        valores["lote_id"] = str(mesa.lote().pk)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: valores[m[1]], ruta)


def pedir(navegador: Client, metodo: str, url: str, cuerpo: Cuerpo) -> Any:
    """Ask for it, as the API or a page would be asked."""
    if cuerpo == {"envio": True}:
        cuerpo = sobre()
    if url.startswith("/api/"):
        datos = json.dumps(cuerpo or {})
        return getattr(navegador, metodo)(
            url, **({} if metodo == "get" else {"data": datos, "content_type": "application/json"})
        )
    return getattr(navegador, metodo)(url, cuerpo or {})
