"""A client's tax number: whose country's it is, in its form, in the admin and on the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from gestion_precios.models import Moneda
from gestion_precios.tests.migraciones import migracion
from sales.models import Cliente, paises_de_la_casa
from sales.personas.roles import Rol
from sales.tests.fabricas import (
    crear_canal,
    crear_cliente,
    crear_empresa,
    crear_pedido,
    crear_sucursal,
    crear_usuario,
)

pytestmark = pytest.mark.django_db
DE_PERU = "El RUC de Perú tiene 11 cifras y empieza con 10, 15, 16, 17 o 20, como 20512333797."
DE_PARAGUAY = "El RUC de Paraguay lleva su dígito verificador después de un guion, como 80009735-1."
YA_LO_TIENE = (
    "Ya lo tiene «Bodega S.A.C.». Si es otro local del mismo contribuyente, dar a cada uno su"
    " código."
)
# Its digits are right in Argentina and in Peru, which have the same check digit.
DE_DOS_PAISES = "20-05536168-2"


def crear_empresas(*paises: str) -> None:
    for pais in paises:
        crear_empresa(f"Distribuidora {pais}", moneda=Moneda.USD, pais=pais)


def nuevo(ruc: str, pais: str = "") -> Cliente:
    return Cliente(ruc=ruc, pais=pais, nombrefactura="Bodega S.A.C.", canalobj=crear_canal())


def falla_de(cliente: Cliente) -> dict[str, list[tuple[str, str]]]:
    """The refusals by field: codes and sentences."""
    with pytest.raises(ValidationError) as error:
        cliente.full_clean()
    return {
        campo: [(falla.code or "", str(falla.message)) for falla in fallas]
        for campo, fallas in error.value.error_dict.items()
    }


@pytest.mark.parametrize(
    ("paises", "escrito", "ruc", "pais"),
    [
        ([], "80.009.735-1", "80009735-1", "PY"),
        (["PE"], "20-51233379-7", "20512333797", "PE"),
        (["PE", "PY"], "20512333797", "20512333797", "PE"),
        (["PE", "PY"], "80009735 - 1", "80009735-1", "PY"),
        (["PE"], DE_DOS_PAISES, "20055361682", "PE"),
        (["AR", "PY"], DE_DOS_PAISES, "20055361682", "AR"),
    ],
)
def test_the_number_says_which_of_the_companies_countries_is_the_clients(
    paises: list[str], escrito: str, ruc: str, pais: str
) -> None:
    crear_empresas(*paises)
    cliente = nuevo(escrito)
    cliente.full_clean()
    assert (cliente.ruc, cliente.pais) == (ruc, pais)


@pytest.mark.parametrize(
    ("paises", "escrito", "frases"),
    [
        (["PE"], "80009735-1", [DE_PERU]),
        (["PE", "PY"], "nada", [DE_PERU, DE_PARAGUAY]),
        (
            ["PE", "PY"],
            "20512333798",
            ["El RUC de Perú no es válido: revisar el número y su dígito verificador."],
        ),
        (["PY"], "20512333797", [DE_PARAGUAY]),
    ],
)
def test_a_number_of_none_of_them_is_refused_in_words(
    paises: list[str], escrito: str, frases: list[str]
) -> None:
    crear_empresas(*paises)
    assert falla_de(nuevo(escrito)) == {"ruc": [("ruc", frase) for frase in frases]}


def test_what_may_be_of_two_countries_waits_for_one_to_be_chosen() -> None:
    crear_empresas("AR", "PE")
    frase = "Puede ser CUIT de Argentina o RUC de Perú: elegir el país."
    assert falla_de(nuevo(DE_DOS_PAISES)) == {"pais": [("ambiguo", frase)]}
    cliente = nuevo(DE_DOS_PAISES, "AR")
    cliente.full_clean()
    assert (cliente.ruc, cliente.pais) == ("20055361682", "AR")


def test_a_client_keeps_its_country_when_no_company_has_it_any_more() -> None:
    crear_empresas("PE")
    cliente = nuevo("80009735-1", "PY")
    cliente.full_clean()
    assert (cliente.ruc, cliente.pais) == ("80009735-1", "PY")


def test_two_shops_of_one_taxpayer_are_told_apart_by_their_codes() -> None:
    crear_empresas("PE")
    for codigo in ("A", "B"):
        tienda = nuevo("20512333797")
        tienda.codigo = codigo
        tienda.full_clean()
        tienda.save()
    assert falla_de(nuevo("20-51233379-7")) == {
        "ruc": [
            (
                "repetido",
                YA_LO_TIENE,
            )
        ]
    }


def test_a_closed_client_leaves_its_number_free() -> None:
    crear_empresas("PE")
    primera = nuevo("20512333797")
    primera.save()
    # What has it already keeps it, whatever else of it is changed.
    Cliente.objects.create(
        ruc="20512333797", pais="PE", nombrefactura="De antes", canalobj=primera.canalobj
    )
    primera.nombrefactura = "Otra"
    primera.full_clean()
    Cliente.objects.update(activo=False)
    nuevo("20512333797").full_clean()


def test_the_companies_countries_are_each_named_once() -> None:
    assert paises_de_la_casa() == ["PY"]
    crear_empresas("PY", "PE", "PE")
    assert paises_de_la_casa() == ["PE", "PY"]


def test_the_migration_leaves_without_country_what_was_never_checked() -> None:
    """The column is made with Paraguay in all rows."""
    suyo, ajeno = crear_cliente(ruc="80009735-1"), crear_cliente(ruc="20512333797")
    Cliente.objects.update(pais="PY")
    migracion("sales", "pais_de_cliente").dejar_sin_pais(apps, None)
    suyo.refresh_from_db()
    ajeno.refresh_from_db()
    assert (suyo.pais, ajeno.pais) == ("PY", "")


# --- the admin ------------------------------------------------------------------------------------


@pytest.fixture
def navegador(client: Client) -> Client:
    client.force_login(crear_usuario("jefa", Rol.ADMIN))
    return client


def cargar(navegador: Client, ruc: str, **campos: Any) -> Any:
    datos: dict[str, Any] = {"ruc": ruc, "nombrefactura": "Bodega", "nombrefantasia": "Bodega"}
    datos |= {"canalobj": crear_canal().pk, "activo": "on"} | campos
    return navegador.post(reverse("admin:sales_cliente_add"), datos)


def paises_a_elegir(respuesta: Any) -> list[str] | None:
    campo = respuesta.context["adminform"].form.fields.get("pais")
    return None if campo is None else [clave for clave, _nombre in campo.choices]


def test_a_client_of_lima_is_created_in_the_admin(navegador: Client) -> None:
    lima = crear_sucursal(crear_empresa("Principal S.A.", moneda=Moneda.PEN), "Lima")
    respuesta = cargar(navegador, "20-51233379-7")
    assert respuesta.status_code == 302, respuesta.context["errors"]
    cliente = Cliente.objects.get()
    assert (cliente.ruc, cliente.pais) == ("20512333797", "PE")
    pedido = crear_pedido(cliente, sucursal=lima)
    pagina = navegador.get(reverse("pedido", args=[pedido.pedido_numero])).content.decode()
    assert "RUC 20512333797" in pagina


def test_the_country_is_asked_only_where_there_are_several(navegador: Client) -> None:
    agregar = reverse("admin:sales_cliente_add")
    crear_empresas("PE")
    assert paises_a_elegir(navegador.get(agregar)) is None
    crear_empresas("AR")
    assert paises_a_elegir(navegador.get(agregar)) == ["", "AR", "PE"]
    de_antes = crear_cliente(ruc="80009735-1")
    Cliente.objects.update(pais="PY")
    cambiar = reverse("admin:sales_cliente_change", args=[de_antes.pk])
    assert paises_a_elegir(navegador.get(cambiar)) == ["", "AR", "PY", "PE"]


def test_the_admin_says_what_is_wrong_where_it_is(navegador: Client) -> None:
    crear_empresas("AR", "PE")
    ambiguo = cargar(navegador, DE_DOS_PAISES)
    assert [*ambiguo.context["adminform"].form.errors] == ["pais"]
    malo = cargar(navegador, "20512333798", pais="PE")
    assert malo.context["adminform"].form.errors == {
        "ruc": ["El RUC de Perú no es válido: revisar el número y su dígito verificador."]
    }
    assert cargar(navegador, DE_DOS_PAISES, pais="AR").status_code == 302
    assert Cliente.objects.get().pais == "AR"


# --- pages ----------------------------------------------------------------------------------------


def test_an_order_names_the_number_as_its_clients_country_does(navegador: Client) -> None:
    crear_empresas("AR")
    cliente = nuevo(DE_DOS_PAISES)
    cliente.full_clean()
    cliente.save()
    pedido = crear_pedido(cliente)
    pagina = navegador.get(reverse("pedido", args=[pedido.pedido_numero])).content.decode()
    assert "CUIT 20055361682" in pagina
