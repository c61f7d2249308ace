"""The pages of lists: what holds where, and making, changing, duplicating and moving one."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gestion_precios.models import ListaPrecio
from gestion_precios.motor.vigencia import hoy_en
from gestion_precios.paginas.formularios import huella_de
from gestion_precios.tests.fabricas import crear_empresa, crear_lista
from sales.tests.mesa import HX, Mesa, entrar, texto

pytestmark = pytest.mark.django_db
DIA = timedelta(days=1)


@pytest.fixture
def general(mesa: Mesa) -> ListaPrecio:
    return crear_lista(mesa.asuncion.empresa, nombre="General")


HUELLA = re.compile(r'name="(?:lista\d+-)?huella" value="(\w+)"')


def datos(mesa: Mesa, **campos: str) -> dict[str, str]:
    """A list's form as filled in."""
    return {
        "nombre": "Tienda 2030",
        "empresa": str(mesa.asuncion.empresa_id),
        "sucursal": "",
        "canal_venta": "TIENDA",
        "fecha_inicio_vigencia": "2030-01-01",
        "fecha_fin_vigencia": "2030-12-31",
    } | campos


def test_the_lists_after_a_swap_are_the_fresh_ones(jefa: Client, general: ListaPrecio) -> None:
    trozo = texto(jefa.get("/precios/?canal=TODOS", headers=HX).content).strip()
    assert trozo.startswith('<section id="listas_precio"')
    assert "General" in trozo
    assert trozo in texto(jefa.get("/precios/?canal=TODOS").content)


def test_each_filter_narrows_and_stays_in_the_form(
    jefa: Client, mesa: Mesa, general: ListaPrecio
) -> None:
    hoy = hoy_en(mesa.asuncion.empresa)
    tienda: dict[str, Any] = {"empresa": mesa.asuncion.empresa, "canal_venta": "TIENDA"}
    crear_lista(**tienda, nombre="Futura Ñandú", desde=hoy + DIA)
    crear_lista(**tienda, nombre="Vencida", hasta=hoy - DIA)
    crear_lista(**tienda, nombre="Apagada", activa=False, sucursal=mesa.este)
    for consulta, nombres in {
        "estado=EN_VIGOR": ["General"],
        "estado=FUTURA": ["Futura Ñandú"],
        "estado=VENCIDA": ["Vencida"],
        "estado=INACTIVA": ["Apagada"],
        f"sucursal={mesa.este.pk}": ["Apagada"],
        "sucursal=0&canal=TIENDA": ["Futura Ñandú", "Vencida"],
        "q=nandu": ["Futura Ñandú"],
        f"empresa={mesa.asuncion.empresa_id}&canal=TODOS": ["General"],
    }.items():
        html = jefa.get(f"/precios/?{consulta}").content.decode()
        hallados = re.findall(r'class="principal"[^>]*><a href="/precios/\d+/">([^<]+)', html)
        assert (consulta, hallados) == (consulta, nombres)
    assert (
        '<option value="FUTURA" selected>' in jefa.get("/precios/?estado=FUTURA").content.decode()
    )


def test_another_companys_lists_and_filters_do_not_exist(
    jefa: Client, mesa: Mesa, general: ListaPrecio
) -> None:
    ajena = crear_lista(mesa.ajena.empresa, nombre="Secreta")
    assert "Secreta" not in jefa.get("/precios/").content.decode()
    assert jefa.get(f"/precios/{ajena.pk}/").status_code == 404
    html = jefa.get(f"/precios/?empresa={ajena.empresa_id}").content.decode()
    assert "Un filtro no se entiende y no se aplicó" in html
    assert "General" in html


def test_no_list_and_no_match_are_said_with_what_to_do(jefa: Client, mesa: Mesa) -> None:
    assert "Crear la primera lista" in jefa.get("/precios/").content.decode()
    assert "Crear la primera lista" not in entrar(mesa.tomador).get("/precios/").content.decode()
    html = jefa.get("/precios/?q=zzz").content.decode()
    assert "Ninguna lista coincide" in html
    assert "Quitar filtros" in html


