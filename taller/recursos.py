"""Third-party browser assets: copied from node_modules to static/vendor/, never committed."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from taller.base import NODE_MODULES, RAIZ, VENDOR, ErrorDeTaller, Sello, decir, huella

# static/vendor/<name>: its file in node_modules.
ARCHIVOS = {
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "alpine-csp.js": "@alpinejs/csp/dist/module.esm.min.js",
    "chart.js": "chart.js/dist/chart.umd.min.js",
    "idiomorph.js": "idiomorph/dist/idiomorph.esm.js",
    "lz-string.js": "lz-string/libs/lz-string.js",
}
# One file for the page and for a module Worker.
AGREGADOS = {
    "chart.js": "\nexport default globalThis.Chart;\n",
    "lz-string.js": "\nexport default LZString;\n",
}
LICENCIAS = ("bootstrap", "bootstrap-icons", "@alpinejs/csp", "chart.js", "idiomorph", "lz-string")
ICONOS = "iconos.svg"

_MAPA = re.compile(r"^\s*(?://|/\*)# sourceMappingURL=.*$\n?", re.MULTILINE)
_SIMBOLO = re.compile(r'<symbol [^>]*?viewBox="([^"]+)" id="([^"]+)">(.*?)</symbol>', re.DOTALL)
_USOS = (
    # <use href="{% static 'vendor/iconos.svg' %}#cart">
    re.compile(r"""iconos\.svg['"]?(?:\s*%\})?#([a-z0-9][a-z0-9-]*)"""),
    # {% icono "cart" %} · icono="cart" · "icono": "cart"
    re.compile(r"""\bicono\b['"]?\s*[:=]?\s*['"]([a-z0-9][a-z0-9-]*)['"]"""),
)


def preparar() -> None:
    """Copy the assets and build the icon sprite, when the packages or the icons used changed."""
    nombres = iconos_usados(RAIZ)
    sello = Sello(
        VENDOR / ".sello",
        huella([RAIZ / "package-lock.json", Path(__file__).resolve()], *nombres),
    )
    if sello.vale():
        return
    decir("Recursos del navegador (static/vendor/)")
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for destino, origen in ARCHIVOS.items():
        texto = (NODE_MODULES / origen).read_text(encoding="utf-8")
        (VENDOR / destino).write_text(
            sin_mapa(texto) + AGREGADOS.get(destino, ""), encoding="utf-8"
        )
    hoja = (NODE_MODULES / "bootstrap-icons" / "bootstrap-icons.svg").read_text(encoding="utf-8")
    (VENDOR / ICONOS).write_text(hoja_de_iconos(hoja, nombres), encoding="utf-8")
    (VENDOR / "LICENCIAS.txt").write_text("\n\n".join(_licencias()), encoding="utf-8")
    sello.poner()


def sin_mapa(texto: str) -> str:
    """The text without its sourceMappingURL line: hashed static storage would look for the map."""
    return _MAPA.sub("", texto)


def iconos_usados(raiz: Path) -> list[str]:
    """Icons named in templates, Python and JavaScript, plus `iconos` of package.json."""
    paquete = json.loads((raiz / "package.json").read_text(encoding="utf-8"))
    nombres = set(paquete.get("iconos", []))
    for archivo in _fuentes(raiz):
        texto = archivo.read_text(encoding="utf-8")
        for uso in _USOS:
            nombres.update(uso.findall(texto))
    return sorted(nombres)


def hoja_de_iconos(hoja: str, nombres: Iterable[str]) -> str:
    """A sprite with these icons alone, used as `<svg><use href="…/iconos.svg#name">`."""
    simbolos = {nombre: (caja, dibujo) for caja, nombre, dibujo in _SIMBOLO.findall(hoja)}
    faltan = sorted(set(nombres) - simbolos.keys())
    if faltan:
        raise ErrorDeTaller(f"bootstrap-icons no tiene: {', '.join(faltan)}")
    partes = [
        f'<symbol id="{nombre}" viewBox="{simbolos[nombre][0]}" fill="currentColor">'
        f"{simbolos[nombre][1]}</symbol>"
        for nombre in sorted(set(nombres))
    ]
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', *partes, "</svg>\n"])


def _fuentes(raiz: Path) -> Iterable[Path]:
    carpetas = [raiz / "templates", raiz / "static" / "js"]
    carpetas += [manifiesto.parent for manifiesto in raiz.glob("*/apps.py")]
    for carpeta in carpetas:
        for archivo in carpeta.rglob("*"):
            if archivo.suffix in {".html", ".js", ".py"} and "tests" not in archivo.parts:
                yield archivo


def _licencias() -> Iterable[str]:
    for paquete in LICENCIAS:
        carpeta = NODE_MODULES / paquete
        datos = json.loads((carpeta / "package.json").read_text(encoding="utf-8"))
        archivo = carpeta / "LICENSE"
        # Not every package ships the text of the licence it declares.
        texto = archivo.read_text(encoding="utf-8") if archivo.exists() else datos["license"]
        yield f"{paquete} {datos['version']}\n\n{texto}"
