"""Questions that span the rows of one model of the catalogue, as query sets."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Final, Self

from django.db import connection, models
from django.db.models import OuterRef, Q, Subquery

from core.texto.normal import es_numero
from gestion_precios.models.versiones import (
    ARTICULOS,
    VersionPrecios,
    agrupar,
    asentar,
    cambia_de_lista,
    renovar,
    renovar_todas,
)

CODIGO_MAXIMO: Final = 2**31 - 1
CIFRAS_DE_CODIGO: Final = len(str(CODIGO_MAXIMO))


class ArticulosQuerySet(models.QuerySet):
    """Articles; changing many at once renews every rulebook's version."""

    def con_clave(self, clave: str) -> Self:
        """The articles with this code, SKU or barcode, as `core.texto.normal.clave` gives it."""
        if not clave:
            return self.none()
        con_ella = Q(clave_sku=clave) | Q(clave_barras=clave)
        if es_numero(clave) and len(clave) <= CIFRAS_DE_CODIGO and int(clave) <= CODIGO_MAXIMO:
            con_ella |= Q(codigo=int(clave))
        return self.filter(con_ella)

    def update(self, **kwargs: Any) -> int:
        """Change these rows and the articles' version, in one transaction."""
        with agrupar():
            renovar([ARTICULOS])
            return super().update(**kwargs)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Add (or overwrite) rows, and change the articles' version."""
        with agrupar():
            renovar([ARTICULOS])
            return super().bulk_create(objs, *args, **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete these rows; one new version for all."""
        with agrupar():
            return super().delete()

    # As Django marks its own: no template calls them, and no manager has `delete`.
    update.alters_data = bulk_create.alters_data = delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class DeListaQuerySet(models.QuerySet):
    """Rows of the lists' rulebooks; changing many at once renews each list's version once."""

    def update(self, **kwargs: Any) -> int:
        """Change these rows and their lists' versions, in one transaction."""
        with agrupar():
            if cambia_de_lista(kwargs):
                renovar_todas()
                return super().update(**kwargs)
            claves = set(self.order_by().values_list("lista_precio_id", flat=True).distinct())
            renovar(claves)
            # A row that entered the question since then is of a list that is not renewed.
            filas: Any = self.filter(lista_precio_id__in=claves)
            return super(DeListaQuerySet, filas).update(**kwargs)

    def bulk_create(
        self,
        objs: Iterable[Any],
        batch_size: int | None = None,
        ignore_conflicts: bool = False,
        update_conflicts: bool = False,
        update_fields: Collection[str] | None = None,
        unique_fields: Collection[str] | None = None,
    ) -> list[Any]:
        """Add (or overwrite) rows, and renew their lists' versions."""
        filas = list(objs)
        with agrupar():
            renovar(fila.lista_precio_id for fila in filas)
            # A row found by something else than its list may be, or have been, in another one.
            if cambia_de_lista(update_fields or ()) or (
                update_conflicts and not cambia_de_lista(unique_fields or ())
            ):
                renovar_todas()
            return super().bulk_create(
                filas,
                batch_size=batch_size,
                ignore_conflicts=ignore_conflicts,
                update_conflicts=update_conflicts,
                update_fields=update_fields,
                unique_fields=unique_fields,
            )

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        """Change rows in batches, through `update`; each list's version is renewed once."""
        with agrupar():
            return super().bulk_update(*args, **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete these rows; each list's version is renewed once."""
        with agrupar():
            return super().delete()

    # As Django marks its own: no template calls them, and no manager has `delete`.
    update.alters_data = bulk_create.alters_data = True  # type: ignore[attr-defined]
    bulk_update.alters_data = delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class ListasQuerySet(models.QuerySet):
    """Price lists."""

    def con_versiones(self) -> Self:
        """Each with its company, and the versions that its rulebook had when it was read: `version`
        and `version_articulos`."""
        asentar()
        return self.select_related("empresa").annotate(**anotacion_de_versiones())

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Add lists, each with its version."""
        with agrupar():
            listas = super().bulk_create(objs, *args, **kwargs)
            renovar(lista.pk for lista in listas if lista.pk)
            if not all(lista.pk for lista in listas):
                todas: Any = self.model._default_manager
                renovar(todas.sin_version().values_list("pk", flat=True))
        return listas

    # As Django marks its own.
    bulk_create.alters_data = True  # type: ignore[attr-defined]

    def sin_version(self) -> Self:
        """Lists whose rulebook has no version yet."""
        return self.exclude(pk__in=VersionPrecios.objects.values("clave"))

    def solapada_con(self, lista: Any) -> Any | None:
        """Another active list of the same level whose dates overlap this active one's."""
        if not lista.activa:
            return None
        fin = lista.fecha_fin_vigencia
        antes = Q() if fin is None else Q(fecha_inicio_vigencia__lte=fin)
        return (
            self.filter(
                antes,
                Q(fecha_fin_vigencia=None) | Q(fecha_fin_vigencia__gte=lista.fecha_inicio_vigencia),
                empresa_id=lista.empresa_id,
                sucursal_id=lista.sucursal_id,
                canal_venta=lista.canal_venta,
                activa=True,
            )
            .exclude(pk=lista.pk)
            .order_by("fecha_inicio_vigencia", "pk")
            .first()
        )


class PreciosQuerySet(DeListaQuerySet):
    """Base prices of the lists."""

    def en_otra_moneda(self, articulo_id: int, moneda: str) -> Self:
        """The article's prices in lists of another currency."""
        return self.filter(articulo_id=articulo_id).exclude(lista_precio__empresa__moneda=moneda)


class ReglasQuerySet(DeListaQuerySet):
    """Rules of the lists."""

    def iguales_a(self, regla: Any) -> Self:
        """Other rules equal to this one in everything, name included."""
        campos = [c for c in self.model._meta.concrete_fields if not c.primary_key]
        iguales = {campo.attname: getattr(regla, campo.attname) for campo in campos}
        return self.filter(**iguales).exclude(pk=regla.pk)


def esperar_turno(filas: models.Manager[Any], clave: int | None) -> None:
    """Until the transaction ends, make wait whoever would validate against the same row.

    SQLite's own transactions wait for each other as they begin.
    """
    de_a_uno = connection.features.has_select_for_update and connection.in_atomic_block
    if clave is not None and de_a_uno:
        filas.order_by().select_for_update(no_key=True).filter(pk=clave).first()


def anotacion_de_versiones() -> dict[str, Subquery]:
    """The versions of a list's rulebook, as annotations."""
    versiones = VersionPrecios.objects.values("version")
    return {
        "version": Subquery(versiones.filter(clave=OuterRef("pk"))),
        "version_articulos": Subquery(versiones.filter(clave=ARTICULOS)),
    }
