// The whole desk under any sequence of deeds and keys: nothing throws, every order that is kept is on
// the screen, and none is stored twice. CORRIDAS asks for more sequences than a check has time for.

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { leerOrders } from "../../comun/almacen.js";
import {
  GART,
  abrirCliente,
  abrirMesa,
  agregar,
  cerrarMesa,
  hasta,
  nuevoSitio,
} from "../escritorio.js";
import { $, asentar, escribir, teclear } from "../documento.js";

const CORRIDAS = Number(process.env.CORRIDAS ?? 15);
const CLIENTES = Object.values(GART.clientes).map(({ nombrefantasia }) => nombrefantasia);
const CAMPOS = ["entrada_cliente", "entrada_articulo", "entrada_cantidad", "observacion"];
const TECLAS = [
  "Enter",
  "Escape",
  "ArrowDown",
  "ArrowUp",
  "-",
  "Delete",
  "/",
  "?",
  "z",
  "5",
  "Dead",
];

const tecla = fc.record({
  key: fc.constantFrom(...TECLAS),
  ctrlKey: fc.boolean(),
  altKey: fc.boolean(),
  campo: fc.constantFrom(...CAMPOS),
});
const numero = fc.constantFrom(
  "1",
  "12",
  "1.000",
  "0",
  "-1",
  "1,5",
  "",
  "abc",
  "1000000",
  "99999999999",
);
const lugar = fc.nat({ max: 3 });

/** What can be done, each with what it takes. */
const DEEDS = {
  abrir: fc.constantFrom(...CLIENTES),
  agregar: fc.tuple(fc.constantFrom("yer", "azu", "sal"), fc.integer({ min: 1, max: 40 })),
  escanear: fc.constantFrom("7840001000018", "3*7840001000025", "7840009999999"),
  escribir: fc.tuple(fc.constantFrom(...CAMPOS), fc.constantFrom("", "yer", "don", "12*sal", "zz")),
  teclear: tecla,
  enLinea: fc.tuple(lugar, fc.constantFrom(...TECLAS)),
  cantidad: fc.tuple(lugar, numero),
  precio: fc.tuple(lugar, numero),
  quitar: lugar,
  observar: fc.string(),
  descartar: fc.constant(null),
  otro: fc.constantFrom(1, -1),
  deshacer: fc.constant(null),
  enviar: fc.constant(null),
  cortar: fc.boolean(),
  recargar: fc.constant(null),
};
// What a taker does most.
const PESOS = { abrir: 5, agregar: 9, enviar: 3, deshacer: 2, descartar: 1 };
const hecho = fc.oneof(
  ...Object.entries(DEEDS).map(([que, con]) => ({
    weight: PESOS[que] ?? 2,
    arbitrary: con.map((valor) => ({ que, valor })),
  })),
);
const jornada = fc.array(hecho, { minLength: 12, maxLength: 40, size: "max" });

/** A field as a line's row has it. */
function campoDe(columna, value) {
  const campo = document.createElement("input");
  campo.dataset.columna = columna;
  campo.value = value;
  document.body.append(campo);
  return campo;
}

