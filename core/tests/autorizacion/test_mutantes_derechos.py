"""Take any rule of who may do what out, and some row of the tables comes out wrong."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from rest_framework.permissions import IsAuthenticated

from core.administracion import borrado, consulta, filas, filas_por_empresa
from core.tests.administracion import test_borrado as de_borrado
from core.tests.administracion import test_consulta as de_consulta
from core.tests.administracion import test_filas_ajenas as de_filas_ajenas
from core.tests.autorizacion.matriz_admin import TABLAS, letra, url_de
from core.tests.autorizacion.mundo_admin import RASTRO, Mundo
from core.tests.autorizacion.mutantes_personas import DE_PERSONAS
from core.tests.mutantes import (
    Mutante,
    cambiar,
    con_la_credencial,
    con_permiso_basta,
    en_el_admin,
    en_la_mesa,
    la_de_arriba,
    la_prueba,
    nada,
    si,
    tal_cual,
)
from gestion_precios.admin.historia import ConHistoria
from gestion_precios.models import Empresa, Sucursal
from gestion_precios.personas import alcance, permisos
from gestion_precios.personas.permisos import DelModelo, VeListas
from gestion_precios.tests.personas import test_admin_versiones as de_versiones
from realtime.models import RealtimeRecord, UnfulfilledOrder
from realtime.personas import permisos as de_tableros
from realtime.tests.fabricas import crear_no_completado
from sales.admin.pedidos import OrdersAdmin
from sales.models import Orders, consultas
from sales.personas import filas as de_la_mesa
from sales.personas import permisos as de_roles
from sales.personas import roles
from sales.personas.permisos import EnLaMesa, SoloSupervisores
from sales.personas.roles import Rol, rol_de
from sales.tests.mesa import Mesa, entrar

LISTA = "precios/<int:lista_id>/"
PEDIDO = "pedidos/<int:pedido_numero>/"
PRECIO = "PrecioArticulo"
TARJETA = "no-completados/<int:clave>/detalle/"


def filtro_sin_lo_ajeno(mundo: Mundo) -> None:
    """A list's filters offer one's own companies and branches."""
    ruta = url_de("gestion_precios.ListaPrecio", "changelist")
    assert RASTRO not in entrar(mundo.personas["todo_a"]).get(ruta).content.decode()


def tablero_sin_lo_ajeno(mesa: Mesa) -> None:
    """A board has no card of another company."""
    crear_no_completado(mesa.pedido(pedido_numero=987_654))
    pagina = entrar(mesa.ajeno).get("/no-completados/tarjetas/").content.decode()
    assert "987654" not in pagina.replace(".", "")


def lista_vigente_ajena(mesa: Mesa) -> None:
    """Another company's prices are not told by asking with its number."""
    datos: dict[str, Any] = {"empresa_id": mesa.asuncion.empresa_id, "canal_venta": "TIENDA"}
    respuesta = entrar(mesa.ajeno).get("/api/lista-vigente/", datos)
    assert respuesta.json()["codigo"] == "empresa_ajena"


def elegibles_todas(_pagina: Any, campo: Any, *_args: Any) -> Any:
    return campo.remote_field.model._default_manager.all()


def filas_todas(pagina: Any, _request: Any) -> Any:
    return pagina.model._default_manager.all()


def versiones_todas(_pagina: Any, _request: Any, historia: Any, clave: str, valor: Any) -> Any:
    return historia.filter(**{clave: valor})


def busqueda_de_django(pagina: Any, lookup: str, value: str, request: Any) -> bool:
    return bool(super(consulta.ConsultaPropia, pagina).lookup_allowed(lookup, value, request))


