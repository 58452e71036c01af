/** Changes PATH, which all tests of a process share: so it stands among those that run one by one. */
import assert from "node:assert/strict";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { openSource } from "../../capture/open_source.ts";
import { RecordingSink } from "../support/recording_sink.ts";

const SOURCES = [
  ["rtsp://127.0.0.1:9/cam", "ffmpeg"],
  ["http://127.0.0.1:9/cam", "ffprobe"],
] as const;

for (const [url, program] of SOURCES) {
  Deno.test(`a camera is not blamed when ${program} cannot be started`, async () => {
    const path = Deno.env.get("PATH")!;
    Deno.env.set("PATH", "/nonexistent");
    const sink = new RecordingSink();
    try {
      await using _source = await openSource(
        { camera: "gate", url, fps: 5, width: 320, loop: false, seed: 1 },
        sink,
        { clock: systemClock, log: silentLog, chance: () => 0.5 },
      );
      await sink.until("offline", () => sink.states.at(-1)?.state === "offline");
      const words = sink.words.at(-1)!;
      assert.match(words, /was not asked.*this box/);
      assert.ok(
        words.includes(`: Cannot start ${program}: it is not installed; sudo apt`),
      );
    } finally {
      Deno.env.set("PATH", path);
    }
  });
}
