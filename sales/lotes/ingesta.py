"""`save_orders_clients`: from a stored lote to orders, each saved once, whole or not at all."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from traceback import clear_frames
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction

from core.datos.reintentos import reintentar
from core.lz import CODIFICACIONES, LzError, descomprimir
from core.procesos.memoria import techo
from core.procesos.recolector import sin_recolector
from gestion_precios.moneda import decimales
from sales.lotes.condiciones import Condiciones, leer_condiciones
from sales.lotes.escritura import Origen, PedidoDecidido, escribir
from sales.lotes.fallos import MEMORIA
from sales.lotes.identidad import ID_REPETIDO, Guardado, guardados_con, reutilizado
from sales.lotes.reserva import Estado, Reserva, ReservaPerdida, latido, reservar
from sales.models import LotePedidos, ResultadoPedido
from sales.payload import (
    PRESUPUESTO,
    LoteInvalido,
    PedidoLeido,
    PedidoRechazado,
    huella_de,
    huella_enviada,
    huella_ilegible,
    leer_pedido,
    leer_pedidos,
    uuid_de,
)
from sales.precios.valoracion import valorar

registro = logging.getLogger(__name__)
# A chunk is one transaction: whichever limit comes first.
PEDIDOS_POR_TRAMO = 1_000
LINEAS_POR_TRAMO = 20_000


@dataclass(frozen=True, slots=True)
class Avance:
    """How far a lote is."""

    estado: str
    total: int
    guardados: int
    rechazados: int


class Recibido(NamedTuple):
    """An order as it came, at its place in the lote."""

    posicion: int
    clave: str
    valor: Any


AvisarAvance = Callable[[Avance], None]
AvisarIntento = Callable[[int], None]


def save_orders_clients(
    lote_id: UUID,
    *,
    al_tomar: AvisarIntento = lambda intento: None,
    avisar: AvisarAvance = lambda avance: None,
) -> Avance | None:
    """Process a lote and say how it ended; None when somebody else has it.

    Safe to run again at any time: verdicts already given stay, the rest is done. `al_tomar` hears
    that the lote is ours and which attempt it is, `avisar` of every chunk; outside any transaction.
    """
    reserva = reservar(lote_id)
    if reserva is None:
        avance = _avance(lote_id)
        return None if avance.estado in {Estado.RECIBIDO, Estado.PROCESANDO} else avance
    try:
        # The limit innermost: stopping the heart and closing the lote have the reserve.
        with latido(reserva), sin_recolector(), techo:
            al_tomar(reserva.intento)
            return _procesar(reserva, avisar)
    except ReservaPerdida:
        registro.warning("reserva_perdida", extra={"lote": str(lote_id)})
        return None
    except MemoryError as error:
        return _sin_memoria(reserva, error)
    except Exception:
        if _soltar(reserva):
            raise
        # Whoever has it now says how it went; a failure told here would be taken for theirs.
        registro.warning("reserva_perdida", extra={"lote": str(lote_id)}, exc_info=True)
        return None
    except BaseException:
        _soltar(reserva)
        raise


def _procesar(reserva: Reserva, avisar: AvisarAvance) -> Avance:
    lote = LotePedidos.objects.select_related("sucursal__empresa").get(pk=reserva.lote_id)
    try:
        pedidos = abrir(lote)
    except (LzError, LoteInvalido) as error:
        reserva.terminar(Estado.FALLIDO, error.codigo)
        return _avance(lote.pk)
    trabajo = _Trabajo(lote, reserva, total=len(pedidos))
    for tramo in _tramos(_pendientes(lote, pedidos)):
        trabajo.procesar(tramo)
        avisar(trabajo.avance)
    return trabajo.cerrar()


def abrir(lote: LotePedidos) -> dict[str, Any]:
    """The orders object as it was received; the compressed text is let go before it is built.

    Raises LzError, LoteInvalido.
    """
    codificacion = next((c for c in CODIFICACIONES if c == lote.codificacion), None)
    if codificacion is None:
        raise LzError("lz_codificacion")
    contenido = bytes(lote.contenido).decode("utf-8", "surrogatepass")
    lote.contenido = b""
    texto = descomprimir(contenido, codificacion, octetos=PRESUPUESTO.octetos)
    del contenido
    return leer_pedidos(texto)


def _pendientes(lote: LotePedidos, pedidos: dict[str, Any]) -> Iterator[Recibido]:
    """The orders without a verdict, in order; each is forgotten once handed out."""
    decididos = set(
        ResultadoPedido.objects.filter(loteobj_id=lote.pk).values_list("posicion", flat=True)
    )
    for posicion, clave in enumerate(list(pedidos)):
        valor = pedidos.pop(clave)
        if posicion not in decididos:
            yield Recibido(posicion, clave, valor)


def _tramos(recibidos: Iterable[Recibido]) -> Iterator[list[Recibido]]:
    tramo: list[Recibido] = []
    lineas = 0
    for recibido in recibidos:
        tramo.append(recibido)
        lineas += _lineas(recibido.valor)
        if len(tramo) >= PEDIDOS_POR_TRAMO or lineas >= LINEAS_POR_TRAMO:
            yield tramo
            tramo, lineas = [], 0
    if tramo:
        yield tramo


def _lineas(valor: Any) -> int:
    lineas = valor.get("detalles") if isinstance(valor, dict) else valor
    return len(lineas) if isinstance(lineas, list) else 1


class _Trabajo:
    """One attempt at a lote: decides on its orders and writes, chunk by chunk."""

    def __init__(self, lote: LotePedidos, reserva: Reserva, *, total: int) -> None:
        empresa = lote.sucursal.empresa
        self.avance = Avance(lote.estado, total, lote.guardados, lote.rechazados)
        self._reserva = reserva
        self._sucursal = lote.sucursal
        self._moneda = empresa.moneda
        self._politica = settings.PEDIDOS_PRECIO_DISTINTO
        # The day it arrived where the company is, whenever the work gets done.
        self._hoy = lote.recibido_en.astimezone(ZoneInfo(empresa.zona_horaria)).date()
        self._origen = Origen(
            lote_id=lote.pk,
            sucursal_id=lote.sucursal_id,
            usuario_id=lote.usuario_id,
            capturado_en=lote.recibido_en,
            decimales=decimales(empresa.moneda),
        )

    def procesar(self, tramo: Sequence[Recibido]) -> None:
        """Decide and write; if the database refuses the chunk, find out whose fault it is.

        Deciding again may be all it takes: what changed meanwhile is read anew.
        """
        try:
            self._decidir_y_guardar(tramo)
        except IntegrityError:
            if len(tramo) == 1:
                self._decidir_de_nuevo(tramo)
                return
            mitad = len(tramo) // 2
            self.procesar(tramo[:mitad])
            self.procesar(tramo[mitad:])

    def _decidir_de_nuevo(self, tramo: Sequence[Recibido]) -> None:
        try:
            self._decidir_y_guardar(tramo)
        except IntegrityError:
            registro.warning("pedido_en_conflicto", extra={"lote": str(self._origen.lote_id)})
            rechazos = [_rechazar(recibido, _CONFLICTO) for recibido in tramo]
            reintentar(lambda: self._guardar(rechazos))

    def _decidir_y_guardar(self, tramo: Sequence[Recibido]) -> None:
        decididos = self._decidir(tramo)
        reintentar(lambda: self._guardar(decididos))

    def _decidir(self, tramo: Sequence[Recibido]) -> list[PedidoDecidido]:
        leidos = [(recibido, self._leer(recibido)) for recibido in tramo]
        decididos = self._conocidos(leidos)
        por_valorar = [
            leido
            for recibido, leido in leidos
            if isinstance(leido, PedidoLeido) and recibido.posicion not in decididos
        ]
        condiciones = leer_condiciones(self._sucursal, por_valorar)
        return [
            decididos.get(recibido.posicion) or self._decidir_uno(recibido, leido, condiciones)
            for recibido, leido in leidos
        ]

    def _conocidos(
        self, leidos: Sequence[tuple[Recibido, PedidoLeido | PedidoRechazado]]
    ) -> dict[int, PedidoDecidido]:
        """The verdicts that an order's id decides: stored before, or somebody else's id."""
        vistos: dict[UUID, list[tuple[Recibido, PedidoLeido]]] = {}
        for recibido, leido in leidos:
            if isinstance(leido, PedidoLeido) and leido.uuid is not None:
                vistos.setdefault(leido.uuid, []).append((recibido, leido))
        guardados = guardados_con(vistos.keys())
        return {
            recibido.posicion: decidido
            for uuid, suyos in vistos.items()
            for lugar, (recibido, leido) in enumerate(suyos)
            if (decidido := self._conocido(recibido, leido, lugar, guardados.get(uuid)))
        }

    def _conocido(
        self, recibido: Recibido, leido: PedidoLeido, lugar: int, previo: Guardado | None
    ) -> PedidoDecidido | None:
        """The verdict on an order by its id, `lugar` being its place among those of the chunk that
        share it; None: it is to be stored."""
        posicion, clave, _ = recibido
        huella = huella_de(clave, leido, self._origen.decimales)
        if lugar:
            return PedidoDecidido(posicion, clave, huella, None, ID_REPETIDO, [], leido.uuid)
        if previo is None:
            return None
        propio = previo.sucursal_id == self._origen.sucursal_id
        pk = previo.pk if propio else None
        contenido = huella_enviada(huella, leido.doc_tipo, leido.observacion)
        if propio and previo.contenido == contenido:
            return PedidoDecidido(posicion, clave, huella, None, None, [], leido.uuid, pk)
        rechazo = reutilizado(
            previo, sucursal_id=self._origen.sucursal_id, lote_id=self._origen.lote_id
        )
        return PedidoDecidido(posicion, clave, huella, None, rechazo, [], leido.uuid, pk)

    def _decidir_uno(
        self,
        recibido: Recibido,
        leido: PedidoLeido | PedidoRechazado,
        condiciones: Condiciones,
    ) -> PedidoDecidido:
        if isinstance(leido, PedidoRechazado):
            return _rechazar(recibido, leido)
        return self._valorar(recibido, leido, condiciones)

    def _leer(self, recibido: Recibido) -> PedidoLeido | PedidoRechazado:
        try:
            return leer_pedido(
                recibido.clave,
                recibido.valor,
                decimales=self._origen.decimales,
                hoy=self._hoy,
                llegada=self._origen.capturado_en,
            )
        except PedidoRechazado as rechazo:
            return rechazo

    def _valorar(
        self, recibido: Recibido, leido: PedidoLeido, condiciones: Condiciones
    ) -> PedidoDecidido:
        posicion, clave, _ = recibido
        huella = huella_de(clave, leido, self._origen.decimales)
        try:
            pedido = valorar(
                leido,
                precios=condiciones.precios_de(leido),
                articulos=condiciones.articulos,
                politica=self._politica,
                moneda=self._moneda,
            )
        except PedidoRechazado as rechazo:
            return PedidoDecidido(posicion, clave, huella, None, rechazo, [], leido.uuid)
        return PedidoDecidido(posicion, clave, huella, pedido, None, pedido.avisos, leido.uuid)

    def _guardar(self, decididos: Sequence[PedidoDecidido]) -> None:
        guardados = sum(decidido.guardado for decidido in decididos)
        avance = replace(
            self.avance,
            guardados=self.avance.guardados + guardados,
            rechazados=self.avance.rechazados + len(decididos) - guardados,
        )
        with transaction.atomic():
            # First: whoever has the lote's row and the claim may write, nobody else.
            self._reserva.anotar(
                total=avance.total, guardados=avance.guardados, rechazados=avance.rechazados
            )
            escribir(self._origen, decididos)
        self.avance = avance

    def cerrar(self) -> Avance:
        """Close the lote with the state that its verdicts add up to."""
        if not self.avance.rechazados:
            estado = Estado.COMPLETO
        else:
            estado = Estado.PARCIAL if self.avance.guardados else Estado.FALLIDO
        self._reserva.terminar(estado)
        return replace(self.avance, estado=estado.value)


_CONFLICTO = PedidoRechazado(
    "conflicto",
    "los datos cambiaron mientras se guardaba el pedido: revisarlo y enviarlo de nuevo.",
)


def _rechazar(recibido: Recibido, rechazo: PedidoRechazado) -> PedidoDecidido:
    posicion, clave, valor = recibido
    huella = huella_ilegible(clave, valor)
    return PedidoDecidido(posicion, clave, huella, None, rechazo, [], uuid_de(valor))


def _sin_memoria(reserva: Reserva, error: MemoryError) -> Avance | None:
    """Close a lote that needs more memory than its process may have; so would another attempt."""
    # The frames it came through still hold what was built.
    clear_frames(error.__traceback__)
    registro.error("lote_sin_memoria", extra={"lote": str(reserva.lote_id)})
    try:
        reserva.rendirse(MEMORIA)
    except ReservaPerdida:
        return None
    return _avance(reserva.lote_id)


def _soltar(reserva: Reserva) -> bool:
    """Give the lote back if the database still listens; if not, its silent heart will tell.

    False when somebody else has it.
    """
    try:
        reserva.soltar()
    except ReservaPerdida:
        return False
    except DatabaseError as error:
        registro.warning(
            "lote_no_soltado",
            extra={"lote": str(reserva.lote_id), "error": type(error).__name__},
        )
    return True


def _avance(lote_id: UUID) -> Avance:
    valores = LotePedidos.objects.values_list("estado", "total", "guardados", "rechazados")
    return Avance(*valores.get(pk=lote_id))
