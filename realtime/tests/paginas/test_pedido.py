"""An order's unfulfilled story, inside its page and by itself."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.models import User

from realtime.tarjetas.acciones import responder
from realtime.tests.fabricas import RESPUESTA, crear_no_completado
from sales.models import Orders
from sales.pedidos import estados
from sales.pedidos.anulacion import nombre_gecos
from sales.tests.mesa import Mesa, entrar


def pedir(usuario: User, pedido: Orders, **cabeceras: str) -> Any:
    url = f"/no-completados/pedido/{pedido.pedido_numero}/"
    return entrar(usuario).get(url, headers=cabeceras)


def fragmento(usuario: User, pedido: Orders) -> str:
    respuesta = pedir(usuario, pedido, **{"HX-Request": "true"})
    assert respuesta.status_code == 200
    return re.sub(r"\s+", " ", respuesta.content.decode()).strip()


def celdas(html: str) -> list[list[str]]:
    """The history's rows, without tags."""
    filas = re.findall(r"<tr>(.*?)</tr>", html)[1:]
    textos = [re.findall(r"<td[^>]*>(.*?)</td>", fila) for fila in filas]
    return [[" ".join(re.sub(r"<[^>]+>", " ", t).split()) for t in fila] for fila in textos]


def test_the_orders_page_asks_for_its_story(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    pagina = entrar(mesa.tomador).get(f"/pedidos/{pedido.pedido_numero}/").content.decode()
    url = f"/no-completados/pedido/{pedido.pedido_numero}/"
    assert f'id="no_completados_pedido" hx-get="{url}" hx-trigger="load"' in pagina
    assert f'<a href="{url}">' in pagina
    assert fragmento(mesa.tomador, pedido).startswith(
        '<section class="tarjeta" id="no_completados_pedido"'
    )


def test_an_order_without_a_story_says_so(mesa: Mesa) -> None:
    dicho = "Este pedido no tiene novedades de no completados."
    assert dicho in fragmento(mesa.tomador, mesa.pedido())


def test_who_did_what_is_told_in_order(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    crear_no_completado(pedido)
    estados.cancelar(pedido_id=pedido.pk, usuario=mesa.tomador)
    estados.devolver_stock(pedido_id=pedido.pk, usuario=mesa.supervisor)
    ana, sofia = nombre_gecos(mesa.tomador), nombre_gecos(mesa.supervisor)
    assert [fila[1:] for fila in celdas(fragmento(mesa.tomador, pedido))] == [
        ["Mostrada", "Por su regla regla 1.1", "—"],
        ["Pasó a conciliación", "El pedido fue cancelado regla 1.2", ana],
        ["Sin tarjeta propia", "Por su regla", ana],
        ["Retirada", "El stock fue devuelto", sofia],
    ]


def test_an_open_card_is_linked_and_an_answer_is_read(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    fila = crear_no_completado(pedido)
    abierto = fragmento(mesa.tomador, pedido)
    assert f'href="/no-completados/#tarjeta-{fila.pk}"' in abierto
    assert "Sin respuesta" in abierto
    responder(unfulfilled_id=fila.pk, respuesta=f"<b>{RESPUESTA}", actor=mesa.tomador)
    cerrado = fragmento(mesa.tomador, pedido)
    assert "#tarjeta-" not in cerrado
    assert f"&lt;b&gt;{RESPUESTA}" in cerrado


def test_by_itself_it_is_a_page_with_the_way_back(mesa: Mesa) -> None:
    pedido = mesa.pedido()
    vuelta = f'href="/pedidos/{pedido.pedido_numero}/"'
    pagina = pedir(mesa.tomador, pedido).content.decode()
    assert "<html" in pagina
    assert vuelta in pagina
    # Of a colleague's order the card's reader sees the story, not the document.
    de_otro = mesa.pedido(mesa.supervisor)
    respuesta = pedir(mesa.tomador, de_otro)
    assert respuesta.status_code == 200
    assert f'href="/pedidos/{de_otro.pedido_numero}/"' not in respuesta.content.decode()


def test_beyond_reach_there_is_no_story(mesa: Mesa) -> None:
    en_este = mesa.pedido(sucursal=mesa.este)
    assert pedir(mesa.tomador, en_este).status_code == 200  # one's own, in another branch
    assert pedir(mesa.ajeno, en_este).status_code == 404
    sin_sucursal = mesa.pedido(mesa.colega, sucursal=None)
    assert pedir(mesa.supervisor, sin_sucursal).status_code == 404
    assert pedir(mesa.admin, sin_sucursal).status_code == 200
