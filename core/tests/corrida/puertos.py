"""TCP ports for the servers that tests start, each given once, however many tests run at a time."""

from __future__ import annotations

import atexit
import socket
import sys
from random import SystemRandom

# Below those from which the system takes the ports of outgoing connections: between the choice and
# the server's start, seconds later, none of those may fall on it.
DESDE, HASTA = 12_000, 32_000
_azar = SystemRandom()


def puerto_libre() -> int:
    """A port of loopback that nobody listens at, kept from the other test processes."""
    while True:
        puerto = _azar.randrange(DESDE, HASTA)
        if _nadie_escucha(puerto) and _apartar(puerto):
            return puerto


def _nadie_escucha(puerto: int) -> bool:
    with socket.socket() as zocalo:
        zocalo.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            zocalo.bind(("127.0.0.1", puerto))
        except OSError:
            return False
    return True


def _apartar(puerto: int) -> bool:
    """Set it aside until this process ends: a name of the kernel's, which leaves no file behind."""
    if sys.platform != "linux":
        return True
    nombre = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        nombre.bind(f"\0carga-pedidos-puerto-{puerto}")
    except OSError:
        nombre.close()
        return False
    atexit.register(nombre.close)
    return True
