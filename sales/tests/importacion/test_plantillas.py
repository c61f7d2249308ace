"""The files to fill in come back unchanged."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.planillas.libro import escribir_xlsx
from gestion_precios.models import Articulo, GrupoArticulo, LineaArticulo
from sales.importacion.campos import Tipo
from sales.importacion.plantillas import plantilla
from sales.models import Cliente, Precios
from sales.tests.fabricas import crear_articulo, crear_cliente
from sales.tests.importacion.bancos import revisada
from sales.tests.mesa import Mesa, entrar


@pytest.mark.parametrize("tipo", list(Tipo))
def test_a_file_read_again_changes_nothing(mesa: Mesa, tipo: Tipo) -> None:
    raro = crear_articulo(
        codigo=2_000_000_000,
        sku="=1+1",
        descripcion='\'=HYPERLINK("x") ñandú; 5 %',
        prod_marca="@marca",
        linea=LineaArticulo.objects.create(nombre="-Línea"),
        grupo=GrupoArticulo.objects.create(nombre="Grupo, con coma"),
        tasa_iva=0,
        codigo_barras="7840000000005",
        ultimo_costo=Decimal(1_500),
        activo=False,
    )
    Articulo.objects.filter(pk=raro.pk).update(unidades_por_caja=12)
    crear_cliente(
        "+Fantasía",
        ruc="80009735-1",
        codigo="007",
        canal=mesa.canal,
        telefono="+595 981 123456",
        zona="Zona Norte",
        dia_visita=7,
        activo=False,
    )
    for dia, precio in ((1, 900), (2, 12_345_678)):
        Precios.objects.create(
            articuloobj_id=raro.pk,
            canalobj=mesa.canal,
            precio=precio,
            fecha_vigencia=date(2026, 1, dia),
        )
    cuantas = {
        Tipo.ARTICULOS: Articulo.objects.count(),
        Tipo.CLIENTES: Cliente.objects.count(),
        Tipo.PRECIOS: 2,
    }[tipo]
    contenido = b"".join(escribir_xlsx(plantilla(tipo)))
    importacion = revisada(mesa.admin, tipo, contenido)
    assert importacion.resumen["filas"]["error"] == []
    assert importacion.resumen["cuentas"] == {"error": 0, "cambia": 0, "nueva": 0, "igual": cuantas}


def test_it_is_downloaded_by_who_may_import_it(mesa: Mesa) -> None:
    respuesta = entrar(mesa.admin).get("/importaciones/plantillas/clientes.xlsx")
    assert respuesta.status_code == 200
    assert respuesta["Content-Disposition"].startswith('attachment; filename="clientes-')
    assert entrar(mesa.admin).get("/importaciones/plantillas/otra.xlsx").status_code == 404
    assert entrar(mesa.supervisor).get("/importaciones/plantillas/clientes.xlsx").status_code == 403
