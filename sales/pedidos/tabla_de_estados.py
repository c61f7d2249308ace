"""The table of states: what may be done to an order in each of them. Pure: no Django.

The deeds ask it under the row's lock, the pages before they offer one (`docs/pedidos.md`).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

NO_RECOGIDO: Final = "4"
CANCELADO: Final = "8"
EN_REVISION: Final = "14"
# The columns, by the values of `sales.signals.Hecho`.
HECHOS: Final = (
    "anulacion",
    "anulacion_de_linea",
    "precio_aceptado",
    "precio_corregido",
    "cancelacion",
    "stock_devuelto",
    "caja",
)


class Clase(StrEnum):
    """What an order is, before one asks about its stock and the checkout."""

    EN_CURSO = "en curso"
    NO_RECOGIDO = "no recogido"
    CANCELADO = "cancelado"
    EN_REVISION = "en revisión"
    SIN_LINEAS = "sin líneas"
    ANULADO = "anulado"


class Celda(StrEnum):
    """What the table says: done (`SI`, `SIN_BOTON`), or the code of its refusal."""

    SI = "sí"
    # Done for whoever asks over REST; no page offers it.
    SIN_BOTON = "sin botón"
    # Nobody can ask it: there is no line left to void.
    NO_HAY = "—"
    YA_ANULADO = "ya_anulado"
    PEDIDO_ANULADO = "pedido_anulado"
    SIN_LINEAS = "sin_lineas"
    NO_EN_REVISION = "no_en_revision"
    EN_REVISION = "en_revision"
    YA_CANCELADO = "ya_cancelado"
    PEDIDO_CANCELADO = "pedido_cancelado"
    STOCK_YA_DEVUELTO = "stock_ya_devuelto"
    YA_PASO_POR_CAJA = "ya_paso_por_caja"

    @property
    def posible(self) -> bool:
        """Whether the deed is done."""
        return self in {Celda.SI, Celda.SIN_BOTON}

    @property
    def ofrecida(self) -> bool:
        """Whether the order's page offers it."""
        return self is Celda.SI


class Estado(NamedTuple):
    """A row of the table: all that decides what may be done to an order."""

    clase: Clase
    stock_devuelto: bool = False
    por_caja: bool = False

    @property
    def nombre(self) -> str:
        """The state's name as the documents write it: `cancelado · stock devuelto`."""
        partes = [self.clase.value]
        partes += ["por caja"] if self.por_caja else []
        partes += ["stock devuelto"] if self.stock_devuelto else []
        return " · ".join(partes)


_CLASES: Final = {
    NO_RECOGIDO: Clase.NO_RECOGIDO,
    CANCELADO: Clase.CANCELADO,
    EN_REVISION: Clase.EN_REVISION,
}


def estado_de(
    *, status: str, anulado: bool, sin_lineas: bool, stock_devuelto: bool, por_caja: bool
) -> Estado:
    """An order's row; codes of other systems are orders under way.

    `sin_lineas`: it has lines, and every one is voided.
    """
    if anulado:
        return Estado(Clase.ANULADO)
    if sin_lineas:
        return Estado(Clase.SIN_LINEAS, stock_devuelto)
    return Estado(_CLASES.get(status, Clase.EN_CURSO), stock_devuelto, por_caja)


_SI, _MUDO = Celda.SI, Celda.SIN_BOTON
_ANULADO, _VACIO, _NO_HAY = Celda.PEDIDO_ANULADO, Celda.SIN_LINEAS, Celda.NO_HAY
_DECIDIDO, _REVISION = Celda.NO_EN_REVISION, Celda.EN_REVISION
_YA, _NADA = Celda.YA_CANCELADO, Celda.PEDIDO_CANCELADO
_DOS, _VOLVIO, _PASO = Celda.YA_ANULADO, Celda.STOCK_YA_DEVUELTO, Celda.YA_PASO_POR_CAJA

# Its columns are HECHOS, in their order.
_FILAS: Final[Mapping[Estado, tuple[Celda, ...]]] = {
    Estado(Clase.EN_CURSO): (_SI, _SI, _DECIDIDO, _DECIDIDO, _SI, _MUDO, _SI),
    Estado(Clase.EN_CURSO, True): (_SI, _SI, _DECIDIDO, _DECIDIDO, _SI, _VOLVIO, _SI),
    Estado(Clase.EN_CURSO, False, True): (_SI, _SI, _DECIDIDO, _DECIDIDO, _PASO, _MUDO, _PASO),
    Estado(Clase.EN_CURSO, True, True): (_SI, _SI, _DECIDIDO, _DECIDIDO, _PASO, _VOLVIO, _PASO),
    Estado(Clase.NO_RECOGIDO): (_SI, _SI, _DECIDIDO, _DECIDIDO, _SI, _SI, _SI),
    Estado(Clase.NO_RECOGIDO, True): (_SI, _SI, _DECIDIDO, _DECIDIDO, _SI, _VOLVIO, _SI),
    Estado(Clase.NO_RECOGIDO, False, True): (_SI, _SI, _DECIDIDO, _DECIDIDO, _PASO, _SI, _PASO),
    Estado(Clase.NO_RECOGIDO, True, True): (_SI, _SI, _DECIDIDO, _DECIDIDO, _PASO, _VOLVIO, _PASO),
    Estado(Clase.CANCELADO): (_SI, _SI, _DECIDIDO, _DECIDIDO, _YA, _SI, _SI),
    Estado(Clase.CANCELADO, True): (_SI, _SI, _DECIDIDO, _DECIDIDO, _YA, _VOLVIO, _NADA),
    Estado(Clase.CANCELADO, False, True): (_SI, _SI, _DECIDIDO, _DECIDIDO, _YA, _SI, _PASO),
    Estado(Clase.CANCELADO, True, True): (_SI, _SI, _DECIDIDO, _DECIDIDO, _YA, _VOLVIO, _PASO),
    Estado(Clase.EN_REVISION): (_SI, _SI, _SI, _SI, _SI, _MUDO, _REVISION),
    Estado(Clase.EN_REVISION, True): (_SI, _SI, _SI, _SI, _SI, _VOLVIO, _REVISION),
    # What was charged is what was agreed: it is no longer corrected.
    Estado(Clase.EN_REVISION, False, True): (_SI, _SI, _SI, _PASO, _PASO, _MUDO, _PASO),
    Estado(Clase.EN_REVISION, True, True): (_SI, _SI, _SI, _PASO, _PASO, _VOLVIO, _PASO),
    Estado(Clase.SIN_LINEAS): (_SI, _NO_HAY, _VACIO, _VACIO, _VACIO, _SI, _VACIO),
    Estado(Clase.SIN_LINEAS, True): (_SI, _NO_HAY, _VACIO, _VACIO, _VACIO, _VOLVIO, _VACIO),
    Estado(Clase.ANULADO): (_DOS, _DOS, _DECIDIDO, _DECIDIDO, _ANULADO, _ANULADO, _ANULADO),
}
TABLA: Final[dict[Estado, dict[str, Celda]]] = {
    estado: dict(zip(HECHOS, fila, strict=True)) for estado, fila in _FILAS.items()
}
