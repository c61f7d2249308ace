"""Clients, the fallback prices of their channels, and who takes their orders."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.datos.busqueda import columna_de_busqueda
from core.datos.funciones import EnOrdenDeSignos
from gestion_precios.models import MONTO_MAXIMO, Articulo, CanalVenta, Sucursal
from sales.clientes.ruc import ruc_correcto


def validar_ruc(ruc: str) -> None:
    """Validator: raise ValidationError unless the RUC is `base-dv` with the right check digit."""
    if not ruc_correcto(ruc):
        raise ValidationError(
            _("El RUC no es válido: revisar el número y su dígito verificador."), code="ruc"
        )


class Canal(models.Model):
    """The customer's own channel of sale; `canal_venta` is what price lists know it as."""

    nombre = models.CharField(_("nombre"), max_length=120)
    canal_venta = models.CharField(
        _("canal de venta"), max_length=12, choices=CanalVenta, default=CanalVenta.TODOS
    )

    class Meta:
        verbose_name = _("canal")
        verbose_name_plural = _("canales")
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre


class Cliente(models.Model):
    """A shop (punto de venta) that orders are loaded for."""

    ruc = models.CharField(_("RUC"), max_length=120, db_index=True, validators=[validar_ruc])
    nombrefactura = models.CharField(_("razón social"), max_length=300)
    nombrefantasia = models.CharField(_("nombre de fantasía"), max_length=300, blank=True)
    canalobj = models.ForeignKey(
        Canal, on_delete=models.PROTECT, related_name="clientes", verbose_name=_("canal")
    )
    activo = models.BooleanField(_("activo"), default=True)
    busqueda = models.GeneratedField(
        expression=columna_de_busqueda("nombrefantasia", "nombrefactura", "ruc"),
        output_field=EnOrdenDeSignos(),
        db_persist=True,
        verbose_name=_("texto de búsqueda"),
    )

    class Meta:
        verbose_name = _("cliente")
        verbose_name_plural = _("clientes")
        ordering = ["nombrefantasia", "id"]
        indexes = [
            models.Index(fields=["nombrefantasia"]),
            models.Index(fields=["nombrefactura"]),
            models.Index(fields=["activo", "busqueda"], name="cliente_busqueda"),
        ]

    def __str__(self) -> str:
        return self.nombrefantasia or self.nombrefactura


class Producto(Articulo):
    """The sales side's name of an article: same row, same id."""

    class Meta:
        proxy = True
        verbose_name = _("producto")
        verbose_name_plural = _("productos")


class Precios(models.Model):
    """An article's price for a client channel from a date on: what sells where no list does."""

    articuloobj = models.ForeignKey(
        Producto, on_delete=models.CASCADE, related_name="precios", verbose_name=_("producto")
    )
    canalobj = models.ForeignKey(
        Canal, on_delete=models.CASCADE, related_name="precios", verbose_name=_("canal")
    )
    precio = models.DecimalField(
        _("precio"),
        max_digits=14,
        decimal_places=2,
        validators=[MinValueValidator(0)],
        help_text=_("IVA incluido."),
    )
    fecha_vigencia = models.DateField(_("vigente desde"))

    class Meta:
        verbose_name = _("precio")
        verbose_name_plural = _("precios")
        ordering = ["articuloobj", "canalobj", "-fecha_vigencia"]
        indexes = [
            models.Index(
                fields=["canalobj", "articuloobj", "-fecha_vigencia"], name="precio_en_vigor"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(precio__range=(0, MONTO_MAXIMO)), name="precio_en_rango"
            )
        ]

    def __str__(self) -> str:
        return f"{self.articuloobj_id} · {self.canalobj_id} · {self.precio}"


class Perfil(models.Model):
    """The branch a user works for; one row for each branch of theirs."""

    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="perfiles",
        verbose_name=_("usuario"),
    )
    sucursal = models.ForeignKey(
        Sucursal, on_delete=models.PROTECT, related_name="perfiles", verbose_name=_("sucursal")
    )

    class Meta:
        verbose_name = _("perfil")
        verbose_name_plural = _("perfiles")
        ordering = ["usuario", "sucursal"]
        constraints = [models.UniqueConstraint(fields=["usuario", "sucursal"], name="perfil_unico")]

    def __str__(self) -> str:
        return f"{self.usuario} · {self.sucursal}"
