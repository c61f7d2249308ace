// Keys that work everywhere on the desk and inside its lines, and a client's last order.

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import {
  abrirCliente,
  abrirMesa,
  agregar,
  dichos,
  hasta,
  nuevoSitio,
  lineasALaVista,
} from "../escritorio.js";
import { $, abrirPagina, asentar, teclear } from "../documento.js";
import { Foco } from "../../mesa/pantalla/foco.js";
import { TeclasDeLinea } from "../../mesa/pedido/teclas_de_linea.js";

const activo = () => document.activeElement.id;

async function conPedido(mas) {
  const todo = await abrirMesa(mas);
  await abrirCliente(todo, "Don Beto");
  await agregar(todo, "yer", 3);
  return todo;
}

// --- Everywhere ------------------------------------------------------------------------------------------

test("Ctrl+Enter and Cmd+Enter ask to send, from wherever one is, once", async () => {
  for (const mas of [{ ctrlKey: true }, { metaKey: true }]) {
    const todo = await conPedido();
    for (const id of ["entrada_articulo", "entrada_cantidad", "observacion"]) {
      assert.equal(teclear($(id), "Enter", mas).defaultPrevented, true, id);
      assert.equal($("dialogo_envio").open, true, id);
      teclear($(id), "Enter", mas);
      $("dialogo_envio").close();
    }
    assert.deepEqual(lineasALaVista(todo), ["3 Yerba 12.500"]);
  }
});

test("with nothing to send Ctrl+Enter opens nothing; with Alt too it is another key", async () => {
  await abrirMesa();
  teclear(document.body, "Enter", { ctrlKey: true });
  assert.equal($("dialogo_envio").open, false);
  assert.equal(
    teclear(document.body, "Enter", { ctrlKey: true, altKey: true }).defaultPrevented,
    false,
  );
});

test("Ctrl+Z undoes the last removal, but not over a field half written", async () => {
  const todo = await conPedido();
  await todo.mesa.quitarLinea(todo.mesa.pedido.lineas[0]);
  assert.deepEqual(lineasALaVista(todo), []);
  $("observacion").value = "algo";
  $("observacion").focus();
  $("observacion").setSelectionRange(2, 2);
  assert.equal(teclear($("observacion"), "z", { ctrlKey: true }).defaultPrevented, false);
  assert.equal(teclear($("entrada_articulo"), "z", { ctrlKey: true }).defaultPrevented, true);
  await hasta(() => lineasALaVista(todo).length === 1);
  assert.deepEqual(lineasALaVista(todo), ["3 Yerba 12.500"]);
});

test("Ctrl+Z pressed twice undoes two removals, the last one first; then it is the browser's", async () => {
  const todo = await conPedido();
  await agregar(todo, "sal", 1);
  const [yerba, sal] = todo.mesa.pedido.lineas;
  await todo.mesa.quitarLinea(yerba);
  await todo.mesa.quitarLinea(sal);
  teclear(document.body, "z", { ctrlKey: true });
  await hasta(() => lineasALaVista(todo).length === 1);
  assert.deepEqual(lineasALaVista(todo), ["1 Sal 3.000"]);
  teclear(document.body, "z", { metaKey: true });
  await hasta(() => lineasALaVista(todo).length === 2);
  assert.deepEqual(lineasALaVista(todo), ["3 Yerba 12.500", "1 Sal 3.000"]);
  assert.equal(teclear(document.body, "z", { ctrlKey: true }).defaultPrevented, false);
});

test("Alt and an arrow go to the next client; Alt and another key are the browser's", async () => {
  const todo = await conPedido();
  await abrirCliente(todo, "Ña Cármen");
  assert.equal(teclear(document.body, "ArrowDown", { altKey: true }).defaultPrevented, true);
  assert.equal(todo.mesa.activo, "12");
  teclear(document.body, "ArrowUp", { altKey: true });
  assert.equal(todo.mesa.activo, "13");
  assert.equal(teclear(document.body, "ArrowLeft", { altKey: true }).defaultPrevented, false);
});

