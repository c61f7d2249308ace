"""The order's page: what may still be done to it, done once, and said in place."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from sales.models import Orders
from sales.tests.fabricas import crear_articulo
from sales.tests.mesa import HX, Mesa, entrar, texto

CAJA, STOCK, CANCELAR = "caja", "stock-devuelto", "cancelacion"


def ver(usuario: User, pedido: Orders) -> str:
    return texto(entrar(usuario).get(f"/pedidos/{pedido.pedido_numero}/").content)


def hacer(usuario: User, pedido: Orders, hecho: str, **opciones: Any) -> Any:
    cuerpo = {"decision": opciones.pop("decision")} if "decision" in opciones else {}
    return entrar(usuario).post(f"/pedidos/{pedido.pedido_numero}/{hecho}/", cuerpo, **opciones)


def ofrecidos(usuario: User, pedido: Orders) -> list[str]:
    """The deeds that the page offers, in their order."""
    urls = re.findall(r'<form method="post" action="/pedidos/\d+/([a-z-]+)/"', ver(usuario, pedido))
    return [url for url in urls if url != "anulacion"]


def en_revision(mesa: Mesa) -> Orders:
    """2 × Gs. 9.000 where the system says 10.000, and a line at the system's price."""
    otro = crear_articulo("Harina 000")
    pedido = mesa.pedido(status="14", lineas=[(mesa.articulo, 2, 9_000), (otro, 1, 3_000)])
    pedido.detalles.filter(artobj_id=mesa.articulo.pk).update(precio_sistema=10_000)
    pedido.detalles.filter(artobj_id=otro.pk).update(precio_sistema=3_000)
    return pedido


@pytest.mark.parametrize(
    ("campos", "esperados"),
    [
        ({}, [CAJA, CANCELAR]),
        ({"status": "9"}, [CAJA, CANCELAR]),
        ({"status": "4"}, [CAJA, STOCK, CANCELAR]),
        ({"status": "4", "stock_returned": True}, [CAJA, CANCELAR]),
        ({"status": "8"}, [CAJA, STOCK]),
        ({"status": "8", "stock_returned": True}, []),
        ({"status": "8", "pasado_por_caja_en": timezone.now()}, [STOCK]),
        ({"status": "14"}, [CANCELAR]),
        ({"status": "X"}, [CAJA, CANCELAR]),
        ({"pasado_por_caja_en": timezone.now()}, []),
    ],
)
def test_only_what_makes_sense_is_offered(
    mesa: Mesa, campos: dict[str, Any], esperados: list[str]
) -> None:
    pedido = mesa.pedido(**campos)
    assert ofrecidos(mesa.tomador, pedido) == esperados


def test_a_void_order_offers_nothing(mesa: Mesa) -> None:
    pedido = mesa.pedido(status="14")
    entrar(mesa.tomador).post(f"/pedidos/{pedido.pedido_numero}/anulacion/", {"motivo": "Error"})
    assert ofrecidos(mesa.supervisor, pedido) == []


@pytest.mark.parametrize(
    ("hecho", "dicho", "repetido", "campo"),
    [
        (CANCELAR, "Pedido cancelado.", "El pedido ya está cancelado.", "status"),
        (STOCK, "Stock devuelto.", "El stock de este pedido ya fue devuelto.", "stock_returned"),
        (CAJA, "Pasado por caja.", "El pedido ya pasó por caja.", "pasado_por_caja_en"),
    ],
)
def test_a_deed_is_done_once_and_said_in_the_document(
    mesa: Mesa, hecho: str, dicho: str, repetido: str, campo: str
) -> None:
    pedido = mesa.pedido()
    hecha = hacer(mesa.tomador, pedido, hecho, headers=HX)
    documento = texto(hecha.content).strip()
    assert hecha.status_code == 200
    assert documento.startswith('<article id="pedido_documento"')
    assert aviso(documento) == ("exito", dicho)
    pedido.refresh_from_db()
    valor = getattr(pedido, campo)
    otra_vez = hacer(mesa.tomador, pedido, hecho, headers=HX)
    assert (otra_vez.status_code, aviso(texto(otra_vez.content))) == (422, ("aviso", repetido))
    pedido.refresh_from_db()
    assert getattr(pedido, campo) == valor


def aviso(documento: str) -> tuple[str, str]:
    """What the document says of the deed, which takes the focus."""
    hallado = re.search(
        r'<p class="mensaje mensaje-(\w+)" id="pedido_dicho" role="status" tabindex="-1" autofocus>'
        r".*?<span>(.*?)</span>",
        documento,
    )
    assert hallado is not None
    return hallado[1], hallado[2]


