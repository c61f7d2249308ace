"""What lists can be narrowed by, the same in the API and on the pages."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

import django_filters
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.rest.filtros import LARGO_BUSQUEDA, FiltroEntero, FiltroSiNo
from core.texto.numeros import numero_de_fila
from sales.models import EstadoPedido, LotePedidos, Orders, Perfil
from sales.models.consultas import OrdersQuerySet
from sales.personas.permisos import sucursales_de
from sales.personas.roles import SUPERVISORES, TOMADORES, Rol

_ROLES = (
    (Rol.TOMADOR.value, _("Tomador")),
    (Rol.SUPERVISOR.value, _("Supervisor")),
    (Rol.ADMIN.value, _("Admin")),
)


class FiltroPedidos(django_filters.FilterSet):
    """Orders by what people remember of them."""

    q = django_filters.CharFilter(method="buscar", max_length=LARGO_BUSQUEDA, label=_("Buscar"))
    estado = django_filters.CharFilter(field_name="status", max_length=8, label=_("Estado"))
    status = django_filters.CharFilter(field_name="status", max_length=8)
    fecha = django_filters.DateFilter(field_name="doc_fecha")
    desde = django_filters.DateFilter(field_name="doc_fecha", lookup_expr="gte", label=_("Desde"))
    hasta = django_filters.DateFilter(field_name="doc_fecha", lookup_expr="lte", label=_("Hasta"))
    recibido_desde = django_filters.DateFilter(method="recibidos")
    cliente = FiltroEntero(field_name="pdvobj_id")
    lote = django_filters.UUIDFilter(field_name="loteobj_id")
    anulado = FiltroSiNo(field_name="anulado_040")
    impreso = FiltroSiNo(method="ya_impresos", label=_("Impreso"))

    class Meta:
        model = Orders
        fields: tuple[str, ...] = ()

    def ya_impresos(self, pedidos: QuerySet[Orders], _nombre: str, si: bool) -> QuerySet[Orders]:
        """Printed at least once, or not yet."""
        return pedidos.filter(impreso_en__isnull=not si)

    def recibidos(self, pedidos: OrdersQuerySet, _nombre: str, dia: date) -> OrdersQuerySet:
        """Came in on that day or later, whatever their own date is."""
        zona = timezone.get_current_timezone()
        return pedidos.recibidos_desde(datetime.combine(dia, time.min, zona))

    def buscar(self, pedidos: QuerySet[Orders], _nombre: str, texto: str) -> QuerySet[Orders]:
        """Every word is in the client's name or RUC; a number may be the order's own."""
        condicion = Q()
        for palabra in texto.split():
            condicion &= (
                Q(pdvobj__nombrefantasia__icontains=palabra)
                | Q(pdvobj__nombrefactura__icontains=palabra)
                | Q(pdvobj__ruc__icontains=palabra)
            )
        numero = numero_de_fila(texto.strip())
        return pedidos.filter(condicion | Q(pedido_numero=numero) if numero else condicion)


class FiltroPersonas(django_filters.FilterSet):
    """People by name, role, branch, and whether they may sign in."""

    q = django_filters.CharFilter(method="buscar", max_length=LARGO_BUSQUEDA, label=_("Buscar"))
    rol = django_filters.ChoiceFilter(method="de_rol", choices=_ROLES, label=_("Rol"))
    sucursal = FiltroEntero(method="de_sucursal", label=_("Sucursal"))
    activo = FiltroSiNo(field_name="is_active", label=_("Cuenta"))

    class Meta:
        model = User
        fields: tuple[str, ...] = ()

    def buscar(self, personas: QuerySet[User], _nombre: str, texto: str) -> QuerySet[User]:
        """Every word is in a name or in the user name."""
        condicion = Q()
        for palabra in texto.split():
            condicion &= (
                Q(username__icontains=palabra)
                | Q(first_name__icontains=palabra)
                | Q(last_name__icontains=palabra)
            )
        return personas.filter(condicion)

    def de_rol(self, personas: QuerySet[User], _nombre: str, rol: str) -> QuerySet[User]:
        """People whose strongest role it is, active or not."""
        if rol == Rol.ADMIN.value:
            return personas.filter(is_superuser=True)
        mandos = User.groups.through.objects.filter(group__name=SUPERVISORES).values("user")
        toman = User.groups.through.objects.filter(group__name=TOMADORES).values("user")
        comunes = personas.filter(is_superuser=False)
        if rol == Rol.SUPERVISOR.value:
            return comunes.filter(pk__in=mandos)
        return comunes.filter(pk__in=toman).exclude(pk__in=mandos)

    def de_sucursal(self, personas: QuerySet[User], _nombre: str, clave: int) -> QuerySet[User]:
        """People who work in that branch, if the asking user reaches it."""
        lugares = Perfil.objects.filter(sucursal__in=sucursales_de(self.request.user))
        lugares = lugares.filter(sucursal=clave)
        return personas.filter(pk__in=lugares.values("usuario"))


class FiltroLotes(django_filters.FilterSet):
    """Lotes by state, by who sent them, or by an order they brought."""

    q = django_filters.CharFilter(method="buscar", max_length=LARGO_BUSQUEDA, label=_("Buscar"))
    estado = django_filters.ChoiceFilter(choices=LotePedidos.Estado.choices, label=_("Estado"))
    desde = django_filters.DateFilter(
        field_name="recibido_en", lookup_expr="date__gte", label=_("Desde")
    )
    mios = FiltroSiNo(method="propios", label=_("Solo míos"))

    class Meta:
        model = LotePedidos
        fields: tuple[str, ...] = ()

    def propios(
        self, lotes: QuerySet[LotePedidos], _nombre: str, solo: bool
    ) -> QuerySet[LotePedidos]:
        """The lotes that the asking user sent."""
        return lotes.filter(usuario=self.request.user) if solo else lotes

    def buscar(
        self, lotes: QuerySet[LotePedidos], _nombre: str, texto: str
    ) -> QuerySet[LotePedidos]:
        """A sender's name, a lote's identifier, or the number of one of its orders."""
        texto = texto.strip()
        condicion = (
            Q(usuario__username__icontains=texto)
            | Q(usuario__first_name__icontains=texto)
            | Q(usuario__last_name__icontains=texto)
        )
        numero = numero_de_fila(texto)
        if numero:
            del_pedido = Orders.objects.filter(pedido_numero=numero)
            condicion |= Q(pk__in=del_pedido.values("loteobj_id"))
        identificador = _uuid(texto)
        return lotes.filter(condicion | Q(pk=identificador) if identificador else condicion)


def opciones_de_estado() -> list[tuple[str, str]]:
    """The order states a list can be narrowed to."""
    return [(codigo, str(nombre)) for codigo, nombre in EstadoPedido.choices]


def opciones_de_rol() -> list[tuple[str, str]]:
    """The roles a list of people can be narrowed to."""
    return [(codigo, str(nombre)) for codigo, nombre in _ROLES]


def _uuid(texto: str) -> UUID | None:
    try:
        return UUID(texto)
    except ValueError:
        return None
