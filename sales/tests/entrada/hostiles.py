"""Lotes, bodies and addresses that only malice or a broken program sends, made when asked for.

`corpus()` is for whatever answers as the desk does: Django's test client, or the Procfile's web,
with `corpus_del_servidor()` besides, whose faults are answered before Django. Post `cuerpo` to
`ruta` as `tipo`, or get it where there is no `tipo`, as someone with a branch who accepts JSON: the
answer has `estado` and `codigo`. Where `estado` is 202, the lote has `codigo` once it ends; "" is a
lote whose orders were judged one by one, and none saved. Ids are new each time.
"""

from __future__ import annotations

import base64
import json
import random
import uuid
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from core.entrada.tamanos import limite_de
from core.limites_pedido import LIMITES
from core.lz import comprimir
from core.lz.alphabets import Codificacion

PEDIDOS = "/api/pedidos/"
COTIZAR = "/api/cotizar/"
JSON = "application/json"
FORMULARIO = "application/x-www-form-urlencoded"
PIEZAS = LIMITES["piezas_por_lote"]
LINEA = {"articulo_id": 999_999_999, "cantidad": 3, "precio_unitario": 12_500}


class Hostil(NamedTuple):
    """What is sent, and how it is refused."""

    nombre: str
    ruta: str
    tipo: str
    cuerpo: bytes
    estado: int
    codigo: str


def corpus(semilla: int = 9) -> Iterator[Hostil]:
    """Everything that Django answers; the generated neighbours are the seed's."""
    azar = random.Random(semilla)
    yield from _lotes_pesados(azar)
    yield from _lotes_torcidos(azar)
    yield from _lotes_lz(azar)
    yield from _cuerpos(azar)
    yield from _consultas(azar)


def corpus_del_servidor() -> Iterator[Hostil]:
    """What the server answers before Django has it."""
    lote = urlencode({"lote": str(uuid.uuid4()), "pedidos": ""}).encode()
    for nombre, escape in (("percents", b"%25"), ("nonsense", b"%zz"), ("spaces", b"%20%")):
        cuerpo = lote + escape * 450_000
        for ruta in (PEDIDOS, "/pedidos/"):
            yield Hostil(
                f"form of {nombre} to {ruta}", ruta, FORMULARIO, cuerpo, 413, "formulario_excesivo"
            )
    for ruta in (PEDIDOS, COTIZAR, "/api/token/", "/cuentas/entrar/"):
        grande = b'{"lote": "' + b"x" * limite_de(ruta) + b'"}'
        yield Hostil(f"too long to {ruta}", ruta, JSON, grande, 413, "demasiado_grande")
    for nombre, consulta in (("one value", "a=" + "b" * 70_000), ("many", "a[]=&" * 14_000)):
        ruta = f"{PEDIDOS}?{consulta}"
        yield Hostil(f"address of 70 KB, {nombre}", ruta, "", b"", 431, "cabeceras_largas")


def _lote(
    nombre: str,
    texto: str,
    codigo: str,
    codificacion: Codificacion = "base64",
    *,
    crudo: bool = False,
) -> Hostil:
    sobre = {
        "lote": str(uuid.uuid4()),
        "pedidos": texto if crudo else comprimir(texto, codificacion),
        "codificacion": codificacion,
    }
    return Hostil(f"lote: {nombre}", PEDIDOS, JSON, json.dumps(sobre).encode(), 202, codigo)


def _pedido(valor: str) -> str:
    return '{"1":' + valor + "}"


