"""`POST /api/pedidos/`: what the request itself decides, exactly."""

from __future__ import annotations

import json
import uuid
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from rest_framework.authtoken.models import Token
from rest_framework.throttling import SimpleRateThrottle

from sales.models import LotePedidos, Perfil
from sales.tests.mesa import Mesa, entrar, sobre

URL = "/api/pedidos/"
FORMULARIO = "application/x-www-form-urlencoded"


def enviar(navegador: Client, cuerpo: Any, **extra: Any) -> Any:
    # As JSON.stringify does: escapes only what UTF-8 cannot carry.
    texto = json.dumps(cuerpo, ensure_ascii=any("\ud800" in str(v) for v in cuerpo.values()))
    return navegador.post(URL, texto, content_type="application/json", **extra)


def test_a_new_lote_is_stored_whole_and_answered_202(mesa: Mesa) -> None:
    envio = sobre(version_datos="v1")
    respuesta = enviar(entrar(mesa.tomador), envio)
    url = f"/api/lotes/{envio['lote']}/"
    assert respuesta.status_code == 202
    assert respuesta.json() == {"lote": envio["lote"], "estado": "RECIBIDO", "url": url}
    assert respuesta["Location"] == url
    lote = LotePedidos.objects.get()
    assert (str(lote.pk), lote.usuario, lote.sucursal) == (
        envio["lote"],
        mesa.tomador,
        mesa.asuncion,
    )
    assert bytes(lote.contenido) == envio["pedidos"].encode()
    assert (lote.codificacion, lote.version_datos, lote.estado) == ("base64", "v1", "RECIBIDO")
    assert lote.huella == sha256(b"base64\n" + envio["pedidos"].encode()).hexdigest()


def test_the_same_lote_again_answers_200_with_its_present_state_for_ever(mesa: Mesa) -> None:
    envio, navegador = sobre(), entrar(mesa.tomador)
    enviar(navegador, envio)
    LotePedidos.objects.update(estado="COMPLETO")
    respuesta = enviar(navegador, envio)
    assert respuesta.status_code == 200
    assert respuesta.json() == {
        "lote": envio["lote"],
        "estado": "COMPLETO",
        "url": f"/api/lotes/{envio['lote']}/",
    }
    assert LotePedidos.objects.count() == 1


def test_the_same_lote_is_known_after_its_user_moved_to_another_branch(mesa: Mesa) -> None:
    envio, navegador = sobre(), entrar(mesa.tomador)
    enviar(navegador, envio)
    Perfil.objects.filter(usuario=mesa.tomador).update(sucursal=mesa.este)
    Perfil.objects.create(usuario=mesa.tomador, sucursal=mesa.asuncion)
    assert enviar(navegador, envio).status_code == 200


@pytest.mark.parametrize("cambio", [{"pedidos": "otro"}, {"codificacion": "uri"}])
def test_other_content_under_the_same_id_is_422_and_writes_nothing(
    mesa: Mesa, cambio: dict[str, str]
) -> None:
    envio, navegador = sobre(), entrar(mesa.tomador)
    enviar(navegador, envio)
    respuesta = enviar(navegador, envio | cambio)
    assert respuesta.status_code == 422
    assert respuesta.json()["codigo"] == "lote_reutilizado"
    assert respuesta.json()["campo"] == "lote"
    assert bytes(LotePedidos.objects.get().contenido) == envio["pedidos"].encode()


@pytest.mark.parametrize("quien", ["colega", "ajeno", "admin"])
def test_somebody_elses_lote_is_422(mesa: Mesa, quien: str) -> None:
    envio = sobre()
    enviar(entrar(mesa.tomador), envio)
    respuesta = enviar(entrar(getattr(mesa, quien)), envio)
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (422, "lote_reutilizado")


@pytest.mark.parametrize(
    "texto",
    [
        " with spaces around ",
        "\u1234\u0020",
        "nul\x00inside",
        "lone\ud800surrogate",
        "pair😀",
        "line\r\nend\n",
        "ÿ\u2028\ufeff",
    ],
)
def test_the_text_is_stored_as_it_came(mesa: Mesa, texto: str) -> None:
    respuesta = enviar(entrar(mesa.tomador), sobre(pedidos=texto, codificacion="utf16"))
    assert respuesta.status_code == 202
    assert bytes(LotePedidos.objects.get().contenido) == texto.encode("utf-8", "surrogatepass")


