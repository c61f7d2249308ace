"""A client's tax number: read as people write it, checked as its country's, in one form. Pure.

Paraguay's is ours; the others are python-stdnum's, corrected where a tax office gives out numbers
that it does not know. docs/lectura.md has the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from stdnum.ar import cuit
from stdnum.br import cnpj, cpf
from stdnum.cl import rut as rut_de_chile
from stdnum.co import nit as nit_de_colombia
from stdnum.do import cedula, rnc
from stdnum.ec import ruc as ruc_de_ecuador
from stdnum.exceptions import (
    InvalidChecksum,
    InvalidComponent,
    InvalidLength,
    ValidationError,
)
from stdnum.gt import nit as nit_de_guatemala
from stdnum.mx import rfc
from stdnum.pe import ruc as ruc_de_peru
from stdnum.uy import rut as rut_de_uruguay
from stdnum.ve import rif

from sales.clientes.numero_escrito import NumeroIlegible, partes_de
from sales.clientes.ruc import NOMBRE, leer_ruc

# A number without separators → as it is stored; raises the library's ValidationError.
Lectura = Callable[[str], str]
PARAGUAY: Final = "PY"


class Registro(NamedTuple):
    """A country's tax number: its name there, and who checks it."""

    nombre: str
    leer: Lectura


def _alguna(*lecturas: Lectura) -> Lectura:
    """The first that reads it; a wrong check digit says more than a wrong length."""

    def leer(numero: str) -> str:
        fallas: list[ValidationError] = []
        for lectura in lecturas:
            try:
                return lectura(numero)
            except ValidationError as falla:
                fallas.append(falla)
        raise max(fallas, key=lambda falla: isinstance(falla, InvalidChecksum))

    return leer


def _peruano(numero: str) -> str:
    try:
        return ruc_de_peru.validate(numero)
    except InvalidComponent:
        # The SUNAT gives out 16 as well.
        if not numero.startswith("16"):
            raise
    if ruc_de_peru.calc_check_digit(numero) != numero[-1]:
        raise InvalidChecksum
    return numero


def _ecuatoriano(numero: str) -> str:
    try:
        return ruc_de_ecuador.validate(numero)
    except InvalidChecksum:
        # The SRI gives out those of companies (9) without a check digit.
        if numero[2] != "9":
            raise
    return numero


def _mexicano(numero: str) -> str:
    # Without its last three signs it is nobody's in particular.
    if len(numero) not in (12, 13):
        raise InvalidLength
    return rfc.validate(numero)


# By ISO 3166 code: Paraguay's beside them, those of gestion_precios.constantes.Pais.
REGISTROS: Final = {
    "AR": Registro("CUIT", cuit.validate),
    "BR": Registro("CNPJ o CPF", _alguna(cnpj.validate, cpf.validate)),
    "CL": Registro("RUT", rut_de_chile.validate),
    "CO": Registro("NIT", nit_de_colombia.validate),
    "DO": Registro("RNC o cédula", _alguna(rnc.validate, cedula.validate)),
    "EC": Registro("RUC", _ecuatoriano),
    "GT": Registro("NIT", nit_de_guatemala.validate),
    "MX": Registro("RFC", _mexicano),
    "PE": Registro("RUC", _peruano),
    "UY": Registro("RUT", rut_de_uruguay.validate),
    "VE": Registro("RIF", rif.validate),
}


def nombre_del_numero(pais: str) -> str:
    """What the country calls it; Paraguay's name where none is known."""
    return REGISTROS[pais].nombre if pais in REGISTROS else NOMBRE


def leer_numero(texto: str, pais: str) -> str:
    """The number as it is stored, whatever stands between its digits. Raises NumeroIlegible."""
    partes = partes_de(texto)
    if pais == PARAGUAY:
        return leer_ruc(partes)
    try:
        return REGISTROS[pais].leer("".join(partes))
    except InvalidChecksum as error:
        raise NumeroIlegible("verificador") from error
    except ValidationError as error:
        raise NumeroIlegible("forma") from error


class Lecturas(NamedTuple):
    """A text in several countries: the number where it is one, and why it is none elsewhere."""

    numeros: dict[str, str]
    motivos: dict[str, str]


def leer_en(texto: str, paises: Iterable[str]) -> Lecturas:
    """What the text is in each of the countries."""
    lecturas = Lecturas({}, {})
    for pais in paises:
        try:
            lecturas.numeros[pais] = leer_numero(texto, pais)
        except NumeroIlegible as error:
            lecturas.motivos[pais] = error.motivo
    return lecturas
