"""REST of the pricing engine: its catalogue, and the price of an article or of a whole cart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import DO_NOTHING, ForeignObjectRel, Model, OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError as DrfValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ModelViewSet

from core.errores import ErrorDominio
from core.rest.consulta import ConsultaEstricta
from core.rest.lectores import FormularioDePagina, FormularioEstricto, JsonEstricto
from gestion_precios import serializers
from gestion_precios.listas.avisos import avisos_de_lista
from gestion_precios.listas.mover_fechas import Vigencia, mover_listas
from gestion_precios.models import (
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
from gestion_precios.motor.cotizacion import SIN_LISTA_VIGENTE
from gestion_precios.personas.alcance import al_alcance, exigir_alcance
from gestion_precios.personas.permisos import DelModelo, VeListas, ve_costos
from gestion_precios.rest import ejemplos, filtros
from gestion_precios.rest.parametros import (
    Carrito,
    ParametrosCalculo,
    ParametrosLista,
    Vigencias,
    leer,
    leer_direccion,
    nombres_de,
)
from gestion_precios.rest.resultados import (
    AvisoDeListaSerializer,
    CotizacionSerializer,
    ResultadoCalculoSerializer,
)
from gestion_precios.services import PrecioService


class DelCatalogo(ConsultaEstricta, ModelViewSet):
    """Rows of the catalogue: one's company's or the group's; each write whole or not at all."""

    permission_classes = (DelModelo,)
    parser_classes = (JsonEstricto, FormularioEstricto, FormularioDePagina)
    lookup_value_converter = "int"
    # What is part of a row and goes with it; whatever else refers to it keeps it.
    se_lleva: tuple[str, ...] = ()

    def get_view_name(self) -> str:
        """The browsable pages' title: the row's kind."""
        # The breadcrumbs ask a view that no request came to.
        tipo = super().get_queryset().model._meta
        nombre = tipo.verbose_name if self.detail else tipo.verbose_name_plural
        return capfirst(str(nombre))

    def get_queryset(self) -> QuerySet[Any]:
        """The rows within reach; a row about to change waits for its turn."""
        filas = al_alcance(super().get_queryset(), self.request.user)
        cambia = self.action in {"update", "partial_update", "destroy"}
        return filas.select_for_update(of=("self",)) if cambia else filas

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """201 and the row."""
        with escritura():
            return super().create(request, *args, **kwargs)

    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The row as it is afterwards."""
        with escritura():
            return super().update(request, *args, **kwargs)

    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """204; 409 while something refers to the row."""
        with escritura():
            return super().destroy(request, *args, **kwargs)

    def perform_destroy(self, instance: Model) -> None:
        """Nothing goes along that is not part of the row."""
        for campo in _que_refieren_a(type(instance)):
            if campo.remote_field.get_accessor_name() in self.se_lleva:
                continue
            if campo.model._base_manager.filter(**{campo.name: instance.pk}).exists():
                raise ErrorDominio(
                    _("No se puede borrar: otros datos lo usan."), codigo="en_uso", estado=409
                )
        super().perform_destroy(instance)


class EmpresaViewSet(DelCatalogo):
    """Companies."""

    queryset = Empresa.objects.all()
    serializer_class = serializers.EmpresaSerializer
    filterset_class = filtros.FiltroEmpresas


class SucursalViewSet(DelCatalogo):
    """Branches of a company."""

    queryset = Sucursal.objects.all()
    serializer_class = serializers.SucursalSerializer
    filterset_class = filtros.FiltroSucursales


class LineaArticuloViewSet(DelCatalogo):
    """Lines of articles."""

    queryset = LineaArticulo.objects.all()
    serializer_class = serializers.LineaArticuloSerializer
    filterset_class = filtros.FiltroClasificacion


class GrupoArticuloViewSet(DelCatalogo):
    """Groups of articles."""

    queryset = GrupoArticulo.objects.all()
    serializer_class = serializers.GrupoArticuloSerializer
    filterset_class = filtros.FiltroClasificacion


class ArticuloViewSet(DelCatalogo):
    """Articles, which belong to the group; costs only for who may see them."""

    # An article's cost is in the currency of the lists that price it.
    queryset = Articulo.objects.annotate(
        moneda=Subquery(
            PrecioArticulo.objects.filter(articulo=OuterRef("pk"))
            .order_by()
            .values("lista_precio__empresa__moneda")[:1]
        )
    )
    serializer_class = serializers.ArticuloSerializer
    filterset_class = filtros.FiltroArticulos


class ListaPrecioViewSet(DelCatalogo):
    """Price lists; their prices, rules and combinations go with them."""

    queryset = ListaPrecio.objects.all()
    serializer_class = serializers.ListaPrecioSerializer
    filterset_class = filtros.FiltroListas
    se_lleva = ("precios", "reglas", "combinaciones")
    permiso_propio = ""

    @extend_schema(
        operation_id="listas_precio_avisos",
        responses={200: AvisoDeListaSerializer(many=True)},
        filters=False,
    )
    @action(detail=True, pagination_class=None)
    def avisos(self, request: Request, pk: int) -> Response:
        """What is probably a mistake in the list; those about costs for who may see them."""
        lista = get_object_or_404(self.get_queryset().select_related("empresa"), pk=pk)
        avisos = avisos_de_lista(lista, ver_costos=ve_costos(request.user))
        return Response(AvisoDeListaSerializer(avisos, many=True).data)

    @extend_schema(
        operation_id="listas_precio_vigencias",
        request=Vigencias,
        responses={200: serializers.ListaPrecioSerializer(many=True)},
        filters=False,
    )
    @action(
        detail=False,
        methods=["post"],
        pagination_class=None,
        serializer_class=Vigencias,
        permiso_propio="change",
    )
    def vigencias(self, request: Request) -> Response:
        """Move the dates of several lists at once, or of none: only where they end up counts."""
        pedidas = leer(Vigencias, request.data)["vigencias"]
        nuevas = {
            pedida["lista"]: Vigencia(pedida["fecha_inicio_vigencia"], pedida["fecha_fin_vigencia"])
            for pedida in pedidas
        }
        with escritura():
            listas = _mover(self.get_queryset(), nuevas)
        return Response(serializers.ListaPrecioSerializer(listas, many=True).data)


class PrecioArticuloViewSet(DelCatalogo):
    """Base prices of the lists."""

    queryset = PrecioArticulo.objects.select_related("lista_precio__empresa")
    serializer_class = serializers.PrecioArticuloSerializer
    filterset_class = filtros.FiltroPrecios


class ReglaPrecioViewSet(DelCatalogo):
    """Rules of the lists, in firing order."""

    queryset = ReglaPrecio.objects.select_related("lista_precio__empresa").order_by(
        "lista_precio", "prioridad", "id"
    )
    serializer_class = serializers.ReglaPrecioSerializer
    filterset_class = filtros.FiltroReglas


class CombinacionProductoViewSet(DelCatalogo):
    """Combinations of articles."""

    queryset = CombinacionProducto.objects.prefetch_related("articulos")
    serializer_class = serializers.CombinacionProductoSerializer
    filterset_class = filtros.FiltroCombinaciones


class CalcularPrecioFinalAPIView(ConsultaEstricta, APIView):
    """`GET /api/calcular-precio/`: what one article costs, and by which rules."""

    name = gettext_lazy("Calcular precio")
    permission_classes = (VeListas,)
    parametros = nombres_de(ParametrosCalculo)
    ejemplos = ejemplos.PARAMETROS

    @extend_schema(
        operation_id="calcular_precio",
        parameters=[ParametrosCalculo],
        responses={200: ResultadoCalculoSerializer},
    )
    def get(self, request: Request) -> Response:
        """404 when no list is in force, or it does not price the article."""
        datos = leer_direccion(ParametrosCalculo, request)
        _exigir_alcance(request, datos)
        resultado = PrecioService.calcular_precio_final(**datos, ver_costos=ve_costos(request.user))
        return Response(ResultadoCalculoSerializer(resultado).data)


class ObtenerListaVigenteAPIView(ConsultaEstricta, APIView):
    """`GET /api/lista-vigente/`: the list that prices are taken from."""

    name = gettext_lazy("Lista vigente")
    permission_classes = (VeListas,)
    parametros = nombres_de(ParametrosLista)
    ejemplos = ejemplos.PARAMETROS

    @extend_schema(
        operation_id="lista_vigente",
        parameters=[ParametrosLista],
        responses={200: serializers.ListaPrecioSerializer},
    )
    def get(self, request: Request) -> Response:
        """404 when none is in force."""
        datos = leer_direccion(ParametrosLista, request)
        _exigir_alcance(request, datos)
        lista = PrecioService.obtener_lista_vigente(**datos)
        if lista is None:
            raise ErrorDominio(
                _("No hay una lista de precios vigente para ese canal, sucursal y fecha."),
                codigo=SIN_LISTA_VIGENTE,
                estado=404,
            )
        return Response(serializers.ListaPrecioSerializer(lista).data)


class CotizarAPIView(ConsultaEstricta, APIView):
    """`POST /api/cotizar/`: a whole cart, priced together."""

    name = gettext_lazy("Cotizar")
    permission_classes = (VeListas,)
    parser_classes = (JsonEstricto,)
    serializer_class = Carrito

    @extend_schema(operation_id="cotizar", request=Carrito, responses={200: CotizacionSerializer})
    def post(self, request: Request) -> Response:
        """A line without a price says so in its place."""
        datos = leer(Carrito, request.data)
        _exigir_alcance(request, datos)
        lineas = [(linea["articulo_id"], linea["cantidad"]) for linea in datos.pop("lineas")]
        cotizacion = PrecioService.cotizar(
            **datos, lineas=lineas, ver_costos=ve_costos(request.user)
        )
        return Response(CotizacionSerializer(cotizacion).data)


@contextmanager
def escritura() -> Iterator[None]:
    """A write's transaction; what the database refuses after all was somebody else's race."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise ErrorDominio(
            _("Otra persona cambió lo mismo a la vez. Revisar y reintentar."),
            codigo="conflicto",
            estado=409,
        ) from error


