"""What was sent against what is stored: order by order, line by line, card by card. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

# Article, quantity, price, gravada 10, IVA 10, gravada 5, IVA 5, exenta.
Linea = tuple[int | Decimal, ...]
EN_REVISION = "14"
CONFIRMADO = "1"
GUARDADO = "GUARDADO"


class PedidoEnviado(NamedTuple):
    """An order as sent, and what has to become of it."""

    cliente: str
    lineas: tuple[Linea, ...]
    huella: str
    en_revision: bool = False
    # Why it has to be rejected; empty: it has to be saved.
    codigo: str = ""


class LoteEnviado(NamedTuple):
    """A lote as sent; `codigo` is that of one that cannot be read as a whole."""

    id: UUID
    pedidos: tuple[PedidoEnviado, ...]
    acusado: bool = True
    codigo: str = ""

    @property
    def buenos(self) -> list[PedidoEnviado]:
        """The orders that have to be saved."""
        return [] if self.codigo else [pedido for pedido in self.pedidos if not pedido.codigo]


class PedidoGuardado(NamedTuple):
    """An order as stored, and what stands for it on the board."""

    numero: int
    cliente: str
    status: str
    lineas: tuple[Linea, ...]
    filas: int = 0
    tarjetas: int = 0
    mostradas: int = 0


class Recibo(NamedTuple):
    """What a browser is told of one of its orders."""

    cliente: str
    resultado: str
    codigo: str
    numero: int | None
    huella: str


class LoteGuardado(NamedTuple):
    """A lote as stored, the orders that came of it and its receipts, in their order."""

    estado: str
    codigo: str = ""
    pedidos: Sequence[PedidoGuardado] = ()
    recibos: Sequence[Recibo] = ()


class Falta(StrEnum):
    """What can be wrong."""

    PERDIDO = "lost"
    DUPLICADO = "duplicated"
    PARCIAL = "partial"
    DE_MAS = "not to be saved"
    PENDIENTE = "lotes not done"
    RECIBO = "receipts wrong"
    NUMERO = "numbers repeated or missing"
    TABLERO = "cards wrong"
    RESPUESTA = "answers wrong"


class Sumas(NamedTuple):
    """What a pile of orders adds up to."""

    pedidos: int
    lineas: int
    total: Decimal
    iva: Decimal


NADA = Sumas(0, 0, Decimal(0), Decimal(0))


@dataclass
class Cuenta:
    """The result: each fault found with its words, and the two sums."""

    faltas: list[tuple[Falta, str]] = field(default_factory=list)
    debido: Sumas = NADA
    guardado: Sumas = NADA

    def de(self, falta: Falta) -> int:
        """How many of a kind."""
        return Counter(cual for cual, _ in self.faltas)[falta]

    def anotar(self, falta: Falta, texto: str) -> None:
        """One more."""
        self.faltas.append((falta, texto))

    @property
    def limpia(self) -> bool:
        """Nothing is wrong, to the guaraní."""
        return not self.faltas and self.debido == self.guardado


def revisar(
    enviados: Iterable[LoteEnviado], guardados: Mapping[UUID | None, LoteGuardado]
) -> Cuenta:
    """Compare all that was sent with all that is stored; None keys what belongs to no lote.

    A lote that nobody acknowledged may be absent; if it is there, it counts like the others.
    """
    cuenta = Cuenta()
    debidos: list[PedidoEnviado] = []
    conocidos: set[UUID | None] = set()
    for lote in enviados:
        conocidos.add(lote.id)
        guardado = guardados.get(lote.id)
        if guardado is not None:
            _revisar_lote(cuenta, lote, guardado)
        elif lote.acusado:
            for pedido in lote.buenos:
                cuenta.anotar(Falta.PERDIDO, f"{lote.id} {pedido.cliente}: the lote is not there")
            if not lote.buenos:
                cuenta.anotar(Falta.RECIBO, f"{lote.id}: acknowledged and not there")
        if guardado is not None or lote.acusado:
            debidos += lote.buenos
    for desconocido in guardados.keys() - conocidos:
        for ajeno in guardados[desconocido].pedidos:
            cuenta.anotar(Falta.DE_MAS, f"{desconocido} {ajeno.cliente}: nobody sent it")
    todos = [pedido for lote in guardados.values() for pedido in lote.pedidos]
    _revisar_numeros(cuenta, [pedido.numero for pedido in todos])
    cuenta.debido = sumar(pedido.lineas for pedido in debidos)
    cuenta.guardado = sumar(pedido.lineas for pedido in todos)
    return cuenta


def sumar(pedidos: Iterable[tuple[Linea, ...]]) -> Sumas:
    """Orders, lines, Σ quantity × price, Σ IVA."""
    lineas = [list(pedido) for pedido in pedidos]
    todas = [linea for pedido in lineas for linea in pedido]
    return Sumas(
        len(lineas),
        len(todas),
        sum((Decimal(linea[1]) * linea[2] for linea in todas), Decimal(0)),
        sum((Decimal(linea[4]) + linea[6] for linea in todas), Decimal(0)),
    )


def _revisar_lote(cuenta: Cuenta, lote: LoteEnviado, guardado: LoteGuardado) -> None:
    estado, codigo = _final(lote)
    if guardado.estado in {"RECIBIDO", "PROCESANDO"}:
        cuenta.anotar(Falta.PENDIENTE, f"{lote.id}: {guardado.estado}")
    elif (guardado.estado, guardado.codigo) != (estado, codigo):
        hay = f"{guardado.estado} {guardado.codigo}".strip()
        cuenta.anotar(Falta.RECIBO, f"{lote.id}: {hay} instead of {estado} {codigo}".strip())
    de_cliente: dict[str, list[PedidoGuardado]] = {}
    for pedido in guardado.pedidos:
        de_cliente.setdefault(pedido.cliente, []).append(pedido)
    for esperado in lote.buenos:
        _revisar_pedido(cuenta, lote, esperado, de_cliente.pop(esperado.cliente, []))
    for cliente, sobrantes in de_cliente.items():
        for _ in sobrantes:
            cuenta.anotar(Falta.DE_MAS, f"{lote.id} {cliente}: it had to be rejected")
    _revisar_recibos(cuenta, lote, guardado)


def _final(lote: LoteEnviado) -> tuple[str, str]:
    """The state, and its code, in which the lote has to end."""
    if lote.codigo or not lote.buenos:
        return "FALLIDO", lote.codigo
    return ("COMPLETO" if len(lote.buenos) == len(lote.pedidos) else "PARCIAL"), ""


def _revisar_pedido(
    cuenta: Cuenta, lote: LoteEnviado, esperado: PedidoEnviado, hallados: list[PedidoGuardado]
) -> None:
    donde = f"{lote.id} {esperado.cliente}"
    if not hallados:
        cuenta.anotar(Falta.PERDIDO, f"{donde}: not saved")
    for copia in hallados[1:]:
        cuenta.anotar(Falta.DUPLICADO, f"{donde}: saved again as {copia.numero}")
    for hallado in hallados:
        if hallado.lineas != esperado.lineas:
            cuenta.anotar(
                Falta.PARCIAL,
                f"{donde}: {len(hallado.lineas)} lines of {len(esperado.lineas)}, or other figures",
            )
        status = EN_REVISION if esperado.en_revision else CONFIRMADO
        if hallado.status != status:
            cuenta.anotar(Falta.PARCIAL, f"{donde}: status {hallado.status} instead of {status}")
        tablero = (hallado.filas, hallado.tarjetas, hallado.mostradas)
        if tablero != ((1, 1, 1) if esperado.en_revision else (0, 0, 0)):
            cuenta.anotar(Falta.TABLERO, f"{donde}: rows, cards, times shown {tablero}")


def _revisar_recibos(cuenta: Cuenta, lote: LoteEnviado, guardado: LoteGuardado) -> None:
    numeros = {pedido.cliente: pedido.numero for pedido in guardado.pedidos}
    esperados = [_recibo(pedido, numeros) for pedido in lote.pedidos] if not lote.codigo else []
    if len(guardado.recibos) != len(esperados):
        cuenta.anotar(
            Falta.RECIBO, f"{lote.id}: {len(guardado.recibos)} receipts of {len(esperados)}"
        )
    for esperado, recibo in zip(esperados, guardado.recibos, strict=False):
        if esperado != recibo:
            cuenta.anotar(Falta.RECIBO, f"{lote.id}: {recibo} instead of {esperado}")


def _recibo(pedido: PedidoEnviado, numeros: Mapping[str, int]) -> Recibo:
    if pedido.codigo:
        return Recibo(pedido.cliente, "RECHAZADO", pedido.codigo, None, pedido.huella)
    return Recibo(pedido.cliente, GUARDADO, "", numeros.get(pedido.cliente), pedido.huella)


def _revisar_numeros(cuenta: Cuenta, numeros: Sequence[int]) -> None:
    """One counter gave them all, and what was rolled back came back to it."""
    for numero, veces in Counter(numeros).items():
        if veces > 1:
            cuenta.anotar(Falta.NUMERO, f"{numero}: {veces} times")
    for hueco in _huecos(sorted(set(numeros))):
        cuenta.anotar(Falta.NUMERO, f"{hueco}: missing")


def _huecos(numeros: Sequence[int]) -> Iterator[int]:
    siguiente = 1
    for numero in numeros:
        yield from range(siguiente, numero)
        siguiente = numero + 1
