// The two dialogs: opened once, closed by a button of theirs.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import {
  abrirAyuda,
  abrirEnvio,
  cerrarDialogo,
  cerrarEnvio,
} from "../../../mesa/pantalla/dialogos.js";
import { $, abrirPagina } from "../../documento.js";

beforeEach(() =>
  abrirPagina(`
    <dialog id="dialogo_envio"><button id="volver"></button></dialog>
    <dialog id="dialogo_ayuda"></dialog><button id="fuera"></button>`),
);

test("asking twice whether to send is asking once", () => {
  abrirEnvio();
  abrirEnvio();
  assert.equal($("dialogo_envio").open, true);
  cerrarEnvio();
  assert.equal($("dialogo_envio").open, false);
});

test("the keys are shown, and a button closes its own dialog alone", () => {
  abrirAyuda();
  abrirEnvio();
  cerrarDialogo({ target: $("fuera") });
  assert.deepEqual([$("dialogo_ayuda").open, $("dialogo_envio").open], [true, true]);
  cerrarDialogo({ target: $("volver") });
  assert.deepEqual([$("dialogo_ayuda").open, $("dialogo_envio").open], [true, false]);
});
