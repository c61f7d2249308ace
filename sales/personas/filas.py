"""Whose rows these are in the admin: a company's, a taker's own, or the whole group's."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, User
from django.db.models import QuerySet

from core.administracion.filas import registrar_filas, todas
from gestion_precios.personas.alcance import empresas_visibles, por_empresa
from sales.models import (
    Cambio,
    Canal,
    Cliente,
    Contador,
    LotePedidos,
    Orders,
    OrdersDetail,
    Perfil,
    Precios,
    ResultadoPedido,
)
from sales.personas.roles import Rol, rol_de


def conectar() -> None:
    """Register every table of this app, and Django's own of people.

    What is left out is the superusers': tokens and failed sign-ins are of everybody, and a row of
    results holds pieces of any company's orders.
    """
    # Clients and their channels are the group's, as articles are; the counter is one for all.
    registrar_filas(todas, Canal, Cliente, Precios, Contador, Group)
    registrar_filas(de_la_mesa, Orders, LotePedidos)
    registrar_filas(por_empresa("sucursal__empresa"), Cambio)
    registrar_filas(_lineas, OrdersDetail)
    registrar_filas(_resultados, ResultadoPedido)
    registrar_filas(por_empresa("sucursal__empresa"), Perfil)
    registrar_filas(companeros, User)


def de_la_mesa(filas: QuerySet[Any], usuario: Any) -> QuerySet[Any]:
    """Orders and lotes: a taker's own, as at the desk; anybody else's company's."""
    if rol_de(usuario) is Rol.TOMADOR:
        return filas.filter(usuario=usuario)
    return por_empresa("sucursal__empresa")(filas, usuario)


def companeros(filas: QuerySet[Any], usuario: Any) -> QuerySet[Any]:
    """People who work in a branch of the user's companies."""
    perfiles = Perfil.objects.filter(sucursal__empresa__in=empresas_visibles(usuario))
    return filas.filter(pk__in=perfiles.values("usuario"))


def _lineas(filas: QuerySet[Any], usuario: Any) -> QuerySet[Any]:
    return filas.filter(orderobj__in=de_la_mesa(Orders.objects.all(), usuario).values("pk"))


def _resultados(filas: QuerySet[Any], usuario: Any) -> QuerySet[Any]:
    return filas.filter(loteobj__in=de_la_mesa(LotePedidos.objects.all(), usuario).values("pk"))
