import assert from "node:assert/strict";
import { TransportChoice } from "./transport_choice.ts";

const REFUSED = { hadPackets: false, isRefused: true, wasSilent: false };
const SILENT = { hadPackets: false, isRefused: false, wasSilent: true };
const AWAY = { hadPackets: false, isRefused: false, wasSilent: false };
const GOOD = { hadPackets: true, isRefused: false, wasSilent: false };

Deno.test("TCP comes first, and UDP at once when the camera refuses TCP", () => {
  const choice = new TransportChoice();
  assert.equal(choice.now, "tcp");
  assert.equal(choice.ended(REFUSED), true);
  assert.equal(choice.now, "udp");
  assert.equal(choice.ended(GOOD), false);
  assert.equal(choice.now, "udp", "remembered");
});

Deno.test("a camera from which nothing comes over TCP is asked over UDP next, and back", () => {
  const choice = new TransportChoice();
  assert.equal(choice.ended(SILENT), false, "it may be away: that is told first");
  assert.equal(choice.now, "udp");
  choice.ended(SILENT);
  assert.equal(choice.now, "tcp");
});

Deno.test("a camera that is away, or hangs after it gave pictures, keeps its transport", () => {
  const choice = new TransportChoice();
  assert.equal(choice.ended(AWAY), false);
  choice.ended(GOOD);
  assert.equal(choice.ended(SILENT), false);
  assert.equal(choice.ended(AWAY), false);
  assert.equal(choice.now, "tcp");
});

Deno.test("a camera that refuses both is not asked at once for ever", () => {
  const choice = new TransportChoice();
  const atOnce = Array.from({ length: 4 }, () => choice.ended(REFUSED));
  assert.deepEqual(atOnce, [true, false, true, false]);
});

Deno.test("a transport that was set is the only one", () => {
  for (const setting of ["tcp", "udp"] as const) {
    const choice = new TransportChoice(setting);
    for (const end of [REFUSED, SILENT, GOOD]) assert.equal(choice.ended(end), false);
    assert.equal(choice.now, setting);
  }
});
