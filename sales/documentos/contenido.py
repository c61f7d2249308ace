"""What an order's document says, whatever it is written on: paper, a message, an e-mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.texto.limpieza import limpiar
from gestion_precios.moneda import cifra, formato
from sales.models import EstadoPedido, Orders, OrdersDetail
from sales.pedidos.totales import importe, moneda_de, totales

LARGO_CORTO: Final = 12
FECHA: Final = "%d/%m/%Y"
HORA: Final = "%d/%m/%Y %H:%M"


@dataclass(frozen=True)
class LineaImpresa:
    """A line in words and figures; `anulada` says by whom, when and why."""

    numero: str
    codigo: str
    articulo: str
    marca: str
    cantidad: str
    pedida: str
    precio: str
    tasa: str
    total: str
    anulada: str

    @property
    def articulo_y_marca(self) -> str:
        """The article, and its brand where the description does not name it."""
        if self.marca.casefold() in self.articulo.casefold():
            return self.articulo
        return f"{self.articulo} · {self.marca}"


@dataclass(frozen=True)
class Contenido:
    """A document in words and figures; every layout draws this and nothing else."""

    numero: str
    titulo: str
    empresa: str
    sucursal: str
    cliente: str
    tributario: str
    razon_social: str
    datos: tuple[tuple[str, str], ...]
    sello: str
    avisos: tuple[str, ...]
    moneda: str
    lineas: tuple[LineaImpresa, ...]
    desglose: tuple[tuple[str, str], ...]
    total: str
    observacion: str
    recibo: str

    @property
    def recibo_corto(self) -> str:
        """The receipt as the lote's page shows it."""
        return self.recibo[:LARGO_CORTO]


def contenido_de(pedido: Orders, recibo: str = "") -> Contenido:
    """What the document of an order says; its `detalles` are loaded, its receipt is given."""
    moneda = moneda_de(pedido)
    lineas = list(pedido.detalles.all())
    cliente, sumas = pedido.pdvobj, totales(lineas)
    return Contenido(
        numero=str(pedido.pedido_numero),
        titulo=_("Pedido %(numero)s") % {"numero": pedido.pedido_numero},
        empresa=limpiar(pedido.sucursal.empresa.nombre) if pedido.sucursal else "",
        sucursal=limpiar(pedido.sucursal.nombre) if pedido.sucursal else "",
        cliente=limpiar(str(cliente)),
        tributario=limpiar(f"{cliente.nombre_del_numero} {cliente.ruc}"),
        razon_social=limpiar(cliente.nombrefactura),
        datos=_datos(pedido),
        sello=_sello(pedido),
        avisos=_avisos(pedido),
        moneda=moneda,
        lineas=tuple(_linea(n, linea, pedido) for n, linea in enumerate(lineas, start=1)),
        desglose=tuple(
            (rotulo, formato(monto, moneda))
            for rotulo, monto in zip(_rotulos(), sumas, strict=True)
        ),
        total=formato(sumas.total, moneda),
        observacion=limpiar(pedido.observacion),
        recibo=recibo,
    )


def _rotulos() -> tuple[str, ...]:
    return (_("Gravada 10 %"), _("IVA 10 %"), _("Gravada 5 %"), _("IVA 5 %"), _("Exenta"))


def _datos(pedido: Orders) -> tuple[tuple[str, str], ...]:
    documento = limpiar(pedido.doc_tipo) + (f" {pedido.doc_numero}" if pedido.doc_numero else "")
    quien = pedido.usuario.get_full_name() or pedido.usuario.username if pedido.usuario else ""
    return (
        (_("Fecha"), pedido.doc_fecha.strftime(FECHA)),
        (_("Documento"), documento),
        (_("Cargado por"), limpiar(quien)),
        (_("Cargado el"), _hora(pedido, pedido.capturado_en)),
    )


def _sello(pedido: Orders) -> str:
    """The one word that whoever holds the paper has to see; empty when nothing is wrong."""
    if pedido.anulado_040:
        return _("ANULADO")
    if pedido.status == EstadoPedido.CANCELADO:
        return _("CANCELADO")
    return _("EN REVISIÓN") if pedido.status == EstadoPedido.EN_REVISION else ""


def _avisos(pedido: Orders) -> tuple[str, ...]:
    avisos = []
    if pedido.anulado_040:
        avisos.append(_("Anulado por %(quien)s el %(cuando)s: %(motivo)s") % _anulo(pedido, pedido))
    elif pedido.status == EstadoPedido.EN_REVISION:
        avisos.append(_("En revisión: un supervisor todavía no decidió sus precios."))
    if pedido.status == EstadoPedido.CANCELADO:
        avisos.append(_("Cancelado: no se entrega."))
    if pedido.stock_returned:
        avisos.append(_("Su stock fue devuelto."))
    return tuple(avisos)


def _linea(numero: int, linea: OrdersDetail, pedido: Orders) -> LineaImpresa:
    moneda = moneda_de(pedido)
    frase = _("Línea anulada por %(quien)s el %(cuando)s: %(motivo)s")
    distinta = linea.cantidad != linea.cantidad_original
    return LineaImpresa(
        numero=str(numero),
        codigo=str(linea.artobj.codigo),
        articulo=limpiar(linea.artobj.descripcion),
        marca=limpiar(linea.artobj.prod_marca),
        cantidad=number_format(linea.cantidad),
        pedida=_("pedida: %(n)s") % {"n": number_format(linea.cantidad_original)}
        if distinta
        else "",
        precio=cifra(linea.precio_unitario, moneda),
        tasa=_tasa(linea),
        total=cifra(importe(linea), moneda),
        anulada=frase % _anulo(linea, pedido) if linea.anulado_040 else "",
    )


def _tasa(linea: OrdersDetail) -> str:
    """The rate that was charged: the article may have another one today."""
    if linea.gravada_10 or linea.iva_10:
        return "10 %"
    if linea.gravada_5 or linea.iva_5:
        return "5 %"
    return _("Exenta") if linea.exenta else str(linea.artobj.get_tasa_iva_display())


def _anulo(anulado: Orders | OrdersDetail, pedido: Orders) -> dict[str, str]:
    fecha = anulado.anulado_040_fecha
    return {
        "quien": limpiar(anulado.anulado_040_por_gecos or ""),
        "cuando": _hora(pedido, fecha) if fecha else "",
        "motivo": limpiar(anulado.anulado_040_motivo),
    }


def _hora(pedido: Orders, momento: datetime) -> str:
    """The moment on the company's clock, whoever prints it."""
    empresa = pedido.sucursal.empresa if pedido.sucursal else None
    zona = ZoneInfo(empresa.zona_horaria if empresa else settings.TIME_ZONE)
    return timezone.localtime(momento, zona).strftime(HORA)
