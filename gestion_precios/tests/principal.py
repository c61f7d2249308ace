"""Empresa Principal S.A. and its people, another company beside it, and how they ask over REST."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.management.color import no_style
from django.db import connection

from gestion_precios.demo.carga import CON_CLAVE_PROPIA
from gestion_precios.demo.principal import cargar_principal
from gestion_precios.models import ListaPrecio, Sucursal
from sales.personas.roles import Rol
from sales.tests.fabricas import (
    crear_articulo,
    crear_combinacion,
    crear_empresa,
    crear_lista,
    crear_precio_lista,
    crear_regla,
    crear_sucursal,
    crear_usuario,
)
from sales.tests.mesa import entrar

LAPTOP, MOUSE, TECLADO, SILLA = 1, 2, 3, 4
LIMA, AREQUIPA = 1, 2


@dataclass
class Principal:
    """The demo's company with its three roles, and another one (guaraníes) with its own list."""

    tomador: User
    supervisor: User
    admin: User
    ajeno: User
    sin_grupo: User
    sucursal_ajena: Sucursal
    lista_ajena: ListaPrecio

    def pedir(
        self, url: str, cuerpo: Any = None, metodo: str = "", usuario: User | None = None
    ) -> Any:
        """Ask as the supervisor unless told: GET, or POST when there is a body."""
        navegador = entrar(usuario or self.supervisor)
        metodo = metodo or ("get" if cuerpo is None else "post")
        if cuerpo is None:
            return getattr(navegador, metodo)(url)
        texto = cuerpo if isinstance(cuerpo, bytes) else json.dumps(cuerpo)
        return getattr(navegador, metodo)(url, texto, content_type="application/json")


def crear_principal() -> Principal:
    """Everything of Principal; the demo's rows have their fixed keys."""
    cargar_principal()
    with connection.cursor() as cursor:
        for sentencia in connection.ops.sequence_reset_sql(no_style(), list(CON_CLAVE_PROPIA)):
            cursor.execute(sentencia)
    lima = Sucursal.objects.get(pk=LIMA)
    ajena = crear_sucursal(crear_empresa("Otra S.A."), "Encarnación")
    lista = crear_lista(ajena.empresa, nombre="Ajena")
    yerba = crear_articulo()
    crear_precio_lista(lista, yerba)
    crear_regla(lista, nombre="Ajena", combinacion=crear_combinacion(lista, [yerba], "Ajena"))
    return Principal(
        tomador=crear_usuario("ana", Rol.TOMADOR, lima),
        supervisor=crear_usuario("sofia", Rol.SUPERVISOR, lima),
        admin=crear_usuario("admin", Rol.ADMIN),
        ajeno=crear_usuario("otra", Rol.SUPERVISOR, ajena),
        sin_grupo=crear_usuario("nadie", Rol.NADIE),
        sucursal_ajena=ajena,
        lista_ajena=lista,
    )