test("/ and ? work from an empty field and from the page, not in the middle of a word", async () => {
  const todo = await conPedido();
  assert.equal(teclear($("entrada_articulo"), "/").defaultPrevented, true);
  assert.deepEqual([activo(), todo.mesa.railAbierto], ["entrada_cliente", true]);
  teclear(document.body, "?");
  assert.equal($("dialogo_ayuda").open, true);
  $("dialogo_ayuda").close();
  $("observacion").value = "1";
  assert.equal(teclear($("observacion"), "/").defaultPrevented, false);
  assert.equal(teclear($("observacion"), "?").defaultPrevented, false);
});

test("while a dialog is open its keys are its own; its button closes it", async () => {
  const todo = await conPedido();
  todo.mesa.abrirAyuda();
  assert.equal(teclear(document.body, "/").defaultPrevented, false);
  $("dialogo_ayuda").close();
  $("dialogo_envio").showModal();
  const cerrar = (target) => todo.mesa.cerrarDialogo({ target });
  cerrar(document.body);
  cerrar(document);
  assert.equal($("dialogo_envio").open, true);
  cerrar($("volver"));
  assert.equal($("dialogo_envio").open, false);
});

test("the key decides, whatever the keyboard calls its place", async () => {
  const todo = await conPedido();
  assert.equal(teclear(document.body, "-", { code: "Slash" }).defaultPrevented, false);
  assert.equal(
    teclear(document.body, "Я", { code: "KeyZ", ctrlKey: true }).defaultPrevented,
    false,
  );
  assert.equal(
    teclear(document.body, "/", { code: "Digit7", shiftKey: true }).defaultPrevented,
    true,
  );
  assert.equal(todo.mesa.railAbierto, true);
});

// --- In a line ---------------------------------------------------------------------------------------------

/** Two lines and the entry row, with the deeds written down. */
function enLineas() {
  abrirPagina(`
    <input id="entrada_articulo"><table><tbody>
    ${[0, 1]
      .map(
        (n) => `<tr><td><input id="c${n}" data-columna="cantidad" value="${n + 3}"></td>
      <td><input id="p${n}" data-columna="precio" value="${n}00"></td></tr>`,
      )
      .join("")}
    </tbody></table>`);
  const hechos = [];
  const lineas = [0, 1].map((n) => ({
    id: 7 + n,
    lugar: n + 1,
    cantidad: `${n + 3}`,
    precio: `${n}00`,
  }));
  const campos = {
    devolver: (campo, escrito, valor) => {
      hechos.push(`${campo.id} ${escrito} → ${valor}`);
      campo.value = valor;
    },
  };
  const deLineas = {
    visibles: () => lineas,
    quitar: async ({ id }, { enfocar }) => hechos.push(`quitar ${id} ${enfocar}`),
  };
  const foco = new Foco({ dibujado: (tarea) => tarea() });
  const teclas = new TeclasDeLinea({ lineas: deLineas, campos, foco });
  const tecla = (id, key, mas = {}) => {
    const evento = new KeyboardEvent("keydown", { key, cancelable: true, ...mas });
    for (const [nombre, value] of Object.entries(mas))
      Object.defineProperty(evento, nombre, { value });
    Object.defineProperty(evento, "target", { value: $(id) });
    teclas.alTeclear(evento, lineas[Number(id[1])]);
    return evento.defaultPrevented;
  };
  return { teclas, deLineas, hechos, tecla };
}

test("arrows go along the column, and above the first line to the entry row", () => {
  const { tecla } = enLineas();
  const pasos = [
    ["p0", "ArrowDown"],
    ["p1", "ArrowDown"],
    ["p1", "ArrowUp"],
    ["p0", "ArrowUp"],
  ].map(([id, key]) => {
    $(id).focus();
    assert.equal(tecla(id, key), true);
    return activo();
  });
  assert.deepEqual(pasos, ["p1", "p1", "p0", "entrada_articulo"]);
});

