/**
 * When it is told what moved: a promise to users, kept by the program as people run it.
 * Here, as the promise is of a machine that is not busy with other tests.
 */
import assert from "node:assert/strict";
import type { ClassLine } from "../../analysis/dsl/class_line.ts";
import { systemClock } from "../../base/clock.ts";
import { FIRST_AFTER_MS } from "../../classes/class_desk.ts";
import { CHILD_MS, Classifier } from "../../classes/classifier.ts";
import { knownPicture } from "../../classes/known_picture.ts";
import { classifierCommand } from "../../classes/own_command.ts";
import { TestFolder } from "../support/clips.ts";
import { BY_THIS_DENO } from "../support/fault_box.ts";
import { LiveClient } from "../support/live_client.ts";
import { makePassingPoster } from "../support/passing_poster.ts";
import { eventually } from "../support/program.ts";
import { watch } from "../support/watching.ts";

/** From what the page is told of a track to what it is told it is, ms. */
const FIRST_MS = 5_000;
/** A clip that comes again gives another chance, where others need the processor. */
const TRIES_MS = 150_000;

/** The promise; on a machine on which a look alone takes over a second, twice that look. */
async function promisedMs(): Promise<number> {
  const options = { command: classifierCommand(), limitMs: CHILD_MS, clock: systemClock };
  const startMs = performance.now();
  const crops = new Array(3).fill(knownPicture());
  const looked = await new Classifier(options).classify([{ track: 1, crops }], () => {});
  assert.equal(looked.kind, "done", JSON.stringify(looked));
  return Math.max(FIRST_MS, FIRST_AFTER_MS + 2 * (performance.now() - startMs));
}

/** When a client heard of a track, ms. */
interface Heard {
  readonly blob: number;
  readonly cameMs: number;
  leftMs: number | undefined;
  readonly classes: (ClassLine & { readonly atMs: number })[];
}

function tracksOf(live: LiveClient): Heard[] {
  const tracks = new Map<number, Heard>();
  for (const { message, atMs } of live.frames) {
    for (const { type, blob } of message.events) {
      if (type === "ENTER") {
        tracks.set(blob, { blob, cameMs: atMs, leftMs: undefined, classes: [] });
      }
      const track = tracks.get(blob);
      if (type === "EXIT" && track) track.leftMs = atMs;
    }
    for (const line of message.classes ?? []) {
      tracks.get(line.blob)?.classes.push({ ...line, atMs });
    }
  }
  return [...tracks.values()];
}

Deno.test("what came is told within five seconds and once more when it is gone, as it is then", async () => {
  using folder = new TestFolder();
  const clip = folder.file("poster.mp4");
  await makePassingPoster(clip, { turnedAfterS: 7 });
  await using watching = await watch(clip, ["--loop"], BY_THIS_DENO);
  await using live = new LiveClient(watching.socket);
  const firstMs = await promisedMs();
  const kept = () =>
    tracksOf(live).find(({ cameMs, leftMs, classes }) =>
      leftMs !== undefined && classes.length >= 2 && classes[0]!.atMs < leftMs &&
      classes[0]!.atMs - cameMs <= firstMs && classes.at(-1)!.class === "bike"
    );
  await eventually("somebody was told of in time", () => !!kept(), TRIES_MS)
    .catch((late) => {
      throw new Error(JSON.stringify(tracksOf(live)), { cause: late });
    });
  const { classes, leftMs, cameMs } = kept()!;
  const [first, last] = [classes[0]!, classes.at(-1)!];
  assert.equal(classes.length, 2, "once while it is there, once at its end");
  assert.deepEqual([first.class, first.why], ["unknown", undefined], "its back was seen");
  assert.ok(first.atMs - cameMs > FIRST_AFTER_MS / 2, "views were waited for");
  assert.ok(last.atMs > leftMs!, `${last.atMs} after ${leftMs}`);
  assert.deepEqual([last.class, last.detail, last.crops], ["bike", "bicycle", 3]);
});
