"""A small desk for tests of views: two companies, their people, a sender and a reader."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from lzstring import LZString

from gestion_precios.models import Articulo, Sucursal
from sales.models import Canal, Cliente, LotePedidos, Orders, ResultadoPedido
from sales.personas.roles import Rol
from sales.tests.fabricas import (
    crear_articulo,
    crear_canal,
    crear_cliente,
    crear_empresa,
    crear_lote,
    crear_pedido,
    crear_sucursal,
    crear_usuario,
)

HX = {"HX-Request": "true"}
# Who asks for what the taker of Asunción sent, and the status of the answer.
QUIEN_VE = (
    ("tomador", 200),
    ("supervisor", 200),
    ("admin", 200),
    ("colega", 404),
    ("ajeno", 404),
    ("supervisor_ajeno", 404),
    ("sin_grupo", 403),
)


@dataclass
class Mesa:
    """Company A with branches in Asunción and CDE, company B apart, and who works there."""

    asuncion: Sucursal
    este: Sucursal
    ajena: Sucursal
    canal: Canal
    cliente: Cliente
    articulo: Articulo
    tomador: User
    colega: User
    supervisor: User
    admin: User
    ajeno: User
    supervisor_ajeno: User
    sin_grupo: User

    def lote(self, usuario: User | None = None, **campos: Any) -> LotePedidos:
        """A lote of a user, in Asunción unless told."""
        campos.setdefault("sucursal", self.asuncion)
        return crear_lote(usuario or self.tomador, **campos)

    def pedido(self, usuario: User | None = None, **campos: Any) -> Orders:
        """An order of one line: 2 × Gs. 10.000."""
        campos.setdefault("sucursal", self.asuncion)
        lineas = campos.pop("lineas", [(self.articulo, 2, 10_000)])
        return crear_pedido(self.cliente, lineas, usuario=usuario or self.tomador, **campos)


def crear_mesa() -> Mesa:
    """Everything of Mesa, with a dozen rows."""
    asuncion = crear_sucursal(nombre="Asunción")
    este = crear_sucursal(asuncion.empresa, "Ciudad del Este")
    ajena = crear_sucursal(crear_empresa("Otra S.A."), "Encarnación")
    canal = crear_canal()
    return Mesa(
        asuncion=asuncion,
        este=este,
        ajena=ajena,
        canal=canal,
        cliente=crear_cliente(canal=canal),
        articulo=crear_articulo(),
        tomador=crear_usuario("ana", Rol.TOMADOR, asuncion),
        colega=crear_usuario("beto", Rol.TOMADOR, este),
        supervisor=crear_usuario("sofia", Rol.SUPERVISOR, asuncion),
        admin=crear_usuario("admin", Rol.ADMIN),
        ajeno=crear_usuario("otro", Rol.TOMADOR, ajena),
        supervisor_ajeno=crear_usuario("otra", Rol.SUPERVISOR, ajena),
        sin_grupo=crear_usuario("nadie", Rol.NADIE),
    )


def entrar(usuario: User | None, **opciones: Any) -> Client:
    """A browser with this user's session; nobody's without one."""
    navegador = Client(**opciones)
    if usuario is not None:
        navegador.force_login(usuario)
    return navegador


def texto(html: bytes) -> str:
    """A page with its white space folded, to be read as sentences."""
    return re.sub(r"\s+", " ", html.decode()).strip()


def aviso(respuesta: Any) -> tuple[str, str]:
    """The level and the words of the toast that an answer to HTMX brings."""
    datos = json.loads(respuesta["HX-Trigger"])["aviso"]
    return datos["nivel"], datos["texto"]


def comprimir(pedidos: object) -> str:
    """The orders as the browser sends them, in Base64."""
    texto: str = LZString().compressToBase64(json.dumps(pedidos))
    return texto


def sobre(**campos: Any) -> dict[str, Any]:
    """The envelope of a POST: a new lote each time."""
    return {"lote": str(uuid.uuid4()), "pedidos": comprimir({"1": []})} | campos


def resultado(lote: LotePedidos, posicion: int, **campos: Any) -> ResultadoPedido:
    """A verdict of a lote."""
    campos.setdefault("cliente_id", str(posicion + 1))
    campos.setdefault("resultado", ResultadoPedido.Resultado.GUARDADO)
    campos.setdefault("huella", "a" * 64)
    return ResultadoPedido.objects.create(loteobj=lote, posicion=posicion, **campos)
