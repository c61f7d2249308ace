"""Order entry driven as its user does: by keyboard, on the real page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from core.tests.e2e.mesa import Mesa

# What getItem gives for the key that ends so, inflated by the page's own copy of lz-string.
INFLADO = """async (final) => {
  const { default: LZString } = await import("/static/vendor/lz-string.js");
  const clave = Object.keys(localStorage).find((k) => k.endsWith(final));
  if (!clave) return null;
  const texto = localStorage.getItem(clave);
  return { clave, texto, json: LZString.decompressFromUTF16(texto) };
}"""


class Escritorio:
    """A page with order entry open."""

    def __init__(self, pagina: Page, mesa: Mesa) -> None:
        self.pagina = pagina
        self.url = f"{mesa.url}/pedidos/nuevo/"

    def abrir(self) -> Escritorio:
        """Go to order entry and wait until its catalogue is in the browser."""
        self.pagina.goto(self.url)
        self.esperar_catalogo()
        return self

    def esperar_catalogo(self) -> None:
        """The catalogue is downloaded, kept and searchable."""
        expect(self.pagina.get_by_text("Catálogo del")).to_be_visible()

    def elegir_cliente(self, texto: str) -> None:
        """`/`, the text, the first of the list."""
        self.pagina.keyboard.press("/")
        expect(self.pagina.locator("#entrada_cliente")).to_be_focused()
        self.pagina.keyboard.type(texto)
        expect(self.pagina.locator("#clientes_picker [aria-selected=true]")).to_be_visible()
        self.pagina.keyboard.press("Enter")
        expect(self.pagina.locator("#entrada_articulo")).to_be_focused()

    def cargar(self, codigo: int | str, cantidad: int) -> None:
        """Code, Enter, quantity, Enter: back in the entry row with one line more."""
        antes = self.lineas.count()
        self.pagina.keyboard.type(str(codigo))
        self.pagina.keyboard.press("Enter")
        expect(self.pagina.locator("#entrada_cantidad")).to_be_focused()
        self.pagina.keyboard.type(str(cantidad))
        self.pagina.keyboard.press("Enter")
        expect(self.pagina.locator("#entrada_articulo")).to_be_focused()
        expect(self.lineas).to_have_count(antes + 1)

    def enviar(self) -> None:
        """Ctrl+Enter, look at the summary, Enter."""
        self.pagina.keyboard.press("Control+Enter")
        expect(self.pagina.locator("#dialogo_envio")).to_be_visible()
        self.pagina.keyboard.press("Enter")
        expect(self.pagina.locator("#dialogo_envio")).to_be_hidden()

    @property
    def lineas(self) -> Any:
        """The chosen client's lines."""
        return self.pagina.locator(".lineas tbody tr")

    def guardado(self, nombre: str) -> dict[str, Any]:
        """A localStorage value of this person: its key, its text, and its JSON inflated."""
        valor: dict[str, Any] | None = self.pagina.evaluate(INFLADO, f":{nombre}")
        assert valor is not None, f"nothing is kept of {nombre}"
        return valor
