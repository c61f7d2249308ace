"""An order as text, in WhatsApp's address, and by e-mail."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from pytest_django import Settings

from sales.documentos.contenido import contenido_de
from sales.documentos.texto import LARGO_DE_ENLACE, enlace_de_whatsapp, texto_de
from sales.tests.documentos.lectura import texto
from sales.tests.fabricas import crear_articulo
from sales.tests.mesa import HX, Mesa, entrar, resultado
from sales.tests.mesa import texto as html


def test_the_text_is_the_document_in_lines(mesa: Mesa) -> None:
    arroz = crear_articulo("Arroz 1 kg", tasa_iva=5, codigo=77)
    lineas = [(mesa.articulo, 2, 10_000), (arroz, 1_200, 4_200)]
    pedido = mesa.pedido(lineas=lineas, observacion="De mañana")
    assert texto_de(contenido_de(pedido, "0123456789abcdef" * 4)).splitlines() == [
        f"Pedido {pedido.pedido_numero} · Distribuidora Ñandutí S.A. · Asunción",
        f"Despensa Ña Cármen · RUC {mesa.cliente.ruc}",
        "Fecha: 16/06/2025",
        "",
        f"2 × Yerba mate 500 g ({mesa.articulo.codigo}): 10.000 = 20.000",
        "1.200 × Arroz 1 kg (77): 4.200 = 5.040.000",
        "",
        "Gravada 10 %: Gs. 18.182",
        "IVA 10 %: Gs. 1.818",
        "Gravada 5 %: Gs. 4.800.000",
        "IVA 5 %: Gs. 240.000",
        "Exenta: Gs. 0",
        "Total: Gs. 5.060.000",
        "Observación: De mañana",
        "Recibo: 0123456789ab",
    ]


def test_whatsapp_s_address_carries_the_text_whatever_is_in_it(mesa: Mesa) -> None:
    mesa.cliente.nombrefantasia = "A&B=C #1 + 100 % «ñ» 😀 ?text=x"
    mesa.cliente.save()
    contenido = contenido_de(mesa.pedido())
    partes = urlsplit(enlace_de_whatsapp(contenido))
    assert (partes.scheme, partes.netloc, partes.path, partes.fragment) == (
        *("https", "wa.me", "/"),
        "",
    )
    assert parse_qs(partes.query) == {"text": [texto_de(contenido)]}


def test_a_long_order_s_address_is_bounded_and_says_what_is_missing(mesa: Mesa) -> None:
    largos = [crear_articulo("漢" * 120) for _n in range(40)]
    enlace = enlace_de_whatsapp(contenido_de(mesa.pedido(lineas=[(a, 1, 1) for a in largos])))
    assert len(enlace) <= LARGO_DE_ENLACE
    dicho = parse_qs(urlsplit(enlace).query)["text"][0]
    assert "… y 37 líneas más" in dicho
    assert "Total: Gs. 40" in dicho
    cuarenta = contenido_de(mesa.pedido(lineas=[(mesa.articulo, 1, 1)] * 26))
    assert "%E2%80%A6%20y%201%20l%C3%ADnea%20m%C3%A1s" in enlace_de_whatsapp(cuarenta)
    assert "…" not in texto_de(cuarenta)


def test_the_page_offers_text_and_address_and_mail_only_where_it_leaves(
    mesa: Mesa, settings: Settings
) -> None:
    pedido = mesa.pedido()
    resultado(mesa.lote(), 0, orderobj=pedido, huella="ab" * 32)
    ruta = f"/pedidos/{pedido.pedido_numero}/"
    pagina = html(entrar(mesa.tomador).get(ruta).content)
    assert 'href="https://wa.me/?text=Pedido%20' in pagina
    assert 'Recibo: abababababab">' in pagina
    assert f'data-archivo="{ruta}documento.pdf"' in pagina
    assert "correo_para" not in pagina
    settings.CORREO_CONFIGURADO = True
    assert "correo_para" in html(entrar(mesa.tomador).get(ruta).content)


def test_mail_has_the_text_and_the_file(mesa: Mesa, settings: Settings) -> None:
    settings.CORREO_CONFIGURADO = True
    pedido = mesa.pedido()
    ruta = f"/pedidos/{pedido.pedido_numero}/correo/"
    respuesta = entrar(mesa.tomador).post(ruta, {"para": "ña@ejemplo.com.py"}, headers=HX)
    assert respuesta.status_code == 422
    respuesta = entrar(mesa.tomador).post(ruta, {"para": "ana@ejemplo.com.py"}, headers=HX)
    assert (respuesta.status_code, "Enviado a ana@ejemplo.com.py." in html(respuesta.content)) == (
        200,
        True,
    )
    (carta,) = mail.outbox
    assert carta.to == ["ana@ejemplo.com.py"]
    assert carta.subject == f"Pedido {pedido.pedido_numero} · Distribuidora Ñandutí S.A."
    assert "Total: Gs. 20.000" in carta.body
    nombre, archivo, tipo = carta.attachments[0]
    assert (nombre, tipo) == (f"pedido-{pedido.pedido_numero}.pdf", "application/pdf")
    assert isinstance(archivo, bytes)
    assert "Total Gs. 20.000" in texto(archivo)


@pytest.mark.parametrize(
    "para", ["", "nadie", "a@b.com, c@d.com", "a@b.com\nBcc: c@d.com", "a@b.com\r\n\r\nhola"]
)
def test_an_address_that_is_none_or_more_than_one_sends_nothing(
    mesa: Mesa, settings: Settings, para: str
) -> None:
    settings.CORREO_CONFIGURADO = True
    ruta = f"/pedidos/{mesa.pedido().pedido_numero}/correo/"
    assert entrar(mesa.tomador).post(ruta, {"para": para}, headers=HX).status_code == 422
    assert mail.outbox == []


def test_mail_that_does_not_leave_is_said(mesa: Mesa, settings: Settings) -> None:
    ruta = f"/pedidos/{mesa.pedido().pedido_numero}/correo/"
    for configurado, frase in (
        (False, "El correo no está configurado en esta instalación."),
        (True, "El servidor de correo no lo aceptó."),
    ):
        settings.CORREO_CONFIGURADO = configurado
        # A server that nobody listens as.
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        respuesta = entrar(mesa.tomador).post(ruta, {"para": "a@b.com"}, headers=HX)
        assert respuesta.status_code == 422
        assert frase in html(respuesta.content)


def test_without_a_script_mail_goes_back_to_the_page(mesa: Mesa, settings: Settings) -> None:
    settings.CORREO_CONFIGURADO = True
    ruta = f"/pedidos/{mesa.pedido().pedido_numero}/"
    respuesta = entrar(mesa.tomador).post(f"{ruta}correo/", {"para": "a@b.com"})
    assert (respuesta.status_code, respuesta["Location"]) == (302, ruta)
