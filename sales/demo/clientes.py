"""The demo's shops of Paraguay: kind, name, owner, RUC. Pure: no Django."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from sales.clientes.ruc import digito_verificador
from sales.demo.nombres import (
    APELLIDOS,
    BARRIOS,
    MUJERES,
    PROPIOS,
    RAMOS,
    SOCIEDADES,
    VARONES,
)

DESPENSAS, AUTOSERVICIOS, MAYORISTAS, GASTRONOMIA = 1, 2, 3, 4
# kind of shop | channel | how many of a hundred | how many of a hundred are companies
RUBROS = (
    ("Despensa", DESPENSAS, 34, 2),
    ("Almacén", DESPENSAS, 10, 2),
    ("Kiosco", DESPENSAS, 9, 0),
    ("Autoservice", AUTOSERVICIOS, 18, 40),
    ("Minimercado", AUTOSERVICIOS, 8, 30),
    ("Distribuidora", MAYORISTAS, 5, 100),
    ("Supermercado", MAYORISTAS, 4, 100),
    ("Copetín", GASTRONOMIA, 6, 5),
    ("Panadería", GASTRONOMIA, 4, 15),
    ("Lomitería", GASTRONOMIA, 2, 5),
)
PERSONAS = range(400_000, 8_000_000)
EMPRESAS = range(80_000_101, 80_180_000)


class ClienteDemo(NamedTuple):
    """A shop of the demo."""

    ruc: str
    razon_social: str
    nombre_fantasia: str
    canal: int
    pais: str = "PY"


def clientes_demo(cuantos: int, semilla: int) -> list[ClienteDemo]:
    """So many shops: the same seed gives the same ones, in the same order."""
    azar = Random(f"{semilla}:clientes")  # noqa: S311 - demo data, not secrets
    pesos = [peso for _rubro, _canal, peso, _empresas in RUBROS]
    # Without repetition: a RUC is one taxpayer's.
    personas = iter(azar.sample(PERSONAS, cuantos))
    empresas = iter(azar.sample(EMPRESAS, cuantos))
    clientes = []
    for rubro, canal, _peso, de_empresa in azar.choices(RUBROS, pesos, k=cuantos):
        es_empresa = azar.randrange(100) < de_empresa
        base = str(next(empresas if es_empresa else personas))
        nombre = azar.choice((*MUJERES, *VARONES))
        apellidos = " ".join(azar.sample(APELLIDOS, 2))
        clientes.append(
            ClienteDemo(
                ruc=f"{base}-{digito_verificador(base)}",
                razon_social=_sociedad(azar) if es_empresa else f"{nombre} {apellidos}",
                nombre_fantasia=_fantasia(rubro, nombre, azar),
                canal=canal,
            )
        )
    return clientes


def _sociedad(azar: Random) -> str:
    nombre = azar.choice((azar.choice(APELLIDOS), azar.choice(PROPIOS)))
    return f"{azar.choice(RAMOS)} {nombre} {azar.choice(SOCIEDADES)}"


def _fantasia(rubro: str, duenio: str, azar: Random) -> str:
    """`Despensa Ña Ramona - Luque`, `Autoservice "La Familia" - Sajonia`."""
    if azar.randrange(100) < 40:
        trato = azar.choice(("Ña" if duenio in MUJERES else "Don", "Lo de"))
        nombre = f"{trato} {duenio.split()[0]}"
    else:
        nombre = azar.choice(PROPIOS)
        nombre = f'"{nombre}"' if azar.randrange(8) == 0 else nombre
    return f"{rubro} {nombre} - {azar.choice(BARRIOS)}"