def test_what_ends_soon_is_said_with_what_follows(jefa: Client, mesa: Mesa) -> None:
    hoy = hoy_en(mesa.asuncion.empresa)
    ultima = crear_lista(mesa.asuncion.empresa, nombre="Se va", hasta=hoy + DIA)
    html = texto(jefa.get("/precios/").content)
    assert "termina mañana." in html
    assert "Después no hay ninguna: nadie tendrá precio." in html
    assert f'href="/precios/{ultima.pk}/duplicado/"' in html
    crear_lista(mesa.asuncion.empresa, nombre="La que sigue", desde=hoy + 2 * DIA)
    assert "Después rige «La que sigue»." in texto(jefa.get("/precios/").content)


def test_the_page_costs_the_same_for_one_list_and_for_thirty(
    jefa: Client, mesa: Mesa, general: ListaPrecio
) -> None:
    def consultas() -> int:
        with CaptureQueriesContext(connection) as hechas:
            jefa.get("/precios/")
        return len(hechas)

    consultas()  # what each process asks once
    una = consultas()
    for n in range(30):
        desde = date(2030 + n, 1, 1)
        crear_lista(mesa.este.empresa, sucursal=mesa.este, desde=desde, hasta=desde + DIA)
    assert consultas() == una


def test_takers_read_and_get_no_controls(mesa: Mesa, general: ListaPrecio) -> None:
    tomador = entrar(mesa.tomador)
    for url in ("/precios/", f"/precios/{general.pk}/", f"/precios/{general.pk}/precios/"):
        html = tomador.get(url).content.decode()
        cuerpo = html[html.index("<main") : html.index("</main>")]
        assert 'method="post"' not in cuerpo
        assert "Duplicar" not in cuerpo
        assert "Agregar" not in cuerpo


def test_a_new_list_goes_on_to_its_prices(jefa: Client, mesa: Mesa) -> None:
    respuesta = jefa.post("/precios/nueva/", datos(mesa, sucursal=str(mesa.este.pk)))
    lista = ListaPrecio.objects.get()
    assert respuesta["Location"] == f"/precios/{lista.pk}/precios/"
    assert (lista.sucursal, lista.activa) == (mesa.este, True)
    assert lista.historia.get().history_user == mesa.supervisor


@pytest.mark.parametrize(
    ("campos", "frase"),
    [
        ({"fecha_fin_vigencia": "2029-12-31"}, "La lista termina antes de empezar."),
        ({"canal_venta": "TODOS"}, "«General» ya rige para los mismos clientes"),
        ({"nombre": ""}, "is-invalid"),
        ({"fecha_inicio_vigencia": "31/02/2030"}, "is-invalid"),
    ],
)
def test_a_list_that_may_not_be_is_refused_with_what_was_typed(
    jefa: Client, mesa: Mesa, general: ListaPrecio, campos: dict[str, str], frase: str
) -> None:
    respuesta = jefa.post("/precios/nueva/", datos(mesa, **campos))
    assert respuesta.status_code == 422
    assert frase in texto(respuesta.content)
    assert 'value="2030-' in respuesta.content.decode() or "31/02/2030" in campos.values()
    assert ListaPrecio.objects.count() == 1


def test_another_companys_branch_cannot_be_chosen(jefa: Client, mesa: Mesa) -> None:
    for campo, valor in (("sucursal", mesa.ajena.pk), ("empresa", mesa.ajena.empresa_id)):
        assert jefa.post("/precios/nueva/", datos(mesa, **{campo: str(valor)})).status_code == 422


