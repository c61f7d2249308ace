"""Tasks for core.procesos.aparte that behave badly."""

from __future__ import annotations

import json
import os
import resource
import signal
import time

MEGA = 1024 * 1024


def eco(entrada: bytes) -> bytes:
    return entrada


def dar_vueltas(_entrada: bytes) -> bytes:
    while True:
        pass


def dormir(_entrada: bytes) -> bytes:
    time.sleep(600)
    return b""


def dormir_sorda(_entrada: bytes) -> bytes:
    """Deaf to its own alarm."""
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    return dormir(b"")


def comer(_entrada: bytes) -> bytes:
    trozos = []
    while True:
        trozos.append(bytearray(MEGA))


def gritar(entrada: bytes) -> bytes:
    return b"a" * int(entrada)


def caer(entrada: bytes) -> bytes:
    raise RuntimeError(entrada.decode())


def morir(_entrada: bytes) -> bytes:
    os.abort()


def no_leer(_entrada: bytes) -> bytes:
    os._exit(3)


def contar_lo_suyo(_entrada: bytes) -> bytes:
    """Its limits, its environment, and what it may not do."""
    nombres = ("AS", "CPU", "CORE", "FSIZE", "NOFILE", "NPROC")
    topes = {n: resource.getrlimit(getattr(resource, f"RLIMIT_{n}"))[1] for n in nombres}
    suyo = {"topes": topes, "entorno": sorted(os.environ), "cortesia": os.nice(0)}
    return json.dumps(suyo).encode()
