"""The form beside a list's rows: shown, shown again with what is wrong, and gone once saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.web.listas import solo_la_lista
from gestion_precios.models import CombinacionProducto, ListaPrecio, ReglaPrecio
from gestion_precios.paginas.cabeza import lista_o_404
from gestion_precios.paginas.formularios import FormularioCombinacion, FormularioRegla, huella_de
from gestion_precios.paginas.partes import hecho, partes


@dataclass(frozen=True)
class FormularioLateral:
    """Where a kind of row has its form: the fragment of the form, that of the rows, and their
    page, with what it needs and the view to go back to."""

    parte: str
    filas: str
    pagina: str
    contexto: Callable[..., dict[str, Any]]
    vista: str

    def mostrar(
        self,
        request: HttpRequest,
        lista: ListaPrecio,
        form: FormularioRegla | FormularioCombinacion,
        *,
        status: int = 200,
        huella: str = "",
    ) -> HttpResponse:
        """The form beside the rows: alone for HTMX, else in the whole page."""
        extra: dict[str, Any] = {"form": form.vestir(enfocar=True)}
        if form.instance.pk:
            extra |= {"editada": form.instance, "huella": huella or huella_de(form.instance)}
        if solo_la_lista(request):
            return partes(request, extra | {"lista": lista}, self.parte, status=status)
        contexto = self.contexto(request, lista, **extra)
        return render(request, self.pagina, contexto, status=status)

    def guardada(
        self,
        request: HttpRequest,
        lista: ListaPrecio,
        fila: ReglaPrecio | CombinacionProducto,
        frase: str,
    ) -> HttpResponse:
        """The form goes; the rows and the head come, with the focus on the row."""
        contexto = self.contexto(request, lista_o_404(request, lista.pk), enfocar=fila.pk)
        respuesta = partes(request, contexto, self.parte, self.filas, "lista_cabeza")
        return hecho(request, lista, respuesta, frase, vista=self.vista)
