import assert from "node:assert/strict";
import test from "node:test";

import fc from "fast-check";

import { olvidar } from "../../comun/almacen.js";
import { buscar, combinar, guardar } from "../../sin_linea/parametros.js";
import { Storage } from "../dobles.js";

const de = (usuario, sucursal, mas = {}) => ({
  empresa: 1,
  sucursal,
  usuario,
  decimales: 0,
  moneda: "PYG",
  urls: { catalogo: `/api/datos-venta/?sucursal=${sucursal}` },
  ...mas,
});

function con(...puestos) {
  const storage = new Storage();
  puestos.forEach(([parametros, ahora]) => guardar(() => storage, parametros, ahora));
  return storage;
}

test("what was kept is what is found", () => {
  const storage = con([de(7, 3), 1_000]);
  assert.deepEqual([...storage.valores.keys()], ["cp:1:3:7:parametros"]);
  assert.deepEqual(
    buscar(() => storage),
    de(7, 3),
  );
});

test("the last person to open the desk is the one, and when they sign out there is nobody", () => {
  const persona = fc.record({ usuario: fc.nat(5), sucursal: fc.nat(3) });
  fc.assert(
    fc.property(fc.array(persona, { minLength: 1 }), fc.boolean(), (personas, conservar) => {
      const storage = con(
        ...personas.map(({ usuario, sucursal }, i) => [de(usuario, sucursal), i]),
      );
      const { usuario, sucursal } = personas.at(-1);
      const encontrado = () => buscar(() => storage);
      assert.deepEqual(encontrado(), de(usuario, sucursal));
      olvidar(storage, String(usuario), { conservar });
      assert.equal(encontrado(), null);
    }),
  );
});

test("a branch that was asked for is that person's, or none is given", () => {
  const storage = con([de(8, 5), 0], [de(7, 3), 1], [de(7, 4), 2]);
  const sucursal = (pedida) => buscar(() => storage, pedida)?.sucursal;
  assert.equal(sucursal("3"), 3);
  assert.equal(sucursal("5"), undefined); // another person's
  assert.equal(sucursal("99"), undefined);
  assert.equal(sucursal(null), 4);
});

test("signing out takes them away, with or without unsent orders", () => {
  for (const conservar of [true, false]) {
    const storage = con([de(8, 3), 0], [de(7, 3), 1]);
    storage.setItem("cp:1:3:7:orders", "x");
    olvidar(storage, "7", { conservar });
    assert.equal(
      buscar(() => storage),
      null,
    );
  }
});

test("what is damaged, or under another's key, is not taken", () => {
  const storage = con([de(7, 3), 5]);
  const bueno = storage.getItem("cp:1:3:7:parametros");
  storage.setItem("cp:1:3:8:parametros", bueno); // of user 7
  storage.setItem("cp:1:3:9:parametros", "{");
  storage.setItem("cp:1:3:6:parametros", "null");
  storage.setItem("cp:1:3:5:parametros", JSON.stringify({ ahora: 9, parametros: {} }));
  storage.setItem("otra", bueno);
  assert.equal(buscar(() => storage)?.usuario, 7);
  storage.removeItem("cp:1:3:7:parametros");
  assert.equal(
    buscar(() => storage),
    null,
  );
});

test("whatever is under the key, nothing throws", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (texto) => {
      const storage = new Storage();
      storage.setItem("cp:1:3:7:parametros", texto);
      assert.equal(
        buscar(() => storage),
        null,
      );
    }),
  );
});

test("a storage that is full or forbidden costs no desk", () => {
  const lleno = new Storage(10);
  guardar(() => lleno, de(7, 3), 1);
  assert.equal(lleno.length, 0);
  const prohibido = () => {
    throw new Error("SecurityError");
  };
  guardar(prohibido, de(7, 3), 1);
  assert.equal(buscar(prohibido), null);
});

test("where things are is what the page says; whose they are, what was kept", () => {
  const pagina = {
    trabajador: "/static/js/trabajador.b.js",
    urls: { pedidos: "/api/pedidos/", lote: "/api/lotes/0/" },
  };
  const guardados = de(7, 3, {
    trabajador: "/static/js/trabajador.a.js",
    urls: { pedidos: "/viejo/", catalogo: "/c", entrar: "/e" },
  });
  assert.deepEqual(combinar(pagina, guardados), {
    ...guardados,
    trabajador: "/static/js/trabajador.b.js",
    urls: { pedidos: "/api/pedidos/", lote: "/api/lotes/0/", catalogo: "/c", entrar: "/e" },
  });
});