test("Enter goes to the entry row; Escape too, and what was half written is given up", () => {
  const { tecla, hechos } = enLineas();
  $("c0").focus();
  tecla("c0", "Enter");
  assert.deepEqual([activo(), hechos], ["entrada_articulo", []]);
  $("p1").focus();
  $("p1").value = "9";
  tecla("p1", "Escape");
  assert.deepEqual([activo(), hechos], ["entrada_articulo", ["p1 9 → 100"]]);
});

test("minus takes the line out, half written or not; what is typed next is its neighbour's", () => {
  const { tecla, hechos } = enLineas();
  $("c0").focus();
  $("c0").value = "12";
  assert.equal(tecla("c0", "-"), true);
  assert.deepEqual([activo(), hechos], ["c1", ["c0 12 → 3", "quitar 7 false"]]);
});

test("Delete takes it out when all of the field is selected, and else deletes a letter", () => {
  const { tecla, hechos } = enLineas();
  $("c1").setSelectionRange(0, 0);
  assert.equal(tecla("c1", "Delete"), false);
  $("c1").select();
  assert.equal(tecla("c1", "Delete"), true);
  assert.deepEqual(hechos, ["c1 4 → 4", "quitar 8 false"]);
});

test("letters, keys of the browser's and of a composition do nothing here", () => {
  const { tecla, hechos } = enLineas();
  assert.equal(tecla("c0", "5"), false);
  for (const mas of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }])
    for (const key of ["Enter", "-", "ArrowDown", "Escape"])
      assert.equal(tecla("c0", key, mas), false, `${key} ${JSON.stringify(mas)}`);
  assert.deepEqual(hechos, []);
});

test("any keys in any order never throw, and leave the focus in a field", () => {
  const gesto = fc.record({
    id: fc.constantFrom("c0", "c1", "p0", "p1"),
    key: fc.constantFrom("Enter", "Escape", "ArrowDown", "ArrowUp", "-", "Delete", "5", "Dead"),
  });
  fc.assert(
    fc.property(fc.array(gesto, { maxLength: 12 }), (gestos) => {
      const { tecla } = enLineas();
      for (const { id, key } of gestos) {
        $(id).focus();
        tecla(id, key);
        assert.equal(document.activeElement.tagName, "INPUT");
      }
    }),
    { numRuns: 50 },
  );
});

test("an arrow down in the empty entry row goes to the first line; with text, or without lines, not", () => {
  const { teclas, deLineas } = enLineas();
  const bajar = () => teclas.bajar({ target: $("entrada_articulo") });
  $("entrada_articulo").focus();
  $("entrada_articulo").value = "yer";
  bajar();
  assert.equal(activo(), "entrada_articulo");
  $("entrada_articulo").value = "";
  bajar();
  assert.equal(activo(), "c0");
  $("entrada_articulo").focus();
  teclas.bajar({ target: $("entrada_articulo"), altKey: true });
  assert.equal(activo(), "entrada_articulo");
  deLineas.visibles = () => [];
  $("entrada_articulo").focus();
  bajar();
  assert.equal(activo(), "entrada_articulo");
});

// --- The last order ------------------------------------------------------------------------------------------

const fila = (mas) => {
  const datos = {
    id: "7",
    codigo: "1043",
    descripcion: "Yerba",
    marca: "M",
    tasa: "10",
    precio: "12500",
    cantidad: "6",
    ...mas,
  };
  return `<li ${Object.entries(datos)
    .map(([n, v]) => `data-${n}="${v}"`)
    .join(" ")}></li>`;
};
const ultimo = (...filas) =>
  `<div id="ultimo_pedido"><button data-repetir><i id="icono"></i></button><ul>${filas.join("")}</ul><b id="otra"></b></div>`;

