"""The forms of the pages of prices; what may not be is the models' to say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.texto.numeros import numero_de_fila
from gestion_precios.articulos.busqueda import el_articulo
from gestion_precios.campos import CampoImporte, de_la_regla, poner_moneda
from gestion_precios.models import (
    Articulo,
    CombinacionProducto,
    Empresa,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
    Sucursal,
)
from gestion_precios.motor.vigencia import UN_DIA, hoy_en
from gestion_precios.paginas.campos import CampoFecha, Vestido

YA_ESTA = gettext_lazy("Ese artículo ya está en la lista: buscarlo y cambiarlo.")
SIN_ELEGIR = gettext_lazy("Elegir el artículo de la búsqueda.")
CENTESIMO = Decimal("0.01")
SIEMPRE = "SIEMPRE"
# What the list's own buttons change as well: not a reason to refuse the form beside it.
DE_LA_FILA = ("prioridad", "activa")
DESCUENTO, RECARGO = "DESCUENTO", "RECARGO"


class ConBuscador(forms.BaseForm):
    """An article that the page's picker leaves in the hidden field `del_buscador`; written and not
    chosen, it counts if only one is called so."""

    del_buscador: str

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data and not data.get(self.del_buscador) and (texto := data.get("q", "")):
            data = data.copy()
            data[self.del_buscador] = el_articulo(texto) or ""
        super().__init__(data, *args, **kwargs)

    @property
    def escrito(self) -> str:
        """The text that was written in the picker."""
        return str(self.data.get("q", ""))

    @property
    def articulo_elegido(self) -> Articulo | None:
        """The article that the hidden field names, to be shown by name."""
        return next(iter(_articulos([self[self.del_buscador].value()])), None)


class FormularioLista(Vestido, forms.ModelForm):
    """A list's head."""

    fecha_inicio_vigencia = CampoFecha(label=gettext_lazy("Vigente desde"))
    fecha_fin_vigencia = CampoFecha(
        label=gettext_lazy("Vigente hasta"),
        required=False,
        help_text=gettext_lazy("Inclusive. Vacío: sin fin."),
    )

    class Meta:
        model = ListaPrecio
        fields = (
            "nombre",
            "empresa",
            "sucursal",
            "canal_venta",
            "fecha_inicio_vigencia",
            "fecha_fin_vigencia",
        )

    def __init__(
        self,
        *args: Any,
        empresas: QuerySet[Empresa],
        sucursales: QuerySet[Sucursal],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        empresa: Any = self.fields["empresa"]
        sucursal: Any = self.fields["sucursal"]
        empresa.queryset, sucursal.queryset = empresas, sucursales
        sucursal.empty_label = _("Toda la empresa")
        unica = list(empresas[:2])
        if len(unica) == 1:
            empresa.initial, empresa.empty_label = unica[0].pk, None
        else:
            sucursal.label_from_instance = lambda s: f"{s.nombre} · {s.empresa}"
        if self.instance.pk:
            # Its prices are in its company's currency, its rules are its own.
            empresa.disabled = True
        self.vestir()


class FormularioDuplicado(Vestido, forms.Form):
    """A list again: name, dates, and what becomes of prices and of the original."""

    nombre = forms.CharField(label=gettext_lazy("Nombre"), max_length=120)
    fecha_inicio_vigencia = CampoFecha(label=gettext_lazy("Vigente desde"))
    fecha_fin_vigencia = CampoFecha(
        label=gettext_lazy("Vigente hasta"),
        required=False,
        help_text=gettext_lazy("Inclusive. Vacío: sin fin."),
    )
    ajuste = CampoImporte(
        label=gettext_lazy("Ajuste de precios, en %"),
        required=False,
        min_value=-99,
        max_value=1000,
        help_text=gettext_lazy("Vacío: los mismos precios. Negativo: más baratos."),
    )
    cerrar_original = forms.BooleanField(
        label=gettext_lazy("Terminar la original el día anterior"), required=False
    )

    def __init__(self, *args: Any, original: ListaPrecio, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**_propuesta(original), **self.initial}
        self.vestir()

    def clean_ajuste(self) -> Decimal:
        """Nothing is no adjustment."""
        return self.cleaned_data["ajuste"] or Decimal(0)


class FormularioVigencia(Vestido, forms.Form):
    """The dates of one of several lists that move together."""

    inicio = CampoFecha(label=gettext_lazy("Desde"))
    fin = CampoFecha(label=gettext_lazy("Hasta"), required=False)

    def __init__(self, data: Any, *, lista: ListaPrecio) -> None:
        dias = {"inicio": lista.fecha_inicio_vigencia, "fin": lista.fecha_fin_vigencia}
        super().__init__(data, prefix=f"lista{lista.pk}", initial=dias)
        self.lista = lista
        self.vestir()

    @property
    def huella(self) -> str:
        """What the list holds, to tell whether somebody changes it while its dates are written."""
        return huella_de(self.lista)


class FormularioRegla(ConBuscador, Vestido, forms.ModelForm):
    """A rule as people think of it: discount or surcharge, always or from so much on."""

    del_buscador = "aplica_articulo"

    efecto = forms.ChoiceField(
        label=gettext_lazy("Qué hace"),
        choices=[(DESCUENTO, gettext_lazy("Descuenta")), (RECARGO, gettext_lazy("Recarga"))],
    )
    valor_regla = CampoImporte(label=gettext_lazy("Cuánto"), min_value=CENTESIMO)
    condicion = forms.ChoiceField(
        label=gettext_lazy("Cuándo"),
        choices=[
            (SIEMPRE, gettext_lazy("Siempre")),
            (ReglaPrecio.Condicion.CANTIDAD_MINIMA, gettext_lazy("Desde tantas unidades")),
            (ReglaPrecio.Condicion.MONTO_MINIMO, gettext_lazy("Desde un monto de pedido")),
        ],
    )
    condicion_valor = CampoImporte(label=gettext_lazy("Desde"), required=False, min_value=0)

    class Meta:
        model = ReglaPrecio
        fields = (
            "efecto",
            "valor_regla",
            "tipo_regla",
            "aplica_articulo",
            "aplica_grupo",
            "aplica_linea",
            "aplica_combinacion",
            "condicion",
            "condicion_valor",
            "nombre_regla",
            "prioridad",
            "permite_venta_bajo_costo",
            "activa",
        )
        widgets = {"aplica_articulo": forms.HiddenInput}

    def __init__(self, *args: Any, lista: ListaPrecio, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.lista_precio = lista
        campos: dict[str, Any] = self.fields
        campos["aplica_combinacion"].queryset = lista.combinaciones.all()
        por_unidad = _("%(moneda)s por unidad") % {"moneda": lista.empresa.get_moneda_display()}
        campos["tipo_regla"].choices = [
            (ReglaPrecio.Tipo.PORCENTAJE, "%"),
            (ReglaPrecio.Tipo.MONTO_FIJO, por_unidad),
        ]
        campos["aplica_grupo"].empty_label = _("Cualquier grupo")
        campos["aplica_linea"].empty_label = _("Cualquier línea")
        campos["aplica_combinacion"].empty_label = _("Ninguna")
        for nombre in DE_LA_FILA if self.instance.pk else ():
            campos[nombre].show_hidden_initial = True
        self._de_la_regla()
        de_la_regla(self, lista.empresa.moneda)
        self.vestir()

    def _de_la_regla(self) -> None:
        """What the form's own words say of the stored rule."""
        if self.instance.valor_regla is None:
            return
        recarga = self.instance.valor_regla < 0
        self.initial["efecto"] = RECARGO if recarga else DESCUENTO
        self.initial["valor_regla"] = abs(self.instance.valor_regla)
        if not self.instance.condicion_valor:
            self.initial["condicion"] = SIEMPRE
            self.initial["condicion_valor"] = None

    def _intactos(self) -> list[str]:
        return [
            nombre
            for nombre in DE_LA_FILA
            if self[nombre].html_initial_name in self.data and nombre not in self.changed_data
        ]

    def clean(self) -> dict[str, Any]:
        """Put the form's words into the model's fields; what was left as it was seen, and is
        changed from the list too, stays as it is by now."""
        datos = super().clean() or self.cleaned_data
        for nombre in self._intactos():
            datos[nombre] = self.initial[nombre]
        if datos.get("efecto") == RECARGO and datos.get("valor_regla") is not None:
            datos["valor_regla"] = -datos["valor_regla"]
        if self.escrito.strip() and not datos.get("aplica_articulo"):
            # Or it would be a rule for everything.
            self.add_error("aplica_articulo", SIN_ELEGIR)
        desde = datos.get("condicion_valor")
        if datos.get("condicion") == SIEMPRE:
            datos["condicion"] = ReglaPrecio.Condicion.CANTIDAD_MINIMA
            datos["condicion_valor"] = Decimal(0)
        elif desde is None and "condicion_valor" not in self.errors:
            self.add_error("condicion_valor", _("Escribir desde cuánto."))
        return datos


class FormularioCombinacion(Vestido, forms.ModelForm):
    """A combination's name and its articles."""

    class Meta:
        model = CombinacionProducto
        fields = ("nombre", "articulos")
        widgets = {"articulos": forms.MultipleHiddenInput}

    def __init__(self, *args: Any, lista: ListaPrecio, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.lista_precio = lista
        self.vestir()

    @property
    def elegidos(self) -> list[Articulo]:
        """The articles that the form holds, in the order in which they were chosen."""
        return _articulos(getattr(c, "pk", c) for c in self["articulos"].value() or ())

    def clean_articulos(self) -> QuerySet[Articulo]:
        """The combination's articles: more than one."""
        elegidos: QuerySet[Articulo] = self.cleaned_data["articulos"]
        if elegidos.count() < 2:
            raise ValidationError(_("Elegir dos artículos o más."), code="pocos")
        return elegidos


class FormularioPrecio(ConBuscador, Vestido, forms.ModelForm):
    """An article's price in a list."""

    del_buscador = "articulo"

    precio_base = CampoImporte(
        label=gettext_lazy("Precio"),
        validators=[MinValueValidator(CENTESIMO, gettext_lazy("El precio es más de cero."))],
        error_messages={"required": gettext_lazy("Escribir el precio.")},
    )

    class Meta:
        model = PrecioArticulo
        fields = ("articulo", "precio_base")
        widgets = {"articulo": forms.HiddenInput}
        error_messages = {"articulo": {"required": SIN_ELEGIR}}

    def __init__(self, *args: Any, lista: ListaPrecio, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.lista_precio = lista
        poner_moneda(self, lista.empresa.moneda)
        if self.instance.pk:
            # In a table, changed where it stands.
            self.fields["articulo"].disabled = True
            self.clases = {"precio_base": "celda celda-num"}
        self.vestir()

    def validate_unique(self) -> None:
        """The list is not a field of the form, and one price an article is its rule."""
        try:
            self.instance.validate_unique()
        except ValidationError:
            self.add_error("articulo", YA_ESTA)


def _articulos(claves: Iterable[Any]) -> list[Articulo]:
    """The articles that a form's hidden fields name, in that order; nonsense names none."""
    leidas = [numero_de_fila(str(clave)) for clave in claves]
    numeros = [numero for numero in leidas if numero is not None]
    hallados = Articulo.objects.in_bulk(numeros)
    return [hallados[numero] for numero in dict.fromkeys(numeros) if numero in hallados]


def _propuesta(original: ListaPrecio) -> dict[str, Any]:
    """What one most often wants of a duplicate: the days after the original's last."""
    fin = original.fecha_fin_vigencia
    siguiente = (fin or max(hoy_en(original.empresa), original.fecha_inicio_vigencia)) + UN_DIA
    return {
        "nombre": original.nombre,
        "fecha_inicio_vigencia": siguiente,
        "cerrar_original": fin is None,
    }


def huella_de(fila: ListaPrecio | ReglaPrecio | CombinacionProducto) -> str:
    """What a row holds, in short: another text, another content. Its place, its switch and what
    the clock writes do not count."""
    campos = [c for c in fila._meta.concrete_fields if c.editable and c.name not in DE_LA_FILA]
    valores = [fila.pk, *(getattr(fila, campo.attname) for campo in campos)]
    if isinstance(fila, CombinacionProducto):
        valores.append(sorted(fila.articulos.values_list("pk", flat=True)))
    normales = [f"{v.normalize():f}" if isinstance(v, Decimal) else str(v) for v in valores]
    return hashlib.sha256("\x1f".join(normales).encode()).hexdigest()[:16]
