"""The rules of who may change whom, each taken out, and the test that notices."""

from __future__ import annotations

from core.tests.acceso import test_credenciales as de_credenciales
from core.tests.mutantes import (
    Mutante,
    con_permiso_basta,
    en_el_admin,
    la_de_arriba,
    la_prueba,
    si,
)
from gestion_precios.models import Sucursal
from sales.admin import pedidos, usuarios
from sales.admin.usuarios import (
    FormularioDeUsuario,
    GrupoAdmin,
    NombrePropio,
    PerfilEnLinea,
    UsuarioAdmin,
)
from sales.personas import derechos
from sales.personas.roles import Rol
from sales.tests.personas import test_derechos as de_derechos
from sales.tests.precios import test_rango as de_rango

DE_PERSONAS = (
    *(
        Mutante(
            GrupoAdmin,
            f"has_{accion}_permission",
            con_permiso_basta(f"has_{accion}_permission"),
            en_el_admin("todo_a", "auth.Group"),
        )
        for accion in ("add", "change", "delete")
    ),
    Mutante(
        UsuarioAdmin,
        "get_readonly_fields",
        la_de_arriba(UsuarioAdmin, "get_readonly_fields"),
        la_prueba(de_derechos.test_rights_posted_without_being_asked_for_are_not_given, "colega"),
    ),
    *(
        Mutante(
            UsuarioAdmin,
            f"has_{accion}_permission",
            con_permiso_basta(f"has_{accion}_permission"),
            la_prueba(de_derechos.test_a_superuser_of_ones_own_branch_is_seen_and_not_touched),
        )
        for accion in ("change", "delete")
    ),
    Mutante(
        UsuarioAdmin,
        "has_add_permission",
        con_permiso_basta("has_add_permission"),
        la_prueba(de_derechos.test_who_may_not_say_where_somebody_works_adds_nobody),
    ),
    Mutante(
        UsuarioAdmin,
        "get_deleted_objects",
        la_de_arriba(UsuarioAdmin, "get_deleted_objects"),
        la_prueba(de_derechos.test_the_last_superuser_stays),
    ),
    Mutante(
        UsuarioAdmin,
        "delete_queryset",
        la_de_arriba(UsuarioAdmin, "delete_queryset"),
        la_prueba(de_derechos.test_a_deed_on_superusers_looks_again),
    ),
    Mutante(
        FormularioDeUsuario,
        "clean",
        la_de_arriba(FormularioDeUsuario, "clean"),
        la_prueba(de_derechos.test_the_last_superuser_stays),
    ),
    Mutante(
        PerfilEnLinea,
        "get_min_num",
        lambda *_args, **_kwargs: 0,
        la_prueba(de_derechos.test_somebody_new_has_a_branch_of_who_adds_them_and_no_right),
    ),
    Mutante(
        derechos,
        "puede_cambiar",
        si,
        la_prueba(de_derechos.test_who_works_for_another_company_too_is_seen_and_not_touched),
    ),
    Mutante(usuarios, "puede_dar_clave", si, en_el_admin("todo_a")),
    *(
        Mutante(
            derechos,
            nombre,
            otra,
            la_prueba(de_derechos.test_a_password_of_who_may_do_more_is_not_given, por, activa),
        )
        for nombre, otra, por, activa in (
            ("_permisos", lambda _u: set(), "permiso", True),
            ("_permisos", lambda u: u.get_all_permissions(), "grupo", False),
            ("_permisos", lambda u: set(u.user_permissions.all()), "grupo", True),
            ("_rango", lambda _u: 0, "rol", True),
        )
    ),
    Mutante(
        derechos,
        "alcance_de",
        lambda _u: Sucursal.objects.all(),
        la_prueba(de_rango.test_a_password_is_given_where_one_works, Rol.TOMADOR, "colega", False),
    ),
    Mutante(
        usuarios,
        "no_puede_mas",
        si,
        la_prueba(
            de_rango.test_the_name_of_who_may_do_more_is_not_to_be_had, "supervisor", "sofia"
        ),
    ),
    *(
        Mutante(
            UsuarioAdmin,
            "puede_cerrar",
            la_de_arriba(UsuarioAdmin, "puede_cerrar"),
            la_prueba(
                de_credenciales.test_nobody_ends_the_sessions_of_who_may_do_more,
                "tomador",
                otro,
                False,
            ),
        )
        for otro in ("supervisor", "colega")
    ),
    Mutante(
        NombrePropio,
        "clean_username",
        lambda formulario: formulario.cleaned_data["username"],
        la_prueba(de_rango.test_nobody_gets_a_name_that_the_door_takes_for_anothers, "Sofia"),
    ),
    *(
        Mutante(
            pedidos,
            nombre,
            otra,
            la_prueba(
                de_rango.test_an_order_typed_in_is_of_whom_and_where_the_desk_allows,
                "tomador",
                {"Asunción"},
                {"ana"},
            ),
        )
        for nombre, otra in (
            ("alcance_de", lambda _u: Sucursal.objects.all()),
            ("rol_de", lambda _u: Rol.NADIE),
        )
    ),
    Mutante(
        derechos,
        "quedan_superusuarios",
        si,
        la_prueba(de_derechos.test_the_last_superuser_stays),
    ),
)
