"""django-import-export's view of a list's prices: one row, one article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from threading import Event
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.results import Result
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from core.datos.conjuntos import ids_en
from gestion_precios.models import Articulo, ListaPrecio, PrecioArticulo
from gestion_precios.moneda import redondear
from gestion_precios.planillas.celdas import (
    Celda,
    leer_codigo,
    leer_precio,
    leer_si,
    leer_texto,
    vacia,
)
from gestion_precios.planillas.rechazos import rechazo

COLUMNAS_LEIDAS = ("codigo", "sku", "precio_base", "quitar")
POR_SENTENCIA = 500
# Rows whose articles are asked for at once.
POR_LECTURA = 2_500
SKU_MAXIMO = Articulo._meta.get_field("sku").max_length or 0
# With so many wrong rows a file is another one: the rest of it is not read.
FALLAS_MAXIMAS = 200
Celdas = dict[str, Celda]


class Resultado(Result):
    """The library's, which draws up each wrong row anew; we have them in its rows."""

    def append_invalid_row(self, number: int, row: Celdas, validation_error: Any) -> None:
        """Count it."""
        self.invalid_rows.append(number)


@dataclass(frozen=True, slots=True)
class Nombre:
    """Which article a row names: by `columna`, as `valor`; `sku` is what it says besides its code.

    `fallas`: what of that cannot be read.
    """

    columna: str
    valor: int | str | None = None
    sku: str | None = None
    fallas: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Leida:
    """What a row says: its article, the price (None: out of the list), or what is wrong with it."""

    articulo: Articulo | None
    precio: Decimal | None = None
    error: ValidationError | None = None


class PreciosDeLista(ModelResource):
    """The prices of one list, written in bulk and with their history.

    `antes`: the price of each article of the list when the import began. `articulos`: the one that
    each row names, if it is one; as many as were read. With `partida` set, the client has left, and
    the rows end.
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

    def __init__(
        self,
        *,
        lista: ListaPrecio,
        usuario: Any = None,
        motivo: str = "",
        partida: Event | None = None,
    ) -> None:
        super().__init__()
        self.lista = lista
        self._partida = partida
        self.moneda = lista.empresa.moneda
        self.antes: dict[int, Decimal] = {}
        self._historia = {
            "default_user": usuario,
            "default_change_reason": (_("Importado: %(archivo)s") % {"archivo": motivo})[:100],
        }
        self._precios: dict[int, PrecioArticulo] = {}
        self._leidas: list[Leida] = []
        self._leida = Leida(None)
        self._en_otra_moneda: set[int] = set()

    @property
    def articulos(self) -> list[Articulo | None]:
        """The article of each row that was read."""
        return [leida.articulo for leida in self._leidas]

    # --- Export
    def get_queryset(self) -> QuerySet[PrecioArticulo]:
        """The list's prices in the order of their codes."""
        filas: QuerySet[PrecioArticulo] = self.lista.precios.select_related("articulo")
        return filas.order_by("articulo__codigo")

    def dehydrate_codigo(self, precio: PrecioArticulo) -> int:
        """A number: as text, spreadsheets complain of it."""
        return precio.articulo.codigo

    def dehydrate_precio_base(self, precio: PrecioArticulo) -> Decimal:
        """The price with the decimals of its currency."""
        return redondear(precio.precio_base, self.moneda)

    def dehydrate_quitar(self, precio: PrecioArticulo) -> str:
        """Nothing: people write it."""
        return ""

    # --- Import
    def leer(self, filas: Sequence[Celdas], numeros: Sequence[int]) -> int:
        """Read what the rows say, until too many of them are wrong; how many were read."""
        vistos: dict[int, int] = {}
        self._leidas = []
        fallas = 0
        for desde in range(0, len(filas), POR_LECTURA):
            tramo = slice(desde, desde + POR_LECTURA)
            nombres = [_nombre(fila.get("codigo"), fila.get("sku")) for fila in filas[tramo]]
            datos = zip(filas[tramo], numeros[tramo], nombres, _articulos_de(nombres), strict=True)
            for fila, numero, nombre, articulo in datos:
                self.exigir_presente()
                leida = _leida(fila, numero, nombre, articulo, vistos, self.moneda)
                self._leidas.append(leida)
                fallas += leida.error is not None
                if fallas == FALLAS_MAXIMAS:
                    return len(self._leidas)
        return len(self._leidas)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Read the list's prices at once, however many rows there are."""
        precios = self.lista.precios.all()
        if kwargs["en_serio"]:
            precios = precios.select_for_update(of=("self",))
        self._precios = {precio.articulo_id: precio for precio in precios}
        ajenos = PrecioArticulo.objects.filter(
            articulo_id__in=ids_en({articulo.pk for articulo in self.articulos if articulo})
        ).exclude(lista_precio__empresa__moneda=self.moneda)
        self._en_otra_moneda = set(ajenos.values_list("articulo_id", flat=True))
        self.antes = {clave: precio.precio_base for clave, precio in self._precios.items()}

    def import_row(self, row: Celdas, instance_loader: Any, **kwargs: Any) -> Any:
        """Import one row, while there is somebody to see it."""
        # Not among the row's own steps, where what is raised is that row's mistake.
        self.exigir_presente()
        return super().import_row(row, instance_loader, **kwargs)

    def exigir_presente(self) -> None:
        """Raise ErrorDominio once the client has left."""
        if self._partida is not None and self._partida.is_set():
            raise rechazo("partida")

    def before_import_row(self, row: Celdas, **kwargs: Any) -> None:
        """Refuse a row that cannot be read before anything is made of it."""
        self._leida = self._leidas[kwargs["row_number"] - 1]
        if self._leida.error is not None:
            raise self._leida.error

    def get_instance(self, instance_loader: Any, row: Celdas) -> PrecioArticulo | None:
        """The article's price in the list, if it has one."""
        articulo = self._leida.articulo
        return self._precios.get(articulo.pk) if articulo else None

    def init_instance(self, row: Celdas | None = None) -> PrecioArticulo:
        """A new price of the list."""
        return PrecioArticulo(lista_precio=self.lista, articulo=self._leida.articulo)

    def after_init_instance(self, instance: Any, new: bool, row: Celdas, **kwargs: Any) -> None:
        """Put the row's price into the list that is being imported."""
        instance.lista_precio = self.lista

    @classmethod
    def get_result_class(cls) -> type[Result]:
        """A result that costs as little for a wrong row as for a right one."""
        return Resultado

    def for_delete(self, row: Celdas, instance: PrecioArticulo) -> bool:
        """Whether somebody wrote «sí» in `quitar`."""
        return self._leida.precio is None

    def import_instance(self, instance: PrecioArticulo, row: Celdas, **kwargs: Any) -> None:
        """Put the row's price on the instance."""
        # One without a price was taken out.
        instance.precio_base = cast("Decimal", self._leida.precio)

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


