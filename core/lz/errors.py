"""The one way a compressed text can fail."""

from typing import Final

MENSAJES: Final[dict[str, str]] = {
    "lz_vacio": "El contenido comprimido está vacío.",
    "lz_codificacion": "La codificación indicada no existe: debe ser base64, utf16 o uri.",
    "lz_alfabeto": "El contenido tiene caracteres que no pertenecen a la codificación indicada.",
    "lz_espacios": (
        "El contenido tiene espacios donde iba el signo +: "
        "hay que enviarlo en JSON, o codificado para formularios."
    ),
    "lz_truncado": "El contenido comprimido llegó cortado: falta el final.",
    "lz_corrupto": "El contenido comprimido está dañado: no se puede descomprimir.",
    "lz_demasiado_grande": "El contenido supera el tamaño máximo permitido al descomprimirse.",
}


class LzError(ValueError):
    """A text that cannot be inflated: a stable `codigo`, and a sentence without any data in it."""

    def __init__(self, codigo: str) -> None:
        # Only the code goes into `args`, so that the error survives pickling between processes.
        super().__init__(codigo)
        self.codigo = codigo

    def __str__(self) -> str:
        return MENSAJES[self.codigo]
