"""The table of states from a card: what it offers is what its order takes, and is done or told."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.utils import timezone

from realtime.models import RealtimeRecord, UnfulfilledOrder
from sales.models import Orders
from sales.tests.mesa import Mesa, entrar
from sales.tests.pedidos.tabla import Casilla, armar, casillas, como_esta, frases, hecha

PAGINA = "/no-completados/"
# column → (the last part of the address, what is sent, the button's name, what is said of it done).
HECHOS = {
    "aceptar precio": ("precio", {"decision": "aceptar"}, "aceptar", "Precio aceptado."),
    "corregir precio": ("precio", {"decision": "corregir"}, "corregir", "Precio corregido."),
    "devolver stock": ("stock-devuelto", {}, "stock", "Stock devuelto."),
    "pasar por caja": ("caja", {}, "caja", "Pasado por caja."),
}
CASILLAS = [casilla for casilla in casillas() if casilla.hecho in HECHOS]


def con_tarjeta(pedido: Orders) -> RealtimeRecord:
    """A card of the order as somebody still sees it, whatever has become of the order."""
    fila = UnfulfilledOrder(orderobj=pedido, status="14" if pedido.status == "14" else "9")
    UnfulfilledOrder.objects.bulk_create([fila])
    return RealtimeRecord.objects.create(
        unfulfilled=fila,
        tipo="conciliacion" if pedido.status == "8" else "encuesta",
        regla="1.1",
        ultimo_status=fila.status,
        creado_en=timezone.now(),
    )


def ofrece(navegador: Client, tarjeta: RealtimeRecord, hecho: str) -> bool:
    boton = HECHOS[hecho][2]
    html = navegador.get(f"{PAGINA}tarjetas/", headers={"HX-Request": "true"}).content.decode()
    assert f'id="tarjeta-{tarjeta.unfulfilled_id}"' in html
    return f'id="{boton}-{tarjeta.unfulfilled_id}"' in html


def se_espera(tarjeta: RealtimeRecord, casilla: Casilla) -> bool:
    """A card asks for the stock of what was cancelled; for anything else, what the order takes."""
    pide = casilla.hecho != "devolver stock" or tarjeta.tipo == "conciliacion"
    return casilla.se_hace and pide


@pytest.mark.parametrize("casilla", CASILLAS, ids=lambda c: f"{c.estado}-{c.hecho}")
def test_a_cell_from_a_card(mesa: Mesa, casilla: Casilla) -> None:
    navegador = entrar(mesa.supervisor)
    pedido = armar(mesa, casilla.estado)
    tarjeta = con_tarjeta(pedido)
    assert ofrece(navegador, tarjeta, casilla.hecho) is se_espera(tarjeta, casilla)
    antes = como_esta(pedido)
    ultima, cuerpo, _boton, dicho = HECHOS[casilla.hecho]
    respuesta = navegador.post(f"{PAGINA}{tarjeta.unfulfilled_id}/{ultima}/", cuerpo)
    sucesos = json.loads(respuesta["HX-Trigger"])
    assert respuesta.status_code == 204
    if casilla.se_hace:
        assert sucesos["aviso"] == {"texto": dicho, "nivel": "exito"}
        assert hecha(pedido, casilla.hecho)
    else:
        assert sucesos["aviso"] == {"texto": frases()[casilla.dice], "nivel": "aviso"}
        # The card is still there: the board is drawn again around it.
        assert set(sucesos) == {"aviso", "tablero:refrescar"}
        assert como_esta(pedido) == antes