def _que_refieren_a(modelo: type[Model]) -> Iterator[Any]:
    """Other models' fields that point at this one; a history outlives what it tells of."""
    for relacion in modelo._meta.get_fields(include_hidden=True):
        if not isinstance(relacion, ForeignObjectRel) or relacion.on_delete is DO_NOTHING:
            continue
        # The rows between the two ends of a many-to-many are seen from the other end.
        if not relacion.field.model._meta.auto_created:
            yield relacion.field


def _mover(listas: QuerySet[ListaPrecio], nuevas: dict[int, Vigencia]) -> list[ListaPrecio]:
    """A refusal names the list's place in what was sent."""
    lugares = {str(lista): lugar for lugar, lista in enumerate(nuevas)}
    # Lists and then their company, as a single list's change takes them.
    propias = listas.filter(pk__in=nuevas).order_by("pk")
    empresas = {lista.empresa_id for lista in propias.select_for_update(of=("self",))}
    list(Empresa.objects.select_for_update(no_key=True).filter(pk__in=empresas).order_by("pk"))
    try:
        return mover_listas(listas=listas, vigencias=nuevas)
    except ValidationError as error:
        errores: list[dict[str, Any]] = [{} for _lista in nuevas]
        for lista, frases in error.message_dict.items():
            errores[lugares[lista]] = {"lista": frases}
        raise DrfValidationError({"vigencias": errores}, code="vigencia") from error


def _exigir_alcance(request: Request, datos: dict[str, Any]) -> None:
    exigir_alcance(
        request.user, empresa_id=datos["empresa_id"], sucursal_id=datos.get("sucursal_id")
    )
