import assert from "node:assert/strict";
import { loadFault, pictureLibrary } from "./picture_library.ts";

function check(words: string, expected: RegExp): void {
  assert.match(loadFault(words, "/mnt/tmp").message, expected);
}

Deno.test("pictureLibrary() gives sharp, the same one each time", async () => {
  const sharp = await pictureLibrary();
  assert.equal(await pictureLibrary(), sharp);
  const white = { width: 2, height: 2, channels: 3, background: "#fff" } as const;
  const { data } = await sharp({ create: white }).raw()
    .toBuffer({ resolveWithObject: true });
  assert.deepEqual([...data], Array(12).fill(255));
});

Deno.test("loadFault() tells a folder that cannot be written from one that runs nothing", () => {
  check(
    "Could not open library: /mnt/tmp/x.7: failed to map segment from shared object",
    /nothing may be run from \/mnt\/tmp, it is mounted noexec/,
  );
  check(
    "Failed to write native addon (Deno FFI/Node API) '/mnt/tmp/a' to '/mnt/tmp/b'.",
    /19 MB cannot be written to \/mnt\/tmp/,
  );
});

Deno.test("loadFault() keeps a reason it does not know, and leaves out sharp's advice", () => {
  const words = 'Could not load "sharp"\nUnsupported CPU: v2\nPossible solutions:\n- Buy';
  check(
    words,
    /^Cannot load the library for pictures: Could not load "sharp": Unsupported CPU: v2$/,
  );
});
