"""A desk whose static files carry their hash, as in production; its web can be redeployed."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

from core.tests.e2e.mesa import Mesa


class MesaConHuella(Mesa):
    """What a deployment does to the static files, and a line that can be cut."""

    def _manifiesto(self) -> Path:
        return self.data_dir / "static" / "staticfiles.json"

    def archivo(self, nombre: str) -> Path:
        """A static file of this version, by its plain name."""
        rutas = json.loads(self._manifiesto().read_text("utf-8"))["paths"]
        return self._manifiesto().parent / str(rutas[nombre])

    def direccion(self, nombre: str) -> str:
        """Where a browser finds that file of this version: `/static/…`."""
        return f"/static/{self.archivo(nombre).relative_to(self._manifiesto().parent).as_posix()}"

    def publicar(self, nombre: str, anadido: str, huella: str) -> None:
        """Deploy another version of one file, under another name; the old one is gone."""
        viejo = self.archivo(nombre)
        nuevo = viejo.with_name(f"{Path(nombre).stem}.{huella}{viejo.suffix}")
        nuevo.write_text(viejo.read_text("utf-8") + anadido, "utf-8")
        manifiesto = json.loads(self._manifiesto().read_text("utf-8"))
        manifiesto["paths"][nombre] = str(nuevo.relative_to(self._manifiesto().parent))
        self._manifiesto().write_text(json.dumps(manifiesto), "utf-8")
        for resto in viejo.parent.glob(f"{viejo.name}*"):
            resto.unlink()
        self.reiniciar_web()

    def cortar(self) -> None:
        """No server answers any more."""
        self.parar("web")

    def volver(self) -> None:
        """The server is back."""
        self.arrancar("web")
        self.esperar_lista()

    def reiniciar_web(self, **entorno: str) -> None:
        """The web again, with other variables if they are given."""
        self.entorno |= entorno
        if "web" in self.procesos:
            self.cortar()
        self.volver()


@contextlib.contextmanager
def mesa_con_huella(data_dir: Path, *, escala: int = 1) -> Iterator[MesaConHuella]:
    """Such a desk with the demo data, running until the block ends."""
    mesa = MesaConHuella(data_dir)
    mesa.entorno |= {"ESTATICOS_CON_HUELLA": "si", "DEBUG": "no"}
    try:
        mesa.sembrar(escala)
        mesa.manage("collectstatic", "--noinput", "--verbosity", "0")
        with mesa.orm():
            mesa.arrancar_todo()
            yield mesa
    finally:
        mesa.cerrar()
