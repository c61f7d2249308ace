"""What the page of an import shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from gestion_precios.models import Moneda
from sales.importacion.campos import CAMPOS, Tipo
from sales.importacion.hechos import monedas_de_la_casa
from sales.importacion.plan import CAMBIA, ERROR, NUEVA
from sales.importacion.trabajo import avance
from sales.models import Canal, ImportacionDatos

Estado = ImportacionDatos.Estado
CADA: Final = "load delay:1s"


@dataclass(frozen=True)
class ColumnaVista:
    """A column of the file: its title, examples, and the field that it is."""

    posicion: int
    titulo: str
    ejemplos: str
    campo: str


@dataclass(frozen=True)
class GrupoVista:
    """The rows of a class that are drawn, and how many are not."""

    clase: str
    titulo: str
    filas: Sequence[dict[str, Any]]
    ocultas: int


@dataclass(frozen=True)
class VistaImportacion:
    """An import as its page shows it; what a state has none of is empty."""

    importacion: ImportacionDatos
    sondeo: str = ""
    avance: tuple[int, int] | None = None
    columnas: Sequence[ColumnaVista] = ()
    campos: Sequence[tuple[str, str]] = ()
    canales: Sequence[Canal] = ()
    monedas: Sequence[tuple[str, str]] = ()
    grupos: Sequence[GrupoVista] = ()
    cuentas: dict[str, int] = field(default_factory=dict)

    @property
    def se_confirma(self) -> bool:
        """Whether there is something to confirm."""
        return bool(self.cuentas.get(NUEVA, 0) + self.cuentas.get(CAMBIA, 0))


def ver_importacion(importacion: ImportacionDatos) -> VistaImportacion:
    """What to draw of an import in the state in which it is."""
    if importacion.en_curso:
        return VistaImportacion(importacion, sondeo=CADA, avance=avance(importacion.pk))
    cuentas = importacion.resumen.get("cuentas", {})
    if importacion.estado != Estado.REVISADA:
        return VistaImportacion(importacion, cuentas=cuentas)
    return VistaImportacion(
        importacion,
        columnas=_columnas(importacion),
        campos=[(c.nombre, str(c.rotulo)) for c in CAMPOS[Tipo(importacion.tipo)]],
        canales=list(Canal.objects.all()),
        monedas=_monedas(),
        grupos=_grupos(importacion.resumen, cuentas),
        cuentas=cuentas,
    )


def _monedas() -> list[tuple[str, str]]:
    """To choose from, where there are several."""
    hay = monedas_de_la_casa()
    return [(moneda, str(Moneda(moneda).label)) for moneda in hay] if len(hay) > 1 else []


def _columnas(importacion: ImportacionDatos) -> list[ColumnaVista]:
    return [
        ColumnaVista(
            posicion,
            columna["titulo"],
            " · ".join(columna["ejemplos"]),
            importacion.mapeo.get(str(posicion), ""),
        )
        for posicion, columna in enumerate(importacion.resumen["columnas"])
    ]


def _grupos(resumen: dict[str, Any], cuentas: dict[str, int]) -> list[GrupoVista]:
    titulos = {ERROR: _("Con error"), CAMBIA: _("Cambian"), NUEVA: _("Nuevas")}
    return [
        GrupoVista(clase, titulo, filas, cuentas[clase] - len(filas))
        for clase, titulo in titulos.items()
        if (filas := resumen["filas"][clase])
    ]
