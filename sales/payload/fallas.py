"""The two ways a payload can be wrong: as a whole, or in one of its orders."""

from __future__ import annotations

LARGO_MOTIVO = 500


class LoteInvalido(Exception):
    """The whole lote cannot be read; `codigo` says why (sentences: `sales.lotes.fallos`)."""

    def __init__(self, codigo: str) -> None:
        super().__init__(codigo)
        self.codigo = codigo


class PedidoRechazado(Exception):
    """One order cannot be saved: a code, the Spanish reason, the line (from 1) and the field."""

    def __init__(
        self, codigo: str, detalle: str, *, linea: int | None = None, campo: str = ""
    ) -> None:
        super().__init__(codigo)
        self.codigo = codigo
        self.detalle = detalle
        self.linea = linea
        self.campo = campo

    def motivo(self, cliente: str) -> str:
        """The sentence its taker reads: where, what, and what to do."""
        lugar = f"Cliente {imprimible(cliente, 40)}"
        if self.linea is not None:
            lugar += f", línea {self.linea}"
        if self.campo:
            lugar += f", {imprimible(self.campo, 60)}"
        return f"{lugar}: {self.detalle}"[:LARGO_MOTIVO]


def imprimible(texto: str, largo: int) -> str:
    """The text cut to `largo`, with � where a character cannot be printed or stored."""
    return "".join([c if c.isprintable() else "�" for c in texto[:largo]])
