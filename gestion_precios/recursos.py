"""django-import-export's view of a list's prices: one row, one article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.resources import ModelResource
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from core.conjuntos import ids_en
from gestion_precios.celdas import Celda, leer_codigo, leer_precio, leer_si, leer_texto, vacia
from gestion_precios.models import Articulo, ListaPrecio, PrecioArticulo
from gestion_precios.moneda import redondear

COLUMNAS_LEIDAS = ("codigo", "sku", "precio_base", "quitar")
POR_SENTENCIA = 500
Celdas = dict[str, Celda]


class PreciosDeLista(ModelResource):
    """The prices of one list, written in bulk and with their history.

    `antes`: the price of each article of the list when the import began.
    """

    codigo = Field(attribute="articulo__codigo", column_name="codigo", readonly=True)
    sku = Field(attribute="articulo__sku", column_name="sku", readonly=True)
    descripcion = Field(attribute="articulo__descripcion", column_name="descripcion", readonly=True)
    precio_base = Field(column_name="precio_base", readonly=True)
    quitar = Field(column_name="quitar", readonly=True)

    class Meta:
        model = PrecioArticulo
        fields = ("codigo", "sku", "descripcion", "precio_base", "quitar")
        import_id_fields = ("codigo",)
        use_bulk = True
        batch_size = None
        skip_diff = True
        store_instance = True

    def __init__(self, *, lista: ListaPrecio, usuario: Any = None, motivo: str = "") -> None:
        super().__init__()
        self.lista = lista
        self.moneda = lista.empresa.moneda
        self.antes: dict[int, Decimal] = {}
        self._historia = {
            "default_user": usuario,
            "default_change_reason": (_("Importado: %(archivo)s") % {"archivo": motivo})[:100],
        }
        self._precios: dict[int, PrecioArticulo] = {}
        self._por_codigo: dict[int, Articulo] = {}
        self._por_sku: dict[str, Articulo] = {}
        self._en_otra_moneda: set[int] = set()
        self._vistos: dict[int, int] = {}
        self._numeros: list[int] = []

    # --- Export
    def get_queryset(self) -> QuerySet[PrecioArticulo]:
        """The list's prices in the order of their codes."""
        filas: QuerySet[PrecioArticulo] = self.lista.precios.select_related("articulo")
        return filas.order_by("articulo__codigo")

    def dehydrate_codigo(self, precio: PrecioArticulo) -> int:
        """A number: as text, spreadsheets complain of it."""
        return precio.articulo.codigo

    def dehydrate_precio_base(self, precio: PrecioArticulo) -> Decimal:
        """With the decimals of its currency."""
        return redondear(precio.precio_base, self.moneda)

    def dehydrate_quitar(self, precio: PrecioArticulo) -> str:
        """Nothing: people write it."""
        return ""

    # --- Import
    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Read what the rows need in a few queries, however many they are."""
        self._numeros = kwargs["numeros"]
        filas = [dict(zip(dataset.headers, fila, strict=True)) for fila in dataset]
        for articulo in self._articulos_de(filas):
            self._por_codigo[articulo.codigo] = self._por_sku[articulo.sku] = articulo
        precios = self.lista.precios.all()
        if kwargs["en_serio"]:
            precios = precios.select_for_update(of=("self",))
        self._precios = {precio.articulo_id: precio for precio in precios}
        ajenos = PrecioArticulo.objects.filter(
            articulo_id__in=ids_en([articulo.pk for articulo in self._por_codigo.values()])
        ).exclude(lista_precio__empresa__moneda=self.moneda)
        self._en_otra_moneda = set(ajenos.values_list("articulo_id", flat=True))
        self.antes = {clave: precio.precio_base for clave, precio in self._precios.items()}

    def articulo_de(self, celdas: Celdas) -> Articulo | None:
        """The article a row names, if there is one."""
        try:
            if not vacia(celdas.get("codigo")):
                return self._por_codigo.get(leer_codigo(celdas["codigo"]))
            return self._por_sku.get(leer_texto(celdas.get("sku")))
        except ValueError:
            return None

    def get_instance(self, instance_loader: Any, row: Celdas) -> PrecioArticulo | None:
        """The article's price in the list, if it has one."""
        articulo = self.articulo_de(row)
        return self._precios.get(articulo.pk) if articulo else None

    def init_instance(self, row: Celdas | None = None) -> PrecioArticulo:
        """A new price of the list."""
        return PrecioArticulo(lista_precio=self.lista, articulo=self.articulo_de(row or {}))

    def after_init_instance(self, instance: Any, new: bool, row: Celdas, **kwargs: Any) -> None:
        """Refuse a row that does not say which article, or says it again."""
        instance.lista_precio = self.lista
        articulo = self._exigir_articulo(row)
        fila = self._numeros[kwargs["row_number"] - 1]
        primera = self._vistos.setdefault(articulo.pk, fila)
        if primera != fila:
            raise ValidationError(
                {"codigo": _("El artículo ya está en la fila %(fila)d.") % {"fila": primera}}
            )

    def for_delete(self, row: Celdas, instance: PrecioArticulo) -> bool:
        """Whether somebody wrote «sí» in `quitar`."""
        try:
            return leer_si(row.get("quitar"))
        except ValueError as error:
            raise ValidationError({"quitar": str(error)}) from error

    def import_instance(self, instance: PrecioArticulo, row: Celdas, **kwargs: Any) -> None:
        """Put the row's price on the instance."""
        if vacia(row.get("precio_base")):
            raise ValidationError({"precio_base": self._falta_precio()})
        try:
            instance.precio_base = leer_precio(row["precio_base"], self.moneda)
        except ValueError as error:
            raise ValidationError({"precio_base": str(error)}) from error

    def skip_row(
        self, instance: Any, original: Any, row: Celdas, import_validation_errors: Any = None
    ) -> bool:
        """A row with the price that the list has already."""
        return (
            not import_validation_errors
            and self.antes.get(instance.articulo_id) == instance.precio_base
        )

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """What the model's form refuses; that its list and article exist is known by now."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)
        instance.clean_fields(exclude=["id", "lista_precio", "articulo"])
        instance.exigir_moneda(en_otra=instance.articulo_id in self._en_otra_moneda)

    # --- Writing. What the database refuses is not swallowed: it undoes the whole import.
    def bulk_create(self, using_transactions: bool, dry_run: bool, *args: Any, **_kw: Any) -> None:
        """Insert the new prices with their history."""
        if self.create_instances and not dry_run:
            bulk_create_with_history(
                self.create_instances, PrecioArticulo, batch_size=POR_SENTENCIA, **self._historia
            )
        self.create_instances.clear()

    def bulk_update(self, using_transactions: bool, dry_run: bool, *args: Any, **_kw: Any) -> None:
        """Change the prices that move, with their history."""
        if self.update_instances and not dry_run:
            bulk_update_with_history(
                self.update_instances,
                PrecioArticulo,
                ["precio_base"],
                batch_size=POR_SENTENCIA,
                **self._historia,
            )
        self.update_instances.clear()

    def bulk_delete(self, using_transactions: bool, dry_run: bool, *args: Any, **_kw: Any) -> None:
        """Take out of the list what the file says; each price's end is in its history."""
        if self.delete_instances and not dry_run:
            claves = ids_en([precio.pk for precio in self.delete_instances])
            PrecioArticulo.objects.filter(pk__in=claves).delete()
        self.delete_instances.clear()

    # --- Which article
    def _articulos_de(self, filas: Iterable[Celdas]) -> Iterator[Articulo]:
        codigos, skus = set(), set()
        for fila in filas:
            try:
                if not vacia(fila["codigo"]):
                    codigos.add(leer_codigo(fila["codigo"]))
                elif not vacia(fila["sku"]):
                    skus.add(leer_texto(fila["sku"]))
            except ValueError:
                continue
        cuales = Q(codigo__in=ids_en(codigos)) | Q(sku__in=skus)
        yield from Articulo.objects.filter(cuales).only("codigo", "sku", "descripcion")

    def _exigir_articulo(self, row: Celdas) -> Articulo:
        """The row's article; code and SKU, when both are given, are of the same one."""
        columna = "sku" if vacia(row.get("codigo")) else "codigo"
        if columna == "sku" and vacia(row.get("sku")):
            raise ValidationError({"codigo": _("Falta el código del artículo.")})
        articulo = self.articulo_de(row)
        if articulo is None:
            raise ValidationError({columna: self._sin_articulo(columna, row)})
        sku = row.get("sku")
        if not vacia(sku) and leer_texto(sku) != articulo.sku:
            raise ValidationError(
                {
                    "sku": _("El artículo %(codigo)d tiene el SKU «%(sku)s»: revisar la fila.")
                    % {"codigo": articulo.codigo, "sku": articulo.sku}
                }
            )
        return articulo

    @staticmethod
    def _sin_articulo(columna: str, row: Celdas) -> str:
        try:
            (leer_codigo if columna == "codigo" else leer_texto)(row[columna])
        except ValueError as error:
            return str(error)
        if columna == "sku":
            return _("No hay un artículo con ese SKU.")
        return _("No hay un artículo con ese código.")

    @staticmethod
    def _falta_precio() -> str:
        return _(
            "Falta el precio. Para sacar el artículo de la lista, escribir «sí» en quitar; para"
            " dejarlo como está, borrar la fila."
        )
