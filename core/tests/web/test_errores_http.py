"""Refusals as pages, toasts and JSON: each says what to do next, whatever else is broken."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError, connection
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from core.errores import ErrorDominio
from core.web import errores_http
from core.web.errores_http import ErroresMiddleware

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


@pytest.fixture
def peticion(rf: RequestFactory) -> HttpRequest:
    return rf.get("/pagina/")


def procesar(request: HttpRequest, error: Exception) -> HttpResponse | None:
    return ErroresMiddleware(lambda _: HttpResponse()).process_exception(request, error)


def test_an_unknown_page_says_where_to_go(client: Client) -> None:
    respuesta = client.get("/nada/")
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 404
    assert "No existe o no está a su alcance." in pagina
    assert f'href="{reverse("entrar")}"' in pagina


def test_somebody_signed_in_is_led_to_the_start(client: Client) -> None:
    client.force_login(User.objects.create_user("ana"))
    assert f'btn-primary" href="{reverse("inicio")}"' in client.get("/nada/").content.decode()


def test_an_unknown_api_path_is_json(client: Client) -> None:
    respuesta = client.get("/api/nada/")
    assert respuesta.status_code == 404
    assert respuesta.json() == {
        "detail": "No existe o no está a su alcance. "
        "Revisar la dirección o buscarlo en las listas.",
        "codigo": "no_existe",
    }


def test_an_htmx_request_gets_a_toast(client: Client) -> None:
    respuesta = client.get("/nada/", headers=HX)
    aviso = json.loads(respuesta["HX-Trigger"])["aviso"]
    assert (respuesta.status_code, respuesta.content) == (404, b"")
    assert aviso["nivel"] == "peligro"
    assert aviso["texto"].startswith("No existe o no está a su alcance.")


def test_a_bad_host_is_refused_without_a_user(client: Client) -> None:
    respuesta = client.get("/", headers={"Host": "evil.example"})
    assert respuesta.status_code == 400
    assert "La solicitud no se entiende" in respuesta.content.decode()
    assert "evil.example" not in respuesta.content.decode()


def test_a_view_may_say_why_it_refuses(peticion: HttpRequest) -> None:
    respuesta = errores_http.sin_permiso(peticion, PermissionDenied("Pedir un rol."))
    assert respuesta.status_code == 403
    assert "<p>Pedir un rol.</p>" in respuesta.content.decode()


def test_a_refusal_without_words_gets_ours(peticion: HttpRequest) -> None:
    pagina = errores_http.sin_permiso(peticion, PermissionDenied()).content.decode()
    assert "Pedir el acceso a un administrador." in pagina


def test_an_old_form_says_to_reload() -> None:
    respuesta = Client(enforce_csrf_checks=True).post(reverse("entrar"), {"username": "ana"})
    assert respuesta.status_code == 403
    assert "Recargar la página y reintentar." in respuesta.content.decode()


@pytest.mark.parametrize(
    ("error", "estado", "frase"),
    [
        (RequestDataTooBig(), 413, "Dividirlo en partes"),
        (ProtectedError("x", set()), 409, "otros datos lo usan"),
        (OperationalError("x"), 503, "La base de datos no responde"),
        (ErrorDominio("Falta la fecha.", codigo="falta"), 400, "Falta la fecha."),
        (ErrorDominio("No está.", codigo="no", estado=404), 404, "No está."),
    ],
)
def test_what_a_view_could_not_do(
    peticion: HttpRequest, error: Exception, estado: int, frase: str
) -> None:
    respuesta = procesar(peticion, error)
    assert respuesta is not None
    assert respuesta.status_code == estado
    assert frase in respuesta.content.decode()


def test_a_bug_is_left_to_django(peticion: HttpRequest) -> None:
    assert procesar(peticion, ValueError()) is None


def test_json_names_the_field(rf: RequestFactory) -> None:
    request = rf.get("/pagina/", headers={"Accept": "application/json"})
    respuesta = procesar(request, ErrorDominio("Falta.", codigo="falta", campo="fecha"))
    assert respuesta is not None
    assert json.loads(respuesta.content) == {
        "detail": "Falta.",
        "codigo": "falta",
        "campo": "fecha",
    }


def test_a_body_too_big_is_413_wherever_it_is_met(peticion: HttpRequest) -> None:
    assert errores_http.solicitud_incorrecta(peticion, RequestDataTooBig()).status_code == 413
    assert errores_http.solicitud_incorrecta(peticion, ValueError()).status_code == 400


@pytest.mark.parametrize("prefijo", ["/pagina/", "/api/pedidos/"])
def test_a_lost_database_asks_to_come_back(rf: RequestFactory, prefijo: str) -> None:
    respuesta = procesar(rf.get(prefijo), OperationalError())
    assert respuesta is not None
    assert (respuesta.status_code, respuesta["Retry-After"]) == (503, "5")


def test_the_500_page_needs_no_database(peticion: HttpRequest) -> None:
    with sin_base():
        respuesta = errores_http.error_del_servidor(peticion)
    assert respuesta.status_code == 500
    assert "si sigue, avisar a soporte" in respuesta.content.decode()


def test_a_bug_in_a_view_becomes_the_500_page(client: Client) -> None:
    client.raise_request_exception = False
    with patch("core.acceso.cuentas.Entrar.get", side_effect=ValueError("secreto")):
        respuesta = client.get(reverse("entrar"))
    assert respuesta.status_code == 500
    assert "Algo falló de nuestro lado" in respuesta.content.decode()
    assert "secreto" not in respuesta.content.decode()


def test_a_database_lost_before_the_view_is_503(client: Client) -> None:
    client.force_login(User.objects.create_user("ana"))
    client.raise_request_exception = False
    with sin_base():
        respuesta = client.get(reverse("clave"))
    assert (respuesta.status_code, respuesta["Retry-After"]) == (503, "5")
    assert "La base de datos no responde" in respuesta.content.decode()


def sin_base() -> AbstractContextManager[None]:
    """Every query fails as if the server were away."""

    def negar(ejecutar: Callable[..., object], *_args: object) -> object:
        raise OperationalError("gone")

    return connection.execute_wrapper(negar)
