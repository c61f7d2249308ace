"""Every hostile file and body at the real processes: refused as said, nothing grows, nothing stays.

How long each takes is the business of `./dev bench hostil`.
"""

from __future__ import annotations

from core.tests.e2e.mesa import Mesa
from realtime.benchmarks._hostil.ataque import Ataque

MIB_MAXIMO = 300


def test_each_is_refused_beside_people_at_work(mesa_real: Mesa) -> None:
    ataque = Ataque(mesa_real)
    piezas = list(ataque.piezas())
    assert len(piezas) >= 60
    resultado = ataque.correr(piezas)
    assert [(s.pieza.nombre, s.pieza.codigo, s.dicho) for s in resultado.malas] == []
    assert resultado.vecinos_mal == []
    assert {n: mib for n, mib in resultado.subida.items() if mib > MIB_MAXIMO} == {}
    assert resultado.sobran == 0
