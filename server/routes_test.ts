import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { serverParts } from "../tests/support/server_parts.ts";
import { LiveSocket } from "./live_socket.ts";
import { LiveVideo } from "./live_video.ts";
import { makeRoutes, type RouteParts } from "./routes.ts";

async function ask(path: string, still: RouteParts["still"]): Promise<Response> {
  const { cameras, alerts, frameAgesMs, metrics } = serverParts();
  const hello = () => assert.fail("nobody listens");
  using live = new LiveSocket({ clock: new ManualClock(), hello, frameAgesMs });
  using video = new LiveVideo({ clock: new ManualClock(), feed: () => undefined });
  const routes = makeRoutes({
    ...{ live, video, metrics, still },
    login: undefined,
    healthSigns: () => ({ cameras: cameras(), ages: frameAgesMs(), alerts: alerts() }),
    stillWaitMs: () => 0,
    recent: () => "{}",
    heat: (camera) =>
      Promise.resolve(
        camera === "gate" ? '{"columns":0,"rows":0,"cells":[]}' : undefined,
      ),
    picture: () => undefined,
    ageMs: () => 0,
  });
  const caller = { address: "127.0.0.1", pass: "open" } as const;
  return await routes.fetch(new Request(`http://localhost${path}`), caller);
}

Deno.test("makeRoutes() tells who asks for a still that there are no pictures", async () => {
  const fault = new Fault("unavailable", "Cannot load the library for pictures: full");
  const answer = await ask("/still/gate.jpg", () => Promise.reject(fault));
  assert.equal(answer.status, 503);
  assert.equal(await answer.text(), `${fault.message}\n`);
});

Deno.test("makeRoutes() tells how restless the picture of a camera is, and of no other", async () => {
  const nothing = () => Promise.resolve(undefined);
  const heat = await ask("/heat/gate.json", nothing);
  assert.equal(heat.headers.get("content-type"), "application/json");
  assert.deepEqual((await heat.json()).cells, []);
  assert.equal((await ask("/heat/yard.json", nothing)).status, 404);
});

Deno.test("makeRoutes() opens the video socket of a camera that there is, and of no other", async () => {
  const nothing = () => Promise.resolve(undefined);
  assert.equal((await ask("/video/yard", nothing)).status, 404);
  const answer = await ask("/video/gate", nothing);
  assert.equal(answer.status, 426);
  assert.equal(answer.headers.get("upgrade"), "websocket");
});

Deno.test("makeRoutes() leaves a bug to the door, which logs it", async () => {
  const asking = ask("/still/gate.jpg", () => Promise.reject(new RangeError("bug")));
  await assert.rejects(asking, RangeError);
});
