"""Fields in and out of bit streams, against one field at a time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.lz.bits import BLOQUE, MARGEN, Escritor, campo, campos, juntar, separar

repetible = settings(derandomize=True, deadline=None, max_examples=60, database=None)
anchos = st.integers(2, 31)


def _en_fila(valores: list[int], ancho: int) -> int:
    return sum(valor << k * ancho for k, valor in enumerate(valores))


@repetible
@given(datos=st.data(), ancho=anchos, salto=st.integers(0, 40))
def test_fields_are_read_from_any_bit(datos: st.DataObject, ancho: int, salto: int) -> None:
    valores = datos.draw(st.lists(st.integers(0, (1 << ancho) - 1), min_size=1, max_size=50))
    bits = salto + ancho * len(valores)
    entero = _en_fila(valores, ancho) << salto | 1 << bits
    flujo = entero.to_bytes(bits // 8 + 1, "little") + MARGEN
    assert list(campos(flujo, salto, ancho, len(valores))) == valores
    assert [campo(flujo, salto + k * ancho, ancho) for k in range(len(valores))] == valores


@repetible
@given(datos=st.data(), ancho=anchos)
def test_fields_are_written_one_by_one_or_together(datos: st.DataObject, ancho: int) -> None:
    valores = datos.draw(st.lists(st.integers(0, (1 << ancho) - 1), max_size=50))
    uno_a_uno, juntos = Escritor(), Escritor()
    uno_a_uno.campo(1, 3)
    juntos.campo(1, 3)
    for valor in valores:
        uno_a_uno.campo(valor, ancho)
    juntos.campos(valores, ancho)
    flujo, bits = juntos.terminar()
    assert (flujo, bits) == uno_a_uno.terminar()
    assert bits == 3 + ancho * len(valores)
    assert int.from_bytes(flujo, "little") == _en_fila(valores, ancho) << 3 | 1


@pytest.mark.parametrize("ancho", range(2, 32))
def test_whole_blocks(ancho: int) -> None:
    valores = [(k * 2654435761) % (1 << ancho) for k in range(2 * BLOQUE + 5)]
    escritor = Escritor()
    escritor.campos(valores, ancho)
    flujo, bits = escritor.terminar()
    assert bits == len(valores) * ancho
    leidos = [
        valor
        for k in range(0, len(valores), BLOQUE)
        for valor in campos(flujo + MARGEN, k * ancho, ancho, len(valores[k : k + BLOQUE]))
    ]
    assert leidos == valores


@repetible
@given(st.lists(st.integers(0, 0x7FFF), min_size=1, max_size=BLOQUE))
def test_packing_undoes_spreading(unidades: list[int]) -> None:
    carriles = b"".join(unidad.to_bytes(2, "little") for unidad in unidades)
    juntas = juntar(carriles, 15, 16)
    assert int.from_bytes(juntas, "little") == _en_fila(unidades, 15)
    assert separar(juntas, 15, 16)[: len(carriles)] == carriles
