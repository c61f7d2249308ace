"""The feed of changes: what became of each order, for other systems to follow."""

from __future__ import annotations

from typing import Self

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gestion_precios.models import Sucursal
from sales.models.pedidos import Orders
from sales.personas.roles import Rol, rol_de


class CambiosQuerySet(models.QuerySet):
    """Changes."""

    def sin_posicion(self) -> Self:
        """The changes that no reader sees yet, through a small index."""
        return self.filter(posicion__isnull=True)

    def visibles_para(self, usuario: AbstractBaseUser | AnonymousUser) -> Self:
        """The changes of a supervisor's companies; all of them for an admin, else none."""
        rol = rol_de(usuario)
        if rol is Rol.ADMIN:
            return self
        if rol is not Rol.SUPERVISOR:
            return self.none()
        propias = Sucursal.objects.filter(perfiles__usuario_id=usuario.pk)
        return self.filter(sucursal__empresa__in=propias.values("empresa"))


class Cambio(models.Model):
    """One thing that happened to an order, written in the transaction that made it happen.

    `posicion` is given after the commit (`sales.cambios.posiciones`): ids are taken before it.
    """

    class Tipo(models.TextChoices):
        GUARDADO = "pedido.guardado", _("Guardado")
        EDITADO = "pedido.editado", _("Editado a mano")
        ANULADO = "pedido.anulado", _("Anulado")
        LINEA_ANULADA = "pedido.linea_anulada", _("Línea anulada")
        CANCELADO = "pedido.cancelado", _("Cancelado")
        STOCK_DEVUELTO = "pedido.stock_devuelto", _("Stock devuelto")
        EN_CAJA = "pedido.en_caja", _("Pasó por caja")
        PRECIO_DECIDIDO = "pedido.precio_decidido", _("Precio decidido")
        RESPONDIDO = "pedido.respondido", _("La tienda respondió")
        CONFIRMADO_ERP = "pedido.confirmado_erp", _("Confirmado por el ERP")

    posicion = models.BigIntegerField(_("posición"), unique=True, null=True, editable=False)
    tipo = models.CharField(_("tipo"), max_length=30, choices=Tipo)
    momento = models.DateTimeField(_("momento"))
    pedido = models.ForeignKey(
        Orders,
        on_delete=models.SET_NULL,
        null=True,
        related_name="cambios",
        verbose_name=_("pedido"),
    )
    # What the order had: they stay when it goes.
    pedido_numero = models.BigIntegerField(_("número"))
    sucursal = models.ForeignKey(
        Sucursal,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("sucursal"),
    )
    datos = models.JSONField(_("datos"), default=dict, blank=True)

    objects = CambiosQuerySet.as_manager()

    class Meta:
        verbose_name = _("cambio de pedido")
        verbose_name_plural = _("cambios de pedidos")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(posicion__isnull=True), name="cambio_sin_posicion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pedido_numero} · {self.tipo}"
