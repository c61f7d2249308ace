from io import StringIO
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from gestion_precios.models import Empresa, Sucursal
from sales.models import Canal, Perfil
from sales.personas.roles import Rol, rol_de

pytestmark = pytest.mark.django_db
TERMINAL = "sales.management.commands.crear_empresa._hay_terminal"
PREGUNTA = "sales.management.commands.crear_empresa.getpass"


def crear(*args: str) -> str:
    salida = StringIO()
    call_command("crear_empresa", *args, stdout=salida)
    return salida.getvalue()


def test_one_command_makes_company_branch_channel_and_user() -> None:
    salida = crear(
        "Distribuidora X", "--sucursal", "Luque", "--usuario", "ana", "--rol", "supervisor"
    )
    usuario = User.objects.get()
    sucursal = Sucursal.objects.get()
    assert (sucursal.nombre, sucursal.empresa.nombre) == ("Luque", "Distribuidora X")
    assert Canal.objects.count() == 1
    assert rol_de(usuario) is Rol.SUPERVISOR
    assert Perfil.objects.get().sucursal == sucursal
    clave = salida.split("Clave de ana: ")[1].split()[0]
    assert usuario.check_password(clave)


def test_again_for_another_branch_keeps_company_user_password_and_role() -> None:
    crear("X", "--usuario", "ana", "--rol", "tomador")
    clave = User.objects.get().password
    assert "Clave" not in crear("X", "--usuario", "ana", "--sucursal", "Luque")
    usuario = User.objects.get()
    assert (usuario.password, rol_de(usuario)) == (clave, Rol.TOMADOR)
    assert Empresa.objects.count() == 1
    assert set(Perfil.objects.values_list("sucursal__nombre", flat=True)) == {"Central", "Luque"}


def test_the_first_user_is_an_admin_unless_told_otherwise() -> None:
    crear("X", "--usuario", "ana")
    assert rol_de(User.objects.get()) is Rol.ADMIN


@pytest.mark.parametrize(
    ("opciones", "pais"),
    [
        ((), "PY"),
        (("--moneda", "PEN"), "PE"),
        (("--moneda", "USD", "--zona-horaria", "America/Guayaquil"), "EC"),
        (("--moneda", "USD", "--pais", "AR"), "AR"),
    ],
)
def test_the_companys_country_is_the_one_said_or_that_of_its_currency_or_clock(
    opciones: tuple[str, ...], pais: str
) -> None:
    crear("X", "--usuario", "ana", *opciones)
    assert Empresa.objects.get().pais == pais


def test_on_a_terminal_the_typed_password_is_taken_and_not_printed() -> None:
    with patch(TERMINAL, return_value=True), patch(PREGUNTA, return_value="mburukuja-91"):
        salida = crear("X", "--usuario", "ana")
    assert User.objects.get().check_password("mburukuja-91")
    assert "mburukuja" not in salida


@pytest.mark.parametrize(
    ("args", "motivo"),
    [
        (("--usuario", "eva b"), "nombre de usuario válido"),
        (("--usuario", "ana", "--zona-horaria", "Marte/Olimpo"), "Zona horaria desconocida"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(args: tuple[str, ...], motivo: str) -> None:
    with pytest.raises(CommandError, match=motivo):
        crear("X", *args)
    assert not Empresa.objects.exists()


def test_a_weak_password_is_refused() -> None:
    with (
        patch(TERMINAL, return_value=True),
        patch(PREGUNTA, return_value="12345"),
        pytest.raises(CommandError, match="demasiado"),
    ):
        crear("X", "--usuario", "ana")
    assert not User.objects.exists()