const HACER = {
  abrir: async (todo, nombre) => abrirCliente(todo, nombre),
  async agregar(todo, [nombre, cantidad]) {
    const { pedido } = todo.mesa;
    if (pedido && !pedido.bloqueado) await agregar(todo, nombre, cantidad);
  },
  async escanear(_todo, codigo) {
    escribir($("entrada_articulo"), codigo);
    teclear($("entrada_articulo"), "Enter");
  },
  async escribir(_todo, [campo, texto]) {
    escribir($(campo), texto);
  },
  async teclear(todo, { campo, ...mas }) {
    $(campo).focus();
    const evento = teclear($(campo), mas.key, mas);
    if (campo === "entrada_cantidad") await todo.mesa.alTeclearCantidad(evento);
    for (const dialogo of document.querySelectorAll("dialog[open]")) dialogo.close();
  },
  async enLinea({ mesa }, [donde, key]) {
    const linea = mesa.pedido?.lineas[donde];
    if (!linea) return;
    const campo = campoDe("cantidad", linea.cantidad);
    campo.addEventListener("keydown", (evento) => mesa.alTeclearLinea(evento, linea));
    teclear(campo, key);
    campo.remove();
  },
  async cantidad({ mesa }, [donde, texto]) {
    const linea = mesa.pedido?.lineas[donde];
    if (linea) await mesa.editarCantidad(linea, campoDe("cantidad", texto));
  },
  async precio({ mesa }, [donde, texto]) {
    const linea = mesa.pedido?.lineas[donde];
    if (linea) await mesa.editarPrecio(linea, campoDe("precio", texto));
  },
  async quitar({ mesa }, donde) {
    const linea = mesa.pedido?.lineas[donde];
    if (linea) await mesa.quitarLinea(linea);
  },
  async observar({ mesa }, texto) {
    if (mesa.pedido) await mesa.observarPedido(campoDe("observacion", texto));
  },
  descartar: async ({ mesa }) => mesa.descartarPedido({ detail: 1 }),
  otro: async ({ mesa }, paso) => mesa.partes().clientes.otro(paso),
  deshacer: async ({ mesa }) => mesa.partes().deshacer.deshacibles.at(-1)?.deshacer(),
  async enviar({ mesa }) {
    mesa.confirmarEnvio();
    await mesa.enviarTodo();
  },
  async cortar({ mesa, sitio }, sinLinea) {
    sitio.sinLinea = sinLinea;
    if (!sinLinea) mesa.partes().servicios.conexion.bien();
  },
  async recargar(todo) {
    todo.mesa.partes().servicios.envio.vuelta = async () => null;
    Object.assign(todo, await abrirMesa({ sitio: cerrarMesa(todo), esperar: false }));
  },
};

// What brings another client's order to the screen: a deed of whoever sits there.
const CAMBIAN = new Set(["abrir", "otro", "deshacer", "descartar", "recargar", "teclear"]);

/** What is typed next falls on the order it is meant for, or on none. */
function noSaltar({ mesa }, antes, que) {
  if (antes === "" || mesa.activo === "" || CAMBIAN.has(que)) return;
  const devuelto = mesa.partes().servicios.libreta.leer().rechazos[mesa.activo];
  assert.ok(mesa.activo === antes || devuelto, `${que}: from ${antes} to ${mesa.activo}`);
}

/** What is kept is on the screen, and adds up; what is stored, is stored once. */
function comprobar({ mesa, sitio }) {
  const orders = leerOrders(mesa.partes().servicios.almacen);
  mesa.partes().pantalla.refrescar();
  assert.deepEqual(mesa.clientes.map(({ id }) => id).sort(), Object.keys(orders).sort());
  assert.equal(mesa.pedido?.id ?? "", mesa.activo);
  assert.equal(mesa.pedido?.ilegible ?? false, false);
  const ids = sitio.servidor.guardados.map(([, { id }]) => id);
  assert.equal(new Set(ids).size, ids.length, "stored twice");
  const guardados = new Set(ids);
  const { bloqueados } = mesa.partes().servicios.libreta.leer();
  for (const [cliente, { id }] of Object.entries(orders))
    assert.ok(!guardados.has(id) || bloqueados.has(cliente), "stored and still to be sent");
}

test("any deeds and keys: nothing throws, nothing is hidden, nothing is stored twice", async () => {
  const fallas = [];
  let guardados = 0;
  const anotar = (error) => fallas.push(error);
  process.on("unhandledRejection", anotar);
  try {
    await fc.assert(
      fc.asyncProperty(jornada, async (hechos) => {
        const todo = await abrirMesa({ sitio: nuevoSitio() });
        for (const { que, valor } of hechos) {
          const antes = todo.mesa.activo;
          await HACER[que](todo, valor);
          await asentar();
          noSaltar(todo, antes, que);
          comprobar(todo);
        }
        // With a line again everything that waits goes, and what is open stays open.
        todo.sitio.sinLinea = false;
        todo.mesa.partes().servicios.conexion.bien();
        todo.mesa.reintentar();
        await hasta(() => todo.mesa.partes().servicios.libreta.leer().bloqueados.size === 0);
        await asentar();
        comprobar(todo);
        assert.deepEqual(fallas, []);
        guardados += todo.sitio.servidor.guardados.length;
      }),
      { numRuns: CORRIDAS, endOnFailure: true },
    );
  } finally {
    process.off("unhandledRejection", anotar);
  }
  assert.ok(guardados > 0, "no sequence sent anything");
});
