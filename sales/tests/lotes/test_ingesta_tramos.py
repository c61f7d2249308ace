"""A lote in chunks: each order once, whole or not at all, whatever dies or waits meanwhile."""

from __future__ import annotations

import weakref
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError
from pytest_django import Settings

from sales.lotes import condiciones, escritura, ingesta
from sales.lotes.fallos import texto_del_fallo
from sales.lotes.ingesta import Avance, save_orders_clients
from sales.lotes.reserva import Reserva
from sales.models import LotePedidos, Orders, OrdersDetail, ResultadoPedido, numeracion
from sales.tests.venta import Bloqueo, Venta, crear_venta, resultados


def test_a_finished_lote_is_never_processed_again(venta: Venta) -> None:
    lote, primero = venta.procesar({venta.clave(): [venta.linea()], "x": []})
    antes = list(ResultadoPedido.objects.values())
    assert save_orders_clients(lote.pk) == primero
    assert list(ResultadoPedido.objects.values()) == antes
    assert Orders.objects.count() == 1
    lote.refresh_from_db()
    assert lote.intentos == 1


@pytest.fixture
def tramos_de_dos(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingesta, "PEDIDOS_POR_TRAMO", 2)


class Corte(BaseException):
    """The worker dies here."""


class _Pesado:
    """What filled the memory."""


def test_a_lote_that_needs_too_much_memory_fails_at_once_and_lets_go_of_it(
    venta: Venta, monkeypatch: pytest.MonkeyPatch
) -> None:
    vivos: list[weakref.ref[_Pesado]] = []

    def abrir(_lote: LotePedidos) -> dict[str, Any]:
        pesado = _Pesado()
        vivos.append(weakref.ref(pesado))
        raise MemoryError

    rendirse = Reserva.rendirse

    def sin_el_peso(reserva: Reserva, codigo: str) -> None:
        assert [vivo() for vivo in vivos] == [None]
        rendirse(reserva, codigo)

    monkeypatch.setattr(ingesta, "abrir", abrir)
    monkeypatch.setattr(Reserva, "rendirse", sin_el_peso)
    lote = venta.enviar({venta.clave(): [venta.linea()]})
    assert save_orders_clients(lote.pk) == Avance("FALLIDO", total=0, guardados=0, rechazados=0)
    lote.refresh_from_db()
    assert (lote.estado, lote.codigo, lote.intentos) == ("FALLIDO", "memoria", 1)
    assert "más memoria" in texto_del_fallo(lote.codigo)
    # The others go on.
    monkeypatch.undo()
    assert venta.procesar({venta.clave(): [venta.linea()]})[1].estado == "COMPLETO"


