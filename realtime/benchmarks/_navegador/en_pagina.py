"""What runs in the pages: the notebook as storage has it, and waiting for what was typed."""

from __future__ import annotations

from typing import Final

# Before the page's own code: a clock that can be moved, and `window.caos`.
AL_EMPEZAR: Final = r"""
(() => {
  const Real = Date;
  let desfase = 0;
  try { desfase = Number(localStorage.getItem("caos:desfase") ?? 0); } catch { /* about:blank */ }
  window.moverReloj = (ms) => { desfase = ms; };
  window.Date = class Date extends Real {
    constructor(...partes) {
      if (partes.length) super(...partes); else super(Real.now() + desfase);
    }
    static now() { return Real.now() + desfase; }
  };

  const ABIERTOS = ".clientes-listas > .clientes-abiertos .cliente-item";
  const inflados = new Map();
  let LZ = null;
  const inflar = (texto) => {
    if (texto === null) return null;
    if (!inflados.has(texto)) {
      let valor = null;
      try { valor = JSON.parse(LZ.decompressFromUTF16(texto)); } catch { /* damaged */ }
      if (inflados.size > 50) inflados.clear();
      inflados.set(texto, valor);
    }
    return inflados.get(texto);
  };
  const prefijo = () => {
    const { empresa, sucursal, usuario } = JSON.parse(
      document.getElementById("parametros").textContent,
    );
    return `cp:${empresa}:${sucursal}:${usuario}:`;
  };
  const IMPOSIBLE = "12345678901234";
  const resumir = (valor) => {
    const lineas = Array.isArray(valor) ? valor : (valor?.detalles ?? []);
    return {
      id: valor?.id ?? "",
      lineas: lineas.map((l) => [l?.articulo_id, l?.cantidad]),
      observacion: valor?.observacion ?? "",
      imposible: lineas.some((l) => l?.precio_unitario === IMPOSIBLE),
    };
  };
  const resumirTodos = (orders) =>
    Object.fromEntries(Object.entries(orders ?? {}).map(([c, v]) => [c, resumir(v)]));
  const leer = () => {
    const p = prefijo();
    const claves = Object.keys(localStorage).filter((k) => k.startsWith(p));
    const valor = (nombre) => inflar(localStorage.getItem(p + nombre));
    const lotes = claves
      .filter((k) => k.startsWith(`${p}lote:`) && !k.endsWith(":danado"))
      .map((k) => inflar(localStorage.getItem(k)));
    const apartados = claves
      .filter((k) => k.endsWith(":danado"))
      .map((k) => [k.slice(p.length), localStorage.getItem(k)]);
    return {
      orders: resumirTodos(valor("orders")),
      danado: localStorage.getItem(`${p}orders`) !== null && valor("orders") === null,
      enviando: lotes.flatMap((lote) => Object.keys(lote?.huellas ?? {})),
      lotes: lotes.length,
      rechazos: valor("rechazos") ?? {},
      // A damaged `orders` is this run's own deed: a mark before the text.
      apartados: apartados.map(([nombre, texto]) => [
        nombre,
        nombre.startsWith("orders") ? resumirTodos(inflar(texto.replace(/^\u0001+/, ""))) : {},
      ]),
      activo: sessionStorage.getItem(`${p}activo`) ?? "",
      foco: document.activeElement?.id ?? "",
    };
  };
  const listo = (e, que) => {
    const { cliente, id, articulo, cantidad, observacion, foco, abierto, ausente } = que;
    const pedido = e.orders[cliente];
    if (ausente) return !pedido;
    if (!pedido || (id !== undefined && pedido.id !== id)) return false;
    if (abierto && (e.activo !== cliente || e.foco !== "entrada_articulo")) return false;
    if (foco && e.foco !== foco) return false;
    if (observacion !== undefined && pedido.observacion !== observacion) return false;
    if (articulo === undefined) return true;
    const linea = pedido.lineas.find(([id]) => id === articulo);
    return (linea?.[1] ?? 0) === cantidad;
  };
  const preparar = async () => {
    LZ ??= (await import("/static/vendor/lz-string.js")).default;
  };
  // "hecho"; or the order is on its way ("enviando"), gone ("fue"), or nothing happened ("nada").
  const esperar = async (que) => {
    await preparar();
    const limite = performance.now() + que.plazo;
    for (;;) {
      const e = leer();
      if (listo(e, que)) return { estado: "hecho", id: e.orders[que.cliente]?.id ?? "" };
      if (que.existente && !e.orders[que.cliente]) return { estado: "fue", id: "" };
      if (que.existente && e.enviando.includes(que.cliente)) return { estado: "enviando", id: "" };
      if (performance.now() > limite) return { estado: "nada", id: "" };
      await new Promise((seguir) => setTimeout(seguir, 15));
    }
  };
  // Bring a client's order to the screen and the focus to a field of it; false when it cannot be.
  const ponerse = async (cliente, selector, plazo) => {
    await preparar();
    const limite = performance.now() + plazo;
    document.querySelector("dialog[open]")?.close();
    for (;;) {
      const e = leer();
      if (!e.orders[cliente] || e.enviando.includes(cliente)) return false;
      if (e.activo !== cliente) {
        const items = [...document.querySelectorAll(ABIERTOS)];
        items.find((item) => filaDe(item)?.id === cliente)?.click();
      } else {
        const campo = document.querySelector(selector);
        campo?.focus();
        if (campo && document.activeElement === campo) {
          if (campo.id === "entrada_articulo" && campo.value) {
            campo.value = "";
            campo.dispatchEvent(new Event("input", { bubbles: true }));
          }
          return true;
        }
      }
      if (performance.now() > limite) return false;
      await new Promise((seguir) => setTimeout(seguir, 15));
    }
  };
  // What the page shows: clients of its list, and what it says of values set aside.
  // A row of the page's list, as the page drew it.
  const filaDe = (item) => {
    for (let nodo = item; nodo; nodo = nodo.parentElement) {
      const datos = nodo._x_dataStack?.find((pila) => "cliente" in pila);
      if (datos) return datos.cliente;
    }
    return null;
  };
  const ver = async () => {
    await preparar();
    const filas = [...document.querySelectorAll(ABIERTOS)]
      .filter((item) => item.checkVisibility())
      .map(filaDe);
    return {
      ...leer(),
      mostrados: filas.map((fila) => fila.id),
      ilegibles: filas.filter((fila) => fila.estado === "ilegible").map((fila) => fila.id),
      dicho: [...document.querySelectorAll(".mensaje[role]")]
        .filter((mensaje) => mensaje.checkVisibility())
        .map((mensaje) => mensaje.innerText.trim().replace(/\s+/g, " ")),
    };
  };
  const dialogo = async (plazo) => {
    const limite = performance.now() + plazo;
    const abierto = () => document.getElementById("dialogo_envio")?.open ?? false;
    while (!abierto() && performance.now() < limite)
      await new Promise((seguir) => setTimeout(seguir, 10));
    return abierto();
  };
  window.caos = { esperar, ponerse, ver, dialogo, resumirTodos, IMPOSIBLE };
})();
"""
# Storage is changed as any tab does it: in a turn of its own, seen by the others.
EN_TURNO: Final = """
  const { Almacen } = await import("/static/js/comun/almacen.js");
  const { Orden } = await import("/static/js/pestanas/orden.js");
  const parametros = JSON.parse(document.getElementById("parametros").textContent);
  const { empresa, sucursal, usuario } = parametros;
  const almacen = new Almacen({
    storage: localStorage, ambito: { empresa, sucursal, usuario }, locks: navigator.locks,
    orden: new Orden({ fabrica: indexedDB }),
  });
  const avisar = (nombre) =>
    dispatchEvent(new StorageEvent("storage", { key: almacen.clave(nombre) }));
"""
DANAR: Final = (
    "async (nombre) => {"
    + EN_TURNO
    + """
  await almacen.exclusiva("mesa", () => {
    const texto = almacen.texto(nombre);
    if (texto !== null) almacen.guardarTexto(nombre, "\\u0001" + texto);
  });
  avisar(nombre);
}"""
)
# What is on its way: its record, or what travels; whether there was one.
DANAR_LOTE: Final = (
    "async (inicio) => {"
    + EN_TURNO
    + """
  return await almacen.exclusiva("mesa", () => {
    const [nombre] = almacen.nombres(inicio).filter((uno) => !uno.endsWith(":danado"));
    if (nombre === undefined) return false;
    almacen.guardarTexto(nombre, "\\u0001" + almacen.texto(nombre));
    return true;
  });
}"""
)
# A line that no desk writes; which one, or null when there is none.
IMPOSIBLE: Final = (
    "async () => {"
    + EN_TURNO
    + """
  const { lineasDe, seMuestra } = await import("/static/js/cuaderno/pedidos.js");
  const { bloqueados, pendientes } = await import("/static/js/cuaderno/lotes.js");
  const hecho = await almacen.exclusiva("mesa", () => {
    const orders = almacen.leer("orders", {});
    const ocupados = bloqueados(pendientes(almacen));
    const cliente = Object.keys(orders).find((c) =>
      !ocupados.has(c) && lineasDe(orders[c]).length > 0 && seMuestra(orders[c], 0));
    if (!cliente) return null;
    const valor = structuredClone(orders[cliente]);
    const linea = valor.detalles.at(-1);
    linea.precio_unitario = window.caos.IMPOSIBLE;
    almacen.guardar("orders", { ...orders, [cliente]: valor });
    return { cliente, id: valor.id, articulo: linea.articulo_id };
  });
  avisar("orders");
  return hecho;
}"""
)
LLENAR: Final = """() => {
  for (let trozo = 2 ** 20; trozo >= 1; trozo /= 4) {
    for (let i = 0; ; i++) {
      try { localStorage.setItem(`ajeno:${trozo}:${i}`, "x".repeat(trozo)); } catch { break; }
    }
  }
}"""
VACIAR: Final = """() => {
  for (const clave of Object.keys(localStorage))
    if (clave.startsWith("ajeno:")) localStorage.removeItem(clave);
}"""
MOVER_RELOJ: Final = """(ms) => {
  window.moverReloj?.(ms);
  try { localStorage.setItem("caos:desfase", String(ms)); } catch { /* full */ }
}"""
# The session ended, and the page says so: whether the link to sign in again was followed.
IR_A_ENTRAR: Final = """() => {
  const enlace = document.querySelector(".mensaje a[href*='/entrar/']");
  const dicho = enlace?.checkVisibility() ?? false;
  if (dicho) enlace.click();
  return dicho;
}"""
# Somebody comes back to the tab.
VOLVER: Final = '() => document.dispatchEvent(new Event("visibilitychange"))'
REPARAR: Final = """() => {
  const boton = document.querySelector(".pedido-ilegible .btn-primary");
  if (boton?.checkVisibility()) boton.click();
}"""
# Whether it could be pressed: without an order there is nothing to export.
PULSAR_EXPORTAR: Final = """() => {
  const boton = document.querySelector(".mesa-herramientas button");
  const puede = boton !== null && !boton.disabled;
  if (puede) boton.click();
  return puede;
}"""
# The orders of an exported file, as the book writes them.
EXPORTADO: Final = "(texto) => window.caos.resumirTodos(JSON.parse(texto).orders)"
