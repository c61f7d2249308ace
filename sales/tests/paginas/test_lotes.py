"""Pages of lotes: the log, the badge in every state, the verdicts."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sales.models import LotePedidos
from sales.pantalla.lote import hace, ver_lote
from sales.tests.mesa import HX, Mesa, entrar, resultado

AHORA = timezone.now()


def lote_en(
    estado: str, *, edad: int = 0, silencio: int | None = None, **campos: Any
) -> LotePedidos:
    latido = None if silencio is None else AHORA - timedelta(seconds=silencio)
    return LotePedidos(
        estado=estado, recibido_en=AHORA - timedelta(seconds=edad), latido_en=latido, **campos
    )


@pytest.mark.parametrize(
    ("lote", "texto", "sin_senal", "sondeo"),
    [
        (
            lote_en("RECIBIDO", encolado_en=AHORA),
            "Guardado, en espera de proceso.",
            False,
            "every 1s",
        ),
        (
            lote_en("RECIBIDO"),
            "Guardado, sin entregar a la cola todavía. Se entrega solo.",
            True,
            "every 1s",
        ),
        (
            lote_en("RECIBIDO", encolado_en=AHORA, intentos=1),
            "Guardado: el proceso se cortó y se retoma solo.",
            False,
            "every 1s",
        ),
        (
            lote_en("RECIBIDO", encolado_en=AHORA, intentos=1, total=500, guardados=308),
            "308/500 pedidos. Se retoma solo.",
            False,
            "every 1s",
        ),
        (
            lote_en("RECIBIDO", edad=31, encolado_en=AHORA),
            "Guardado y en espera: nadie lo está procesando todavía.",
            True,
            "every 3s",
        ),
        (lote_en("PROCESANDO", silencio=0), "Guardado, empezando.", False, "every 1s"),
        (
            lote_en("PROCESANDO", silencio=1, total=500, guardados=308, rechazados=4),
            "312/500 pedidos, 4 con error",
            False,
            "every 1s",
        ),
        (
            lote_en("PROCESANDO", edad=301, silencio=15, total=1500, guardados=1200),
            "1.200/1.500 pedidos",
            False,
            "every 15s",
        ),
        (
            lote_en("PROCESANDO", edad=3601, silencio=16, total=500, guardados=308),
            "308/500 pedidos. Se retoma solo.",
            True,
            "every 60s",
        ),
        (lote_en("COMPLETO", total=1, guardados=1), "1 pedido guardado", False, ""),
        (lote_en("COMPLETO", edad=9999, total=12, guardados=12), "12 pedidos guardados", False, ""),
        (
            lote_en("PARCIAL", total=100, guardados=97, rechazados=3),
            "97/100 pedidos guardados, 3 con error",
            False,
            "",
        ),
        (
            lote_en("FALLIDO", total=3, rechazados=3),
            "0/3 pedidos guardados, 3 con error",
            False,
            "",
        ),
    ],
)
def test_one_badge_says_every_state(
    lote: LotePedidos, texto: str, sin_senal: bool, sondeo: str
) -> None:
    vista = ver_lote(lote, AHORA)
    assert (vista.texto, vista.sin_senal, vista.sondeo) == (texto, sin_senal, sondeo)


def test_a_lote_that_failed_as_a_whole_shows_its_reason() -> None:
    vista = ver_lote(LotePedidos(estado="FALLIDO", codigo="sin_pedidos"), AHORA)
    assert (vista.texto, vista.sondeo) == ("El lote no trae ningún pedido.", "")


@pytest.mark.parametrize(
    ("segundos", "texto"),
    [
        (-5, "recién"),
        (9, "recién"),
        (10, "hace 10 s"),
        (59, "hace 59 s"),
        (60, "hace 1 min"),
        (3599, "hace 59 min"),
        (3600, "hace 1 h"),
        (86_400, "hace 1 d"),
        (86_400 * 2000, "hace 2.000 d"),
    ],
)
def test_age_in_one_unit(segundos: int, texto: str) -> None:
    assert hace(AHORA - timedelta(seconds=segundos), AHORA) == texto


@pytest.mark.parametrize("estado", LotePedidos.Estado.values)
def test_the_badge_polls_itself_until_its_state_is_final(mesa: Mesa, estado: str) -> None:
    lote = mesa.lote(estado=estado, latido_en=timezone.now())
    url = f"/lotes/{lote.pk}/estado/"
    texto = entrar(mesa.tomador).get(url, headers=HX).content.decode()
    assert f'data-lote="{lote.pk}"' in texto
    assert f'data-estado="{estado}"' in texto
    assert f'id="lote_estado-{lote.pk}"' in texto
    vivo = estado in {"RECIBIDO", "PROCESANDO"}
    assert ("hx-trigger" in texto) is vivo
    assert (f'hx-get="{url}"' in texto) is vivo
    assert ("data-sondeo" in texto) is vivo


@pytest.mark.parametrize("ruta", ["/lotes/", "/lotes/{lote}/", "/panel/"])
def test_the_page_after_a_swap_is_the_fresh_page(mesa: Mesa, ruta: str) -> None:
    lote = mesa.lote(estado="PROCESANDO", total=10, guardados=4, latido_en=timezone.now())
    navegador = entrar(mesa.supervisor)
    badge = navegador.get(f"/lotes/{lote.pk}/estado/", headers=HX).content.decode()
    pagina = navegador.get(ruta.format(lote=lote.pk)).content.decode()
    assert _sin_margen(badge) in _sin_margen(pagina)


def test_the_list_after_a_swap_is_the_fresh_list(mesa: Mesa) -> None:
    for _ in range(3):
        mesa.lote(estado="COMPLETO")
    navegador = entrar(mesa.supervisor)
    lista = navegador.get("/lotes/?q=ana", headers=HX).content.decode()
    assert lista.strip().startswith('<section id="lotes_lista"')
    assert _sin_margen(lista) in _sin_margen(navegador.get("/lotes/?q=ana").content.decode())
    historia = navegador.get("/lotes/", headers=HX | {"HX-History-Restore-Request": "true"})
    assert "<html" in historia.content.decode()


def _sin_margen(html: str) -> str:
    return re.sub(r"\s+", " ", html).strip()


def test_the_log_filters_by_the_url_and_says_when_nothing_is_left(mesa: Mesa) -> None:
    mio = mesa.lote(mesa.supervisor, estado="COMPLETO")
    suyo = mesa.lote(estado="FALLIDO", codigo="sin_pedidos")
    navegador = entrar(mesa.supervisor)
    propios = navegador.get("/lotes/?mios=true").content.decode()
    assert (str(mio.pk) in propios, str(suyo.pk) in propios) == (True, False)
    fallidos = navegador.get("/lotes/?estado=FALLIDO").content.decode()
    assert (str(mio.pk) in fallidos, str(suyo.pk) in fallidos) == (False, True)
    assert 'value="FALLIDO" selected' in fallidos
    assert "Ningún lote coincide" in navegador.get("/lotes/?q=zzz").content.decode()
    assert "Un filtro no se entiende" in navegador.get("/lotes/?estado=X").content.decode()


def test_an_empty_log_offers_the_first_step(mesa: Mesa) -> None:
    texto = entrar(mesa.tomador).get("/lotes/").content.decode()
    assert "Sin lotes todavía" in texto
    assert "Solo los míos" not in texto


def test_the_verdicts_name_client_reason_and_order(mesa: Mesa) -> None:
    lote = mesa.lote(estado="PARCIAL", total=2, guardados=1, rechazados=1)
    pedido = mesa.pedido(loteobj=lote)
    aviso = {"codigo": "x", "linea": 2, "campo": "precio_unitario", "motivo": "Se guardó otro."}
    resultado(lote, 0, cliente_id=str(mesa.cliente.pk), orderobj=pedido, avisos=[aviso])
    resultado(lote, 1, cliente_id="<b>x</b>", resultado="RECHAZADO", motivo="Línea 3: no existe.")
    navegador = entrar(mesa.tomador)
    texto = navegador.get(f"/lotes/{lote.pk}/").content.decode()
    assert mesa.cliente.nombrefantasia in texto
    assert f'href="/pedidos/{pedido.pedido_numero}/"' in texto
    assert "Línea 2: Se guardó otro." in texto
    assert "Línea 3: no existe." in texto
    assert "&lt;b&gt;x&lt;/b&gt;" in texto
    assert "reenviar solo esos" in texto
    solo = navegador.get(f"/lotes/{lote.pk}/?ver=rechazados").content.decode()
    assert "Línea 3: no existe." in solo
    assert mesa.cliente.nombrefantasia not in solo
    assert (
        "reenviar solo esos"
        not in entrar(mesa.supervisor).get(f"/lotes/{lote.pk}/").content.decode()
    )


def test_a_supervisor_hands_a_waiting_lote_out_again(
    mesa: Mesa, monkeypatch: pytest.MonkeyPatch
) -> None:
    lote, encolados = mesa.lote(), []

    def publicar(tarea: str, args: list[str], **_resto: object) -> bool:
        encolados.append((tarea, args))
        return True

    monkeypatch.setattr("sales.lotes.bandeja.publicar", publicar)
    navegador, url = entrar(mesa.supervisor), f"/lotes/{lote.pk}/reencolado/"
    assert "Volver a encolar" in navegador.get(f"/lotes/{lote.pk}/").content.decode()
    respuesta = navegador.post(url, follow=True)
    assert "Lote encolado otra vez." in respuesta.content.decode()
    assert encolados == [("sales.tasks.save_orders_clients", [str(lote.pk)])]
    LotePedidos.objects.update(estado="COMPLETO")
    assert "no hay nada que volver a encolar" in navegador.post(url, follow=True).content.decode()
    assert len(encolados) == 1


def test_without_a_broker_it_says_that_the_lote_is_safe(mesa: Mesa) -> None:
    lote = mesa.lote()
    url = f"/lotes/{lote.pk}/reencolado/"
    respuesta = entrar(mesa.supervisor).post(url, follow=True)
    assert "El lote está guardado" in respuesta.content.decode()


@pytest.mark.parametrize("ruta", ["/lotes/", "/lotes/{lote}/", "/panel/"])
def test_one_row_and_fifty_cost_the_same_queries(mesa: Mesa, ruta: str) -> None:
    lote = mesa.lote()
    resultado(lote, 0, orderobj=mesa.pedido(loteobj=lote), cliente_id=str(mesa.cliente.pk))
    navegador, url = entrar(mesa.supervisor), ruta.format(lote=lote.pk)
    navegador.get(url)
    with CaptureQueriesContext(connection) as una:
        navegador.get(url)
    for n in range(1, 50):
        mesa.lote()
        resultado(lote, n, orderobj=mesa.pedido(), cliente_id=str(n))
    with CaptureQueriesContext(connection) as cincuenta:
        navegador.get(url)
    assert len(una) == len(cincuenta)
    assert not any('"contenido"' in consulta["sql"] for consulta in cincuenta)
