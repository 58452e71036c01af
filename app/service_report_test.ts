import assert from "node:assert/strict";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { GATE } from "../tests/support/server_parts.ts";
import { reportToService } from "./service_report.ts";
import type { Watched } from "./supervision.ts";

Deno.test("reportToService() says ready once frames flow, then each change once", () => {
  const clock = new ManualClock();
  const said: string[] = [];
  const state = (state: "connecting" | "online" | "offline"): Watched => ({
    view: { ...GATE, state: { state, sinceMs: 0 } },
    frameAgeMs: undefined,
    unanalysedMs: 0,
  });
  let cameras = [state("connecting")];
  using _ = reportToService({
    clock,
    service: {
      ready: (status) => said.push(`ready: ${status}`),
      status: (text) => said.push(text),
    },
    cameras: () => cameras,
  });
  clock.advance(2_000);
  assert.deepEqual(said, []);
  cameras = [state("online")];
  clock.advance(2_000);
  cameras = [state("offline")];
  clock.advance(2_000);
  assert.deepEqual(said, ["ready: Camera gate: online", "Camera gate: offline"]);
});
