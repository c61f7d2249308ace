"""What the browser keeps for when there is no line: the list that goes before /sw.js, its version.

The list follows the modules' own imports, so that nothing has to be written down twice. A version
is the hash of all of it: another file, another shell, another worker is another version.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

GUION = Path("static") / "js" / "sin_linea" / "servicio.js"
GUION_DE_BAJA = Path("static") / "js" / "sin_linea" / "servicio_baja.js"
# Every page's; an app adds its own with its shell.
COMUNES = (
    "css/base.css",
    "css/componentes.css",
    "css/impresion.css",
    "css/mesa.css",
    "css/tokens.css",
    "django_htmx/htmx-2.min.js",
    "img/marca-adaptable.svg",
    "img/marca.svg",
    "manifest.webmanifest",
    "vendor/bootstrap.min.css",
    "vendor/iconos.svg",
)
MODULOS_COMUNES = ("js/pagina/base.js", "js/sin_linea/pagina.js", "js/pagina/tema.js")
LARGO_DE_VERSION = 12
_COMENTARIO = re.compile(r"^\s*(//|/?\*).*$", re.MULTILINE)
_IMPORTA = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")


@dataclass(frozen=True)
class Cascaron:
    """A page that holds nobody's data, for where the pages of `vistas` do not come."""

    vista: str
    vistas: tuple[str, ...]
    modulos: tuple[str, ...]
    hojas: tuple[str, ...]
    pintar: Callable[[str], str]


_cascarones: list[Cascaron] = []


def registrar_cascaron(cascaron: Cascaron) -> None:
    """Say which shell opens without a line; `pintar(version)` gives its HTML."""
    _cascarones[:] = [cascaron]


def cascaron() -> Cascaron | None:
    """The shell, if an app has one."""
    return _cascarones[0] if _cascarones else None


def pintar_sin_linea(version: str) -> str:
    """The page that says that there is no line."""
    propio = cascaron()
    contexto = {"mesa": reverse(propio.vistas[0]) if propio else "", "version_app": version}
    return render_to_string("sin_linea.html", contexto)


def guion() -> str:
    """What /sw.js says: the list, then the worker as it is written; or the one that leaves."""
    if not settings.TRABAJADOR_DE_SERVICIO:
        return _texto(GUION_DE_BAJA)
    return f"self.PRECARGA = {json.dumps(_lista(version()), indent=1)};\n{_texto(GUION)}"


def version() -> str:
    """This installation's version; hashed files do not change under a running process."""
    return _version_de(0 if settings.ESTATICOS_CON_HUELLA else _ultimo_cambio())


def archivos() -> list[str]:
    """Static files by their plain names."""
    propio = cascaron()
    raices = [*MODULOS_COMUNES, *(propio.modulos if propio else ())]
    hojas = {*COMUNES, *(propio.hojas if propio else ())}
    return sorted(hojas | modulos(raices))


def modulos(raices: Iterable[str]) -> set[str]:
    """The JavaScript modules given, and all that they import."""
    vistos: set[str] = set()
    pendientes = list(raices)
    while pendientes:
        nombre = pendientes.pop()
        if nombre in vistos:
            continue
        vistos.add(nombre)
        fuente = _COMENTARIO.sub("", _archivo(nombre).read_text(encoding="utf-8"))
        carpeta = posixpath.dirname(nombre)
        # A library's file imports nothing by path, whatever its text looks like.
        if nombre.startswith("js/"):
            pendientes += [
                posixpath.normpath(posixpath.join(carpeta, ruta))
                for ruta in _IMPORTA.findall(fuente)
            ]
    return vistos


def _lista(version: str) -> dict[str, object]:
    propio = cascaron()
    return {
        "version": version,
        "conHuella": settings.ESTATICOS_CON_HUELLA,
        "archivos": [static(nombre) for nombre in archivos()],
        "sinLinea": reverse("sin_linea"),
        "cascaron": propio
        and {
            "pagina": reverse(propio.vista),
            "rutas": [reverse(vista) for vista in propio.vistas],
        },
    }


@lru_cache(maxsize=1)
def _version_de(_cambio: int) -> str:
    propio = cascaron()
    partes = [
        json.dumps(_lista("")),
        *(() if settings.ESTATICOS_CON_HUELLA else map(_sello, archivos())),
        _texto(GUION),
        pintar_sin_linea(""),
        propio.pintar("") if propio else "",
    ]
    return hashlib.sha256("\0".join(partes).encode()).hexdigest()[:LARGO_DE_VERSION]


def _ultimo_cambio() -> int:
    """When somebody who works on the code last touched it; looked at once a second at most."""
    return _cambio_hasta(int(time.monotonic()))


@lru_cache(maxsize=1)
def _cambio_hasta(_segundo: int) -> int:
    archivos = (
        archivo
        for carpeta in ("static", "templates")
        for archivo in (settings.BASE_DIR / carpeta).rglob("*")
    )
    return max(archivo.stat().st_mtime_ns for archivo in archivos)


def _sello(nombre: str) -> str:
    """What tells a file from what it was, without reading it."""
    estado = _archivo(nombre).stat()
    return f"{nombre} {estado.st_mtime_ns} {estado.st_size}"


def _archivo(nombre: str) -> Path:
    ruta = finders.find(nombre)
    if ruta is None:
        raise FileNotFoundError(f"No static file {nombre}: run ./dev setup.")
    return Path(str(ruta))


def _texto(guion: Path) -> str:
    return (settings.BASE_DIR / guion).read_text(encoding="utf-8")
