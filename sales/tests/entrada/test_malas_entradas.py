"""The corpus of bad inputs × the endpoints: no 5xx, nothing taken, a sentence, a code, a field."""

from __future__ import annotations

import json
import uuid
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest
from django.test import Client
from rest_framework.authtoken.models import Token

from sales.models import LotePedidos, Orders
from sales.tests.mesa import Mesa, entrar, sobre

URL = "/api/pedidos/"
JSON = "application/json"
FORMULARIO = "application/x-www-form-urlencoded"
LOTE = str(uuid.UUID(int=7))
BIEN = {"lote": LOTE, "pedidos": "N4Ig"}
HONDO = "[" * 100_000 + "]" * 100_000


class Caso(NamedTuple):
    """A body as bytes, its type, and how it must be refused."""

    nombre: str
    cuerpo: bytes
    tipo: str
    estado: int
    codigo: str
    campo: str | None = None


def envio(**cambios: Any) -> bytes:
    return json.dumps(BIEN | cambios).encode()


def sin(campo: str) -> bytes:
    return json.dumps({k: v for k, v in BIEN.items() if k != campo}).encode()


INVALIDO = "json_invalido"
ENORME = "json_numero_enorme"
CUERPOS = (
    Caso("empty", b"", JSON, 400, "required", "lote"),
    Caso("blank", b"   ", JSON, 400, INVALIDO),
    Caso("not json", b"hola", JSON, 400, INVALIDO),
    Caso("cut", envio()[:-3], JSON, 400, INVALIDO),
    Caso("two documents", envio() + envio(), JSON, 400, INVALIDO),
    Caso("bom", b"\xef\xbb\xbf" + envio(), JSON, 400, INVALIDO),
    Caso("nan", b'{"lote": NaN}', JSON, 400, INVALIDO),
    Caso("infinity", b'{"lote": -Infinity}', JSON, 400, INVALIDO),
    Caso("huge exponent", b'{"lote": 1e99999999999999999999}', JSON, 400, ENORME),
    Caso("101 digits", b'{"lote": ' + b"9" * 101 + b"}", JSON, 400, ENORME),
    Caso("100 decimals", b'{"lote": 0.' + b"9" * 99 + b"}", JSON, 400, ENORME),
    Caso("repeated key", b'{"lote": "a", "lote": "b"}', JSON, 400, INVALIDO),
    Caso("bottomless", HONDO.encode(), JSON, 400, "json_profundo"),
    Caso("33 levels", b"[" * 33 + b"]" * 33, JSON, 400, "json_profundo"),
    Caso("lists", b"[" + b"[]," * 20_000 + b"1]", JSON, 400, "json_demasiadas_piezas"),
    Caso("keys", b"{" + b'"a":1,' * 20_000 + b"}", JSON, 400, "json_demasiadas_piezas"),
    Caso("single quotes", b"{'lote': 1}", JSON, 400, INVALIDO),
    Caso("not utf-8", b'{"lote": "\xff"}', JSON, 400, "charset_no_admitido"),
    Caso("utf-16 body", json.dumps(BIEN).encode("utf-16"), JSON, 400, "charset_no_admitido"),
    Caso("utf-8 of a surrogate", b'{"lote": "\xed\xa0\x80"}', JSON, 400, "charset_no_admitido"),
    Caso(
        "unknown charset",
        envio(),
        f"{JSON}; charset=marciano",
        400,
        "charset_no_admitido",
        "Content-Type",
    ),
    Caso(
        "latin-1",
        envio(),
        f"{JSON}; charset=latin-1",
        400,
        "charset_no_admitido",
        "Content-Type",
    ),
    Caso(
        "bz2 as charset",
        envio(),
        f"{JSON}; charset=bz2",
        400,
        "charset_no_admitido",
        "Content-Type",
    ),
    Caso("list", b"[]", JSON, 400, "invalid"),
    Caso("null", b"null", JSON, 400, "null"),
    Caso("number", b"5", JSON, 400, "invalid"),
    Caso("text", b'"x"', JSON, 400, "invalid"),
    Caso("true", b"true", JSON, 400, "invalid"),
    Caso("empty object", b"{}", JSON, 400, "required", "lote"),
    Caso("no lote", sin("lote"), JSON, 400, "required", "lote"),
    Caso("lote null", envio(lote=None), JSON, 400, "null", "lote"),
    Caso("lote number", envio(lote=5), JSON, 400, "invalid", "lote"),
    Caso("lote list", envio(lote=[LOTE]), JSON, 400, "invalid", "lote"),
    Caso("lote text", envio(lote="x"), JSON, 400, "invalid", "lote"),
    Caso("lote empty", envio(lote=""), JSON, 400, "invalid", "lote"),
    Caso("lote braces", envio(lote="{" + LOTE + "}"), JSON, 400, "invalid", "lote"),
    Caso("lote urn", envio(lote="urn:uuid:" + LOTE), JSON, 400, "invalid", "lote"),
    Caso("lote newline", envio(lote=LOTE + "\n"), JSON, 400, "invalid", "lote"),
    Caso("lote arabic digits", envio(lote=LOTE.replace("0", "٠")), JSON, 400, "invalid", "lote"),
    Caso("lote nul", envio(lote=LOTE[:-1] + "\x00"), JSON, 400, "invalid", "lote"),
    Caso("no pedidos", sin("pedidos"), JSON, 400, "required", "pedidos"),
    Caso("pedidos null", envio(pedidos=None), JSON, 400, "null", "pedidos"),
    Caso("pedidos empty", envio(pedidos=""), JSON, 400, "blank", "pedidos"),
    Caso("pedidos object", envio(pedidos={"1": []}), JSON, 400, "invalid", "pedidos"),
    Caso("pedidos number", envio(pedidos=1), JSON, 400, "invalid", "pedidos"),
    Caso("codificacion", envio(codificacion="gzip"), JSON, 400, "invalid_choice", "codificacion"),
    Caso("codificacion null", envio(codificacion=None), JSON, 400, "null", "codificacion"),
    Caso("codificacion list", envio(codificacion=[]), JSON, 400, "invalid_choice", "codificacion"),
    Caso("version", envio(version_datos="x" * 65), JSON, 400, "max_length", "version_datos"),
    Caso("version list", envio(version_datos=[1]), JSON, 400, "invalid", "version_datos"),
    Caso(
        "version nul",
        envio(version_datos="a\x00"),
        JSON,
        400,
        "null_characters_not_allowed",
        "version_datos",
    ),
    Caso(
        "version surrogate",
        envio(version_datos="a\ud800"),
        JSON,
        400,
        "surrogate_characters_not_allowed",
        "version_datos",
    ),
    Caso("sucursal text", envio(sucursal="centro"), JSON, 400, "invalido", "sucursal"),
    Caso("sucursal false", envio(sucursal=False), JSON, 400, "invalido", "sucursal"),
    Caso("sucursal zero", envio(sucursal=0), JSON, 404, "sucursal_ajena", "sucursal"),
    Caso("sucursal minus", envio(sucursal=-1), JSON, 400, "invalido", "sucursal"),
    Caso("__proto__", b'{"__proto__": {"lote": 1}}', JSON, 400, "required", "lote"),
    Caso("form empty", b"", FORMULARIO, 400, "required", "lote"),
    Caso("form nonsense", b"%zz=%zz&&&==", FORMULARIO, 400, "required", "lote"),
    Caso("form not utf-8", b"lote=%ff", FORMULARIO, 400, "invalid", "lote"),
    Caso("form raw bytes", b"lote=\xff", FORMULARIO, 400, "charset_no_admitido"),
    Caso(
        "form charset",
        urlencode(BIEN).encode(),
        f"{FORMULARIO}; charset=marciano",
        400,
        "charset_no_admitido",
        "Content-Type",
    ),
    Caso("form 10,001 fields", b"a=1&" * 10_001, FORMULARIO, 400, "cuerpo_ilegible"),
    Caso("form as json", urlencode(BIEN).encode(), JSON, 400, INVALIDO),
    Caso("json as form", envio(), FORMULARIO, 400, "required", "lote"),
    Caso("no type", envio(), "", 415, "unsupported_media_type"),
    Caso("xml", b"<a/>", "application/xml", 415, "unsupported_media_type"),
    Caso("plain", envio(), "text/plain", 415, "unsupported_media_type"),
    Caso("type nonsense", envio(), "no es un tipo", 415, "unsupported_media_type"),
    Caso("type newline", envio(), "a/b;\tc", 415, "unsupported_media_type"),
    Caso("multipart", b"--x\r\n", "multipart/form-data; boundary=x", 415, "unsupported_media_type"),
    Caso("multipart without end", b"--x", "multipart/form-data", 415, "unsupported_media_type"),
)


