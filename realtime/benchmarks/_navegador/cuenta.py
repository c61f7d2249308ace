"""What was typed against where it is in the end: each order in one place, with its content. Pure.

An order is followed copy by copy (an exported file makes one on another machine), and a copy line
by line: a key pressed but not seen to be kept before a fault leaves two quantities possible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

# Article → quantity.
Lineas = Mapping[int, int]


class Falta(StrEnum):
    """What can be wrong with an order, or with a page."""

    PERDIDO = "lost"
    DOBLADO = "doubled"
    ALTERADO = "altered"
    OCULTO = "hidden"
    ERROR = "uncaught errors"


class Guardado(NamedTuple):
    """An order as the server has it; `recibido`: its lines are those its lote brought."""

    numero: int
    cliente: str
    id: str
    lineas: Lineas
    observacion: str = ""
    recibido: bool = True


class EnPantalla(NamedTuple):
    """An order as a machine's notebook has it.

    `visible`: the page shows it; `imposible`: a line has the price this run put there.
    """

    id: str
    lineas: Lineas
    observacion: str = ""
    visible: bool = True
    imposible: bool = False


@dataclass
class Copia:
    """An order on one machine: what each line may be, and whether it was thrown away on purpose."""

    id: str = ""
    lineas: dict[int, set[int]] = field(default_factory=dict)
    observaciones: set[str] = field(default_factory=lambda: {""})
    descartes: set[bool] = field(default_factory=lambda: {False})
    # A line of it was seen to be kept, once.
    vista: bool = False
    # All that each line ever may have been.
    fueron: dict[int, set[int]] = field(default_factory=dict)

    def poner(self, articulo: int, posibles: set[int]) -> None:
        """What a line may be from now on."""
        self.fueron.setdefault(articulo, {0}).update(self.lineas.get(articulo, ()), posibles)
        self.lineas[articulo] = posibles

    def fue(self, lineas: Lineas) -> bool:
        """Whether it may have been this, earlier."""
        return all(
            cantidad in self.fueron.get(articulo, ()) for articulo, cantidad in lineas.items()
        )

    def admite(self, lineas: Lineas, observacion: str) -> bool:
        """Whether it may have become this."""
        return observacion in self.observaciones and all(
            lineas.get(articulo, 0) in self.lineas.get(articulo, {0})
            for articulo in {*lineas, *self.lineas}
        )

    @property
    def dudas(self) -> int:
        """How many of its lines may be more than one thing."""
        return sum(len(posibles) > 1 for posibles in self.lineas.values())

    @property
    def con_algo(self) -> bool:
        """Whether a line is surely there now."""
        return any(0 not in posibles for posibles in self.lineas.values())


@dataclass
class Pedido:
    """An order of the plan: its copies by (machine, id), and all that was done to it."""

    cliente: str
    copias: dict[tuple[str, str], Copia] = field(default_factory=dict)
    hechos: list[str] = field(default_factory=list)


class Libro:
    """Every order ever typed, by client: each client has one in a run."""

    def __init__(self) -> None:
        self.pedidos: dict[str, Pedido] = {}

    def pedido(self, cliente: str) -> Pedido:
        """The client's order."""
        return self.pedidos.setdefault(cliente, Pedido(cliente))

    def copia(self, maquina: str, cliente: str, identidad: str) -> Copia:
        """The client's order on a machine under this id."""
        return self.pedido(cliente).copias.setdefault((maquina, identidad), Copia(identidad))

    def importar(self, maquina: str, cliente: str, vista: EnPantalla) -> None:
        """A file may have brought this to a machine: beside what was possible there."""
        copias = self.pedido(cliente).copias
        nueva = (maquina, vista.id) not in copias
        copia = copias.setdefault((maquina, vista.id), Copia(vista.id))
        for articulo in {*vista.lineas, *copia.lineas}:
            posibles = copia.lineas.setdefault(articulo, set() if nueva else {0})
            posibles.add(vista.lineas.get(articulo, 0))
        copia.observaciones = {vista.observacion} | (set() if nueva else copia.observaciones)
        if nueva:
            # Until it is seen there.
            copia.descartes = {True, False}

    @property
    def escritos(self) -> int:
        """Orders with a line that was seen to be kept."""
        return sum(
            any(copia.vista for copia in pedido.copias.values()) for pedido in self.pedidos.values()
        )


