"""The corpus at a running desk: each piece and its refusal, beside memory and neighbours."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from statistics import quantiles
from typing import Final, NamedTuple

from core.tests.e2e.mesa import ALIAS, Mesa
from core.tests.e2e.navegante import Navegante
from gestion_precios.models import ListaPrecio
from gestion_precios.tests.planillas import hostiles as archivos
from realtime.benchmarks._hostil.gente import Contestado, Persona, SinEntrar, Vecinos
from realtime.benchmarks._hostil.vigia import Vigia, arbol
from sales.tests.entrada import hostiles as cuerpos

RUTAS_DE_VECINOS: Final = ["/api/lotes/", "/pedidos/", "/api/articulos/?q=a", "/lotes/"]
VECINOS: Final = 2
# Seconds of peace that say how the desk usually answers, and how long a piece is waited for.
CALMA: Final = 6.0
PACIENCIA: Final = 60.0
FINALES: Final = {"COMPLETO", "PARCIAL", "FALLIDO"}


class Pieza(NamedTuple):
    """A hostile file or body, and the status and code it must get; `lote`: the worker's refusal."""

    nombre: str
    ruta: str
    tipo: str
    contenido: bytes
    estado: int
    codigo: str


@dataclass(frozen=True)
class Suerte:
    """What came of a piece: refused as it should be, and in how many seconds."""

    pieza: Pieza
    bien: bool
    segundos: float
    dicho: str


@dataclass
class Resultado:
    """The whole attack: each piece's end, MiB above idle at the worst, seconds of neighbours."""

    suertes: list[Suerte] = field(default_factory=list)
    subida: dict[str, float] = field(default_factory=dict)
    antes: list[float] = field(default_factory=list)
    durante: list[float] = field(default_factory=list)
    vecinos_mal: list[tuple[str, int]] = field(default_factory=list)
    # Processes that are still there after the last answer, and were not before.
    sobran: int = 0

    @property
    def malas(self) -> list[Suerte]:
        """The pieces that were not refused as they should be."""
        return [suerte for suerte in self.suertes if not suerte.bien]

    @property
    def mas_lenta(self) -> Suerte:
        """The one that took longest."""
        return max(self.suertes, key=lambda suerte: suerte.segundos)


def p95(demoras: Sequence[float]) -> float:
    """The 95th percentile, in the unit given."""
    return quantiles(demoras, n=20)[-1]


class Ataque:
    """An attacker with a taker's and a supervisor's rights, beside people at their work."""

    def __init__(self, mesa: Mesa) -> None:
        self.mesa = mesa
        self.programa = Persona(mesa.url, llave=Navegante(mesa).entrar()._token)
        self.navegador = Persona(mesa.url).entrar("supervisor")
        self.importacion, self.testigo = self._importacion()

    def _importacion(self) -> tuple[str, str]:
        """The import page of a list the supervisor may change, and its CSRF token."""
        for lista_id in ListaPrecio.objects.using(ALIAS).values_list("pk", flat=True):
            ruta = f"/precios/{lista_id}/importacion/"
            with suppress(SinEntrar):
                return ruta, self.navegador.testigo(ruta)
        raise SinEntrar("/precios/")

    def piezas(self) -> Iterator[Pieza]:
        """Every file and body, in one list."""
        for nombre, contenido, codigo in archivos.corpus():
            tipo = "archivo"
            yield Pieza(nombre, self.importacion, tipo, contenido, 400, codigo)
        for pieza in (*cuerpos.corpus(), *cuerpos.corpus_del_servidor()):
            yield Pieza(*pieza)

    def correr(self, piezas: Sequence[Pieza]) -> Resultado:
        """Send them one after another while the neighbours work."""
        resultado = Resultado()
        vigia = Vigia({nombre: p.pid for nombre, p in self.mesa.procesos.items()})
        vecinos = Vecinos([Persona(self.mesa.url).entrar("tomador")] * VECINOS, RUTAS_DE_VECINOS)
        with vecinos.trabajando():
            time.sleep(CALMA)
        resultado.antes = vecinos.demoras
        quietos = vigia.mirar()
        procesos = self._procesos()
        with vecinos.trabajando(), vigia.mirando():
            resultado.suertes = [self.mandar(pieza) for pieza in piezas]
        resultado.durante, resultado.vecinos_mal = vecinos.demoras, vecinos.malas
        resultado.subida = {n: vigia.picos[n] - quietos[n] for n in quietos}
        resultado.sobran = self._sobran(procesos)
        return resultado

    def mandar(self, pieza: Pieza) -> Suerte:
        """Send one, and wait for whoever refuses it."""
        if pieza.tipo == "archivo":
            hecho = self.navegador.subir(pieza.ruta, self.testigo, "precios.xlsx", pieza.contenido)
            return _suerte(pieza, hecho)
        if not pieza.tipo:
            return _suerte(pieza, self.programa.pedir("GET", pieza.ruta))
        tipo = {"Content-Type": pieza.tipo}
        hecho = self.programa.pedir("POST", pieza.ruta, pieza.contenido, tipo)
        if pieza.estado == 202 and hecho.estado == 202:
            return self._seguir(pieza, hecho)
        return _suerte(pieza, hecho)

    def _seguir(self, pieza: Pieza, hecho: Contestado) -> Suerte:
        """A lote that the web took: what the worker says of it."""
        ruta = f"/api/lotes/{hecho.cuerpo['lote']}/"
        inicio = time.perf_counter()
        for _ in count():
            lote = self.programa.pedir("GET", ruta).cuerpo
            pasado = time.perf_counter() - inicio
            if lote.get("estado") in FINALES or pasado > PACIENCIA:
                break
            time.sleep(0.02)
        bien = lote.get("estado") == "FALLIDO" and pieza.codigo in str(lote)
        return Suerte(pieza, bien, hecho.segundos + pasado, str(lote)[:200])

    def _procesos(self) -> int:
        return sum(len(arbol(proceso.pid)) for proceso in self.mesa.procesos.values())

    def _sobran(self, antes: int) -> int:
        limite = time.monotonic() + PACIENCIA
        while (sobran := self._procesos() - antes) > 0 and time.monotonic() < limite:
            time.sleep(0.1)
        return max(sobran, 0)


def _suerte(pieza: Pieza, hecho: Contestado) -> Suerte:
    dicho = hecho.cuerpo if isinstance(hecho.cuerpo, dict) else {}
    bien = (hecho.estado, dicho.get("codigo")) == (pieza.estado, pieza.codigo)
    return Suerte(pieza, bien and bool(dicho.get("detail")), hecho.segundos, _corto(hecho))


def _corto(hecho: Contestado) -> str:
    return f"{hecho.estado} {hecho.texto[:200]}"
