"""The REST shapes of the catalogue: whatever a model refuses is refused here, naming the field."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers
from rest_framework.fields import empty, get_error_detail

from core.rest.campos import (
    ClaveDeFila,
    Entero,
    Fecha,
    Importe,
    Opcion,
    SinDesconocidos,
    SiNo,
    Texto,
    de_formulario,
)
from gestion_precios.models import (
    PRECIO_MINIMO,
    Articulo,
    CombinacionProducto,
    Empresa,
    GrupoArticulo,
    LineaArticulo,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
    Sucursal,
)
from gestion_precios.moneda import texto_fiel
from gestion_precios.personas.alcance import al_alcance
from gestion_precios.personas.permisos import ve_costos
from gestion_precios.rest import ejemplos
from gestion_precios.rest.resultados import ResultadoCalculoSerializer

# What a model refuses as a whole, and the field a form would show it at.
CAMPO_DE = {"listas_solapadas": "fecha_inicio_vigencia", "regla_repetida": "nombre_regla"}
ARTICULOS_POR_COMBO = 100
CODIGO_MAXIMO = 2**31 - 1


class Clave(serializers.PrimaryKeyRelatedField):
    """Another row's number, among those the user may see."""

    default_error_messages = {
        "does_not_exist": gettext_lazy("No existe o no está a su alcance."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(pk_field=ClaveDeFila(), **kwargs)

    def run_validation(self, data: Any = empty) -> Any:
        """A form's empty box is null; in JSON nothing stands for null but itself."""
        if data == "" and not de_formulario(self):
            self.fail("incorrect_type", data_type="str")
        return super().run_validation(data)

    def get_queryset(self) -> QuerySet[Any]:
        """The rows one may name, without another company's."""
        request = self.context.get("request")
        filas = cast("QuerySet[Any]", super().get_queryset())
        return filas if request is None else al_alcance(filas, request.user)


class ModeloSerializer(SinDesconocidos, serializers.ModelSerializer):
    """A model's row, strict in what it takes and validated by the model itself."""

    serializer_field_mapping = serializers.ModelSerializer.serializer_field_mapping | {
        models.CharField: Texto,
        models.IntegerField: Entero,
        models.DecimalField: Importe,
        models.BooleanField: SiNo,
        models.DateField: Fecha,
    }
    serializer_related_field = Clave
    serializer_choice_field = Opcion
    # What a row cannot change: its place decides whose it is and what may hang on it.
    fijos: Collection[str] = ()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What forms ask of the model: `full_clean`, its sentences under their fields."""
        fila: Any = self.instance or self.Meta.model()  # type: ignore[misc]  # each has its own
        self._exigir_fijos(fila, attrs)
        muchos = {campo.name for campo in fila._meta.many_to_many}
        propios = {campo: valor for campo, valor in attrs.items() if campo not in muchos}
        for campo, valor in propios.items():
            setattr(fila, campo, valor)
        try:
            fila.full_clean()
        except ValidationError as error:
            raise serializers.ValidationError(_por_campo(fila, error)) from error
        # `clean` may have put them in order: an empty barcode is none.
        return attrs | {campo: getattr(fila, campo) for campo in propios}

    def _exigir_fijos(self, fila: Any, attrs: dict[str, Any]) -> None:
        if fila.pk is None:
            return
        for campo in self.fijos:
            if campo in attrs and attrs[campo] != getattr(fila, campo):
                raise serializers.ValidationError(
                    {campo: [_("No se cambia: borrarlo y crearlo donde corresponde.")]},
                    code="fijo",
                )


@extend_schema_serializer(examples=ejemplos.de("empresas"))
class EmpresaSerializer(ModeloSerializer):
    """A company."""

    class Meta:
        model = Empresa
        fields = ("id", "nombre", "moneda", "zona_horaria", "pais")
        # Left out, the company says it itself.
        extra_kwargs = {"pais": {"allow_blank": False}}


@extend_schema_serializer(examples=ejemplos.de("sucursales"))
class SucursalSerializer(ModeloSerializer):
    """A branch of a company."""

    fijos = ("empresa",)

    class Meta:
        model = Sucursal
        fields = ("id", "empresa", "nombre")
        validators = ()


@extend_schema_serializer(examples=ejemplos.de("lineas-articulo"))
class LineaArticuloSerializer(ModeloSerializer):
    """A line of articles."""

    class Meta:
        model = LineaArticulo
        fields = ("id", "nombre")


@extend_schema_serializer(examples=ejemplos.de("grupos-articulo"))
class GrupoArticuloSerializer(ModeloSerializer):
    """A group of articles."""

    class Meta:
        model = GrupoArticulo
        fields = ("id", "nombre")


@extend_schema_serializer(examples=ejemplos.de("articulos"))
class ArticuloSerializer(ModeloSerializer):
    """An article; `ultimo_costo` only for who may see costs."""

    class Meta:
        model = Articulo
        fields = (
            "id",
            "codigo",
            "sku",
            "prod_marca",
            "descripcion",
            "linea",
            "grupo",
            "ultimo_costo",
            "tasa_iva",
            "codigo_barras",
            "activo",
        )
        extra_kwargs = {"codigo": {"max_value": CODIGO_MAXIMO}}

    def get_fields(self) -> dict[str, Any]:
        """The fields, without the cost for people from whom it is kept."""
        campos: dict[str, Any] = super().get_fields()
        request = self.context.get("request")
        if request is not None and not ve_costos(request.user):
            del campos["ultimo_costo"]
        return campos

    def to_representation(self, instance: Articulo) -> dict[str, Any]:
        """The cost in the currency of the article's lists, once it is in one."""
        datos: dict[str, Any] = super().to_representation(instance)
        moneda = getattr(instance, "moneda", None)
        if moneda and "ultimo_costo" in datos:
            datos["ultimo_costo"] = texto_fiel(instance.ultimo_costo, moneda)
        return datos


@extend_schema_serializer(examples=ejemplos.de("listas-precio"))
class ListaPrecioSerializer(ModeloSerializer):
    """A price list: whose, for which channel and from when to when."""

    fijos = ("empresa",)

    class Meta:
        model = ListaPrecio
        fields = (
            "id",
            "empresa",
            "sucursal",
            "nombre",
            "canal_venta",
            "fecha_inicio_vigencia",
            "fecha_fin_vigencia",
            "activa",
        )


class _DeUnaLista(ModeloSerializer):
    """A row inside a price list."""

    fijos = ("lista_precio",)


@extend_schema_serializer(examples=ejemplos.de("precios-articulo"))
class PrecioArticuloSerializer(_DeUnaLista):
    """An article's base price in a list."""

    class Meta:
        model = PrecioArticulo
        fields = ("id", "lista_precio", "articulo", "precio_base")
        validators = ()
        extra_kwargs = {
            "articulo": {"style": {"base_template": "input.html"}},
            "precio_base": {"min_value": PRECIO_MINIMO},
        }

    def to_representation(self, instance: PrecioArticulo) -> dict[str, Any]:
        """The price with its currency's decimals."""
        moneda = instance.lista_precio.empresa.moneda
        return super().to_representation(instance) | {
            "precio_base": texto_fiel(instance.precio_base, moneda)
        }


class ArticulosDelCombo(serializers.ManyRelatedField):
    """A combination's articles, looked up at once."""

    default_error_messages = {
        "too_many": gettext_lazy("Una combinación lleva hasta {maximo} artículos."),
        "repeated": gettext_lazy("Hay un artículo repetido."),
    }

    def to_internal_value(self, data: Any) -> list[Articulo]:
        """The articles, each named once."""
        if isinstance(data, str) or not isinstance(data, list | tuple):
            self.fail("not_a_list", input_type=type(data).__name__)
        if not data:
            self.fail("empty")
        if len(data) > ARTICULOS_POR_COMBO:
            self.fail("too_many", maximo=ARTICULOS_POR_COMBO)
        campo = ClaveDeFila()
        ids = [campo.run_validation(valor) for valor in data]
        if len(set(ids)) != len(ids):
            self.fail("repeated")
        hallados = Articulo.objects.in_bulk(ids)
        if len(hallados) != len(ids):
            self.child_relation.fail("does_not_exist")
        return [hallados[clave] for clave in ids]


@extend_schema_serializer(examples=ejemplos.de("combinaciones"))
class CombinacionProductoSerializer(_DeUnaLista):
    """Articles that, bought together, fire the rules of their combination."""

    articulos = ArticulosDelCombo(
        child_relation=Clave(queryset=Articulo.objects.all()), allow_empty=False
    )

    class Meta:
        model = CombinacionProducto
        fields = ("id", "lista_precio", "nombre", "articulos")


@extend_schema_serializer(examples=ejemplos.de("reglas-precio"))
class ReglaPrecioSerializer(_DeUnaLista):
    """A discount (or, negative, a surcharge), its scope and its condition."""

    class Meta:
        model = ReglaPrecio
        fields = (
            "id",
            "lista_precio",
            "nombre_regla",
            "tipo_regla",
            "valor_regla",
            "condicion",
            "condicion_valor",
            "aplica_articulo",
            "aplica_grupo",
            "aplica_linea",
            "aplica_combinacion",
            "prioridad",
            "permite_venta_bajo_costo",
            "activa",
        )
        extra_kwargs = {"aplica_articulo": {"style": {"base_template": "input.html"}}}

    def to_representation(self, instance: ReglaPrecio) -> dict[str, Any]:
        """Amounts with their currency's decimals; percentages and units with two."""
        datos: dict[str, Any] = super().to_representation(instance)
        moneda = instance.lista_precio.empresa.moneda
        if instance.tipo_regla == ReglaPrecio.Tipo.MONTO_FIJO:
            datos["valor_regla"] = texto_fiel(instance.valor_regla, moneda)
        if instance.condicion == ReglaPrecio.Condicion.MONTO_MINIMO:
            datos["condicion_valor"] = texto_fiel(instance.condicion_valor, moneda)
        return datos


def _por_campo(fila: models.Model, error: ValidationError) -> dict[str, Any]:
    """The model's refusals as REST's, the whole row's under the field that can mend them."""
    detalles = cast("dict[str, Any]", get_error_detail(error))
    for detalle in detalles.pop("__all__", []):
        campo = CAMPO_DE.get(detalle.code, "non_field_errors")
        if detalle.code == "unique_together":
            campo = fila._meta.unique_together[0][-1]
        detalles.setdefault(campo, []).append(detalle)
    return detalles


__all__ = [
    "ArticuloSerializer",
    "CombinacionProductoSerializer",
    "EmpresaSerializer",
    "GrupoArticuloSerializer",
    "LineaArticuloSerializer",
    "ListaPrecioSerializer",
    "PrecioArticuloSerializer",
    "ReglaPrecioSerializer",
    "ResultadoCalculoSerializer",
    "SucursalSerializer",
]
