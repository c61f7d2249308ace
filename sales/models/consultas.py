"""Which rows a user may see, as query sets: takers their own, supervisors their company's."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Q

from gestion_precios.models import Sucursal
from sales.personas.roles import Rol, rol_de

ESTADOS_ABIERTOS = ("RECIBIDO", "PROCESANDO")


class _DeSucursal(models.QuerySet):
    """Rows with a `usuario` and a `sucursal`."""

    def visibles_para(self, usuario: AbstractBaseUser | AnonymousUser) -> Self:
        """The rows this user may see; nothing for a stranger."""
        rol = rol_de(usuario)
        if rol is Rol.ADMIN:
            return self
        if rol is Rol.SUPERVISOR:
            # A subquery, not a join: no duplicates to remove, and the rows can be locked.
            propias = Sucursal.objects.filter(perfiles__usuario_id=usuario.pk)
            return self.filter(sucursal__empresa__in=propias.values("empresa"))
        if rol is Rol.TOMADOR:
            return self.filter(usuario=usuario)
        return self.none()


class OrdersQuerySet(_DeSucursal):
    """Orders."""

    def recibidos_desde(self, momento: datetime) -> Self:
        """The orders that came in since, whenever they were taken; without a lote, taken since."""
        del_lote = Q(loteobj__recibido_en__gte=momento)
        return self.filter(del_lote | Q(loteobj__isnull=True, capturado_en__gte=momento))


class LotesQuerySet(_DeSucursal):
    """Lotes of orders."""

    def sin_contenido(self) -> Self:
        """The lotes without the text that came in, which may be ten megabytes."""
        return self.defer("contenido")

    def abiertos(self) -> Self:
        """The lotes that still have work to be done, through their own small index."""
        return self.filter(estado__in=ESTADOS_ABIERTOS, terminado_en__isnull=True)