def test_the_head_is_edited_and_the_company_stays(mesa: Mesa, general: ListaPrecio) -> None:
    otra = crear_empresa("Tercera S.A.")
    url = f"/precios/{general.pk}/datos/"
    campos = datos(mesa, empresa=str(otra.pk), nombre="General 2030", huella=huella_de(general))
    respuesta = entrar(mesa.admin).post(url, campos)
    assert respuesta["Location"] == f"/precios/{general.pk}/"
    general.refresh_from_db()
    assert (general.nombre, general.empresa) == ("General 2030", mesa.asuncion.empresa)


def test_a_head_changed_by_somebody_meanwhile_is_told(
    jefa: Client, mesa: Mesa, general: ListaPrecio
) -> None:
    url = f"/precios/{general.pk}/datos/"
    (vista,) = HUELLA.findall(jefa.get(url).content.decode())
    suyo = {"nombre": "General", "fecha_fin_vigencia": "2031-10-31", "huella": vista}
    entrar(mesa.admin).post(url, datos(mesa, **suyo))
    campos = datos(mesa, nombre="Mía", huella=vista)
    respuesta = jefa.post(url, campos)
    html = texto(respuesta.content)
    assert respuesta.status_code == 422
    assert "admin la cambió mientras tanto: «General», del 01/01/2030 al 31/10/2031." in html
    assert 'value="Mía"' in html
    general.refresh_from_db()
    assert (general.nombre, general.fecha_fin_vigencia) == ("General", date(2031, 10, 31))
    (nueva,) = HUELLA.findall(html)
    assert jefa.post(url, campos | {"huella": nueva}).status_code == 302
    general.refresh_from_db()
    assert (general.nombre, general.fecha_fin_vigencia) == ("Mía", date(2030, 12, 31))


def test_what_the_clock_or_the_switch_wrote_changes_no_head(
    jefa: Client, mesa: Mesa, general: ListaPrecio
) -> None:
    url = f"/precios/{general.pk}/datos/"
    (vista,) = HUELLA.findall(jefa.get(url).content.decode())
    ListaPrecio.objects.filter(pk=general.pk).update(activa=False, vencida_en=timezone.now())
    assert jefa.post(url, datos(mesa, nombre="Mía", huella=vista)).status_code == 302
    general.refresh_from_db()
    assert (general.nombre, general.activa) == ("Mía", False)


def test_a_list_is_switched_off_and_on_in_place(jefa: Client, general: ListaPrecio) -> None:
    url = f"/precios/{general.pk}/estado/"
    respuesta = jefa.post(url, {"activa": "0", "parte": "precios"}, headers=HX)
    assert texto(respuesta.content).strip().startswith('<div id="lista_cabeza"')
    assert "Inactiva" in respuesta.content.decode()
    assert "Lista desactivada" in respuesta["HX-Trigger"].encode().decode("unicode_escape")
    general.refresh_from_db()
    assert general.activa is False
    assert jefa.post(url, {"activa": "1"})["Location"] == f"/precios/{general.pk}/"
    general.refresh_from_db()
    assert general.activa is True


def test_switching_on_may_not_overlap(jefa: Client, mesa: Mesa, general: ListaPrecio) -> None:
    apagada = crear_lista(mesa.asuncion.empresa, nombre="Apagada", activa=False)
    respuesta = jefa.post(f"/precios/{apagada.pk}/estado/", {"activa": "1"}, headers=HX)
    assert respuesta.status_code == 422
    assert "General" in respuesta["HX-Trigger"]
    apagada.refresh_from_db()
    assert apagada.activa is False


def test_a_duplicate_is_proposed_for_the_days_after(jefa: Client, general: ListaPrecio) -> None:
    manana = hoy_en(general.empresa) + DIA
    html = jefa.get(f"/precios/{general.pk}/duplicado/").content.decode()
    assert f'value="{manana:%Y-%m-%d}"' in html
    assert re.search(r'name="cerrar_original"[^>]* checked', html)
    campos = {"nombre": "Nueva", "fecha_inicio_vigencia": f"{manana}", "cerrar_original": "on"}
    respuesta = jefa.post(f"/precios/{general.pk}/duplicado/", campos)
    nueva = ListaPrecio.objects.get(nombre="Nueva")
    assert respuesta["Location"] == f"/precios/{nueva.pk}/"
    general.refresh_from_db()
    assert general.fecha_fin_vigencia == hoy_en(general.empresa)


