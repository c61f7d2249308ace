"""Browser assets: what is copied, what is cut, which icons the sprite holds."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from core.tests.node import ruta_node
from taller.base import RAIZ, VENDOR, ErrorDeTaller
from taller.recursos import ARCHIVOS, ICONOS, hoja_de_iconos, iconos_usados, sin_mapa

HOJA = (
    '<svg xmlns="http://www.w3.org/2000/svg">'
    '<symbol class="bi bi-cart" viewBox="0 0 16 16" id="cart"><path d="M1"/></symbol>'
    '<symbol class="bi bi-x" viewBox="0 0 16 16" id="x"><path d="M2"/></symbol></svg>'
)


@pytest.mark.parametrize(
    ("texto", "esperado"),
    [
        ("a{}\n/*# sourceMappingURL=a.css.map */", "a{}\n"),
        ("f();\n//# sourceMappingURL=a.js.map\n", "f();\n"),
        ("f();\n", "f();\n"),
    ],
)
def test_the_source_map_line_is_cut(texto: str, esperado: str) -> None:
    assert sin_mapa(texto) == esperado


def test_the_sprite_holds_only_what_is_used() -> None:
    assert hoja_de_iconos(HOJA, ["cart"]) == (
        '<svg xmlns="http://www.w3.org/2000/svg">\n'
        '<symbol id="cart" viewBox="0 0 16 16" fill="currentColor"><path d="M1"/></symbol>\n'
        "</svg>\n"
    )


def test_an_icon_that_does_not_exist_is_named() -> None:
    with pytest.raises(ErrorDeTaller, match="bootstrap-icons no tiene: carro, zz"):
        hoja_de_iconos(HOJA, ["zz", "cart", "carro"])


def test_icons_are_found_where_they_are_named(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"iconos": ["sun"]}')
    plantillas = tmp_path / "templates" / "partials"
    plantillas.mkdir(parents=True)
    (plantillas / "a.html").write_text(
        "<use href=\"{% static 'vendor/iconos.svg' %}#cart\"></use> {% icono 'x-lg' %}"
        '{% include "icono.html" with icono="send" %}'
    )
    guiones = tmp_path / "static" / "js"
    guiones.mkdir(parents=True)
    (guiones / "a.js").write_text('const url = "/static/vendor/iconos.svg#moon";')
    app = tmp_path / "sales"
    (app / "tests").mkdir(parents=True)
    (app / "apps.py").touch()
    (app / "estados.py").write_text('ESTADOS = {"icono": "check"}')
    (app / "tests" / "test_a.py").write_text('ESTADOS = {"icono": "nada"}')
    assert iconos_usados(tmp_path) == ["cart", "check", "moon", "send", "sun", "x-lg"]


def test_every_asset_is_there_and_names_no_source_map() -> None:
    for nombre in ARCHIVOS:
        assert "sourceMappingURL" not in (VENDOR / nombre).read_text(encoding="utf-8"), nombre


def test_the_sprite_has_every_icon_of_the_code() -> None:
    hoja = (VENDOR / ICONOS).read_text(encoding="utf-8")
    faltan = [nombre for nombre in iconos_usados(RAIZ) if f'id="{nombre}"' not in hoja]
    assert faltan == [], "static/vendor is older than the code: ./dev test builds it again"


def test_lz_string_is_one_module_for_page_and_worker() -> None:
    guion = "import L from './static/vendor/lz-string.js'; console.log(L.compressToBase64('ñ'))"
    salida = subprocess.run(
        [ruta_node(), "--input-type=module", "-e", guion],
        cwd=RAIZ,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert salida == "I9A=\n"
