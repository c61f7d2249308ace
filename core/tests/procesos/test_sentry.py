"""What leaves for Sentry: the error and its place, no person's or order's data."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sentry_sdk
from django.test import RequestFactory
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from core.procesos import sentry

SECRETOS = ("80009735-1", "ñandutí", "carga-pedidos", "Cooperativa")


class Buzon(Transport):
    """A transport that keeps what it was given."""

    def __init__(self, options: dict[str, Any] | None = None) -> None:
        super().__init__(options)
        self.sobres: list[Envelope] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.sobres.append(envelope)


@pytest.fixture
def buzon() -> Any:
    buzon = Buzon()
    cliente = sentry_sdk.Client(
        dsn="http://clave@localhost/1", transport=buzon, **sentry.opciones()
    )
    with sentry_sdk.isolation_scope() as ambito:
        ambito.set_client(cliente)
        yield buzon
    cliente.close()


def test_an_event_carries_the_type_and_the_place_and_no_data(buzon: Buzon) -> None:
    cliente_ruc, razon = "80009735-1", "Cooperativa ñandutí"
    sentry_sdk.set_user({"username": "carga-pedidos"})
    sentry_sdk.set_extra("ruc", cliente_ruc)
    sentry_sdk.add_breadcrumb(message=razon)
    try:
        raise ValueError(f"duplicate key ({cliente_ruc}) {razon}")
    except ValueError as error:
        sentry_sdk.capture_exception(error)
    (sobre,) = buzon.sobres
    evento = sobre.get_event()
    assert evento is not None
    excepcion = evento["exception"]["values"][0]
    assert excepcion["type"] == "ValueError"
    assert excepcion["stacktrace"]["frames"][-1]["function"] == (
        "test_an_event_carries_the_type_and_the_place_and_no_data"
    )
    enviado = json.dumps(evento, ensure_ascii=False, default=str)
    # The source lines around the error are ours; its values are not in them.
    sin_codigo = json.dumps(
        {k: v for k, v in evento.items() if k != "exception"}, ensure_ascii=False, default=str
    )
    assert not [s for s in SECRETOS if s in sin_codigo]
    assert excepcion["value"] == ""
    assert "vars" not in enviado


def test_a_request_keeps_its_method_and_path_only() -> None:
    peticion = RequestFactory().get("/pedidos/", {"q": "80009735-1"})
    evento = {
        "request": {
            "method": "GET",
            "url": peticion.build_absolute_uri(),
            "query_string": "q=80009735-1",
            "cookies": {"sessionid": "x"},
            "headers": {"Authorization": "Token x"},
            "data": {"clave": "x"},
        },
        "user": {"id": 1},
    }
    assert sentry.depurar(evento, {}) == {
        "request": {"method": "GET", "url": "http://testserver/pedidos/"}
    }


def test_without_a_dsn_the_sdk_stays_off() -> None:
    assert not sentry_sdk.get_client().is_active()
