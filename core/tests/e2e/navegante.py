"""A browser's part spoken over plain HTTP: token, catalogue, lotes, receipts."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from core.lz import Codificacion, comprimir, descomprimir
from core.tests.e2e.mesa import ESPERA, Mesa, esperar
from sales.precios.iva import desglosar
from sales.tests.catalogo.del_catalogo import precios_del_catalogo

CLAVE = "carga-pedidos"
FINALES = {"COMPLETO", "PARCIAL", "FALLIDO"}


@dataclass
class Respuesta:
    """Status and JSON of an answer."""

    estado: int
    cuerpo: Any


@dataclass
class Navegante:
    """Someone signed in at a running desk by token."""

    mesa: Mesa
    usuario: str = "tomador"
    _token: str = field(default="", repr=False)

    def pedir(self, ruta: str, cuerpo: Any = None, *, espera: float = 30) -> Respuesta:
        """GET, or POST when there is a body; never raises on an HTTP status."""
        cabeceras = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._token:
            cabeceras["Authorization"] = f"Token {self._token}"
        datos = None if cuerpo is None else json.dumps(cuerpo).encode()
        peticion = urllib.request.Request(self.mesa.url + ruta, data=datos, headers=cabeceras)
        try:
            with urllib.request.urlopen(peticion, timeout=espera) as respuesta:
                return Respuesta(respuesta.status, json.load(respuesta))
        except urllib.error.HTTPError as error:
            return Respuesta(error.code, json.load(error))

    def entrar(self) -> Navegante:
        """Get a token, or the one this desk gave the user before: asking is throttled."""
        llaves = self.mesa.llaves
        if self.usuario not in llaves:
            credenciales = {"username": self.usuario, "password": CLAVE}
            llaves[self.usuario] = self.pedir("/api/token/", credenciales).cuerpo["token"]
        self._token = llaves[self.usuario]
        return self

    @cached_property
    def gart(self) -> dict[str, Any]:
        """The catalogue, section by section, as a browser keeps it."""
        gart: dict[str, Any] = {}
        for seccion in self.pedir("/api/datos-venta/").cuerpo["secciones"].values():
            peticion = urllib.request.Request(
                self.mesa.url + seccion["url"], headers={"Authorization": f"Token {self._token}"}
            )
            with urllib.request.urlopen(peticion, timeout=ESPERA) as respuesta:
                gart |= json.loads(descomprimir(respuesta.read().decode()))
        return gart

    def pedidos(self, clientes: int, lineas: int, *, desde: int = 0) -> dict[str, Any]:
        """Orders for the first clients, each with its first sellable articles, as they are sold."""
        elegidos = sorted(self.gart["clientes"], key=int)[:clientes]
        return {cliente: self._lineas(cliente, lineas, desde) for cliente in elegidos}

    def _lineas(self, cliente: str, cuantas: int, desde: int) -> list[dict[str, Any]]:
        canal = str(self.gart["clientes"][cliente]["canal"])
        articulos = sorted(self.gart["precios"][canal], key=int)[desde : desde + cuantas]
        assert len(articulos) == cuantas
        unidades = {int(a): 1 + (int(a) + int(cliente)) % 12 for a in articulos}
        precios = precios_del_catalogo(self.gart, canal, unidades)
        return [
            {"articulo_id": a, "cantidad": cantidad, "precio_unitario": precios[a]}
            for a, cantidad in unidades.items()
        ]

    def sobre(self, pedidos: Any, codificacion: Codificacion = "base64") -> dict[str, Any]:
        """The envelope of a lote."""
        texto = json.dumps(pedidos, ensure_ascii=False)
        return {
            "lote": str(uuid.uuid4()),
            "pedidos": comprimir(texto, codificacion),
            "codificacion": codificacion,
        }

    def enviar(self, sobre: dict[str, Any]) -> Respuesta:
        """POST a lote."""
        return self.pedir("/api/pedidos/", sobre)

    def lote(self, lote: str) -> dict[str, Any]:
        """The lote's state with its first page of verdicts."""
        cuerpo: dict[str, Any] = self.pedir(f"/api/lotes/{lote}/").cuerpo
        return cuerpo

    def esperar_final(self, lote: str) -> dict[str, Any]:
        """Wait until the lote is done; its final state."""
        esperar(f"lote {lote} is done", lambda: self.lote(lote)["estado"] in FINALES)
        return self.lote(lote)

    def lineas_esperadas(self, pedidos: dict[str, Any]) -> dict[int, list[tuple[int, ...]]]:
        """client → (article, quantity, price, gravada 10, IVA 10, gravada 5, IVA 5, exenta), Gs."""
        return {
            int(cliente): [self._esperada(linea) for linea in lineas]
            for cliente, lineas in pedidos.items()
        }

    def _esperada(self, linea: dict[str, Any]) -> tuple[int, ...]:
        articulo, cantidad = linea["articulo_id"], linea["cantidad"]
        precio = int(linea["precio_unitario"])
        tasa = self.gart["articulos"][str(articulo)]["tasa_iva"]
        return (articulo, cantidad, precio, *desglosar(cantidad * precio, tasa))
