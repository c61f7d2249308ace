"""The OpenAPI document against the running code: whatever it allows is answered as it says."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from rest_framework.authtoken.models import Token
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from core.wsgi import application
from gestion_precios.models import GrupoArticulo, LineaArticulo
from gestion_precios.rest.ejemplos import FILAS
from gestion_precios.tests.fabricas import (
    crear_articulo,
    crear_combinacion,
    crear_lista,
    crear_precio_lista,
    crear_regla,
)
from realtime.tarjetas.acciones import tomar
from realtime.tests.fabricas import RESPUESTA, crear_no_completado
from sales.tests.mesa import Mesa, crear_mesa, entrar, resultado

CONTROLES = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


@pytest.fixture
def mesa(transactional_db: None) -> Mesa:
    return crear_mesa()


@pytest.fixture
def api(mesa: Mesa) -> Any:
    """The document as a signed-in user gets it, with a few rows behind its operations."""
    lote = mesa.lote(estado="PARCIAL", total=2, guardados=1, rechazados=1)
    resultado(lote, 0, orderobj=mesa.pedido(loteobj=lote, pedido_numero=1))
    resultado(lote, 1, resultado="RECHAZADO", codigo="x", motivo="Y", linea=1, campo="z")
    mesa.lote(estado="FALLIDO", codigo="sin_pedidos")
    _con_precios(mesa)
    tomar(unfulfilled_id=crear_no_completado(mesa.pedido()).pk, actor=mesa.tomador)
    documento = entrar(mesa.admin).get("/api/esquema/?format=json").json()
    esquema = schemathesis.openapi.from_dict(documento)
    esquema.app = application
    return esquema


def _con_precios(mesa: Mesa) -> None:
    """A list of each kind of row, which prices the article in any channel."""
    lista = crear_lista(mesa.asuncion.empresa)
    crear_precio_lista(lista, mesa.articulo)
    crear_regla(lista, combinacion=crear_combinacion(lista, [mesa.articulo]))
    LineaArticulo.objects.create(nombre="Yerbas")
    GrupoArticulo.objects.create(nombre="Almacén")


@pytest.mark.parametrize("explicar", [False, True])
def test_prices_are_as_described(api: Any, mesa: Mesa, explicar: bool) -> None:
    clave = Token.objects.create(user=mesa.admin).key
    contexto = {"empresa_id": mesa.asuncion.empresa_id, "canal_venta": "TIENDA"}
    linea = {"articulo_id": mesa.articulo.pk, "cantidad": 3}
    sin_precio = {"articulo_id": crear_articulo().pk, "cantidad": 1}
    carrito = contexto | {"lineas": [linea, sin_precio], "explicar": explicar}
    consulta = contexto | linea | {"explicar": str(int(explicar))}
    for caso in (
        api["/api/calcular-precio/"]["GET"].Case(query=consulta),
        api["/api/lista-vigente/"]["GET"].Case(query=contexto),
        api["/api/cotizar/"]["POST"].Case(body=carrito, media_type="application/json"),
        *(api[f"/api/{ruta}/"]["GET"].Case() for ruta in FILAS),
    ):
        cabeceras = {"Authorization": f"Token {clave}", "Accept-Encoding": "identity"}
        respuesta = caso.call_and_validate(headers=cabeceras, checks=CONTROLES)
        assert respuesta.status_code == 200


def test_unfulfilled_orders_are_as_described(api: Any, mesa: Mesa) -> None:
    clave = Token.objects.create(user=mesa.admin).key
    lista, fila = api["/api/no-completados/"], api["/api/no-completados/{id}/"]
    numero = mesa.pedido().pedido_numero
    nuevo = lista["POST"].Case(
        body={"pedido_numero": numero, "status": "9"}, media_type="application/json"
    )
    hechas = []
    for caso in (nuevo, nuevo, lista["GET"].Case(query={"abierto": "true"})):
        cabeceras = {"Authorization": f"Token {clave}", "Accept-Encoding": "identity"}
        hechas.append(caso.call_and_validate(headers=cabeceras, checks=CONTROLES))
    assert [hecha.status_code for hecha in hechas] == [201, 200, 200]
    ruta = {"id": hechas[0].json()["id"]}
    cambio = {"store_answer": RESPUESTA}
    for caso in (
        fila["GET"].Case(path_parameters=ruta),
        fila["PATCH"].Case(path_parameters=ruta, body=cambio, media_type="application/json"),
    ):
        respuesta = caso.call_and_validate(headers=cabeceras, checks=CONTROLES)
        assert respuesta.status_code == 200


def test_every_operation_keeps_its_word(api: Any, mesa: Mesa) -> None:
    clave = Token.objects.create(user=mesa.admin).key
    operaciones = [resultado.ok() for resultado in api.get_all_operations()]
    for operacion in operaciones:
        _probar(operacion, clave)
    assert len(operaciones) == len({operacion.label for operacion in operaciones})


def _vacio(valor: Any) -> bool:
    # An empty list or object is sent as an empty text.
    return valor in ("", [], {}) or (isinstance(valor, list) and "" in valor)


def _probar(operacion: Any, clave: str) -> None:
    modos = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]

    @settings(
        max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(datos=st.data())
    def prueba(datos: st.DataObject) -> None:
        modo = datos.draw(st.sampled_from(modos))
        caso = datos.draw(operacion.as_strategy(generation_mode=modo))
        # A filter left empty is a filter not given, as forms send it.
        assume(not any(_vacio(valor) for valor in (caso.query or {}).values()))
        cabeceras = {"Authorization": f"Token {clave}", "Accept-Encoding": "identity"}
        caso.call_and_validate(headers=cabeceras, checks=CONTROLES)

    prueba()
