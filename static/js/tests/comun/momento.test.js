import assert from "node:assert/strict";
import { test } from "node:test";

import { dia, fecha, hora } from "../../comun/momento.js";

test("hours, days and both, as people here write them; midnight is zero hours", () => {
  const casos = [
    [new Date(2026, 2, 7, 14, 5), "14:05", "07/03/2026", "7/3, 14:05"],
    [new Date(2026, 10, 30, 0, 5), "00:05", "30/11/2026", "30/11, 00:05"],
    [new Date(2027, 0, 1, 9, 59), "09:59", "01/01/2027", "1/1, 09:59"],
  ];
  for (const [momento, suHora, suDia, suFecha] of casos)
    assert.deepEqual(
      [hora(momento), dia(momento), fecha(momento.toISOString())],
      [suHora, suDia, suFecha],
    );
});
