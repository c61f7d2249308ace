"""W4: the catalogue's answers a second, on one real uvicorn worker.

304s of a section, and whole sections, against a partial that asks the database (a lote's badge).
The goal: 304s ≥ 2 × partials. Several users, so that nobody meets the throttle.
"""

from __future__ import annotations

import asyncio
import sys
import uuid
from time import perf_counter
from typing import Final, NamedTuple

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from gestion_precios.models import Sucursal
from sales.benchmarks._catalogo import montar_catalogo, redis_propio
from sales.benchmarks._servidor import servidor
from sales.benchmarks._taller import base_de_pruebas
from sales.catalogo.publicacion import save_sales_data
from sales.catalogo.secciones import etiqueta
from sales.models import LotePedidos, Perfil
from sales.personas.grupos import crear_grupos, dar_rol
from sales.personas.roles import Rol

CLIENTES: Final = 2_000
ARTICULOS: Final = 5_000
USUARIOS: Final = 16
CONEXIONES: Final = 8
SEGUNDOS: Final = 3.0
META: Final = 2.0
SECCION: Final = "/api/datos-venta/precios/"


class Pedido(NamedTuple):
    """A request, but for who asks."""

    ruta: str
    cabeceras: str
    estado: bytes


def main() -> int:
    """Measure, print the rates; 0 if the goal is met."""
    with base_de_pruebas(), redis_propio() as carpeta:
        crear_grupos()
        sucursal = montar_catalogo(CLIENTES, ARTICULOS)
        galletas = [_galleta(numero, sucursal) for numero in range(USUARIOS)]
        lote = _lote(User.objects.get(username="medidor0"), sucursal)
        save_sales_data()
        with servidor(carpeta) as puerto:
            cifras = {
                nombre: asyncio.run(_ritmo(puerto, galletas, pedido))
                for nombre, pedido in _pedidos(puerto, galletas[0], lote).items()
            }
    return 0 if _informar(cifras) else 1


def _pedidos(puerto: int, galleta: str, lote: uuid.UUID) -> dict[str, Pedido]:
    entero = Pedido(SECCION, "Accept-Encoding: gzip", b"200")
    etag = asyncio.run(_etag(puerto, galleta, entero))
    return {
        "partial (a lote's badge)": Pedido(f"/lotes/{lote}/estado/", "HX-Request: true", b"200"),
        "304 of a section": Pedido(SECCION, f"If-None-Match: {etag}", b"304"),
        "304 of the manifest": Pedido(
            "/api/datos-venta/", f"If-None-Match: {_etiqueta_del_manifiesto()}", b"304"
        ),
        "a section, gzipped": entero,
    }


def _etiqueta_del_manifiesto() -> str:
    [version] = save_sales_data().values()
    return etiqueta(version, "")


def _galleta(numero: int, sucursal: Sucursal) -> str:
    usuario = User.objects.create_user(f"medidor{numero}")
    dar_rol(usuario, Rol.SUPERVISOR)
    Perfil.objects.create(usuario=usuario, sucursal=sucursal)
    sesion = SessionStore()
    sesion[SESSION_KEY] = str(usuario.pk)
    sesion[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    sesion[HASH_SESSION_KEY] = usuario.get_session_auth_hash()
    sesion.create()
    return f"Cookie: {settings.SESSION_COOKIE_NAME}={sesion.session_key}"


def _lote(usuario: User, sucursal: Sucursal) -> uuid.UUID:
    lote = LotePedidos.objects.create(
        usuario=usuario,
        sucursal=sucursal,
        contenido=b"N4Ig",
        huella="0" * 64,
        estado=LotePedidos.Estado.FALLIDO,
        codigo="lz_truncado",
    )
    return lote.pk


async def _etag(puerto: int, galleta: str, pedido: Pedido) -> str:
    lector, escritor = await asyncio.open_connection("127.0.0.1", puerto)
    cabeza = await _pedir(lector, escritor, pedido, galleta)
    escritor.close()
    return next(
        linea.partition(b": ")[2].decode()
        for linea in cabeza.split(b"\r\n")
        if linea.lower().startswith(b"etag:")
    )


async def _ritmo(puerto: int, galletas: list[str], pedido: Pedido) -> float:
    """Answers a second over some connections kept open."""
    hasta = perf_counter() + SEGUNDOS
    empieza = perf_counter()
    hechos = await asyncio.gather(
        *(_repetir(puerto, galletas[n::CONEXIONES], pedido, hasta) for n in range(CONEXIONES))
    )
    return sum(hechos) / (perf_counter() - empieza)


async def _repetir(puerto: int, galletas: list[str], pedido: Pedido, hasta: float) -> int:
    lector, escritor = await asyncio.open_connection("127.0.0.1", puerto)
    hechos = 0
    while perf_counter() < hasta:
        cabeza = await _pedir(lector, escritor, pedido, galletas[hechos % len(galletas)])
        if not cabeza.startswith(b"HTTP/1.1 " + pedido.estado):
            raise RuntimeError(cabeza.decode())
        hechos += 1
    escritor.close()
    return hechos


async def _pedir(
    lector: asyncio.StreamReader, escritor: asyncio.StreamWriter, pedido: Pedido, galleta: str
) -> bytes:
    """Ask, read the whole answer, give its head."""
    texto = f"GET {pedido.ruta} HTTP/1.1\r\nHost: localhost\r\n{galleta}\r\n{pedido.cabeceras}"
    escritor.write(f"{texto}\r\n\r\n".encode())
    cabeza = await lector.readuntil(b"\r\n\r\n")
    largo = cabeza.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    if largo and pedido.estado != b"304":
        await lector.readexactly(int(largo))
    return cabeza


def _informar(cifras: dict[str, float]) -> bool:
    print(f"W4, catalogue over HTTP, one uvicorn worker on {connection.vendor}: answers/s")
    parcial, *_ = cifras.values()
    for nombre, ritmo in cifras.items():
        print(f"  {nombre:<26} {ritmo:8,.0f}   × {ritmo / parcial:.1f}")
    return cifras["304 of a section"] >= META * parcial


if __name__ == "__main__":
    sys.exit(main())
