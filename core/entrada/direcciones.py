"""Addresses: how they are read, and which of those a request names is the client's.

What comes in `X-Forwarded-*` is hearsay. It counts as far as our own proxies wrote it, and whatever
cannot be read leaves the nearest address that is known for certain: never another one's.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Final

Direccion = IPv4Address | IPv6Address
Red = IPv4Network | IPv6Network

# The other end of a Unix socket: this machine, admitted by the socket's file.
LOCAL: Final = IPv4Address("127.0.0.1")
DESCONOCIDA: Final = "0.0.0.0"  # noqa: S104 — nobody's address, not one to listen at
# Who may speak for others where nothing says who: what no stranger on the internet has.
REDES_CERCANAS: Final[tuple[Red, ...]] = tuple(
    ip_network(red)
    for red in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7")
)
LARGO_MAXIMO: Final = 64
PREFIJO_V6: Final = 64
PREFIJO_ANCHO_V6, PREFIJO_ANCHO_V4 = 48, 24


@dataclass(frozen=True)
class Confianza:
    """How many proxies of ours stand in front, and from which networks they speak."""

    proxies: int = 0
    redes: tuple[Red, ...] = ()

    def cree(self, direccion: Direccion) -> bool:
        """Whether this address may speak for others."""
        return any(direccion in red for red in self.redes or REDES_CERCANAS)


@dataclass(frozen=True)
class Origen:
    """Whose request it is; `esquema` is what a trusted proxy says the client used, or None."""

    direccion: str
    esquema: str | None = None
    creido: bool = False


def leer_direccion(texto: str) -> Direccion | None:
    """`1.2.3.4`, `1.2.3.4:80`, `2001:db8::1%eth0`, `[2001:db8::1]:80`; None for anything else."""
    texto = texto.strip()
    if len(texto) > LARGO_MAXIMO or not texto.isascii():
        return None
    if texto.startswith("["):
        texto, cierre, puerto = texto[1:].partition("]")
        if not cierre or (puerto and not puerto.startswith(":")):
            return None
    elif texto.count(":") == 1:
        texto = texto.partition(":")[0]
    try:
        leida = ip_address(texto.partition("%")[0])
    except ValueError:
        return None
    return (leida.ipv4_mapped if isinstance(leida, IPv6Address) else None) or leida


def leer_redes(textos: list[str]) -> tuple[Red, ...]:
    """Networks and single addresses; ValueError with the one that is none, or is everybody."""
    return tuple(_leer_red(texto.strip()) for texto in textos)


def red_de(direccion: str) -> str:
    """What is counted as one client: an IPv4 address, or an IPv6 network of 64 bits."""
    leida = leer_direccion(direccion)
    if isinstance(leida, IPv6Address):
        return str(IPv6Network((leida, PREFIJO_V6), strict=False).network_address)
    return str(leida or DESCONOCIDA)


def red_ancha(direccion: str) -> str:
    """What one customer of a network has at the most: 48 bits of IPv6, 24 of IPv4."""
    leida = leer_direccion(direccion) or ip_address(DESCONOCIDA)
    bits = PREFIJO_ANCHO_V6 if isinstance(leida, IPv6Address) else PREFIJO_ANCHO_V4
    return str(ip_network((leida, bits), strict=False))


def resolver(vecino: str | None, cadena: str, esquemas: str, confianza: Confianza) -> Origen:
    """Who asks: `vecino` holds the other end (None: a Unix socket), the rest is what it says."""
    cercana = leer_direccion(vecino) if vecino else LOCAL
    if cercana is None:
        return Origen(DESCONOCIDA)
    if not confianza.proxies or (vecino and not confianza.cree(cercana)):
        return Origen(str(cercana))
    direccion, saltos = _cliente(cercana, cadena, confianza)
    return Origen(str(direccion), _esquema(esquemas, saltos), creido=True)


def _leer_red(texto: str) -> Red:
    red = ip_network(texto)
    if red.prefixlen == 0:
        raise ValueError(texto)
    return red


def _cliente(vecino: Direccion, cadena: str, confianza: Confianza) -> tuple[Direccion, int]:
    """The client, and how many proxies were believed: the nearest one wrote the last entry."""
    cuantos = confianza.proxies
    entradas = [leer_direccion(e) for e in reversed(cadena.rsplit(",", cuantos)[-cuantos:])]
    if not confianza.redes:
        # Only counted: with an entry missing somebody came in past one of the proxies.
        ultima = entradas[-1]
        completa = len(entradas) == cuantos and ultima is not None
        return (ultima, cuantos) if completa and ultima else (vecino, 1)
    actual, saltos = vecino, 0
    for entrada in entradas:
        if entrada is None:
            break
        actual, saltos = entrada, saltos + 1
        if not confianza.cree(entrada):
            break
    return actual, max(saltos, 1)


def _esquema(esquemas: str, saltos: int) -> str | None:
    dichos = [e.strip().lower() for e in esquemas.rsplit(",", saltos)[-saltos:]]
    return dichos[0] if dichos[0] in ("http", "https") else None
