"""Imports of clients, articles and prices: the file, what is made of it, and how it is undone."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ImportacionDatos(models.Model):
    """One file on its way into the catalogue.

    `contenido` is the file until it has been read; then `tabla` is what was read, and `deshacer`
    what there was before. All are compressed JSON but the file.
    """

    class Tipo(models.TextChoices):
        ARTICULOS = "articulos", _("Artículos")
        CLIENTES = "clientes", _("Clientes")
        PRECIOS = "precios", _("Precios por canal")

    class Estado(models.TextChoices):
        # A worker's turn.
        POR_LEER = "POR_LEER", _("Leyendo")
        POR_REVISAR = "POR_REVISAR", _("Revisando")
        POR_GUARDAR = "POR_GUARDAR", _("Guardando")
        # A person's turn.
        REVISADA = "REVISADA", _("Para confirmar")
        # Nobody's.
        HECHA = "HECHA", _("Hecha")
        FALLIDA = "FALLIDA", _("No se pudo leer")
        DESCARTADA = "DESCARTADA", _("Descartada")
        DESHECHA = "DESHECHA", _("Deshecha")

    DE_UN_TRABAJADOR = (Estado.POR_LEER, Estado.POR_REVISAR, Estado.POR_GUARDAR)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tipo = models.CharField(_("qué se importa"), max_length=10, choices=Tipo)
    estado = models.CharField(_("estado"), max_length=12, choices=Estado, default=Estado.POR_LEER)
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="importaciones",
        verbose_name=_("usuario"),
    )
    archivo = models.CharField(_("archivo"), max_length=120)
    creada_en = models.DateTimeField(_("recibida"), default=timezone.now)
    # When a worker took it; nobody else does while that is recent.
    tomada_en = models.DateTimeField(_("tomada"), null=True, blank=True)
    intentos = models.PositiveSmallIntegerField(_("intentos"), default=0)
    hecha_en = models.DateTimeField(_("hecha"), null=True, blank=True)
    deshecha_en = models.DateTimeField(_("deshecha"), null=True, blank=True)
    deshecha_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("deshecha por"),
    )
    # What the person chose: {column: field}, and {hoja, canal, fecha, sin_las_malas}.
    mapeo = models.JSONField(_("columnas"), default=dict, blank=True)
    opciones = models.JSONField(_("opciones"), default=dict, blank=True)
    # What the preview says, and by which it is known again.
    resumen = models.JSONField(_("resumen"), default=dict, blank=True)
    huella = models.CharField(_("huella"), max_length=64, blank=True)
    codigo = models.CharField(_("código"), max_length=40, blank=True)
    motivo = models.CharField(_("motivo"), max_length=500, blank=True)
    # Last: a row's megabytes are read through to get at what stands behind them.
    contenido = models.BinaryField(_("contenido"), null=True, blank=True)
    tabla = models.BinaryField(_("tabla"), null=True, blank=True)
    deshacer = models.BinaryField(_("cómo se deshace"), null=True, blank=True)

    class Meta:
        verbose_name = _("importación de datos")
        verbose_name_plural = _("importaciones de datos")
        ordering = ["-creada_en", "id"]
        indexes = [models.Index(fields=["tipo", "-creada_en"], name="importacion_por_tipo")]

    def __str__(self) -> str:
        return self.archivo

    @property
    def en_curso(self) -> bool:
        """Whether a worker has it, or will."""
        return self.estado in self.DE_UN_TRABAJADOR


class MapeoRecordado(models.Model):
    """Which field each column of a file with these titles was, the last time somebody said so."""

    tipo = models.CharField(_("qué se importa"), max_length=10, choices=ImportacionDatos.Tipo)
    # Of the titles, in their order.
    huella = models.CharField(_("huella de los títulos"), max_length=64)
    mapeo = models.JSONField(_("columnas"))

    class Meta:
        verbose_name = _("columnas recordadas")
        verbose_name_plural = _("columnas recordadas")
        constraints = [models.UniqueConstraint(fields=["tipo", "huella"], name="mapeo_unico")]

    def __str__(self) -> str:
        return f"{self.tipo} · {self.huella[:8]}"