def enviar(navegador: Client, ruta: str, caso: Caso) -> Any:
    """The bytes as they are; `post` would encode them by the type's charset."""
    return navegador.generic("POST", ruta, caso.cuerpo, content_type=caso.tipo)


def revisar(respuesta: Any, estado: int, codigo: str, campo: str | None) -> None:
    cuerpo = respuesta.json()
    assert (respuesta.status_code, cuerpo["codigo"], cuerpo.get("campo")) == (estado, codigo, campo)
    assert en_castellano(cuerpo["detail"])


def en_castellano(texto: str) -> bool:
    """A sentence, and none of the English ones that the libraries would say."""
    ingles = (
        " the ",
        "This ",
        "Not ",
        "Invalid",
        "must ",
        "Expected",
        "error -",
        "request",
        "not ",
    )
    return len(texto) > 5 and not any(palabra in texto for palabra in ingles)


@pytest.mark.parametrize("caso", CUERPOS, ids=lambda c: c.nombre)
@pytest.mark.parametrize("con_token", [True, False], ids=["token", "session"])
def test_a_bad_envelope_is_refused_in_words(mesa: Mesa, caso: Caso, con_token: bool) -> None:
    if con_token:
        clave = _token(mesa)
        navegador = Client(headers={"Authorization": f"Token {clave}"})
    else:
        navegador = entrar(mesa.tomador)
    respuesta = enviar(navegador, URL, caso)
    revisar(respuesta, caso.estado, caso.codigo, caso.campo)
    assert not LotePedidos.objects.exists()


