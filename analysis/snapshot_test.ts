import assert from "node:assert/strict";
import fc from "fast-check";
import {
  openSnapshot,
  packSnapshot,
  type SnapshotOwner,
  wholeSnapshot,
} from "./snapshot.ts";

const OWNER: SnapshotOwner = {
  analyser: "streamware-1",
  settings: "0123abcd",
  width: 64,
  height: 48,
};
const PLANES = Uint8Array.from({ length: 301 }, (_, at) => at * 7 & 255);
const DATA = { nextId: 8, tracks: [{ id: 7, x: 12.5 }] };
const WHOLE = wholeSnapshot(
  packSnapshot({ owner: OWNER, data: DATA, planes: [PLANES] }),
);

function refusalOf(bytes: Uint8Array, owner = OWNER) {
  return openSnapshot(bytes, owner).refused;
}

Deno.test("a snapshot gives back what was kept", () => {
  const { snapshot } = openSnapshot(WHOLE, OWNER);
  assert.deepEqual(snapshot?.data, DATA);
  assert.deepEqual(snapshot?.planes, PLANES);
});

Deno.test("a snapshot is read wherever its bytes lie in a buffer", () => {
  const within = new Uint8Array(WHOLE.length + 9);
  within.set(WHOLE, 5);
  const { snapshot } = openSnapshot(within.subarray(5, 5 + WHOLE.length), OWNER);
  assert.deepEqual(snapshot?.planes, PLANES);
});

Deno.test("a snapshot of another method, size or settings is refused with the reason", () => {
  assert.equal(refusalOf(WHOLE, { ...OWNER, analyser: "streamware-2" }), "other version");
  assert.equal(refusalOf(WHOLE, { ...OWNER, width: 65 }), "other size");
  assert.equal(refusalOf(WHOLE, { ...OWNER, height: 47 }), "other size");
  assert.equal(refusalOf(WHOLE, { ...OWNER, settings: "0123abce" }), "other settings");
});

Deno.test("a snapshot with any one bit changed is refused", () => {
  fc.assert(fc.property(
    fc.nat(WHOLE.length - 1),
    fc.nat(7),
    (at, bit) => {
      const damaged = WHOLE.slice();
      damaged[at]! ^= 1 << bit;
      assert.notEqual(refusalOf(damaged), undefined);
    },
  ));
});

Deno.test("a snapshot that is cut, or longer than it says, is damaged", () => {
  for (let length = 0; length < WHOLE.length; length++) {
    assert.equal(refusalOf(WHOLE.subarray(0, length)), "damaged", `${length} bytes`);
  }
  assert.equal(refusalOf(new Uint8Array([...WHOLE, 0])), "damaged");
});

Deno.test("whatever bytes are opened, there is an answer and no exception", () => {
  const head = fc.constantFrom(new Uint8Array(), WHOLE.subarray(0, 8), WHOLE);
  fc.assert(fc.property(head, fc.uint8Array({ maxLength: 400 }), (start, noise) => {
    const bytes = new Uint8Array([...start, ...noise]);
    const opened = openSnapshot(bytes, OWNER);
    assert.ok(opened.refused !== undefined || opened.snapshot.planes.length === 301);
  }));
});

Deno.test("a snapshot whose checksum is right and whose text is not ours is damaged", () => {
  for (const data of ["", "null", "7", "{}", '{"owner":null,"data":1}']) {
    assert.equal(refusalOf(withText(data)), "damaged", data);
  }
});

/** A snapshot whose text was replaced before it was sealed. */
function withText(text: string): Uint8Array {
  const stringify = JSON.stringify;
  try {
    JSON.stringify = () => text;
    return wholeSnapshot(packSnapshot({ owner: OWNER, data: DATA, planes: [PLANES] }));
  } finally {
    JSON.stringify = stringify;
  }
}