DE_PAGINAS = (
    Mutante(filas, "filas_visibles", tal_cual, en_el_admin("todo_b", "gestion_precios.Empresa")),
    Mutante(filas, "es_superusuario", si, en_el_admin("todo_b", "sales.Orders")),
    Mutante(
        borrado,
        "_ajenas",
        lambda *_: 0,
        la_prueba(de_filas_ajenas.test_what_would_take_others_rows_along_stays_and_names_none),
    ),
    Mutante(
        borrado,
        "_vistas",
        lambda _modelo, claves, _quien: claves,
        la_prueba(de_borrado.test_what_only_others_sold_is_kept_by_a_number, "todo_a"),
    ),
    Mutante(
        borrado._Quien,
        "ve",
        si,
        la_prueba(de_borrado.test_ones_own_rows_are_named_to_who_may_view_their_table),
    ),
    Mutante(
        borrado.LineaQueSeBorra,
        "hand_clean_DELETE",
        la_de_arriba(borrado.LineaQueSeBorra, "hand_clean_DELETE"),
        la_prueba(de_borrado.test_a_branch_deleted_in_its_companys_page_is_kept_without_names),
    ),
    Mutante(filas, "_de_una_persona", lambda _m: [], en_el_admin("usuarios", "auth.User")),
    Mutante(
        filas_por_empresa.FilasPropias,
        "get_queryset",
        filas_todas,
        en_el_admin("todo_b", "gestion_precios.ReglaPrecio"),
    ),
    Mutante(
        filas_por_empresa.FilasPropias,
        "_elegibles",
        elegibles_todas,
        la_prueba(de_filas_ajenas.test_no_field_takes_a_row_of_another_company),
    ),
    Mutante(
        filas_por_empresa.PaginaPropia,
        "_get_obj_does_not_exist_redirect",
        la_de_arriba(filas_por_empresa.PaginaPropia, "_get_obj_does_not_exist_redirect"),
        en_el_admin("todo_b", "gestion_precios.ListaPrecio"),
    ),
    Mutante(
        filas_por_empresa.PaginaPropia,
        "_exigir_permiso",
        nada,
        la_prueba(de_filas_ajenas.test_without_permission_not_even_whether_there_is_such_a_row),
    ),
    Mutante(
        filas_por_empresa.FiltroDeRelacion,
        "field_choices",
        admin.RelatedFieldListFilter.field_choices,
        la_prueba(filtro_sin_lo_ajeno),
    ),
    *(
        Mutante(
            filas_por_empresa.SoloSuperusuarios,
            f"has_{accion}_permission",
            con_permiso_basta(f"has_{accion}_permission"),
            en_el_admin("todo_a", "authtoken.TokenProxy"),
        )
        for accion in ("view", "add", "change", "delete")
    ),
    Mutante(
        ConHistoria,
        "get_history_queryset",
        versiones_todas,
        la_prueba(de_filas_ajenas.test_a_history_of_another_company_is_not_there_even_once_deleted),
    ),
    Mutante(ConHistoria, "exigir_version", nada, en_el_admin("todo_b")),
    *(
        Mutante(ConHistoria, nombre, otra, la_prueba(prueba, *args))
        for nombre, otra, prueba, args in (
            ("_puede_volver", si, de_versiones.test_who_may_only_see_writes_nothing, [PRECIO]),
            (
                "_exigir_fila",
                lambda pagina, _request, clave: pagina.model.objects.filter(pk=clave).first(),
                de_versiones.test_a_row_that_went_to_another_company_is_not_pulled_back,
                [],
            ),
        )
    ),
    Mutante(
        consulta.ConsultaPropia,
        "lookup_allowed",
        busqueda_de_django,
        la_prueba(de_consulta.test_nobodys_api_key_is_found_out_by_asking_for_it),
    ),
    Mutante(
        OrdersAdmin,
        "formfield_for_foreignkey",
        la_de_arriba(OrdersAdmin, "formfield_for_foreignkey"),
        la_prueba(de_filas_ajenas.test_an_order_typed_in_without_a_branch_is_a_superusers),
    ),
    Mutante(
        de_la_mesa,
        "rol_de",
        lambda _u: Rol.NADIE,
        la_prueba(de_filas_ajenas.test_a_taker_with_the_key_sees_their_own_orders_as_at_the_desk),
    ),
)
DE_LA_MESA = (
    Mutante(roles, "_es_admin", lambda usuario: usuario.is_staff, con_la_credencial("staff")),
    Mutante(de_roles, "exigir", nada, en_la_mesa("sin_grupo", "get", "lotes/")),
    Mutante(de_roles, "exigir", nada, en_la_mesa("tomador", "post", f"{PEDIDO}precio/")),
    Mutante(EnLaMesa, "has_permission", si, en_la_mesa("anonimo", "get", "api/lotes/")),
    Mutante(
        SoloSupervisores,
        "roles",
        EnLaMesa.roles,
        en_la_mesa("tomador", "post", f"api/{PEDIDO}precio/"),
    ),
    Mutante(
        de_roles,
        "sucursales_de",
        lambda _u: Sucursal.objects.all(),
        en_la_mesa("ajeno", "get", TARJETA),
    ),
    *(
        Mutante(consultas._DeSucursal, "visibles_para", tal_cual, en_la_mesa(persona, "get", ruta))
        for persona, ruta in (
            ("ajeno", PEDIDO),
            ("supervisor_ajeno", f"api/{PEDIDO}"),
            ("supervisor_ajeno", "api/lotes/<uuid:lote_id>/"),
        )
    ),
    Mutante(permisos, "exigir_permiso", nada, en_la_mesa("sin_grupo", "get", "precios/")),
    Mutante(VeListas, "has_permission", si, en_la_mesa("anonimo", "get", "api/listas-precio/")),
    Mutante(
        DelModelo,
        "permiso",
        lambda *_: permisos.VER_LISTAS,
        en_la_mesa("tomador", "post", "api/listas-precio/"),
    ),
    Mutante(
        alcance, "al_alcance", tal_cual, en_la_mesa("ajeno", "get", "api/listas-precio/<int:pk>/")
    ),
    Mutante(alcance, "exigir_alcance", nada, la_prueba(lista_vigente_ajena)),
    Mutante(
        alcance,
        "empresas_visibles",
        lambda _u: Empresa.objects.all(),
        en_la_mesa("ajeno", "get", LISTA),
    ),
    Mutante(
        alcance,
        "_registrado",
        [lambda _u: Sucursal.objects.all()],
        en_la_mesa("supervisor_ajeno", "get", LISTA),
    ),
    Mutante(
        de_tableros,
        "tarjetas_visibles",
        lambda _u: RealtimeRecord.objects.select_related("unfulfilled__orderobj"),
        la_prueba(tablero_sin_lo_ajeno),
    ),
    Mutante(
        de_tableros,
        "no_completados_visibles",
        lambda _u: UnfulfilledOrder.objects.all(),
        en_la_mesa("ajeno", "get", "api/no-completados/<int:pk>/"),
    ),
    Mutante(
        de_tableros,
        "pedidos_de_sus_tableros",
        lambda _u: Orders.objects.all(),
        en_la_mesa("ajeno", "get", "no-completados/pedido/<int:pedido_numero>/"),
    ),
    Mutante(
        de_tableros,
        "ve_todo",
        lambda usuario: rol_de(usuario) is not Rol.NADIE,
        en_la_mesa("ajeno", "get", TARJETA),
    ),
    Mutante(IsAuthenticated, "has_permission", si, en_la_mesa("anonimo", "get", "api/esquema/")),
)
MUTANTES = [*DE_PAGINAS, *DE_PERSONAS, *DE_LA_MESA]
# A table whose rows a rule keeps to a company: those of company B may not see company A's.
DE_UNA_EMPRESA = sorted(tabla for tabla in TABLAS if letra(tabla, "todo_b") in "Ffc")


@pytest.fixture(autouse=True)
def _con_base(db: None) -> None:
    """Every mutant is noticed in the database's rows."""


@pytest.mark.parametrize("mutante", MUTANTES, ids=str)
def test_a_rule_taken_out_is_noticed(mutante: Mutante, monkeypatch: pytest.MonkeyPatch) -> None:
    cambiar(monkeypatch, mutante)
    assert mutante.detector()


@pytest.mark.parametrize("tabla", DE_UNA_EMPRESA)
def test_a_tables_rule_taken_out_is_noticed(tabla: str, monkeypatch: pytest.MonkeyPatch) -> None:
    modelo = next(m for m in admin.site._registry if m._meta.label == tabla)
    monkeypatch.setitem(filas._reglas, modelo, filas.todas)
    assert en_el_admin("todo_b", tabla)()


def test_who_notices_is_quiet_while_the_rules_are_there() -> None:
    rojos = []
    for mutante in MUTANTES:
        with transaction.atomic():
            rojos += [str(mutante)] if mutante.detector() else []
            transaction.set_rollback(True)
    assert rojos == []