def _token(mesa: Mesa) -> str:
    clave: str = Token.objects.create(user=mesa.tomador).key
    return clave


@pytest.mark.parametrize("caso", CUERPOS, ids=lambda c: c.nombre)
def test_the_same_nonsense_voids_nothing_and_breaks_no_deed(mesa: Mesa, caso: Caso) -> None:
    navegador, pedido = entrar(mesa.tomador), mesa.pedido()
    for ruta in (f"{URL}{pedido.pedido_numero}/anulacion/", "/api/token/"):
        respuesta = enviar(navegador, ruta, caso)
        assert respuesta.status_code in {400, 415}, ruta
        assert respuesta.json()["codigo"]
        assert en_castellano(respuesta.json()["detail"])
    for hecho in ("cancelacion", "stock-devuelto", "caja"):
        otro = mesa.pedido()
        ruta = f"{URL}{otro.pedido_numero}/{hecho}/"
        assert enviar(navegador, ruta, caso).status_code < 500
    assert not Orders.objects.filter(anulado_040=True).exists()


CONSULTAS = (
    "pagina=0",
    "pagina=-1",
    "pagina=1.5",
    "pagina=NaN",
    "pagina=" + "9" * 40,
    "pagina=" + "9" * 5000,
    "pagina=%00",
    "pagina=2,a",
    "por_pagina=-1",
    "por_pagina=1e9",
    "por_pagina=" + "9" * 5000,
    "ordering=password",
    "q=%00",
    "q=%ED%A0%80",
    "q=%ff%fe",
    "q=" + "%25" * 90,
    "q=" + "9" * 90,
    "q=" + "a%20" * 49,
    "q=%E2%80%AE%E2%80%8B",
    "estado=%00",
    "estado=a&estado=b",
    "fecha=0000-00-00",
    "fecha=9999-12-31",
    "desde=10000-01-01",
    "hasta=-0",
    "cliente=1e5",
    "cliente=٣",
    "lote=%00",
    "mios=quizas",
    "anulado=%00",
    "format=xml",
    "format=api",
    "format=%00",
    "ver=%00",
    "sucursal=%00",
    "=",
    "&&&&",
    "%",
    "a=" + "b" * 7000,
)
RUTAS_GET = (
    URL,
    "/api/pedidos/{pedido}/",
    "/api/lotes/",
    "/api/lotes/{lote}/",
    "/pedidos/",
    "/pedidos/{pedido}/",
    "/lotes/",
    "/lotes/{lote}/",
    "/lotes/{lote}/estado/",
    "/panel/",
    "/",
)


