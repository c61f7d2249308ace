"""What is said of a file, or of one of its cells, that could not be read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _diferida
from django.utils.translation import ngettext

from core.errores import ErrorDominio

# What core.web.errores_http asks of a proxy or a browser that finds no place.
OCUPADO = 503
# The client has gone: nobody reads it. nginx's number.
PARTIO = 499
CODIGOS = {
    "grande": "archivo_grande",
    "inflado": "archivo_grande",
    "celdas": "archivo_grande",
    "memoria": "archivo_grande",
    "salida": "archivo_grande",
    "tiempo": "archivo_lento",
    "filas": "demasiadas_filas",
    "faltan": "columnas",
    "repetida": "columnas",
    "hojas": "varias_hojas",
    "vacio": "archivo_vacio",
    "sin_filas": "archivo_vacio",
    "ocupado": "ocupado",
    "partida": "partida",
}
# Said of thousands of cells: each is translated when it is said, and no other with it.
DE_CELDA = {
    "formula": _diferida(
        "La fórmula no tiene resultado guardado: abrir y guardar en Excel, o pegar como valores."
    ),
    "error": _diferida("La celda tiene un error de Excel."),
    "logico": _diferida("La celda dice verdadero o falso."),
    "fecha": _diferida("La celda tiene formato de fecha: darle formato de número."),
    "larga": _diferida("La celda tiene demasiado texto."),
    "sobra": _diferida(
        "Sobran celdas en la fila: ¿un precio con coma sin comillas? Si no lo es, darle título a"
        " esa columna."
    ),
}
HOJAS_DICHAS = 10
ESTADOS = {"ocupado": OCUPADO, "partida": PARTIO}


def rechazo(motivo: str, **datos: Any) -> ErrorDominio:
    """The refusal of a file, for one of the reasons of `lectura` or of `core.procesos.aparte`."""
    return ErrorDominio(
        _frase(motivo, datos),
        codigo=CODIGOS.get(motivo, "archivo_ilegible"),
        campo="archivo",
        estado=ESTADOS.get(motivo, 400),
        errores={"hojas": datos["hojas"][:HOJAS_DICHAS]} if motivo == "hojas" else None,
    )


def motivo_de_celda(motivo: str) -> str:
    """Why a cell is neither text nor number."""
    return str(DE_CELDA[motivo])


def _frase(motivo: str, datos: dict[str, Any]) -> str:
    if motivo == "faltan":
        return _faltan(datos["faltan"]) + _de_la_hoja(datos["hoja"])
    if motivo == "sin_filas":
        return _("El archivo está vacío: no tiene ninguna fila.") + _de_la_hoja(datos["hoja"])
    if motivo == "hojas":
        nombres = ", ".join(f"«{nombre}»" for nombre in datos["hojas"][:HOJAS_DICHAS])
        return _(
            "El libro tiene tablas en varias hojas: %(hojas)s."
            " Elegir la hoja y otra vez el archivo."
        ) % {"hojas": nombres}
    frases = {
        "grande": _("El archivo pasa de %(maximo)d MB. Dividirlo en partes."),
        "inflado": _("El libro es demasiado grande por dentro: copiar los datos a un libro nuevo."),
        "celdas": _(
            "El archivo tiene demasiadas celdas, aunque estén vacías: copiar los datos"
            " a un libro nuevo."
        ),
        "memoria": _("El archivo es demasiado grande por dentro. Dividirlo en partes."),
        "salida": _("El archivo es demasiado grande por dentro. Dividirlo en partes."),
        "tiempo": _("El archivo tarda demasiado en leerse: copiar los datos a un libro nuevo."),
        "filas": _("Son más de %(maximo)d filas. Dividir el archivo en partes."),
        "repetida": _("La columna %(nombre)s está dos veces. Dejar una sola."),
        "vacio": _("El archivo no tiene filas con datos."),
        "escondidas": _("El libro tiene todas sus hojas ocultas: mostrar la que se importa."),
        "comillas": _("El CSV está roto cerca de la línea %(linea)d: revisar las comillas."),
        **_de_otra_clase(),
        "otro": _("No es un XLSX ni un CSV. Guardar la planilla como XLSX."),
        "raro": _(
            "El libro tiene partes que Excel no escribe. Abrirlo en Excel o LibreOffice y guardarlo"
            " de nuevo como XLSX."
        ),
        "ocupado": _("Se están leyendo otros archivos. Reintentar en unos segundos."),
        "partida": _("La conexión se cortó: no se leyó el archivo."),
    }
    danado = _("El libro está dañado o incompleto. Abrirlo y guardarlo de nuevo como XLSX.")
    return frases.get(motivo, danado) % datos


def _de_otra_clase() -> dict[str, str]:
    """What is said of each kind of file that is no spreadsheet we read: `lectura.clases`."""
    return {
        "contrasena": _("El libro tiene contraseña. Guardarlo como XLSX, sin contraseña."),
        "xls": _("Es un libro de Excel 97 (XLS). Abrirlo y guardarlo como XLSX."),
        "xlsb": _("Es un libro binario de Excel (XLSB). Abrirlo y guardarlo como XLSX."),
        "xml": _("Es un libro de Excel 2003 en XML. Abrirlo y guardarlo como XLSX."),
        "ods": _("Es una planilla de LibreOffice (ODS). Abrirla y guardarla como XLSX."),
        "numbers": _("Es un archivo de Numbers. Abrirlo y exportarlo a Excel, como XLSX."),
        "pagina": _(
            "Es una página web con nombre de planilla. Abrirla en Excel y guardarla como XLSX."
        ),
        "pdf": _("Es un PDF, no una planilla. Pasar los datos a una planilla."),
        "imagen": _("Es una imagen, no una planilla. Pasar los datos a una planilla."),
        "documento": _("Es un documento, no una planilla. Pasar los datos a una planilla."),
        "comprimido": _("Es un archivo comprimido. Abrirlo y subir la planilla que tiene adentro."),
    }


def _de_la_hoja(hoja: str) -> str:
    """Which sheet of a book was looked at."""
    return " " + _("Se miró la hoja «%(hoja)s».") % {"hoja": hoja} if hoja else ""


def _faltan(faltan: list[str]) -> str:
    return ngettext(
        "Falta la columna %(faltan)s. La primera fila lleva los títulos codigo, sku,"
        " descripcion, precio_base y quitar, como en el archivo exportado.",
        "Faltan las columnas %(faltan)s. La primera fila lleva los títulos codigo, sku,"
        " descripcion, precio_base y quitar, como en el archivo exportado.",
        len(faltan),
    ) % {"faltan": " y ".join(faltan)}
