"""The lotes of the fault run: good, wrong and agreed orders, each with what must become of it."""

from __future__ import annotations

import json
import random
import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from core.lz import Codificacion, comprimir
from realtime.benchmarks._caos.control import LoteEnviado, PedidoEnviado
from sales.lotes.recibos import huella_pedido
from sales.precios.iva import importes
from sales.tests.catalogo.del_catalogo import precios_del_catalogo

CODIFICACIONES: Final[tuple[Codificacion, ...]] = ("base64", "utf16", "uri")
CARROS_POR_CANAL: Final = 60
NADIE: Final = 90_000_000
# Texts that are no lote, and what is said of them.
ILEGIBLES: Final = (("[1, 2", "json_invalido"), ('{"1": [], "1": []}', "json_clave_repetida"))
# Clients × lines of a big one, so that a worker can be met in the middle of it.
GRANDE: Final = (250, 12)
# One that takes two transactions.
ENORME: Final = (290, 70)


class Trato(StrEnum):
    """How a client sends its lote."""

    UNA_VEZ = "once, again until it is answered"
    DOBLE = "twice at the same time"
    REPETIDO = "again after the answer"
    CAMBIADO = "again with other content"
    ABANDONADO = "and leaves without waiting"


TRATOS: Final = (
    *(Trato.UNA_VEZ,) * 10,
    *(Trato.DOBLE,) * 4,
    *(Trato.REPETIDO,) * 4,
    Trato.CAMBIADO,
)


@dataclass(frozen=True)
class Carga:
    """A lote ready to be sent: its envelope, when and how, and what has to become of it."""

    lote: LoteEnviado
    sobre: dict[str, Any]
    trato: Trato
    # Seconds from the start.
    cuando: float


class Cargador:
    """Makes lotes out of the catalogue that a browser has."""

    def __init__(self, gart: dict[str, Any], azar: random.Random) -> None:
        self._gart = gart
        self._azar = azar
        self._canales: dict[str, list[str]] = {}
        for cliente in sorted(gart["clientes"], key=int):
            canal = str(gart["clientes"][cliente]["canal"])
            self._canales.setdefault(canal, []).append(cliente)
        self._carros = {
            canal: [self._carro(canal, azar.randint(1, 8)) for _ in range(CARROS_POR_CANAL)]
            for canal in self._canales
        }

    def cargas(self, cuantas: int, segundos: float) -> list[Carga]:
        """So many lotes to be acknowledged, spread over the time, and some that are given up."""
        grandes = max(2, cuantas // 20)
        enormes = max(1, cuantas // 300)
        tamanos = [ENORME] * enormes + [GRANDE] * grandes + [None] * (cuantas - grandes - enormes)
        self._azar.shuffle(tamanos)
        hechas = [
            self._carga(n, segundos * n / cuantas, tamano, self._azar.choice(TRATOS))
            for n, tamano in enumerate(tamanos)
        ]
        hechas += [
            self._carga(n, self._azar.uniform(0, segundos), None, Trato.ABANDONADO)
            for n in range(max(3, cuantas // 30))
        ]
        return sorted(hechas, key=lambda carga: carga.cuando)

    def _carga(self, n: int, cuando: float, tamano: tuple[int, int] | None, trato: Trato) -> Carga:
        lote_id = uuid.UUID(int=self._azar.getrandbits(128), version=4)
        codigo = ""
        if tamano is not None:
            pedidos = self._parejos(*tamano)
        elif n % 25 == 24:
            pedidos, (texto, codigo) = [], self._azar.choice(ILEGIBLES)
        else:
            pedidos = self._sueltos(self._azar.randint(1, 8))
        if not codigo:
            texto = json.dumps({p.cliente: _lineas_de(p) for p in pedidos}, ensure_ascii=False)
        codificacion = self._azar.choice(CODIFICACIONES)
        sobre = {
            "lote": str(lote_id),
            "pedidos": comprimir(texto, codificacion),
            "codificacion": codificacion,
        }
        lote = LoteEnviado(lote_id, tuple(pedidos), acusado=False, codigo=codigo)
        return Carga(lote, sobre, trato, cuando)

    def _sueltos(self, cuantos: int) -> list[PedidoEnviado]:
        """A few orders, as takers load them: some with an agreed price, some wrong."""
        clientes = self._azar.sample(list(self._gart["clientes"]), cuantos)
        return [self._pedido(cliente, self._azar.random()) for cliente in clientes]

    def _parejos(self, clientes: int, lineas: int) -> list[PedidoEnviado]:
        """Many orders of many lines; every tenth with an agreed price."""
        carros = {canal: self._carro(canal, lineas) for canal in self._canales}
        elegidos = self._azar.sample(list(self._gart["clientes"]), clientes)
        return [
            self._bueno(cliente, carros[self._canal(cliente)], acordado=not n % 10)
            for n, cliente in enumerate(elegidos)
        ]

    def _pedido(self, cliente: str, suerte: float) -> PedidoEnviado:
        carro = self._azar.choice(self._carros[self._canal(cliente)])
        if suerte < 0.75:
            return self._bueno(cliente, carro, acordado=suerte < 0.15)
        articulo, cantidad, precio = carro[0]
        if suerte < 0.84:
            ajeno = str(NADIE + int(cliente))
            return self._malo(ajeno, carro, "cliente_desconocido")
        if suerte < 0.92:
            return self._malo(
                cliente, [(NADIE, cantidad, precio), *carro[1:]], "articulo_desconocido"
            )
        return self._malo(cliente, [(articulo, 0, precio), *carro[1:]], "cantidad_fuera_de_rango")

    def _bueno(
        self, cliente: str, carro: list[tuple[int, int, int]], *, acordado: bool
    ) -> PedidoEnviado:
        if acordado:
            articulo, cantidad, precio = carro[0]
            carro = [(articulo, cantidad, precio + self._azar.randint(1, 900)), *carro[1:]]
        lineas = tuple(
            (a, cantidad, precio, *importes(cantidad * precio, self._tasa(a)))
            for a, cantidad, precio in carro
        )
        return PedidoEnviado(cliente, lineas, huella_pedido(cliente, carro), acordado)

    def _malo(self, cliente: str, carro: list[tuple[int, int, int]], codigo: str) -> PedidoEnviado:
        return PedidoEnviado(cliente, tuple(carro), huella_pedido(cliente, carro), codigo=codigo)

    def _carro(self, canal: str, lineas: int) -> list[tuple[int, int, int]]:
        """Article, quantity and the system's price of so many lines."""
        articulos = self._azar.sample(sorted(self._gart["precios"][canal], key=int), lineas)
        unidades = {int(a): self._azar.randint(1, 60) for a in articulos}
        precios = precios_del_catalogo(self._gart, canal, unidades)
        return [(a, cantidad, precios[a]) for a, cantidad in unidades.items()]

    def _canal(self, cliente: str) -> str:
        return str(self._gart["clientes"][cliente]["canal"])

    def _tasa(self, articulo: int) -> int:
        tasa: int = self._gart["articulos"][str(articulo)]["tasa_iva"]
        return tasa


def _lineas_de(pedido: PedidoEnviado) -> list[dict[str, Any]]:
    return [
        {"articulo_id": linea[0], "cantidad": linea[1], "precio_unitario": linea[2]}
        for linea in pedido.lineas
    ]
