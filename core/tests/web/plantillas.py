"""Reading the project's templates: what the guards below need to know of a file."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings

CARPETA = Path(settings.BASE_DIR) / "templates"
PARCIALES = CARPETA / "partials"
_COMENTARIO = re.compile(r"\{#.*?#\}|\{% comment .*?%\}.*?\{% endcomment %\}", re.DOTALL)
# Tags that write a value where they stand; the others only steer.
_ESCRIBEN = re.compile(r"\{% (static|url|translate|querystring|firstof) .*?%\}", re.DOTALL)
_CONTROL = re.compile(r"\{%.*?%\}", re.DOTALL)
_VALOR = re.compile(r"\{\{.*?\}\}", re.DOTALL)
VACIOS = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


def plantillas() -> list[Path]:
    return sorted(CARPETA.rglob("*.html"))


def parciales() -> list[Path]:
    return sorted(PARCIALES.glob("*.html"))


def nombre(plantilla: Path) -> str:
    return str(plantilla.relative_to(CARPETA))


def texto(plantilla: Path) -> str:
    return _COMENTARIO.sub("", plantilla.read_text(encoding="utf-8"))


def html(plantilla: Path) -> str:
    """The markup alone: tags of the template language gone, values as a plain word."""
    fuente = _ESCRIBEN.sub("valor", texto(plantilla))
    return _VALOR.sub("valor", _CONTROL.sub("", fuente))


class Lector(HTMLParser):
    """Start tags with attributes and text inside scripts, and the elements at the root."""

    def __init__(self) -> None:
        super().__init__()
        self.elementos: list[tuple[str, dict[str, str | None]]] = []
        self.raices: list[tuple[str, dict[str, str | None]]] = []
        self.guiones: list[str] = []
        self._abiertos: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        elemento = (tag, dict(attrs))
        self.elementos.append(elemento)
        if not self._abiertos:
            self.raices.append(elemento)
        if tag not in VACIOS:
            self._abiertos.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VACIOS:
            self._abiertos.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._abiertos:
            while self._abiertos.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._abiertos and self._abiertos[-1] == "script" and data.strip():
            self.guiones.append(data)


def leer(plantilla: Path) -> Lector:
    lector = Lector()
    lector.feed(html(plantilla))
    return lector