def _lotes_pesados(azar: random.Random) -> Iterator[Hostil]:
    """Small texts, compressed, that would be large once they are parsed."""
    excesivo = "json_demasiadas_piezas"
    yield _lote("millions of lists", _pedido("[" + "[]," * 4_000_000 + "1]"), excesivo)
    for nombre, pieza in {
        "objects": "{},",
        "objects of one key": '{"a":1.5},',
        "numbers": "1,",
        "decimals": "1.5,",
        "strings": '"a",',
        "lists in lists": "[[[]]],",
        "strings of brackets": '"[[{{,,",',
        "escaped quotes": '"\\"\\\\",',
    }.items():
        yield _lote(nombre, _pedido("[" + pieza * (PIEZAS + 1) + "1]"), excesivo)
    claves = ",".join(f'"{n:x}":{n}' for n in range(PIEZAS + 1))
    yield _lote("different keys", _pedido("{" + claves + "}"), excesivo)
    linea = json.dumps(LINEA, separators=(",", ":"))
    lineas = {str(n): "[" + ",".join([linea] * 1_000) + "]" for n in range(1, 127)}
    honesto = "{" + ",".join(f'"{n}":{pedido}' for n, pedido in lineas.items()) + "}"
    yield _lote("126,000 honest lines", honesto, excesivo)
    for vuelta in range(6):
        atomos = ["[]", "{}", "1", "null", '"é"', "1e9", "[1,2]", '{"b":[],"c":{}}', '"[,"']
        vecina = ",".join(azar.choices(atomos, k=azar.randrange(2, 9))) + ","
        texto = _pedido("[" + vecina * (PIEZAS // vecina.count(",") + PIEZAS // 4) + "1]")
        yield _lote(f"neighbour {vuelta}", texto, excesivo)
    yield _lote("just within", _pedido("[" + "1," * (PIEZAS - 10) + "1]"), "")
    texto = _pedido('{"observacion":"🚚' + "a" * 17_000_000 + '"}')
    yield _lote("one emoji among seventeen million letters", texto, "lz_demasiado_grande")


def _lotes_torcidos(azar: random.Random) -> Iterator[Hostil]:
    """Values of wild size, and JSON's own traps."""
    yield _lote("bottomless lists", _pedido("[" * 100_000 + "]" * 100_000), "json_profundo")
    yield _lote("bottomless objects", '{"a":' * 100_000 + "1" + "}" * 100_000, "json_profundo")
    cifras = azar.randrange(4_301, 9_000)
    yield _lote(f"{cifras} digits", _pedido(f"[{'9' * cifras}]"), "json_numero_enorme")
    yield _lote("exponent", _pedido("[1e99999999999999999999]"), "json_numero_enorme")
    yield _lote("NaN", _pedido("[NaN]"), "json_no_finito")
    repetidas = ",".join(f'"{n:x}":1' for n in [*range(100_000), 7])
    yield _lote("a key repeated", _pedido("{" + repetidas + "}"), "json_clave_repetida")
    yield _lote("a client repeated", '{"1":[],"1":[]}', "json_clave_repetida")
    for nombre, linea in {
        "100 digits": LINEA | {"cantidad": int("9" * 100)},
        "10 MB of key": LINEA | {"x" * 10_000_000: 1},
        "10 MB of text": LINEA | {"precio_unitario": "9" * 10_000_000},
        "9,000 unknown fields": LINEA | {f"x{n}": n for n in range(9_000)},
    }.items():
        yield _lote(nombre, json.dumps({"1": [linea]}), "")
    nueves = "9" * 60_000_000
    for nombre, numeral in {
        "101 digits": "9" * 101,
        "sixty million decimals": f"1.{nueves}",
        "sixty million digits": nueves,
    }.items():
        for campo in ("precio_unitario", "iva_10"):
            linea = json.dumps(LINEA | {campo: 0}).replace(f'"{campo}": 0', f'"{campo}": {numeral}')
            yield _lote(f"{campo} of {nombre}", _pedido(f"[{linea}]"), "json_numero_enorme")
    yield _lote("a remark of 10 MB", _pedido('{"observacion":"' + "a" * 10_000_000 + '"}'), "")
    mitades = "\\ud800" * azar.randrange(500_000, 1_000_000)
    yield _lote("halves of pairs", _pedido('{"observacion":"' + mitades + '"}'), "")
    yield _lote("client of 1 MB", '{"' + "1" * 1_000_000 + '":[]}', "")


def _lotes_lz(azar: random.Random) -> Iterator[Hostil]:
    """Compressed texts that are bombs, or none."""
    for veces, patron in enumerate(["A", '{"articulo_id":1},', "€" + azar.choice("ñu7"), "[]"]):
        bomba = patron * (70_000_000 // len(patron))
        yield _lote(f"bomb {veces}", bomba, "lz_demasiado_grande")
    espacios = " " * azar.randrange(400_000, 3_000_000)
    yield _lote("spaces as UTF-16", espacios, "lz_corrupto", "utf16", crudo=True)
    bueno = comprimir(json.dumps({"1": [LINEA] * 40}))
    yield _lote("cut", bueno[: len(bueno) // azar.randrange(2, 5)], "lz_truncado", crudo=True)
    yield _lote("A×1000", "A" * 1000, "lz_truncado", crudo=True)
    plano = base64.b64encode(b'{"1": []}').decode()
    yield _lote("plain JSON in Base64", plano, "lz_corrupto", crudo=True)
    yield _lote("not the alphabet", "{}" * 1000, "lz_alfabeto", crudo=True)


def _cuerpos(azar: random.Random) -> Iterator[Hostil]:
    """REST bodies, to where lotes go and to where carts go, as long as they take them there."""
    enorme = "json_numero_enorme"
    for ruta in (PEDIDOS, COTIZAR):
        largo = limite_de(ruta) - 1024
        for nombre, cuerpo, codigo in (
            ("lists", b"[" + b"[]," * (largo // 3) + b"1]", "json_demasiadas_piezas"),
            ("keys", b"{" + b'"a":1,' * (largo // 6) + b"}", "json_demasiadas_piezas"),
            ("nested", b"[" * 100_000 + b"]" * 100_000, "json_profundo"),
            ("objects nested", b'{"a":' * 33 + b"1" + b"}" * 33, "json_profundo"),
            ("digits", b'{"lote":' + b"9" * azar.randrange(101, 1 << 20) + b"}", enorme),
            ("decimals", b'{"lote":1.' + b"9" * largo + b"}", enorme),
            ("exponent", b'{"lote":1e99999999999999999999}', enorme),
            ("a key twice", b'{"lote":1,"lote":2}', "json_invalido"),
            ("cut", b'{"lote":"' + b"a" * azar.randrange(1, 99), "json_invalido"),
        ):
            yield Hostil(f"{nombre} to {ruta}", ruta, JSON, cuerpo, 400, codigo)
    emoji = '{"lote":"🚚'.encode() + b"a" * (20 << 20) + b'"}'
    yield Hostil(f"one emoji to {PEDIDOS}", PEDIDOS, JSON, emoji, 400, "json_extenso")
    sobre = {"lote": str(uuid.uuid4()), "pedidos": "A" * (11 << 20)}
    cuerpo = json.dumps(sobre).encode()
    yield Hostil("lote of 11 MiB", PEDIDOS, JSON, cuerpo, 413, "lote_demasiado_grande")
    for nombre, campo in (("brackets", b"a[]=&"), ("empty", b"&="), ("junk", b"%zz=%&")):
        cuerpo = campo * azar.randrange(10_001, 40_000)
        yield Hostil(f"form of {nombre}", PEDIDOS, FORMULARIO, cuerpo, 400, "cuerpo_ilegible")


def _consultas(azar: random.Random) -> Iterator[Hostil]:
    """Addresses; `&` and `%` as they are."""
    for ruta in (PEDIDOS, "/api/calcular-precio/", "/pedidos/", "/no-completados/"):
        for nombre, consulta, codigo in (
            ("brackets", "a[]=&" * 10_000, "demasiados_parametros"),
            ("repeated", "empresa_id=1&" * azar.randrange(201, 4_000), "demasiados_parametros"),
            ("junk", "%zz%&" * azar.randrange(201, 9_000), "demasiados_parametros"),
            ("length", "q=" + "%25" * 20_000, "consulta_larga"),
        ):
            yield Hostil(f"{nombre} at {ruta}", f"{ruta}?{consulta}", "", b"", 400, codigo)