def test_a_duplicate_that_overlaps_is_refused_on_the_form(
    jefa: Client, general: ListaPrecio
) -> None:
    campos = {"nombre": "Nueva", "fecha_inicio_vigencia": "2030-01-01"}
    respuesta = jefa.post(f"/precios/{general.pk}/duplicado/", campos)
    assert respuesta.status_code == 422
    assert "«General» ya rige" in respuesta.content.decode()
    assert 'value="Nueva"' in respuesta.content.decode()


def test_neighbours_move_together_or_not_at_all(jefa: Client, mesa: Mesa) -> None:
    empresa = mesa.asuncion.empresa
    una = crear_lista(empresa, nombre="Una", hasta=date(2026, 6, 30))
    otra = crear_lista(empresa, nombre="Otra", desde=date(2026, 7, 1))
    url = f"/precios/{una.pk}/traslado/"
    dias = {f"lista{una.pk}-inicio": "2020-01-01", f"lista{otra.pk}-fin": ""}
    dias |= {f"lista{fila.pk}-huella": huella_de(fila) for fila in (una, otra)}
    encima = {f"lista{una.pk}-fin": "2026-08-31", f"lista{otra.pk}-inicio": "2026-08-01"}
    respuesta = jefa.post(url, dias | encima)
    assert respuesta.status_code == 422
    assert "ya rige para los mismos clientes" in respuesta.content.decode()
    una.refresh_from_db()
    assert una.fecha_fin_vigencia == date(2026, 6, 30)
    juntas = {f"lista{una.pk}-fin": "2026-08-31", f"lista{otra.pk}-inicio": "2026-09-01"}
    assert jefa.post(url, dias | juntas)["Location"] == f"/precios/{una.pk}/"
    una.refresh_from_db()
    otra.refresh_from_db()
    assert (una.fecha_fin_vigencia, otra.fecha_inicio_vigencia) == (
        date(2026, 8, 31),
        date(2026, 9, 1),
    )


def test_dates_moved_by_somebody_meanwhile_are_told(jefa: Client, mesa: Mesa) -> None:
    una = crear_lista(mesa.asuncion.empresa, nombre="Una", hasta=date(2026, 6, 30))
    url, campo = f"/precios/{una.pk}/traslado/", f"lista{una.pk}-"
    (vista,) = HUELLA.findall(jefa.get(url).content.decode())
    una.fecha_fin_vigencia = date(2026, 9, 30)
    una.save()
    dias = {f"{campo}inicio": "2020-01-01", f"{campo}fin": "2026-08-31"}
    respuesta = jefa.post(url, dias | {f"{campo}huella": vista})
    html = texto(respuesta.content)
    assert respuesta.status_code == 422
    assert "al 30/09/2026. Guardar otra vez deja lo de este formulario." in html
    assert 'value="2026-08-31"' in html
    (nueva,) = HUELLA.findall(html)
    assert jefa.post(url, dias | {f"{campo}huella": nueva}).status_code == 302
    una.refresh_from_db()
    assert una.fecha_fin_vigencia == date(2026, 8, 31)


def test_who_may_only_add_lists_ends_no_other(mesa: Mesa, general: ListaPrecio) -> None:
    mesa.tomador.user_permissions.set(Permission.objects.filter(codename="add_listaprecio"))
    campos = {"nombre": "Copia", "fecha_inicio_vigencia": "2030-01-01", "cerrar_original": "on"}
    url = f"/precios/{general.pk}/duplicado/"
    assert entrar(mesa.tomador).post(url, campos).status_code == 403
    general.refresh_from_db()
    assert (general.fecha_fin_vigencia, ListaPrecio.objects.count()) == (None, 1)
