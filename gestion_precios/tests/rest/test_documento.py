"""docs/api.md's examples of prices, pasted: each answers, and as the page says."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from core.tests.corrida.compartir import Compartir
from gestion_precios.tests.principal import Principal, crear_principal

ORIGEN = "http://127.0.0.1:8000"
BLOQUE = re.compile(r"```bash\n(.*?)```\n(?:```json\n(.*?)```)?", re.DOTALL)


def ejemplos() -> list[tuple[str, str]]:
    """Each block of commands with the answer under it, if the page shows one."""
    pagina = (Path(settings.BASE_DIR) / "docs/api.md").read_text(encoding="utf-8")
    return BLOQUE.findall(pagina.partition("## Prices")[2])


def ordenes(bloque: str) -> list[list[str]]:
    """The block's curl commands, in words."""
    return [
        shlex.split(orden) for orden in re.split(r"\n(?=curl)", bloque.replace("\\\n", " ").strip())
    ]


def pedir(palabras: list[str], clave: str) -> Any:
    """What curl would do with them."""
    url, metodo, cuerpo = "", "", None
    consulta: dict[str, str] = {}
    cabeceras: dict[str, str] = {}
    quedan = iter(palabras[1:])
    for palabra in quedan:
        if palabra == "-H":
            nombre, _, valor = next(quedan).partition(": ")
            cabeceras[nombre] = valor.replace("$TOKEN", clave)
        elif palabra == "-X":
            metodo = next(quedan).lower()
        elif palabra == "-d":
            cuerpo = next(quedan)
        elif palabra == "--data-urlencode":
            nombre, _, valor = next(quedan).partition("=")
            consulta[nombre] = valor
        elif palabra != "-G":
            assert palabra.startswith(ORIGEN)
            url = palabra.removeprefix(ORIGEN)
    url += f"?{urlencode(consulta)}" if consulta else ""
    navegador = Client(headers=cabeceras)
    if cuerpo is None:
        return navegador.get(url)
    return getattr(navegador, metodo or "post")(url, cuerpo, content_type="application/json")


@pytest.fixture(scope="module")
def nueva_casa(compartir: Compartir) -> Callable[[], Principal]:
    return compartir(crear_principal)


@pytest.fixture
def casa(db: None, nueva_casa: Callable[[], Principal]) -> Principal:
    return nueva_casa()


@pytest.fixture
def clave(casa: Principal) -> str:
    """As the page's first block asks for it."""
    pedido = ejemplos()[0][0]
    assert "/api/token/ -d username=admin -d password=carga-pedidos" in pedido
    respuesta = Client().post(
        "/api/token/",
        "username=admin&password=carga-pedidos",
        content_type="application/x-www-form-urlencoded",
    )
    return str(respuesta.json()["token"])


@pytest.mark.parametrize("numero", range(1, len(ejemplos())))
def test_an_example_answers_as_the_page_says(clave: str, numero: int) -> None:
    bloque, esperado = ejemplos()[numero]
    respuestas = [pedir(orden, clave) for orden in ordenes(bloque)]
    assert {respuesta.status_code for respuesta in respuestas} <= {200, 201}
    if esperado:
        obtenido = respuestas[-1].json()
        if "version" in obtenido:
            obtenido["version"] = "…"
        assert obtenido == json.loads(esperado)


def test_there_are_examples_with_answers() -> None:
    assert [bool(esperado) for _bloque, esperado in ejemplos()].count(True) == 3
