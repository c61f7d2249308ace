"""Rows of clients: which client each is, and what it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext as _

from core.texto.normal import normalizar
from gestion_precios.planillas.celdas import Celda, Ilegible, leer_texto, vacia
from sales.clientes.frases_de_numero import frase_de_repetido, frase_de_varios, frases_de_numero
from sales.clientes.tributario import leer_en
from sales.importacion.plan import Fila, FilaPlan, Opciones, Plan, planeada, poner, repetida
from sales.importacion.valores import activo_de, dia_de_visita, texto
from sales.models import Canal, Cliente, paises_de_la_casa

TEXTOS: Final = ("codigo", "nombrefactura", "nombrefantasia", "telefono", "zona")
NOMBRES: Final = ("nombrefantasia", "nombrefactura")
# Columns whose name is not the model's.
PROPIOS: Final = {"canalobj": "canal"}
EXCEPTO: Final = ("canalobj", "pais", "ruc")


@dataclass(frozen=True, slots=True)
class _Dueno:
    """Who has a tax number: a client, or a row of the file that will have it."""

    pk: int | None
    codigo: str
    nombre: str
    fila: int = 0


class Clientes:
    """The clients that there are, and those of the rows so far."""

    def __init__(self, opciones: Opciones) -> None:
        self._opciones = opciones
        self._paises = paises_de_la_casa()
        canales = list(Canal.objects.all())
        self._canales = {normalizar(canal.nombre): canal.pk for canal in canales}
        self._nombres = [canal.nombre for canal in canales]
        self._por_codigo: dict[str, Cliente] = {}
        # Active ones alone: a closed client's number is free.
        self._por_ruc: dict[str, list[Cliente]] = defaultdict(list)
        self._cerrados: dict[str, list[Cliente]] = defaultdict(list)
        for cliente in Cliente.objects.defer("busqueda").order_by("pk"):
            if cliente.codigo:
                self._por_codigo[cliente.codigo] = cliente
            (self._por_ruc if cliente.activo else self._cerrados)[cliente.ruc].append(cliente)
        self._duenos = {
            ruc: [_Dueno(cliente.pk, cliente.codigo, str(cliente)) for cliente in suyos]
            for ruc, suyos in self._por_ruc.items()
        }
        # The rows that named a new client, by what it is known by, and those of each of ours.
        self._vistos: dict[tuple[str, str], int] = {}
        self._tomados: dict[int, int] = {}

    def planear(self, filas: Iterable[Fila]) -> Plan:
        """What the rows would do."""
        return Plan([self._planear(fila) for fila in filas])

    def _planear(self, fila: Fila) -> FilaPlan:
        valores = self._leer(fila)
        cliente = self._cliente(fila, valores)
        nombre = valores.get("nombrefantasia") or valores.get("nombrefactura") or ""
        if cliente is None:
            return planeada(fila, nombre, None, valores)
        if cliente._state.adding:
            self._completar(fila, valores)
        else:
            # An empty cell leaves what there is.
            valores = {campo: valor for campo, valor in valores.items() if valor is not None}
            if valores.get("ruc") == cliente.ruc:
                valores.pop("pais")
            nombre = str(cliente)
            self._exigir_una_vez(fila, cliente)
        self._exigir_ruc_propio(fila, cliente, valores, nombre)
        plan = planeada(fila, nombre, cliente, valores)
        poner(plan, fila, PROPIOS, EXCEPTO)
        return plan

    # --- What the row says
    def _leer(self, fila: Fila) -> dict[str, Any]:
        valores: dict[str, Any] = {
            campo: fila.leer(campo, texto) for campo in TEXTOS if fila.dice(campo)
        }
        if fila.dice("ruc"):
            valores["ruc"], valores["pais"] = self._ruc(fila)
        if fila.dice("canal"):
            valores["canalobj_id"] = fila.leer("canal", self._canal)
        if fila.dice("dia_visita"):
            valores["dia_visita"] = fila.leer("dia_visita", dia_de_visita)
        activo = activo_de(fila)
        return valores if activo is None else valores | {"activo": activo}

    def _ruc(self, fila: Fila) -> tuple[str | None, str | None]:
        escrito = fila.leer("ruc", _numero)
        if not escrito:
            return None, None
        dv = fila.leer("dv", _numero)
        numeros, motivos = leer_en(f"{escrito}-{dv}" if dv else escrito, self._paises)
        if dv and not numeros:
            # The number had its own already.
            numeros = leer_en(escrito, self._paises).numeros
        if len(numeros) == 1:
            [(pais, ruc)] = numeros.items()
            return ruc, pais
        frases = [frase_de_varios([*numeros])] if numeros else frases_de_numero(motivos)
        fila.falla("ruc", " ".join(frases))
        return None, None

    def _canal(self, celda: Celda) -> int | None:
        dicho = texto(celda)
        if dicho is None:
            return None
        canal = self._canales.get(normalizar(dicho))
        if canal is None:
            raise ValueError(sin_canal(self._nombres))
        return canal

    # --- Which client it is
    def _cliente(self, fila: Fila, valores: dict[str, Any]) -> Cliente | None:
        """The client that the row names, or a new one; None when it cannot be told."""
        codigo, ruc = valores.get("codigo"), valores.get("ruc")
        if not (codigo or ruc):
            if not fila.fallas:
                fila.falla("ruc", _("Falta el RUC o el código: no se sabe qué cliente es."))
            return None
        if codigo and codigo in self._por_codigo:
            return self._por_codigo[codigo]
        suyos = self._con_ruc(ruc, valores) if ruc else []
        if len(suyos) > 1:
            frase = (
                _("Hay %(n)d clientes con ese RUC y sin código: ponérselos en la administración.")
                if codigo
                else _("Hay %(n)d clientes con ese RUC: decir cuál con su código.")
            )
            fila.falla("ruc", frase % {"n": len(suyos)})
            return None
        return suyos[0] if suyos else self._nuevo(fila, codigo, ruc)

    def _con_ruc(self, ruc: str, valores: dict[str, Any]) -> list[Cliente]:
        """The clients that a row with this number may mean.

        A row with a code of its own is another shop than a client that has another code. Without
        one, it means a closed client where it says that it is closed, or where no other is.
        """
        codigo = valores.get("codigo")
        abiertos = [c for c in self._por_ruc.get(ruc, ()) if not (codigo and c.codigo)]
        cerrados = [] if codigo else self._cerrados.get(ruc, [])
        de_cerrado = valores.get("activo") is False and bool(cerrados)
        suyos = cerrados if de_cerrado or not abiertos else abiertos
        return _con_su_nombre(suyos, valores) if len(suyos) > 1 else suyos

    def _nuevo(self, fila: Fila, codigo: str | None, ruc: str | None) -> Cliente:
        """A client of which the file speaks once."""
        clave = ("codigo", codigo) if codigo else ("ruc", ruc or "")
        primera = self._vistos.setdefault(clave, fila.numero)
        if primera != fila.numero:
            fila.falla(clave[0], repetida(primera))
        return Cliente()

    def _exigir_una_vez(self, fila: Fila, cliente: Cliente) -> None:
        if codigo := fila.leer("codigo", texto):
            # Of a client that had none: another row with it is not a new one.
            self._por_codigo.setdefault(codigo, cliente)
        primera = self._tomados.setdefault(cliente.pk, fila.numero)
        if primera != fila.numero:
            fila.falla("ruc" if vacia(fila.celdas.get("codigo")) else "codigo", repetida(primera))

    def _completar(self, fila: Fila, valores: dict[str, Any]) -> None:
        """What a new client must have, and what is filled in for it."""
        valores["canalobj_id"] = valores.get("canalobj_id") or self._opciones.canal_id
        valores["nombrefactura"] = valores.get("nombrefactura") or valores.get("nombrefantasia")
        sin = {
            "ruc": (valores.get("ruc"), _("Falta el RUC: es un cliente nuevo.")),
            "canal": (valores["canalobj_id"], sin_canal(self._nombres)),
            "nombrefactura": (valores["nombrefactura"], _("Falta el nombre: es un cliente nuevo.")),
        }
        mal = {falla.campo for falla in fila.fallas}
        for campo, (valor, frase) in sin.items():
            if not valor and campo not in mal:
                fila.falla(campo, frase)
        for campo in TEXTOS:
            valores[campo] = valores.get(campo) or ""
        valores.setdefault("activo", True)

    def _exigir_ruc_propio(
        self, fila: Fila, cliente: Cliente, valores: dict[str, Any], nombre: str
    ) -> None:
        """A number is of one active client, unless each has its own code."""
        ruc, codigo = valores.get("ruc") or cliente.ruc, valores.get("codigo") or cliente.codigo
        ya_era = cliente.pk is not None and cliente.activo and cliente.ruc == ruc
        duenos = self._duenos.setdefault(ruc, [])
        if ya_era:
            # A row above may have given it a code.
            duenos[:] = [replace(d, codigo=codigo) if d.pk == cliente.pk else d for d in duenos]
        if fila.fallas or ya_era or not valores.get("activo", cliente.activo):
            return
        otros = (d for d in duenos if d.pk is None or d.pk != cliente.pk)
        choca = next((d for d in otros if not (codigo and d.codigo)), None)
        if choca is None:
            duenos.append(_Dueno(cliente.pk, codigo, nombre, fila.numero))
        else:
            fila.falla(
                "ruc", repetida(choca.fila) if choca.fila else frase_de_repetido(choca.nombre)
            )


def _con_su_nombre(clientes: list[Cliente], valores: dict[str, Any]) -> list[Cliente]:
    """The clients of the row's name, where that tells one from the others; else all."""
    nombres = {normalizar(valores.get(campo) or "") for campo in NOMBRES} - {""}
    suyos = [
        cliente
        for cliente in clientes
        if nombres & {normalizar(getattr(cliente, campo)) for campo in NOMBRES}
    ]
    return suyos if len(suyos) == 1 else clientes


def _numero(celda: Celda) -> str | None:
    """A tax number as it was written; a spreadsheet may have made a number of it."""
    if isinstance(celda, Ilegible):
        raise ValueError(celda.motivo)
    return leer_texto(celda).strip() or None


def sin_canal(nombres: Sequence[str]) -> str:
    """The sentence for a channel that there is not, or for none."""
    if not nombres:
        return _("Todavía no hay canales: crear uno antes de importar.")
    return _("El canal es uno de estos: %(canales)s.") % {"canales": ", ".join(nombres[:10])}
