"""Bodies by their path: each as long as honest ones of its kind."""

from __future__ import annotations

import json
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from django.urls import reverse

from core.asgi import application
from core.entrada.tamanos import DEMAS, ENTRADA, PLANILLA, limite_de

LOTE = 30 * 1024 * 1024


@pytest.mark.parametrize(
    ("vista", "argumentos", "limite"),
    [
        ("api_pedidos", [], LOTE),
        ("lista_importacion", [7], PLANILLA),
        ("entrar", [], ENTRADA),
        ("salir", [], ENTRADA),
        ("clave", [], ENTRADA),
        ("api_token", [], ENTRADA),
        ("admin:login", [], ENTRADA),
        ("admin:password_change", [], ENTRADA),
        ("admin:auth_user_password_change", [7], ENTRADA),
        ("admin:auth_user_change", [7], DEMAS),
        ("api_cotizar", [], DEMAS),
        ("api_pedido", [7], DEMAS),
        ("pedidos", [], DEMAS),
        ("lista_precio", [7], DEMAS),
    ],
)
def test_only_where_lotes_and_books_come_is_there_room_for_them(
    vista: str, argumentos: list[int], limite: int
) -> None:
    assert limite_de(reverse(vista, args=argumentos)) == limite


@pytest.mark.parametrize(
    "ruta", ["/", "/api/pedidos", "//api/pedidos/", "/api/pedidos/1/", "/precios/x/importacion/"]
)
def test_what_only_looks_like_them_is_any_other(ruta: str) -> None:
    assert limite_de(ruta) == DEMAS


def pedir(ruta: str, largo: int, acepta: bytes) -> tuple[int, dict[bytes, bytes], bytes]:
    """What the whole web answers to the announcement of so long a body, which never comes."""
    enviados: list[Any] = []

    async def receive() -> Any:
        pytest.fail("read")

    async def send(mensaje: Any) -> None:
        enviados.append(mensaje)

    cabeceras = [(b"content-length", b"%d" % largo), (b"accept", acepta)]
    scope: dict[str, Any] = {
        "type": "http",
        "method": "POST",
        "path": ruta,
        "raw_path": ruta.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": cabeceras,
        "client": ("127.0.0.1", 9),
        "scheme": "http",
        "http_version": "1.1",
    }
    async_to_sync(application)(scope, receive, send)
    return enviados[0]["status"], dict(enviados[0]["headers"]), enviados[1]["body"]


@pytest.mark.parametrize(
    ("ruta", "largo"),
    [
        ("/cuentas/entrar/", ENTRADA + 1),
        ("/api/token/", ENTRADA + 1),
        ("/admin/login/", ENTRADA + 1),
        ("/api/cotizar/", DEMAS + 1),
        ("/precios/7/importacion/", PLANILLA + 1),
        ("/api/pedidos/", LOTE + 1),
    ],
)
def test_the_web_reads_no_byte_of_one_that_is_longer(ruta: str, largo: int) -> None:
    """Thirty megabytes of a name came back with the page, and took two seconds of REST."""
    estado, _, cuerpo = pedir(ruta, largo, b"*/*")
    assert (estado, json.loads(cuerpo)["codigo"]) == (413, "demasiado_grande")


def test_a_person_gets_a_page_and_a_program_json() -> None:
    estado, cabeceras, cuerpo = pedir("/precios/7/importacion/", PLANILLA + 1, b"text/html,*/*")
    assert (estado, cabeceras[b"content-type"]) == (413, b"text/html; charset=utf-8")
    assert int(cabeceras[b"content-length"]) == len(cuerpo)
    assert cabeceras[b"content-security-policy"].startswith(b"default-src 'self';")
    assert "<h1>El envío es demasiado grande.</h1>" in cuerpo.decode()
    assert pedir("/api/pedidos/", LOTE + 1, b"text/html")[1][b"content-type"] == b"application/json"


@pytest.mark.django_db
@pytest.mark.parametrize("vista", ["entrar", "admin:login"])
def test_what_is_nobodys_name_is_not_drawn_again(client: Client, vista: str) -> None:
    largo = client.post(reverse(vista), {"username": "ñ" * 151, "password": "x"})
    assert largo.status_code == 200
    assert "ññ" not in largo.content.decode()
    corto = client.post(reverse(vista), {"username": "ñ" * 150, "password": ""})
    assert f'value="{"ñ" * 150}"' in corto.content.decode()