async function conUltimo(...filas) {
  const sitio = nuevoSitio({ fragmentos: { "/ultimo": ultimo(...filas) } });
  const todo = await abrirMesa({ sitio });
  await abrirCliente(todo, "Don Beto");
  await hasta(() => document.querySelector("[data-repetir]"));
  return todo;
}

const repetir = (todo, id = "icono", detail = 1) =>
  todo.mesa.repetirUltimo({ target: $(id), detail });

test("the last order is asked for with its client, and repeated line by line", async () => {
  const todo = await conUltimo(
    fila({}),
    fila({ id: "9", descripcion: "Sal", tasa: "0", precio: "3000", cantidad: "2" }),
  );
  assert.ok(todo.sitio.pedidas.includes("GET /ultimo?cliente=12&sucursal=2"));
  await repetir(todo);
  assert.deepEqual(lineasALaVista(todo), ["6 Yerba 12.500", "2 Sal 3.000"]);
});

test("a double click repeats it once; a click beside its button does not", async () => {
  const todo = await conUltimo(fila({}));
  await repetir(todo, "otra");
  assert.deepEqual(lineasALaVista(todo), []);
  await repetir(todo);
  await repetir(todo, "icono", 2);
  assert.deepEqual(lineasALaVista(todo), ["6 Yerba 12.500"]);
});

test("what has no price today, or is damaged, stays out and is counted", async () => {
  const todo = await conUltimo(
    fila({}),
    fila({ id: "10", precio: "" }),
    fila({ id: "8", tasa: "" }),
  );
  await repetir(todo);
  assert.deepEqual(lineasALaVista(todo), ["6 Yerba 12.500"]);
  assert.deepEqual(dichos(), ["Del último pedido, sin precio hoy: 2 artículos."]);
});

test("so does a quantity that is none", async () => {
  for (const cantidad of ["x", "", "0", "1.5", "-1", "1000001"]) {
    const todo = await conUltimo(fila({}), fila({ id: "9", tasa: "0", cantidad }));
    await repetir(todo);
    assert.deepEqual(lineasALaVista(todo), ["6 Yerba 12.500"], cantidad);
    assert.deepEqual(dichos(), ["Del último pedido, sin precio hoy: 1 artículo."]);
  }
});

test("offline, and from a client who went elsewhere, no last order is shown", async () => {
  const todo = await conUltimo(fila({}));
  todo.mesa.enLinea = false;
  await todo.mesa.partes().ultimo.pedir();
  assert.equal($("ultimo_pedido").childElementCount, 0);
  todo.mesa.enLinea = true;
  const pedido = todo.mesa.partes().ultimo.pedir();
  todo.mesa.activo = "13";
  await pedido;
  assert.equal($("ultimo_pedido").childElementCount, 0);
});

test("an order discarded takes its client's last one along: the next order has its own", async () => {
  const todo = await conUltimo(fila({}));
  todo.sitio.fragmentos["/ultimo"] = ultimo(fila({ id: "9", descripcion: "Sal", tasa: "0" }));
  await abrirCliente(todo, "Súper Uno");
  await hasta(() => document.querySelector('[data-repetir] + ul [data-id="9"]'));
  todo.sitio.fragmentos["/ultimo"] = ultimo(fila({}));
  await todo.mesa.descartarPedido({ detail: 1 });
  assert.equal(todo.mesa.activo, "12");
  await hasta(() => document.querySelector('[data-repetir] + ul [data-id="7"]'));
  await repetir(todo);
  assert.deepEqual(lineasALaVista(todo), ["6 Yerba 12.500"]);
});

test("an answer that is another thing leaves the place empty", async () => {
  const todo = await conUltimo(fila({}));
  todo.sitio.fragmentos["/ultimo"] = "<p>nada</p>";
  await todo.mesa.partes().ultimo.pedir();
  await asentar();
  assert.equal($("ultimo_pedido").childElementCount, 0);
});
