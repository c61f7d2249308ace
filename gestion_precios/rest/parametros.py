"""What the engine is asked over REST, read strictly: nothing repeated, misspelt or guessed."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.settings import api_settings

from core.rest.campos import ClaveDeFila, Entero, Fecha, Importe, Opcion, SinDesconocidos, SiNo
from core.rest.filtros import ID_MAXIMO
from gestion_precios.constantes import CanalVenta
from gestion_precios.rest import ejemplos

CANTIDAD_MAXIMA = 1_000_000
LINEAS_MAXIMAS = 1_000
LINEAS_EXPLICADAS = 100
LISTAS_MAXIMAS = 100
SI = {"1", "true"}
_IDS = r"[1-9][0-9]{0,18}(,[1-9][0-9]{0,18})*"


@extend_schema_field({"type": "string", "pattern": f"^{_IDS}$"})
class Articulos(serializers.Field):
    """Articles' numbers, `2,3`."""

    default_error_messages = {
        "invalid": gettext_lazy("Indicar los artículos por su número, separados por comas: 2,3."),
        "too_many": gettext_lazy("Un carrito lleva hasta {maximo} artículos."),
    }

    def to_internal_value(self, data: Any) -> list[int]:
        """The numbers, in their order."""
        # Counted first: what follows is bounded.
        if str(data).count(",") >= LINEAS_MAXIMAS:
            self.fail("too_many", maximo=LINEAS_MAXIMAS)
        if not (isinstance(data, str) and re.fullmatch(_IDS, data)):
            self.fail("invalid")
        ids = [int(numero) for numero in data.split(",")]
        if max(ids) > ID_MAXIMO:
            self.fail("invalid")
        return ids

    def to_representation(self, value: list[int]) -> str:
        """Only for the description: this never goes out."""
        return ",".join(map(str, value))


class SiNoEnDireccion(Opcion):
    """`1` or `0`, or the words of JSON."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=["0", "1", "false", "true"], **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """Whether it is asked for."""
        return super().to_internal_value(data) in SI


class _ParaQuien(SinDesconocidos):
    """Whose prices, and for whom."""

    empresa_id = ClaveDeFila()
    canal_venta = Opcion(choices=CanalVenta.choices)


class ParametrosLista(_ParaQuien):
    """For whom and when."""

    sucursal_id = ClaveDeFila(
        required=False, help_text="Without one, only the company's own lists count."
    )
    fecha = Fecha(required=False, help_text="Without one, today where the company is.")


class ParametrosCalculo(ParametrosLista):
    """One article, how many, and what the rest of the order tells."""

    articulo_id = ClaveDeFila()
    cantidad = Entero(min_value=1, max_value=CANTIDAD_MAXIMA)
    monto_pedido = Importe(
        max_digits=14,
        decimal_places=2,
        min_value=0,
        required=False,
        help_text="The whole order's, this line included; without it, base price × cantidad.",
    )
    cart_items = Articulos(required=False, help_text="The cart's articles, `2,3`.")
    explicar = SiNoEnDireccion(required=False, help_text="With the whole trace.")


class LineaCarrito(SinDesconocidos):
    """An article and how many."""

    articulo_id = ClaveDeFila()
    cantidad = Entero(min_value=1, max_value=CANTIDAD_MAXIMA)


@extend_schema_serializer(examples=ejemplos.de_pedido(ejemplos.CARRITO))
class Carrito(_ParaQuien):
    """A whole cart, for whom and when."""

    sucursal_id = ClaveDeFila(required=False, allow_null=True)
    fecha = Fecha(required=False, allow_null=True)
    explicar = SiNo(required=False)
    lineas = LineaCarrito(  # type: ignore[call-arg]  # of the list that `many` makes of it
        many=True, allow_empty=False, max_length=LINEAS_MAXIMAS
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A trace of every rule for every line is long: shorter carts have one."""
        if attrs.get("explicar") and len(attrs["lineas"]) > LINEAS_EXPLICADAS:
            detalle = _("Con explicar, un carrito lleva hasta %(maximo)d líneas.")
            raise serializers.ValidationError(
                {"lineas": [detalle % {"maximo": LINEAS_EXPLICADAS}]}, code="max_length"
            )
        return attrs


class VigenciaDeLista(SinDesconocidos):
    """A list's new first and last day; null: without end."""

    lista = ClaveDeFila()
    fecha_inicio_vigencia = Fecha()
    fecha_fin_vigencia = Fecha(allow_null=True)


@extend_schema_serializer(examples=ejemplos.de_pedido(ejemplos.VIGENCIAS))
class Vigencias(SinDesconocidos):
    """The new dates of several lists."""

    vigencias = VigenciaDeLista(  # type: ignore[call-arg]  # of the list that `many` makes of it
        many=True, allow_empty=False, max_length=LISTAS_MAXIMAS
    )

    def validate_vigencias(self, vigencias: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """A list moves once."""
        if len({vigencia["lista"] for vigencia in vigencias}) != len(vigencias):
            raise serializers.ValidationError(_("Una lista está dos veces."), code="repetido")
        return vigencias


def nombres_de(clase: type[SinDesconocidos]) -> tuple[str, ...]:
    """The parameters' names, as a view declares them (`core.rest.consulta`)."""
    return tuple(clase().get_fields())


def leer_direccion(clase: type[SinDesconocidos], request: Request) -> dict[str, Any]:
    """The query's parameters; raises a 400 that names the one at fault."""
    consulta = request.query_params.dict()
    consulta.pop(api_settings.URL_FORMAT_OVERRIDE, None)
    return leer(clase, consulta)


def leer(clase: type[SinDesconocidos], datos: Any) -> dict[str, Any]:
    """The data as the serializer understands it; raises a 400 that names what is at fault."""
    serializador = clase(data=datos)
    serializador.is_valid(raise_exception=True)
    return dict(serializador.validated_data)