@pytest.mark.usefixtures("tramos_de_dos")
def test_without_memory_in_the_middle_what_is_saved_stays(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    venta = crear_venta(clientes=5)
    lote = venta.enviar({venta.clave(n): [venta.linea()] for n in range(5)})
    escribir, veces = escritura.escribir, []

    def llenarse_en_el_segundo(*args: Any) -> None:
        veces.append(1)
        escribir(*args)
        if len(veces) == 2:
            raise MemoryError

    monkeypatch.setattr(ingesta, "escribir", llenarse_en_el_segundo)
    assert save_orders_clients(lote.pk) == Avance("PARCIAL", total=5, guardados=2, rechazados=0)
    lote.refresh_from_db()
    assert (lote.codigo, Orders.objects.count()) == ("memoria", 2)


@pytest.mark.usefixtures("tramos_de_dos")
@pytest.mark.parametrize("escrito", [False, True], ids=["before", "after the rows are written"])
def test_killed_in_the_middle_the_next_attempt_does_the_rest(
    db: None, monkeypatch: pytest.MonkeyPatch, escrito: bool
) -> None:
    venta = crear_venta(clientes=7)
    pedidos: dict[str, Any] = {venta.clave(n): [venta.linea(cantidad=n + 1)] for n in range(7)}
    pedidos[venta.clave(1)] = []
    lote = venta.enviar(pedidos)
    escribir, veces = escritura.escribir, []

    def morir_en_el_segundo(*args: Any) -> None:
        veces.append(1)
        if escrito or len(veces) != 2:
            escribir(*args)
        if len(veces) == 2:
            raise Corte

    monkeypatch.setattr(ingesta, "escribir", morir_en_el_segundo)
    with pytest.raises(Corte):
        save_orders_clients(lote.pk)
    lote.refresh_from_db()
    assert (lote.estado, lote.guardados, lote.rechazados) == ("RECIBIDO", 1, 1)
    assert Orders.objects.count() == 1

    avance = save_orders_clients(lote.pk)
    assert avance == Avance("PARCIAL", total=7, guardados=6, rechazados=1)
    vendido = OrdersDetail.objects.values_list("orderobj__pdvobj_id", "cantidad")
    assert sorted(vendido) == sorted((venta.clientes[n].pk, n + 1) for n in range(7) if n != 1)
    assert [fila[0] for fila in resultados(lote)] == [venta.clave(n) for n in range(7)]
    lote.refresh_from_db()
    assert lote.intentos == 2


@pytest.mark.usefixtures("tramos_de_dos")
def test_progress_is_told_after_each_chunk(db: None) -> None:
    venta = crear_venta(clientes=5)
    lote = venta.enviar({venta.clave(n): [venta.linea()] for n in range(5)} | {"x": []})
    oido: list[Avance] = []
    save_orders_clients(lote.pk, avisar=oido.append)
    assert oido == [
        Avance("PROCESANDO", 6, 2, 0),
        Avance("PROCESANDO", 6, 4, 0),
        Avance("PROCESANDO", 6, 5, 1),
    ]


@pytest.mark.parametrize("limite", [10, 1_000])
def test_a_chunk_ends_at_so_many_lines(
    db: None, monkeypatch: pytest.MonkeyPatch, limite: int
) -> None:
    venta = crear_venta(clientes=4)
    monkeypatch.setattr(ingesta, "LINEAS_POR_TRAMO", limite)
    lote = venta.enviar({venta.clave(n): {"detalles": [venta.linea()] * 6} for n in range(4)})
    oido: list[int] = []
    save_orders_clients(lote.pk, avisar=lambda avance: oido.append(avance.guardados))
    assert oido == ([2, 4] if limite == 10 else [4])


@pytest.mark.django_db(transaction=True)
def test_the_row_that_the_database_refuses_is_the_only_one_rejected(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    venta = crear_venta(clientes=9)
    condenado = venta.clientes[4].pk
    escribir = escritura.escribir

    def negarse(origen: Any, decididos: Any) -> None:
        escribir(origen, decididos)
        if any(v.pedido and v.pedido.pedido.cliente_id == condenado for v in decididos):
            raise IntegrityError

    monkeypatch.setattr(ingesta, "escribir", negarse)
    lote, avance = venta.procesar({venta.clave(n): [venta.linea()] for n in range(9)})
    assert avance == Avance("PARCIAL", total=9, guardados=8, rechazados=1)
    assert [fila for fila in resultados(lote) if fila[1] == "RECHAZADO"] == [
        (str(condenado), "RECHAZADO", "conflicto", None, "")
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cuantos", [1, 4])
def test_a_client_deleted_meanwhile_is_named_as_unknown(
    monkeypatch: pytest.MonkeyPatch, cuantos: int
) -> None:
    venta = crear_venta(clientes=cuantos)
    leer = condiciones.leer_condiciones
    veces: list[int] = []

    def borrar_despues_de_leer(*args: Any) -> Any:
        leidas = leer(*args)
        if not veces:
            veces.append(1)
            venta.clientes[-1].delete()
        return leidas

    clave = venta.clave(-1)
    monkeypatch.setattr("sales.lotes.ingesta.leer_condiciones", borrar_despues_de_leer)
    lote, avance = venta.procesar({venta.clave(n): [venta.linea()] for n in range(cuantos)})
    assert (avance.guardados, avance.rechazados) == (cuantos - 1, 1)
    assert resultados(lote)[-1] == (clave, "RECHAZADO", "cliente_desconocido", None, "cliente_id")


@pytest.mark.django_db(transaction=True)
def test_a_number_taken_at_the_last_moment_costs_no_order(monkeypatch: pytest.MonkeyPatch) -> None:
    venta = crear_venta(clientes=4)
    reservar, veces = numeracion.reservar_numeros, list[int]()

    def adelantarse(cuantos: int) -> range:
        numeros = reservar(cuantos)
        if not veces:
            veces.append(1)
            # As another system would between the look and the insert: the write will fail on it.
            return range(ajeno.pedido_numero, ajeno.pedido_numero + cuantos)
        return numeros

    ajeno = Orders.objects.create(pdvobj=venta.clientes[0], doc_fecha=date(2026, 1, 1))
    monkeypatch.setattr("sales.lotes.escritura.reservar_numeros", adelantarse)
    _, avance = venta.procesar({venta.clave(n): [venta.linea()] for n in range(4)})
    assert avance == Avance("COMPLETO", total=4, guardados=4, rechazados=0)
    numeros = Orders.objects.order_by("pedido_numero").values_list("pedido_numero", flat=True)
    assert list(numeros) == list(range(ajeno.pedido_numero, ajeno.pedido_numero + 5))


def test_a_lock_that_passes_is_waited_for(venta: Venta, monkeypatch: pytest.MonkeyPatch) -> None:
    escribir, veces = escritura.escribir, []

    def tropezar(*args: Any) -> None:
        veces.append(1)
        if len(veces) < 3:
            raise OperationalError from Bloqueo()
        escribir(*args)

    monkeypatch.setattr(ingesta, "escribir", tropezar)
    lote, _ = venta.procesar({venta.clave(): [venta.linea()]})
    assert (lote.estado, len(veces), Orders.objects.count()) == ("COMPLETO", 3, 1)


def test_a_database_that_went_away_leaves_the_lote_to_the_next(
    venta: Venta, monkeypatch: pytest.MonkeyPatch
) -> None:
    lote = venta.enviar({venta.clave(): [venta.linea()]})

    def caerse(*_args: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(ingesta, "escribir", caerse)
    with pytest.raises(OperationalError):
        save_orders_clients(lote.pk)
    lote.refresh_from_db()
    assert (lote.estado, lote.intentos, Orders.objects.count()) == ("RECIBIDO", 1, 0)