def test_without_javascript_a_deed_goes_back_to_the_page_and_a_refusal_is_one(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    url = f"/pedidos/{pedido.pedido_numero}/"
    navegador = entrar(mesa.tomador)
    hecha = navegador.post(f"{url}cancelacion/")
    assert (hecha.status_code, hecha["Location"]) == (302, url)
    assert "Pedido cancelado." in navegador.get(url).content.decode()
    otra_vez = navegador.post(f"{url}cancelacion/")
    assert otra_vez.status_code == 422
    pagina = texto(otra_vez.content)
    assert "<html" in pagina
    assert aviso(pagina) == ("aviso", "El pedido ya está cancelado.")


def test_the_prices_in_review_are_shown_line_by_line(mesa: Mesa) -> None:
    pedido = en_revision(mesa)
    pagina = ver(mesa.supervisor, pedido)
    tabla = re.search(r'aria-labelledby="titulo_revision".*?</table>', pagina)
    assert tabla is not None
    celdas = [c.strip() for c in re.findall(r"<t[dh][^>]*>([^<]*)</t[dh]>", tabla[0])][5:]
    assert celdas == [
        mesa.articulo.descripcion,
        "2",
        "9.000",
        "10.000",
        "-2.000",
        "Diferencia del pedido",
        "Gs. -2.000",
    ]


def historia(usuario: User, pedido: Orders) -> list[tuple[str, str]]:
    """What the page says was done, and by whom."""
    tabla = re.search(r'aria-labelledby="titulo_historia".*?</table>', ver(usuario, pedido))
    filas = re.findall(r"<tr>(.*?)</tr>", tabla[0]) if tabla else []
    celdas = [re.findall(r"<td[^>]*>(.*?)</td>", fila)[1:] for fila in filas[1:]]
    return [(que, quien) for que, quien in celdas]


def test_the_page_says_who_did_what_card_or_no_card(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    User.objects.filter(pk=mesa.supervisor.pk).update(first_name="Ana", last_name="Ruiz")
    assert historia(mesa.tomador, pedido) == []
    hacer(mesa.tomador, pedido, CANCELAR)
    hacer(mesa.supervisor, pedido, STOCK)
    hacer(mesa.tomador, pedido, STOCK)
    assert historia(mesa.tomador, pedido) == [
        ("Cancelado", mesa.tomador.get_full_name() or mesa.tomador.username),
        ("Stock devuelto", "Ana Ruiz"),
    ]


@pytest.mark.parametrize(
    ("decision", "dicho"),
    [("aceptar", "Precio acordado aceptado"), ("corregir", "Precio corregido al del sistema")],
)
def test_who_decided_a_price_is_kept(mesa: Mesa, decision: str, dicho: str) -> None:
    pedido = en_revision(mesa)
    hacer(mesa.supervisor, pedido, "precio", decision=decision)
    hacer(mesa.supervisor, pedido, CAJA)
    quien = mesa.supervisor.get_full_name() or mesa.supervisor.username
    assert historia(mesa.supervisor, pedido) == [(dicho, quien), ("Pasó por caja", quien)]


def test_takers_see_the_review_and_supervisors_decide_it(mesa: Mesa) -> None:
    pedido = en_revision(mesa)
    assert ofrecidos(mesa.tomador, pedido) == [CANCELAR]
    assert "lo acepta o lo corrige un supervisor" in ver(mesa.tomador, pedido)
    assert ofrecidos(mesa.supervisor, pedido) == ["precio", "precio", CANCELAR]
    assert hacer(mesa.tomador, pedido, "precio", decision="aceptar").status_code == 403


@pytest.mark.parametrize(
    ("decision", "dicho", "total"),
    [("aceptar", "Precio aceptado.", "21.000"), ("corregir", "Precio corregido.", "23.000")],
)
def test_a_price_is_decided_once(mesa: Mesa, decision: str, dicho: str, total: str) -> None:
    pedido = en_revision(mesa)
    hecha = hacer(mesa.supervisor, pedido, "precio", decision=decision, headers=HX)
    documento = texto(hecha.content)
    assert (hecha.status_code, aviso(documento)) == (200, ("exito", dicho))
    assert f"Gs. {total}" in documento
    assert "titulo_revision" not in documento
    otra_vez = hacer(mesa.supervisor, pedido, "precio", decision=decision, headers=HX)
    assert (otra_vez.status_code, aviso(texto(otra_vez.content))) == (
        422,
        ("aviso", "El pedido ya no está en revisión."),
    )


def test_a_decision_that_is_none_is_said(mesa: Mesa) -> None:
    pedido = en_revision(mesa)
    for decision in ("", "otra"):
        respuesta = hacer(mesa.supervisor, pedido, "precio", decision=decision, headers=HX)
        assert respuesta.status_code == 422
        assert aviso(texto(respuesta.content))[1] == "Indicar si se acepta o se corrige el precio."
    pedido.refresh_from_db()
    assert pedido.status == "14"
