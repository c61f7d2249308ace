"""The one shape of a refusal: a sentence for people, a code for programs, the field at fault."""

from __future__ import annotations

from typing import Any


class ErrorDominio(Exception):
    """A request that cannot be done as asked. `detail` is Spanish and names no stored data."""

    def __init__(
        self,
        detail: str,
        *,
        codigo: str,
        campo: str | None = None,
        estado: int = 400,
        errores: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(codigo)
        self.detail = detail
        self.codigo = codigo
        self.campo = campo
        self.estado = estado
        self.errores = errores

    def como_dict(self) -> dict[str, Any]:
        """`{detail, codigo, campo?, errores?}`, as every endpoint answers it."""
        cuerpo: dict[str, Any] = {"detail": str(self.detail), "codigo": self.codigo}
        if self.campo:
            cuerpo["campo"] = self.campo
        if self.errores:
            cuerpo["errores"] = self.errores
        return cuerpo
