// Plays the browser: compresses the orders with npm's lz-string in the encoding asked for.
// stdin: {"pedidos": {...}, "codificacion": "..."}; stdout: the compressed text as JSON.
import { readFileSync } from "node:fs";

import LZString from "lz-string";

const COMPRESORES = {
  base64: LZString.compressToBase64,
  utf16: LZString.compressToUTF16,
  uri: LZString.compressToEncodedURIComponent,
};

const { pedidos, codificacion } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(COMPRESORES[codificacion](JSON.stringify(pedidos))));