class Quieto(NamedTuple):
    """Where everything is once it is quiet."""

    guardados: Sequence[Guardado]
    # machine → client → order.
    cuadernos: Mapping[str, Mapping[str, EnPantalla]]
    # machine → (client, order) of values set aside: kept as they were damaged, said, exportable.
    apartados: Mapping[str, Sequence[tuple[str, EnPantalla]]]


@dataclass
class Cuenta:
    """What came of the orders, and each fault found with the client it is of."""

    guardados: int = 0
    en_pantalla: int = 0
    apartados: int = 0
    descartados: int = 0
    dudas: int = 0
    faltas: list[tuple[Falta, str, str]] = field(default_factory=list)

    def anotar(self, falta: Falta, cliente: str, texto: str) -> None:
        """Note a fault."""
        self.faltas.append((falta, cliente, texto))

    def de(self, falta: Falta) -> int:
        """How many of a kind."""
        return Counter(clase for clase, _, _ in self.faltas)[falta]


def revisar(libro: Libro, final: Quieto) -> Cuenta:
    """Look for every order of the book; then at whatever is there and was never typed."""
    cuenta = Cuenta()
    por_cliente: dict[str, list[Guardado]] = {}
    for guardado in final.guardados:
        por_cliente.setdefault(guardado.cliente, []).append(guardado)
    for pedido in libro.pedidos.values():
        suyos = por_cliente.pop(pedido.cliente, [])
        _revisar_guardados(cuenta, pedido, suyos, final)
        lugares = [
            lugar
            for (maquina, identidad), copia in pedido.copias.items()
            for lugar in _revisar_copia(
                cuenta, pedido.cliente, (maquina, identidad, copia), suyos, final
            )
        ]
        _contar(cuenta, lugares)
        cuenta.dudas += sum(copia.dudas for copia in pedido.copias.values())
    for ajenos in por_cliente.values():
        for guardado in ajenos:
            texto = f"no. {guardado.numero} is stored, and nobody typed it"
            cuenta.anotar(Falta.DOBLADO, guardado.cliente, texto)
    _revisar_ajenos(cuenta, libro, final)
    return cuenta


def _contar(cuenta: Cuenta, lugares: Sequence[str]) -> None:
    """An order counts once: stored, or else on a screen, or else set aside, or thrown away."""
    for lugar in ("guardados", "en_pantalla", "apartados", "descartados"):
        if lugar in lugares:
            setattr(cuenta, lugar, getattr(cuenta, lugar) + 1)
            return


def _revisar_guardados(
    cuenta: Cuenta, pedido: Pedido, suyos: Sequence[Guardado], final: Quieto
) -> None:
    """What is stored of a client: each id once, and something that some copy of it was.

    A notebook whose lote was damaged does not know that the order is on its way: it may be stored
    as it was then, if what was typed since is still kept for its taker.
    """
    for identidad, veces in Counter(guardado.id for guardado in suyos).items():
        if veces > 1:
            cuenta.anotar(Falta.DOBLADO, pedido.cliente, f"{identidad} is stored {veces} times")
    for guardado in suyos:
        copias = {m: copia for (m, suya), copia in pedido.copias.items() if suya == guardado.id}
        if not copias:
            texto = f"no. {guardado.numero} is stored as {guardado.id}, an order nobody opened"
            cuenta.anotar(Falta.DOBLADO, pedido.cliente, texto)
        elif not any(
            copia.admite(guardado.lineas, guardado.observacion)
            or (copia.fue(guardado.lineas) and _la_tiene(final, m, pedido.cliente, guardado.id))
            for m, copia in copias.items()
        ):
            texto = f"no. {guardado.numero} has {dict(guardado.lineas)} {guardado.observacion!r}"
            dicho = _dicho(list(copias.values()))
            cuenta.anotar(Falta.ALTERADO, pedido.cliente, f"{texto}; typed {dicho}")
        if not guardado.recibido:
            texto = f"no. {guardado.numero} is not as its lote brought it"
            cuenta.anotar(Falta.ALTERADO, pedido.cliente, texto)


