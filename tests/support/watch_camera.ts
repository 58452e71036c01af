/**
 * Watches a camera until it is killed; prints the ids of its children once both
 * work. For tests of what is left behind.
 * @module
 */
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { openSource } from "../../capture/open_source.ts";
import { RecordingSink } from "./recording_sink.ts";

const sink = new RecordingSink();
const source = await openSource(
  { camera: "gate", url: Deno.args[0]!, fps: 10, width: 640, loop: false, seed: 1 },
  sink,
  { clock: systemClock, log: silentLog, chance: () => 0.5 },
);
await sink.moreFrames(3);
console.log(JSON.stringify(source.children));