# --- What a row says -----------------------------------------------------------------------------
def _leida(
    fila: Celdas,
    numero: int,
    nombre: Nombre,
    articulo: Articulo | None,
    vistos: dict[int, int],
    moneda: str,
) -> Leida:
    """Read one row; `vistos`: the row that named each article first."""
    try:
        suyo = _exigir_articulo(nombre, articulo)
        primera = vistos.setdefault(suyo.pk, numero)
        if primera != numero:
            raise ValidationError(
                {"codigo": _("El artículo ya está en la fila %(fila)d.") % {"fila": primera}}
            )
        return Leida(suyo, _precio(fila, moneda))
    except ValidationError as error:
        return Leida(articulo, error=error)


def _precio(row: Celdas, moneda: str) -> Decimal | None:
    """The row's price; None when it takes the article out of the list."""
    columna = "quitar"
    try:
        if leer_si(row.get("quitar")):
            return None
        columna = "precio_base"
        if vacia(row.get("precio_base")):
            raise ValueError(_falta_precio())
        return leer_precio(row["precio_base"], moneda)
    except ValueError as error:
        raise ValidationError({columna: str(error)}) from error


def _falta_precio() -> str:
    return _(
        "Falta el precio. Para sacar el artículo de la lista, escribir «sí» en quitar; para"
        " dejarlo como está, borrar la fila."
    )


def _nombre(codigo: Celda, sku: Celda) -> Nombre:
    """What a row says of its article, each cell read once."""
    columna = "sku" if vacia(codigo) else "codigo"
    if columna == "sku" and vacia(sku):
        return Nombre(columna, fallas={"codigo": _("Falta el código del artículo.")})
    try:
        valor = leer_texto(sku) if columna == "sku" else leer_codigo(codigo)
    except ValueError as error:
        return Nombre(columna, fallas={columna: str(error)})
    if columna == "sku" or vacia(sku):
        return Nombre(columna, valor)
    try:
        return Nombre(columna, valor, sku=leer_texto(sku))
    except ValueError as error:
        return Nombre(columna, valor, fallas={"sku": str(error)})


def _articulos_de(nombres: Sequence[Nombre]) -> list[Articulo | None]:
    """The article of each name, in one query."""
    codigos = {n.valor for n in nombres if isinstance(n.valor, int)}
    skus = {n.valor for n in nombres if isinstance(n.valor, str) and len(n.valor) <= SKU_MAXIMO}
    cuales = Q(codigo__in=ids_en(codigos)) | Q(sku__in=skus)
    hay: dict[int | str | None, Articulo] = {}
    for articulo in Articulo.objects.filter(cuales).only("codigo", "sku", "descripcion"):
        hay[articulo.codigo] = hay[articulo.sku] = articulo
    return [hay.get(nombre.valor) for nombre in nombres]


def _exigir_articulo(nombre: Nombre, articulo: Articulo | None) -> Articulo:
    """The row's article; code and SKU, when both are given, are of the same one."""
    if nombre.fallas:
        raise ValidationError(dict(nombre.fallas))
    if articulo is None:
        sin = (
            _("No hay un artículo con ese SKU.")
            if nombre.columna == "sku"
            else _("No hay un artículo con ese código.")
        )
        raise ValidationError({nombre.columna: sin})
    if nombre.sku is not None and nombre.sku != articulo.sku:
        raise ValidationError(
            {
                "sku": _("El artículo %(codigo)d tiene el SKU «%(sku)s»: revisar la fila.")
                % {"codigo": articulo.codigo, "sku": articulo.sku}
            }
        )
    return articulo
