"""Badges and the header: what a state and a person look like."""

from __future__ import annotations

import re

import pytest
from django.test import Client, RequestFactory

from core.web.navegacion import enlaces_de
from gestion_precios.tests.fabricas import crear_sucursal
from sales.models import EstadoPedido, LotePedidos, Orders, ResultadoPedido
from sales.navegacion import lugar
from sales.personas.roles import Rol
from sales.templatetags.estados import insignia_lote, insignia_pedido, insignia_resultado
from sales.tests.fabricas import crear_usuario

INSIGNIA = re.compile(
    r'<span class="estado estado-(\w+)"><svg [^>]*><use href="[^"]*#([a-z-]+)"></use></svg> '
    r"([^<]+)</span>"
)


def leer(html: str) -> tuple[str, ...]:
    """(kind, icon, word) of a badge."""
    coincide = INSIGNIA.fullmatch(html)
    assert coincide is not None
    return coincide.groups()


@pytest.mark.parametrize(
    ("estado", "insignia"),
    [
        ("RECIBIDO", ("neutro", "inbox", "Recibido")),
        ("PROCESANDO", ("curso", "arrow-repeat", "Procesando")),
        ("COMPLETO", ("exito", "check-circle", "Completo")),
        ("PARCIAL", ("aviso", "exclamation-triangle", "Parcial")),
        ("FALLIDO", ("peligro", "x-octagon", "Fallido")),
        ("OTRO", ("neutro", "question-circle", "OTRO")),
    ],
)
def test_a_lote(estado: str, insignia: tuple[str, ...]) -> None:
    assert leer(insignia_lote(estado)) == insignia


@pytest.mark.parametrize(
    ("status", "insignia"),
    [
        ("1", ("exito", "check-circle", "Confirmado")),
        ("4", ("aviso", "box-seam", "No recogido")),
        ("8", ("peligro", "x-circle", "Cancelado")),
        ("9", ("neutro", "clock", "Pendiente")),
        ("14", ("aviso", "eye", "En revisión")),
        ("77", ("neutro", "question-circle", "77")),
    ],
)
def test_an_order(status: str, insignia: tuple[str, ...]) -> None:
    assert leer(insignia_pedido(Orders(status=status))) == insignia


def test_void_wins_over_the_status() -> None:
    anulado = Orders(status="1", anulado_040=True)
    assert leer(insignia_pedido(anulado)) == ("neutro", "slash-circle", "Anulado")


@pytest.mark.parametrize(
    ("resultado", "insignia"),
    [
        ("GUARDADO", ("exito", "check-circle", "Guardado")),
        ("RECHAZADO", ("peligro", "x-circle", "Rechazado")),
    ],
)
def test_a_verdict(resultado: str, insignia: tuple[str, ...]) -> None:
    assert leer(insignia_resultado(resultado)) == insignia


def test_a_code_of_another_system_is_only_text() -> None:
    assert "<b>" not in insignia_pedido(Orders(status="<b>"))


def test_every_state_has_a_badge_of_its_own() -> None:
    for dibujar, opciones in (
        (insignia_lote, LotePedidos.Estado),
        (insignia_resultado, ResultadoPedido.Resultado),
    ):
        assert "question-circle" not in {leer(dibujar(c))[1] for c in opciones.values}
    pedidos = {leer(insignia_pedido(Orders(status=c)))[1] for c in EstadoPedido.values}
    assert "question-circle" not in pedidos


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rol", "textos"),
    [
        (Rol.TOMADOR, ["Cargar", "Pedidos", "Lotes"]),
        (Rol.SUPERVISOR, ["Cargar", "Pedidos", "Lotes", "Panel"]),
        (Rol.ADMIN, ["Cargar", "Pedidos", "Lotes", "Panel", "Administración"]),
        (Rol.NADIE, []),
    ],
)
def test_each_role_sees_its_links(rf: RequestFactory, rol: Rol, textos: list[str]) -> None:
    request = rf.get("/lotes/")
    request.user = crear_usuario(rol=rol)
    enlaces = enlaces_de(request)
    propios = {"Cargar", "Pedidos", "Lotes", "Panel", "Administración"}
    assert [str(e.texto) for e in enlaces if str(e.texto) in propios] == textos
    assert [str(e.texto) for e in enlaces if e.actual] == (["Lotes"] if textos else [])


@pytest.mark.django_db
def test_the_place_beside_the_name(rf: RequestFactory) -> None:
    def de(rol: Rol, nombre: str, sucursales: int) -> str:
        usuario = crear_usuario(nombre, rol)
        for i in range(sucursales):
            usuario.perfiles.create(sucursal=crear_sucursal(nombre=f"S{i}"))
        request = rf.get("/")
        request.user = usuario
        return lugar(request)

    assert de(Rol.TOMADOR, "a", 0) == "Sin sucursal"
    assert de(Rol.TOMADOR, "b", 1) == "S0"
    assert de(Rol.SUPERVISOR, "c", 2) == "S0, S1"
    assert de(Rol.SUPERVISOR, "d", 3) == "3 sucursales"
    assert de(Rol.ADMIN, "e", 0) == "Todas las sucursales"


@pytest.mark.django_db
def test_somebody_without_a_role_reads_whom_to_ask(client: Client) -> None:
    client.force_login(crear_usuario(rol=Rol.NADIE))
    respuesta = client.get("/pedidos/nuevo/")
    assert respuesta.status_code == 403
    assert "Pedir a un administrador que le dé uno." in respuesta.content.decode()


@pytest.mark.django_db
def test_somebody_without_a_branch_reads_whom_to_ask(client: Client) -> None:
    client.force_login(crear_usuario())
    respuesta = client.get("/pedidos/nuevo/")
    assert respuesta.status_code == 400
    assert "Pedir a un administrador que le asigne una." in respuesta.content.decode()