@pytest.mark.parametrize("ruta", RUTAS_GET)
def test_no_query_breaks_a_page_or_a_list(mesa: Mesa, ruta: str) -> None:
    navegador = entrar(mesa.supervisor)
    url = ruta.format(pedido=mesa.pedido().pedido_numero, lote=mesa.lote().pk)
    roto = []
    for consulta in CONSULTAS:
        for cabeceras in ({}, {"HX-Request": "true"}):
            estado = navegador.get(f"{url}?{consulta}", headers=cabeceras).status_code
            if estado not in {200, 302, 400, 404}:
                roto.append((consulta[:40], estado))
    assert roto == []


@pytest.mark.parametrize(
    "ruta",
    [
        "/api/pedidos/abc/",
        "/api/pedidos/-1/",
        "/api/pedidos/1.5/",
        "/api/pedidos/9223372036854775808/",
        f"/api/pedidos/{'9' * 5000}/",
        "/api/pedidos/%00/",
        "/api/pedidos/٣/",
        "/api/lotes/abc/",
        "/api/lotes/00000000-0000-0000-0000-000000000000/",
        "/api/lotes/%00/",
        "/api/nada/",
    ],
)
def test_what_does_not_exist_is_404_in_our_shape(mesa: Mesa, ruta: str) -> None:
    respuesta = entrar(mesa.admin).get(ruta)
    assert respuesta.status_code == 404
    assert set(respuesta.json()) == {"detail", "codigo"}
    assert en_castellano(respuesta.json()["detail"])


def test_the_form_of_the_page_cannot_be_broken_either(mesa: Mesa) -> None:
    navegador, pedido = entrar(mesa.tomador), mesa.pedido()
    url = f"/pedidos/{pedido.pedido_numero}/anulacion/"
    for cuerpo in (
        {},
        {"motivo": ""},
        {"motivo": "  "},
        {"motivo": "x" * 201},
        {"motivo": "a\x00"},
        {"motivo": "x", "detalle": "abc"},
        {"motivo": "x", "detalle": "9" * 5000},
        {"motivo": "x", "detalle": str(2**63)},
        {"motivo": "x", "detalle": "999999"},
    ):
        for cabeceras in ({}, {"HX-Request": "true"}):
            respuesta = navegador.post(url, cuerpo, headers=cabeceras)
            assert respuesta.status_code == 422, cuerpo
            assert 'id="anulacion_error"' in respuesta.content.decode()
    assert not Orders.objects.filter(anulado_040=True).exists()


def test_a_good_envelope_still_passes(mesa: Mesa) -> None:
    respuesta = entrar(mesa.tomador).post(URL, json.dumps(sobre()), content_type=JSON)
    assert respuesta.status_code == 202
