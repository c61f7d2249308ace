"""What a report of mutants says, and which of them docs/mutantes.md answers for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from taller import mutantes
from taller.base import RAIZ, ErrorDeTaller
from taller.mutantes import MODULOS, Mutante, configuracion, explicados, juzgar, sobrevivientes

FUENTE = "const a = 1;\nif (b ||\n    c) d();\n"
FILA = "| iva | `` b ¦¦ c `` | `` true `` | `b` is never false. |\n"


def _mutante(estado: str, cambio: str, inicio: tuple[int, int], fin: tuple[int, int]) -> Any:
    return {
        "status": estado,
        "replacement": cambio,
        "location": {
            "start": {"line": inicio[0], "column": inicio[1]},
            "end": {"line": fin[0], "column": fin[1]},
        },
    }


INFORME: dict[str, Any] = {
    "files": {
        "static/js/motor/iva.js": {
            "source": FUENTE,
            "mutants": [
                _mutante("Killed", "2", (1, 11), (1, 12)),
                _mutante("Survived", "true", (2, 5), (3, 6)),
                _mutante("Timeout", "{}", (2, 1), (3, 12)),
            ],
        },
        "static/js/comun/dinero.js": {
            "source": FUENTE,
            "mutants": [_mutante("NoCoverage", "0", (1, 11), (1, 12))],
        },
    }
}


def test_survivors_are_told_in_one_line_that_fits_a_table() -> None:
    assert list(sobrevivientes(INFORME)) == [
        Mutante("iva", "b ¦¦ c", "true"),
        Mutante("dinero", "1", "0"),
    ]


def test_the_tables_of_the_document_are_read_and_its_prose_is_not() -> None:
    texto = f"# Mutants\n\n| Module | Code | Change | Why |\n|---|---|---|---|\n{FILA}\n`` x ``\n"
    assert explicados(texto) == {Mutante("iva", "b ¦¦ c", "true")}


def test_an_unexplained_survivor_fails_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert juzgar(INFORME, explicados(FILA)) == 1
    assert capsys.readouterr().out == (
        "4 mutantes: 2 detectados, 1 explicados, 1 sin explicar\n  dinero: `1` → `0`\n"
    )
    assert juzgar(INFORME, {*explicados(FILA), Mutante("dinero", "1", "0")}) == 0


def test_modules_and_their_tests_exist() -> None:
    todo = configuracion(MODULOS, Path("informe.json"))
    assert all((RAIZ / ruta).is_file() for ruta in todo["mutate"])
    assert all((RAIZ / ruta).is_file() for ruta in todo["tap"]["testFiles"])
    assert {ruta.stem for ruta in map(Path, todo["mutate"])} == set(MODULOS)


def test_only_the_tests_of_the_chosen_modules_run() -> None:
    uno = configuracion(["iva"], Path("informe.json"))
    assert uno["mutate"] == ["static/js/motor/iva.js"]
    assert uno["tap"]["testFiles"] == [
        "static/js/tests/comun/dinero.prop.test.js",
        "static/js/tests/comun/puros.test.js",
    ]


def test_a_module_that_is_not_mutated_is_a_mistake_in_words() -> None:
    with pytest.raises(ErrorDeTaller, match="No se mutan: vista"):
        mutantes.correr_mutantes(["vista"])


def test_every_explanation_is_of_a_mutated_module() -> None:
    explicaciones = explicados(mutantes.EXPLICADOS.read_text("utf-8"))
    assert {mutante.modulo for mutante in explicaciones} <= set(MODULOS)
