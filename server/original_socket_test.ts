import assert from "node:assert/strict";
import { observation } from "../tests/support/server_parts.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { OriginalSocket, toOriginalFrame } from "./original_socket.ts";

const SPEEDS = { vx: 0, vy: 0, vxPerS: 0, vyPerS: 0 };
const BLOB = { id: 1, x: 0.5, y: 0.5, w: 0.1, h: 0.1, ...SPEEDS, coast: 0 };

Deno.test("toOriginalFrame() says nothing of what is kept quiet, of zones and of lines", () => {
  const { data } = toOriginalFrame(
    observation(1, {
      blobs: [BLOB, { ...BLOB, id: 2, suppressed: "sway" }],
      events: [
        { type: "ENTER", blob: 1, dir: "LEFT" },
        { type: "APPEAR", blob: 2, dir: "STATIC" },
        { type: "ENTER", blob: 1, dir: "RIGHT", zone: "porch" },
        { type: "CROSS", blob: 1, dir: "RIGHT", line: "fence" },
      ],
    }),
    { background: "", quiet: [2] },
  );
  assert.deepEqual(data.blobs.map(({ id }) => id), [1]);
  assert.deepEqual(data.events, [{ type: "ENTER", blob_id: 1, direction: "LEFT" }]);
});

Deno.test("OriginalSocket says nothing of the end of what was kept quiet", () => {
  using socket = new OriginalSocket({
    clock: new ManualClock(),
    still: () => Promise.resolve(undefined),
  });
  const gone = { type: "DISAPPEAR", blob: 2, dir: "STATIC" } as const;
  const blobs = [{ ...BLOB, id: 2, suppressed: "sway" }] as const;
  socket.publish("gate", observation(1, { blobs }));
  assert.deepEqual(socket.quietIn("gate", observation(2, { events: [gone] })), [2]);
  assert.deepEqual(socket.quietIn("yard", observation(2, { events: [gone] })), []);
});