def test_a_form_means_the_same_as_json(mesa: Mesa) -> None:
    envio, navegador = sobre(codificacion="base64"), entrar(mesa.tomador)
    por_formulario = navegador.post(URL, urlencode(envio), content_type=FORMULARIO)
    assert por_formulario.status_code == 202
    assert enviar(navegador, envio).status_code == 200


def test_the_plus_of_base64_survives_only_if_it_was_escaped(mesa: Mesa) -> None:
    navegador = entrar(mesa.tomador)
    navegador.post(URL, urlencode(sobre(pedidos="a+b/c=")), content_type=FORMULARIO)
    assert bytes(LotePedidos.objects.get().contenido) == b"a+b/c="


def test_the_page_gets_the_badge(mesa: Mesa) -> None:
    envio, navegador = sobre(), entrar(mesa.tomador)
    respuesta = navegador.post(URL, envio_form(envio), FORMULARIO, headers={"HX-Request": "true"})
    badge = navegador.get(f"/lotes/{envio['lote']}/estado/", headers={"HX-Request": "true"})
    assert respuesta.status_code == 202
    assert respuesta["Content-Type"].startswith("text/html")
    assert respuesta.content == badge.content
    assert f'data-lote="{envio["lote"]}"' in respuesta.content.decode()
    assert "HX-Request" in respuesta["Vary"]


def envio_form(envio: dict[str, Any]) -> str:
    return urlencode(envio)


def test_the_page_gets_its_refusal_as_a_fragment_with_the_same_sentence(mesa: Mesa) -> None:
    navegador = entrar(mesa.tomador)
    envio = sobre(lote="no")
    normal = enviar(navegador, envio)
    fragmento = enviar(navegador, envio, headers={"HX-Request": "true"})
    assert fragmento.status_code == normal.status_code == 400
    assert normal.json()["detail"] in fragmento.content.decode()
    assert 'id="aviso_error"' in fragmento.content.decode()


@pytest.mark.parametrize(
    ("quien", "sucursal", "estado", "codigo"),
    [
        ("tomador", None, 202, None),
        ("tomador", "propia", 202, None),
        ("tomador", "este", 404, "sucursal_ajena"),
        ("tomador", "ajena", 404, "sucursal_ajena"),
        ("tomador", "abc", 400, "invalido"),
        ("tomador", True, 400, "invalido"),
        ("tomador", [1], 400, "invalido"),
        ("tomador", {"a": 1}, 400, "invalido"),
        ("tomador", 1.5, 400, "invalido"),
        ("tomador", 2**63, 404, "sucursal_ajena"),
        ("tomador", 2**70, 400, "invalido"),
        ("tomador", "9" * 30, 400, "invalido"),
        ("supervisor", "este", 202, None),
        ("supervisor", "ajena", 404, "sucursal_ajena"),
        ("admin", None, 400, "falta_sucursal"),
        ("admin", "ajena", 202, None),
        ("sin_grupo", None, 403, "permission_denied"),
    ],
)
def test_who_may_send_for_which_branch(
    mesa: Mesa, quien: str, sucursal: Any, estado: int, codigo: str | None
) -> None:
    if sucursal in ("propia", "este", "ajena"):
        nombre = "asuncion" if sucursal == "propia" else sucursal
        sucursal = getattr(mesa, nombre).pk
    respuesta = enviar(entrar(getattr(mesa, quien)), sobre(sucursal=sucursal))
    assert respuesta.status_code == estado
    assert respuesta.json().get("codigo") == codigo
    assert LotePedidos.objects.exists() is (estado == 202)


def test_somebody_with_two_branches_names_one(mesa: Mesa) -> None:
    Perfil.objects.create(usuario=mesa.tomador, sucursal=mesa.este)
    navegador = entrar(mesa.tomador)
    respuesta = enviar(navegador, sobre())
    assert (respuesta.status_code, respuesta.json()["campo"]) == (400, "sucursal")
    assert enviar(navegador, sobre(sucursal=str(mesa.este.pk))).status_code == 202
    assert LotePedidos.objects.get().sucursal == mesa.este


def test_credentials_token_first_and_the_sessions_csrf(mesa: Mesa) -> None:
    anonimo = enviar(entrar(None), sobre())
    assert (anonimo.status_code, anonimo["WWW-Authenticate"]) == (401, "Token")
    clave = Token.objects.create(user=mesa.tomador).key
    assert (
        enviar(entrar(None), sobre(), headers={"Authorization": f"Token {clave}"}).status_code
        == 202
    )
    sin_csrf = enviar(entrar(mesa.tomador, enforce_csrf_checks=True), sobre())
    assert (sin_csrf.status_code, sin_csrf.json()["codigo"]) == (403, "csrf")


