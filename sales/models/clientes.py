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
from gestion_precios.models import (
    MONTO_MAXIMO,
    Articulo,
    CanalVenta,
    Empresa,
    Pais,
    Sucursal,
    VersionPrecios,
)
from gestion_precios.models.consultas import esperar_turno
from gestion_precios.models.versiones import ARTICULOS
from sales.clientes.frases_de_numero import frase_de_repetido, frase_de_varios, frases_de_numero
from sales.clientes.tributario import leer_en, nombre_del_numero


def paises_de_la_casa() -> list[str]:
    """The countries of the group's companies; Paraguay where there is none yet."""
    paises = Empresa.objects.exclude(pais="").order_by("pais").values_list("pais", flat=True)
    return list(paises.distinct()) or [Pais.PY.value]


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


class DiaDeVisita(models.IntegerChoices):
    """Days of the week, numbered as `date.isoweekday` does."""

    LUNES = 1, _("Lunes")
    MARTES = 2, _("Martes")
    MIERCOLES = 3, _("Miércoles")
    JUEVES = 4, _("Jueves")
    VIERNES = 5, _("Viernes")
    SABADO = 6, _("Sábado")
    DOMINGO = 7, _("Domingo")


class Cliente(models.Model):
    """A shop (punto de venta) that orders are loaded for.

    Clients are the group's: a number is right if it is in one of the companies' countries, and
    `clean` writes down which. It is of one active client, unless codes tell apart the several shops
    of a taxpayer.
    """

    codigo = models.CharField(
        _("código"),
        max_length=60,
        blank=True,
        help_text=_("El que le da su sistema: sirve para importar y para el ERP."),
    )

    ruc = models.CharField(
        _("RUC"),
        max_length=120,
        db_index=True,
        help_text=_("El número tributario de su país, con o sin puntos, espacios o guiones."),
    )
    pais = models.CharField(
        _("país"),
        max_length=2,
        choices=Pais,
        blank=True,
        help_text=_("Vacío: el que diga el número."),
    )
    nombrefactura = models.CharField(_("razón social"), max_length=300)
    nombrefantasia = models.CharField(_("nombre de fantasía"), max_length=300, blank=True)
    canalobj = models.ForeignKey(
        Canal, on_delete=models.PROTECT, related_name="clientes", verbose_name=_("canal")
    )
    telefono = models.CharField(_("teléfono"), max_length=40, blank=True)
    zona = models.CharField(_("zona"), max_length=80, blank=True)
    dia_visita = models.PositiveSmallIntegerField(
        _("día de visita"), choices=DiaDeVisita, null=True, blank=True
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
        constraints = [
            models.UniqueConstraint(
                fields=["codigo"], condition=~Q(codigo=""), name="cliente_codigo_unico"
            )
        ]

    def __str__(self) -> str:
        return self.nombrefantasia or self.nombrefactura

    def clean(self) -> None:
        """Put the number in its stored form and say its country; refuse what is none."""
        super().clean()
        if not self.ruc:
            return
        numeros, motivos = leer_en(self.ruc, [self.pais] if self.pais else paises_de_la_casa())
        if not numeros:
            frases = [ValidationError(frase, code="ruc") for frase in frases_de_numero(motivos)]
            raise ValidationError({"ruc": frases})
        if len(numeros) > 1:
            raise ValidationError(
                {"pais": ValidationError(frase_de_varios([*numeros]), code="ambiguo")}
            )
        self.pais, self.ruc = numeros.popitem()
        self._exigir_numero_propio()

    def _exigir_numero_propio(self) -> None:
        """Refuse the number of another active client, where it is new here."""
        if not self.activo or self._tiene_guardado_el_numero():
            return
        # Imports take the same turn: two that come at once do not both find it free.
        esperar_turno(VersionPrecios.objects, ARTICULOS)
        otros = Cliente.objects.filter(ruc=self.ruc, activo=True).exclude(pk=self.pk)
        if self.codigo:
            # Each with its own code: several shops of one taxpayer.
            otros = otros.filter(Q(codigo="") | Q(codigo=self.codigo))
        otro = otros.order_by("pk").first()
        if otro is not None:
            raise ValidationError(
                {"ruc": ValidationError(frase_de_repetido(otro), code="repetido")}
            )

    def _tiene_guardado_el_numero(self) -> bool:
        return (
            self.pk is not None
            and Cliente.objects.filter(pk=self.pk, ruc=self.ruc, activo=True).exists()
        )

    @property
    def nombre_del_numero(self) -> str:
        """What its country calls its tax number."""
        return nombre_del_numero(self.pais)


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
