"""An address with more in it than anybody would ask."""

from __future__ import annotations

import pytest
from django.test import Client

from core.entrada.consulta_acotada import pares
from core.tests.fuentes import quienes_dicen

MUCHOS = {
    "many": "&".join(f"a{n}=1" for n in range(201)),
    "brackets": "a[]=&" * 10_000,
    "repeated": "q=a&" * 10_000,
    "ampersands": "&" * 50_000,
    "junk": "%zz%&" * 10_000,
}
RUTAS = ("/api/pedidos/", "/api/nada/", "/cuentas/entrar/", "/admin/login/", "/healthz")


@pytest.mark.django_db
@pytest.mark.parametrize("consulta", MUCHOS.values(), ids=MUCHOS.keys())
@pytest.mark.parametrize("ruta", RUTAS)
def test_too_many_parameters_are_refused_before_they_are_split(ruta: str, consulta: str) -> None:
    respuesta = Client().get(f"{ruta}?{consulta}", headers={"accept": "application/json"})
    assert (respuesta.status_code, respuesta.json()) == (
        400,
        {
            "detail": "La dirección trae demasiados datos. Volver atrás y elegir menos cosas a la"
            " vez.",
            "codigo": "demasiados_parametros",
        },
    )


@pytest.mark.django_db
def test_a_page_is_told_as_a_page_and_a_fragment_as_a_notice() -> None:
    consulta = "a&" * 300
    pagina = Client().get(f"/cuentas/entrar/?{consulta}", headers={"accept": "text/html"})
    assert pagina.status_code == 400
    assert "La dirección trae demasiados datos" in pagina.content.decode()
    assert "Content-Security-Policy" in pagina.headers
    trozo = Client().get(
        f"/pedidos/?{consulta}", headers={"accept": "text/html", "HX-Request": "true"}
    )
    assert (trozo.status_code, trozo.content) == (400, b"")
    assert "HX-Trigger" in trozo.headers


@pytest.mark.django_db
@pytest.mark.parametrize("largo", [60_000, 60_001])
def test_too_long_is_refused_too(largo: int) -> None:
    consulta = "x=" + "%25" * 30_000
    respuesta = Client().get("/api/pedidos/?" + consulta[:largo])
    esperado = (400, "consulta_larga") if largo > 60_000 else (401, "not_authenticated")
    assert (respuesta.status_code, respuesta.json()["codigo"]) == esperado


@pytest.mark.django_db
def test_two_hundred_are_not_too_many() -> None:
    consulta = "&".join(f"a{n}=1" for n in range(200))
    assert Client().get(f"/cuentas/entrar/?{consulta}").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("ruta", ["/cuentas/entrar/", "/admin/login/"])
def test_a_form_of_ten_thousand_fields_is_told_in_our_shape(ruta: str) -> None:
    navegador = Client(enforce_csrf_checks=True)
    navegador.get(ruta)
    respuesta = navegador.post(
        ruta, b"a[]=&" * 10_001, content_type="application/x-www-form-urlencoded"
    )
    assert respuesta.status_code == 400
    assert "La solicitud no se entiende" in respuesta.content.decode()


@pytest.mark.parametrize(
    ("consulta", "dichos"),
    [
        (b"", []),
        (b"a=1&b=&a=%C3%B1", [("a", "1"), ("b", ""), ("a", "ñ")]),
        (b"a=1&" * 199 + b"a=1", [("a", "1")] * 200),
        (b"a=1&" * 200, None),
        (b"&" * 200, None),
        (b"a=" + b"1" * 59_998, [("a", "1" * 59_998)]),
        (b"a=" + b"1" * 59_999, None),
    ],
    ids=lambda algo: str(len(algo)) if isinstance(algo, bytes) else "",
)
def test_who_answers_before_django_splits_no_more_than_it(
    consulta: bytes, dichos: list[tuple[str, str]] | None
) -> None:
    assert pares(consulta) == dichos


def test_nobody_else_splits_a_query() -> None:
    """On the event loop, where everybody waits for whoever does."""
    assert quienes_dicen(r"\bparse_qsl?\b") == {"core/entrada/consulta_acotada.py"}