def test_size_is_measured_in_bytes_of_the_lote(mesa: Mesa) -> None:
    navegador = entrar(mesa.tomador)
    limite = settings.LOTE_BYTES_MAXIMO
    assert enviar(navegador, sobre(pedidos="A" * limite)).status_code == 202
    for grande in ("A" * (limite + 1), "ñ" * (limite // 2) + "A"):
        respuesta = enviar(navegador, sobre(pedidos=grande))
        assert respuesta.status_code == 413
        assert respuesta.json() == {
            "detail": "El lote pasa de 10 MiB: enviarlo en partes.",
            "codigo": "lote_demasiado_grande",
            "campo": "pedidos",
        }
    assert LotePedidos.objects.count() == 1


@pytest.mark.parametrize("tipo", ["application/json", FORMULARIO])
@pytest.mark.parametrize("con_sesion", [True, False])
def test_a_body_over_the_limit_is_413_in_our_shape(
    mesa: Mesa, settings: Any, tipo: str, con_sesion: bool
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    clave = Token.objects.create(user=mesa.tomador).key
    cabeceras = {} if con_sesion else {"Authorization": f"Token {clave}"}
    navegador = entrar(mesa.tomador if con_sesion else None, enforce_csrf_checks=con_sesion)
    navegador.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    respuesta = navegador.post(URL, b"x" * 1001, content_type=tipo, headers=cabeceras)
    assert respuesta.status_code == 413
    assert set(respuesta.json()) == {"detail", "codigo"}


def test_without_a_database_the_answer_is_503_and_when_to_come_back(
    mesa: Mesa, monkeypatch: pytest.MonkeyPatch
) -> None:
    def caida(**_datos: Any) -> None:
        raise OperationalError("down")

    monkeypatch.setattr("sales.views.api_pedidos.recibir_lote", caida)
    respuesta = enviar(entrar(mesa.tomador), sobre())
    assert (respuesta.status_code, respuesta["Retry-After"]) == (503, "5")
    assert respuesta.json()["codigo"] == "base_no_disponible"


def test_nor_does_a_session_turn_the_outage_into_a_500(
    mesa: Mesa, monkeypatch: pytest.MonkeyPatch
) -> None:
    navegador = entrar(mesa.tomador)

    def caida(*_datos: Any) -> None:
        raise OperationalError("down")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", caida)
    respuesta = enviar(navegador, sobre())
    assert (respuesta.status_code, respuesta["Retry-After"]) == (503, "5")
    assert respuesta.json()["codigo"] == "base_no_disponible"


def test_the_limit_of_sends_is_its_own(
    mesa: Mesa, redis_servidor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "pedidos", "2/min")
    navegador = entrar(mesa.tomador)
    estados = [enviar(navegador, sobre()).status_code for _ in range(3)]
    assert estados == [202, 202, 429]
    assert navegador.get(URL).status_code == 200


def test_without_redis_nothing_is_throttled(mesa: Mesa, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "pedidos", "1/min")
    navegador = entrar(mesa.tomador)
    assert [enviar(navegador, sobre()).status_code for _ in range(3)] == [202, 202, 202]


def test_a_send_costs_a_fixed_number_of_queries(
    mesa: Mesa, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    navegador, envio = entrar(mesa.tomador), sobre()
    enviar(navegador, sobre())
    # session, user, groups, known lote, branch, get, savepoint, insert, release
    with django_assert_num_queries(9):
        enviar(navegador, envio)


def test_uppercase_ids_are_the_same_lote(mesa: Mesa) -> None:
    navegador = entrar(mesa.tomador)
    envio = sobre(lote=str(uuid.uuid4()).upper())
    assert enviar(navegador, envio).status_code == 202
    assert enviar(navegador, envio | {"lote": envio["lote"].lower()}).status_code == 200


@pytest.mark.parametrize("acepta", ["application/json", "text/html"])
@pytest.mark.parametrize("campo", ["lote", "codificacion", "version_datos", "sucursal"])
def test_no_refusal_is_as_long_as_what_was_sent(mesa: Mesa, campo: str, acepta: str) -> None:
    """The choice of an encoding came back twice: sixty megabytes for thirty."""
    navegador = entrar(mesa.tomador, headers={"accept": acepta})
    respuesta = enviar(navegador, sobre(**{campo: "ñ" * 3_000_000}))
    assert respuesta.status_code == 400
    assert len(respuesta.content) < 60_000
