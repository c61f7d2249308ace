"""Contrast of the colours that meet, computed from the style sheet: WCAG AA in both themes."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import settings

HOJA = Path(settings.BASE_DIR) / "static" / "css" / "tokens.css"
TEXTO = 4.5
# Borders of controls, focus rings and marks: what must be seen, not read.
GRAFICO = 3.0
SUELOS = ("fondo", "superficie", "hundido")
CLASES = ("neutro", "curso", "exito", "aviso", "peligro")
PARES = [
    *((texto, suelo, TEXTO) for texto in ("texto", "texto-suave") for suelo in SUELOS),
    *(("acento-texto", suelo, TEXTO) for suelo in SUELOS),
    *((f"{clase}-texto", f"{clase}-fondo", TEXTO) for clase in CLASES),
    *((f"{clase}-texto", "superficie", TEXTO) for clase in CLASES),
    ("sobre-acento", "acento", TEXTO),
    ("sobre-acento", "acento-vivo", TEXTO),
    ("sobre-acento", "peligro-fuerte", TEXTO),
    ("acento-texto", "acento-fondo", TEXTO),
    ("texto", "acento-fondo", TEXTO),
    ("texto-suave", "acento-fondo", TEXTO),
    *(("foco", suelo, GRAFICO) for suelo in SUELOS),
    ("foco", "acento-fondo", GRAFICO),
    *(("linea-fuerte", suelo, GRAFICO) for suelo in SUELOS[:2]),
    ("acento", "neutro-fondo", 1.5),
]


@pytest.mark.parametrize("tema", ["light", "dark"])
@pytest.mark.parametrize(("encima", "debajo", "minimo"), PARES)
def test_contrast(tema: str, encima: str, debajo: str, minimo: float) -> None:
    colores = colores_de(tema)
    assert contraste(colores[encima], colores[debajo]) >= minimo


def test_both_themes_name_the_same_colours() -> None:
    assert colores_de("light").keys() == colores_de("dark").keys()


@pytest.mark.parametrize("hoja", sorted(HOJA.parent.glob("*.css")), ids=lambda h: h.name)
def test_colours_are_written_in_the_tokens_alone(hoja: Path) -> None:
    if hoja.name in {"tokens.css", "impresion.css", "documentos.css"}:
        return  # the tokens, ink on paper, and another tool's page
    assert (
        re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", hoja.read_text(encoding="utf-8")) == []
    )


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contraste("#000000", "#ffffff") == 21.0


def colores_de(tema: str) -> dict[str, str]:
    """The colours of a theme: name → #rrggbb."""
    hoja = HOJA.read_text(encoding="utf-8")
    inicio = f'[data-bs-theme="{tema}"] {{\n  color-scheme: {tema};'
    assert hoja.count(inicio) == 1
    bloque = hoja.split(inicio)[1].split("}")[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", bloque))


def contraste(uno: str, otro: str) -> float:
    """WCAG's ratio of two colours."""
    claro, oscuro = sorted((_luminancia(uno), _luminancia(otro)), reverse=True)
    return round((claro + 0.05) / (oscuro + 0.05), 4)


def _luminancia(color: str) -> float:
    rojo, verde, azul = (_lineal(int(color[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * rojo + 0.7152 * verde + 0.0722 * azul


def _lineal(canal: int) -> float:
    parte = float(Fraction(canal, 255))
    return parte / 12.92 if parte <= 0.04045 else ((parte + 0.055) / 1.055) ** 2.4
