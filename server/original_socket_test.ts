import assert from "node:assert/strict";
import { observation } from "../tests/support/server_parts.ts";
import { toOriginalFrame } from "./original_socket.ts";

const SPEEDS = { vx: 0, vy: 0, vxPerS: 0, vyPerS: 0 };
const BLOB = { id: 1, x: 0.5, y: 0.5, w: 0.1, h: 0.1, ...SPEEDS, coast: 0 };

Deno.test("toOriginalFrame() says nothing of what is kept quiet, of zones and of lines", () => {
  const { data } = toOriginalFrame(
    observation(1, {
      blobs: [BLOB, { ...BLOB, id: 2, suppressed: "sway" }],
      events: [
        { type: "ENTER", blob: 1, dir: "LEFT" },
        { type: "ENTER", blob: 1, dir: "RIGHT", zone: "porch" },
        { type: "CROSS", blob: 1, dir: "RIGHT", line: "fence" },
      ],
    }),
    "",
  );
  assert.deepEqual(data.blobs.map(({ id }) => id), [1]);
  assert.deepEqual(data.events, [{ type: "ENTER", blob_id: 1, direction: "LEFT" }]);
});
