"""Every refusal of the API has one shape."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.db.models import ProtectedError
from django.http import Http404
from rest_framework import exceptions, serializers

from core.errores import ErrorDominio
from core.rest.respuestas import manejar_error


class Linea(serializers.Serializer):
    cantidad = serializers.IntegerField()


class Carrito(serializers.Serializer):
    nombre = serializers.CharField(max_length=3)
    lineas = Linea(many=True)


def _error(datos: Any) -> exceptions.ValidationError:
    serializador = Carrito(data=datos)
    assert not serializador.is_valid()
    return exceptions.ValidationError(serializador.errors)


@pytest.mark.parametrize(
    ("error", "estado", "cuerpo"),
    [
        (
            ErrorDominio("Falta.", codigo="falta_sucursal", campo="sucursal"),
            400,
            {"detail": "Falta.", "codigo": "falta_sucursal", "campo": "sucursal"},
        ),
        (
            Http404("secret"),
            404,
            {"detail": "No existe o no está a su alcance.", "codigo": "not_found"},
        ),
        (
            PermissionDenied("Pedir acceso al administrador."),
            403,
            {"detail": "Pedir acceso al administrador.", "codigo": "permission_denied"},
        ),
        (
            RequestDataTooBig(),
            413,
            {"detail": "El envío es demasiado grande.", "codigo": "demasiado_grande"},
        ),
        (
            ProtectedError("row data", set()),
            409,
            {"detail": "No se puede borrar: otros datos lo usan.", "codigo": "en_uso"},
        ),
        (
            OperationalError("row data"),
            503,
            {
                "detail": "La base de datos no responde. Reintentar en unos segundos.",
                "codigo": "base_no_disponible",
            },
        ),
    ],
)
def test_refusals_have_one_shape(error: Exception, estado: int, cuerpo: dict[str, str]) -> None:
    respuesta = manejar_error(error, {})
    assert respuesta is not None
    assert (respuesta.status_code, respuesta.data) == (estado, cuerpo)


def test_an_unavailable_database_says_when_to_come_back() -> None:
    respuesta = manejar_error(OperationalError("x"), {})
    assert respuesta is not None
    assert respuesta["Retry-After"] == "5"


def test_an_invalid_field_is_named_and_its_sentence_comes_first() -> None:
    respuesta = manejar_error(_error({"nombre": "larguísimo", "lineas": []}), {})
    assert respuesta is not None
    assert respuesta.status_code == 400
    assert respuesta.data["campo"] == "nombre"
    assert respuesta.data["codigo"] == "max_length"
    assert respuesta.data["detail"] == "Asegúrese de que este campo no tenga más de 3 caracteres."
    assert set(respuesta.data["errores"]) == {"nombre"}


def test_a_nested_field_is_named_by_its_path() -> None:
    lineas = [{"cantidad": 1}, {"cantidad": "x"}]
    respuesta = manejar_error(_error({"nombre": "a", "lineas": lineas}), {})
    assert respuesta is not None
    assert respuesta.data["campo"] == "lineas.1.cantidad"
    assert respuesta.data["codigo"] == "invalid"


def test_a_bug_is_not_dressed_as_a_refusal() -> None:
    assert manejar_error(KeyError("x"), {}) is None
