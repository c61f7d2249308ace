"""`normalizar` and `clave` inside the database, for the columns that it fills and compares.

SQLite calls ours; PostgreSQL has them in SQL, made from the same tables.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable
from typing import Any, Final
from zlib import crc32

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.signals import connection_created
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps
from django.db.models import BigIntegerField, Func, TextField
from django.db.models.sql.compiler import SQLCompiler

from core.texto.normal import (
    ACENTO_SUELTO,
    DOBLES,
    LETRAS,
    clave,
    es_espacio,
    normalizar,
    se_pierde,
)

NORMALIZAR: Final = "cp_normalizar"
CLAVE: Final = "cp_clave"
HUELLA: Final = "cp_huella"


class Normal(Func):
    """An expression's text as `normalizar` has it."""

    function = NORMALIZAR
    arity = 1
    output_field = TextField()


class Clave(Func):
    """A column's code as `clave` has it."""

    function = CLAVE
    arity = 1
    output_field = TextField()


class Huella(Func):
    """32 bits of a text, to tell apart what is and what was; each database has its own."""

    function = HUELLA
    arity = 1
    output_field = BigIntegerField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **contexto: Any
    ) -> tuple[str, Any]:
        """Its own hash of texts."""
        return self.as_sql(compiler, connection, function="hashtext", **contexto)


class EnOrdenDeSignos(TextField):
    """Text in the order of its characters' numbers, as in JavaScript, whatever the database's."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        """The column's type and collation; SQLite's own is that order."""
        parametros: dict[str, Any] = super().db_parameters(connection)
        return parametros | ({"collation": "C"} if connection.vendor == "postgresql" else {})


def conectar() -> None:
    """Give both functions to every SQLite connection that is opened from here on."""
    connection_created.connect(_dar_funciones, dispatch_uid="core.datos.funciones")


def crear_funciones() -> RunPython:
    """A migration's step: both functions, where the database does not call ours."""
    return RunPython(_crear, _quitar)


def _dar_funciones(*, connection: BaseDatabaseWrapper, **_senal: Any) -> None:
    if connection.vendor == "sqlite":
        for nombre, funcion in ((NORMALIZAR, normalizar), (CLAVE, clave), (HUELLA, _huella)):
            connection.connection.create_function(nombre, 1, _de_texto(funcion), deterministic=True)


def _huella(texto: str) -> int:
    return crc32(texto.encode())


def _de_texto(funcion: Callable[[str], object]) -> Callable[[object], object]:
    return lambda valor: None if valor is None else funcion(str(valor))


def _crear(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(_en_sql(NORMALIZAR, _normalizar_en_sql()), params=None)
        editor.execute(_en_sql(CLAVE, _clave_en_sql()), params=None)


def _quitar(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP FUNCTION IF EXISTS {CLAVE}(text), {NORMALIZAR}(text)")


def _en_sql(nombre: str, cuerpo: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {nombre}(texto text) RETURNS text"
        f" LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $cuerpo$ SELECT {cuerpo} $cuerpo$"
    )


def _normalizar_en_sql() -> str:
    suelto, apostrofo = ACENTO_SUELTO
    texto = f"normalize(replace(texto, {_cita(suelto)}, {_cita(apostrofo)}), NFKD)"
    texto = f"regexp_replace({texto}, {_cita(_clase(se_pierde))}, '', 'g')"
    texto = f"regexp_replace({texto}, {_cita(_clase(es_espacio))}, ' ', 'g')"
    texto = f"lower({_traducir(texto, _mayusculas())})"
    texto = _traducir(texto, {de: a for de, a in LETRAS.items() if de not in DOBLES})
    for doble, dos in DOBLES.items():
        texto = f"replace({texto}, {_cita(doble)}, {_cita(dos)})"
    return f"btrim({texto})"


def _clave_en_sql() -> str:
    normal = f"{NORMALIZAR}(texto)"
    sin_ceros = f"coalesce(nullif(ltrim({normal}, '0'), ''), right({normal}, 1))"
    return f"CASE WHEN {normal} ~ '^[0-9]+$' THEN {sin_ceros} ELSE {normal} END"


def _traducir(texto: str, signos: dict[str, str]) -> str:
    return f"translate({texto}, {_cita(''.join(signos))}, {_cita(''.join(signos.values()))})"


def _mayusculas() -> dict[str, str]:
    """Capitals whose small letter a database of another locale may not know."""
    signos = (chr(numero) for numero in range(0x80, sys.maxunicode + 1))
    llanas = (c for c in signos if unicodedata.normalize("NFKD", c) == c)
    return {c: c.lower() for c in llanas if c.lower() != c and len(c.lower()) == 1}


def _clase(es: Callable[[str], bool]) -> str:
    """A bracket expression of PostgreSQL's for the characters that are so, and many of them."""
    tramos: list[list[int]] = []
    for numero in range(1, sys.maxunicode + 1):
        if 0xD800 <= numero < 0xE000 or not es(chr(numero)):
            continue
        if tramos and tramos[-1][1] == numero - 1:
            tramos[-1][1] = numero
        else:
            tramos.append([numero, numero])
    return "[" + "".join(f"\\U{de:08X}-\\U{a:08X}" for de, a in tramos) + "]+"


def _cita(texto: str) -> str:
    return "'" + texto.replace("'", "''") + "'"
