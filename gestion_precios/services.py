"""PrecioService: what the rest of the house asks the pricing engine."""

from __future__ import annotations

from datetime import date

from gestion_precios.models import ListaPrecio
from gestion_precios.vigencia import lista_vigente


class PrecioService:
    """The engine's questions; each answers the same for REST, page, catalogue and ingestion."""

    @staticmethod
    def obtener_lista_vigente(
        empresa_id: int,
        canal_venta: str,
        sucursal_id: int | None = None,
        fecha: date | None = None,
    ) -> ListaPrecio | None:
        """The list in force: branch and channel, branch, channel, company; None without any.

        Both ends of a list's dates count; `fecha` defaults to today in the company's timezone.
        """
        return lista_vigente(
            empresa_id=empresa_id, canal_venta=canal_venta, sucursal_id=sucursal_id, fecha=fecha
        )