def _revisar_copia(
    cuenta: Cuenta,
    cliente: str,
    cual: tuple[str, str, Copia],
    suyos: Sequence[Guardado],
    final: Quieto,
) -> Iterator[str]:
    """Where this copy of the order is; nowhere: lost, unless it may be nothing or thrown away."""
    maquina, identidad, copia = cual
    guardados = [g for g in suyos if g.id == identidad]
    mio = any(copia.admite(g.lineas, g.observacion) for g in guardados)
    if mio:
        yield "guardados"
    visto = final.cuadernos.get(maquina, {}).get(cliente)
    if visto is not None and visto.id == identidad:
        yield "en_pantalla"
        _revisar_visto(cuenta, cliente, cual, visto, guardados)
        return
    if _la_tiene(final, maquina, cliente, identidad):
        yield "apartados"
    elif True in copia.descartes or not copia.con_algo:
        yield "descartados"
    elif not mio and not _alterado(cuenta, cliente):
        texto = f"{identidad} of {maquina} is nowhere; typed {_dicho([copia])}"
        if guardados:
            texto += f"; stored is {dict(guardados[0].lineas)}"
        cuenta.anotar(Falta.PERDIDO, cliente, texto)


def _la_tiene(final: Quieto, maquina: str, cliente: str, identidad: str) -> bool:
    """Whether the machine has the order, on its screen or set aside."""
    visto = final.cuadernos.get(maquina, {}).get(cliente)
    apartados = final.apartados.get(maquina, ())
    return (visto is not None and visto.id == identidad) or any(
        suyo == cliente and aparte.id == identidad for suyo, aparte in apartados
    )


def _revisar_visto(
    cuenta: Cuenta,
    cliente: str,
    cual: tuple[str, str, Copia],
    visto: EnPantalla,
    guardados: Sequence[Guardado],
) -> None:
    """A copy that a notebook still has: as typed, shown, and not stored as well.

    One with an impossible line is another than the one stored from elsewhere: it waits for somebody
    to mend the line, with the reason beside it.
    """
    maquina, identidad, copia = cual
    donde = f"{maquina} has {identidad}"
    if not copia.admite(visto.lineas, visto.observacion):
        texto = f"{donde} with {dict(visto.lineas)} {visto.observacion!r}"
        cuenta.anotar(Falta.ALTERADO, cliente, f"{texto}; typed {_dicho([copia])}")
    if not visto.visible:
        cuenta.anotar(Falta.OCULTO, cliente, f"{donde}, and does not show it")
    for guardado in guardados:
        igual = (guardado.lineas, guardado.observacion) == (visto.lineas, visto.observacion)
        if igual and not visto.imposible:
            cuenta.anotar(Falta.DOBLADO, cliente, f"{donde}, stored as no. {guardado.numero}")


def _alterado(cuenta: Cuenta, cliente: str) -> bool:
    """Whether what is stored of it was said to be another thing: it is not lost besides."""
    return any(falta is Falta.ALTERADO and suyo == cliente for falta, suyo, _ in cuenta.faltas)


def _revisar_ajenos(cuenta: Cuenta, libro: Libro, final: Quieto) -> None:
    """What machines have and nobody typed there."""
    for maquina, cuaderno in final.cuadernos.items():
        for cliente, visto in cuaderno.items():
            if visto.lineas and (maquina, visto.id) not in libro.pedido(cliente).copias:
                texto = f"{maquina} has {visto.id or 'one without id'}: {dict(visto.lineas)}"
                cuenta.anotar(Falta.ALTERADO, cliente, f"{texto}, and nobody typed it there")


def _dicho(copias: Sequence[Copia]) -> str:
    return " or ".join(
        f"{ {a: sorted(q) for a, q in copia.lineas.items()} } {sorted(copia.observaciones)}"
        for copia in copias
    )
