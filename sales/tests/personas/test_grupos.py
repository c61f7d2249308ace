import pytest
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType

from sales.personas.grupos import PERMISOS, crear_grupos, dar_rol
from sales.personas.roles import SUPERVISORES, TOMADORES, Rol, rol_de
from sales.tests.fabricas import crear_usuario

pytestmark = pytest.mark.django_db


def permisos(grupo: str) -> set[str]:
    filas = Permission.objects.filter(group__name=grupo).select_related("content_type")
    return {f"{permiso.content_type.app_label}.{permiso.codename}" for permiso in filas}


def test_both_groups_are_there_with_their_permissions() -> None:
    crear_grupos()
    de_tomador, de_supervisor = permisos(TOMADORES), permisos(SUPERVISORES)
    assert {"sales.view_orders", "sales.add_orders", "sales.view_cliente"} <= de_tomador
    assert de_tomador < de_supervisor
    de_mas = de_supervisor - de_tomador
    assert {f"gestion_precios.{accion}_reglaprecio" for accion in ("add", "change", "delete")} < (
        de_mas
    )
    assert "gestion_precios.ver_costos" in de_mas
    assert not [permiso for permiso in de_tomador if ".change_" in permiso or "costos" in permiso]


def test_every_permission_named_is_one_that_django_knows() -> None:
    crear_grupos()
    cuantos = sum(len(acciones) for acciones in PERMISOS[SUPERVISORES].values())
    assert len(permisos(SUPERVISORES)) == cuantos
    assert Permission.objects.get(codename="ver_costos").name == "Puede ver los costos"


def test_a_group_that_an_admin_changed_stays_so() -> None:
    crear_grupos()
    grupo = Group.objects.get(name=SUPERVISORES)
    grupo.permissions.clear()
    crear_grupos()
    assert not grupo.permissions.exists()


def test_missing_groups_and_permissions_are_made_again() -> None:
    Group.objects.all().delete()
    Permission.objects.all().delete()
    ContentType.objects.clear_cache()
    crear_grupos()
    assert "gestion_precios.ver_costos" in permisos(SUPERVISORES)


@pytest.mark.parametrize("rol", [Rol.TOMADOR, Rol.SUPERVISOR, Rol.ADMIN, Rol.NADIE])
def test_a_role_replaces_the_one_before(rol: Rol) -> None:
    usuario = crear_usuario("ana", Rol.ADMIN)
    for anterior in (Rol.SUPERVISOR, Rol.ADMIN, rol):
        dar_rol(usuario, anterior)
        assert rol_de(usuario) is anterior
        assert rol_de(User.objects.get(pk=usuario.pk)) is anterior
    assert usuario.is_staff is usuario.is_superuser is (rol is Rol.ADMIN)
