import assert from "node:assert/strict";
import type { ClassLine } from "../analysis/dsl/class_line.ts";
import type { Episode, EpisodeChange } from "../analysis/dsl/episode.ts";
import { formatClass } from "../analysis/dsl/text_format.ts";
import { AlertBoard } from "../base/alerts.ts";
import { silentLog } from "../base/log.ts";
import type { TrackView } from "../capture/frame/crop.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { observation } from "../tests/support/server_parts.ts";
import { ClassDesk, FILES_AGAIN_MS, FIRST_AFTER_MS } from "./class_desk.ts";
import type { ClassifyOutcome } from "./classifier.ts";
import { BUILT_IN } from "./detector_facts.ts";
import type { ClassLabel } from "./label.ts";

const TRUCK: ClassLabel = { class: "vehicle", score: 0.944, crops: 3, detail: "truck" };
const DONE: ClassifyOutcome = {
  ...{ kind: "done", crops: 3, cost: { loadMs: 300, cropMs: 100 } },
  by: BUILT_IN,
};

function failed(
  reason: "missing" | "damaged" | "unfit" | "late" | "died",
): ClassifyOutcome {
  return { kind: "failed", reason, words: "Cannot classify: a test", crops: 0 };
}

/** A desk whose classifier says what the test wants, when it wants. */
class Stage implements AsyncDisposable {
  readonly clock = new ManualClock();
  readonly alerts = new AlertBoard(this.clock);
  readonly told: string[] = [];
  /** Jobs of each run. */
  readonly runs: (readonly unknown[])[] = [];
  /** By track: how many views there are. */
  readonly views = new Map<number, number>();
  label: ClassLabel = TRUCK;
  outcome: ClassifyOutcome = DONE;
  availableBytes = 5e8;
  /** Held back until it is resolved. */
  hold: Promise<void> = Promise.resolve();
  readonly desk = new ClassDesk({
    clock: this.clock,
    log: silentLog,
    alerts: this.alerts,
    memory: () => ({ availableBytes: this.availableBytes, totalBytes: 1e9 }),
    viewsOf: (_camera, track) =>
      Promise.resolve(Array.from({ length: this.views.get(track) ?? 3 }, viewOf)),
    classifier: {
      classify: async (jobs, onLabel) => {
        this.runs.push([...jobs].map(({ track }) => track));
        await this.hold;
        if (this.outcome.kind === "failed") return this.outcome;
        for (const { track, crops } of jobs) {
          const last = [...crops].length - 1;
          for (let index = 0; index <= last; index++) {
            onLabel({ track, label: this.label, isFinal: index === last });
          }
        }
        return this.outcome;
      },
    },
    tell: (camera: string, line: ClassLine) =>
      void this.told.push(`${camera}${formatClass(line)}`),
  });

  /** A track that walks through, as far as the desk needs it. */
  opens(track: number, { travels = true } = {}): void {
    const box = { y: 0.5, w: 0.1, h: 0.1, vx: 0, vy: 0, vxPerS: 0, vyPerS: 0, coast: 0 };
    for (const x of travels ? [0.2, 0.6] : [0.2, 0.2]) {
      this.desk.observed("gate", {
        ...observation(1),
        blobs: [{ id: track, x, ...box }],
      });
    }
    this.desk.changed("gate", change("opened", track));
  }

  async pass(ms: number): Promise<void> {
    this.clock.advance(ms);
    // As many turns as promises of a run take.
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.desk[Symbol.asyncDispose]();
  }
}

function viewOf(_: unknown, index: number): TrackView {
  const box = { left: 0, top: 0, width: 16, height: 16 };
  const format = { width: 16, height: 16 };
  const of = { format, pixels: new Uint8Array(384), area: box, box };
  return {
    track: 1,
    ...of,
    ptsUs: index * 1_000_000,
    tMs: index * 1_000,
    score: 9 - index,
  };
}

function change(
  kind: EpisodeChange["kind"],
  track: number,
  more: Partial<Episode> = {},
): EpisodeChange {
  const span = { startMs: 0, endMs: 0, startFrame: 1, endFrame: 1 };
  const plain = { enter: null, exit: null, cause: null, suppressed: null, zone: null };
  return { kind, episode: { id: track, track, ...span, ...plain, ...more } };
}

Deno.test("ClassDesk looks at a track three seconds after it was confirmed", async () => {
  await using stage = new Stage();
  stage.opens(7);
  await stage.pass(FIRST_AFTER_MS - 1);
  assert.equal(stage.runs.length, 0);
  await stage.pass(1);
  assert.deepEqual(stage.told, [
    "gate  CLASS blob=7 -> vehicle (conf=0.94) crops=3 detail=truck",
  ]);
});

Deno.test("ClassDesk looks again at the end, unless there is nothing new to see", async () => {
  await using stage = new Stage();
  stage.views.set(7, 1);
  stage.opens(7);
  await stage.pass(FIRST_AFTER_MS);
  stage.views.set(7, 2);
  stage.label = { class: "person", score: 0.5, crops: 2 };
  stage.desk.changed("gate", change("closed", 7));
  await stage.pass(0);
  assert.deepEqual(stage.told.slice(1), [
    "gate  CLASS blob=7 -> person (conf=0.50) crops=2",
  ]);
  stage.desk.changed("gate", change("closed", 7));
  await stage.pass(0);
  assert.deepEqual([stage.runs.length, stage.told.length], [2, 2]);
});

Deno.test("ClassDesk looks at once at who is gone before its time has come", async () => {
  await using stage = new Stage();
  stage.opens(7);
  await stage.pass(1_000);
  stage.desk.changed("gate", change("closed", 7));
  await stage.pass(0);
  assert.equal(stage.told.length, 1);
  await stage.pass(FIRST_AFTER_MS);
  assert.equal(stage.runs.length, 1);
});

Deno.test("ClassDesk looks at nothing that is kept quiet, and at no stay in a zone", async () => {
  await using stage = new Stage();
  stage.desk.changed("gate", change("closed", 1, { suppressed: "sway" }));
  stage.desk.changed("gate", change("closed", 2, { zone: "porch" }));
  await stage.pass(FIRST_AFTER_MS);
  assert.equal(stage.runs.length, 0);
});

Deno.test("ClassDesk calls nothing by its label that went nowhere by itself", async () => {
  await using stage = new Stage();
  stage.opens(7, { travels: false });
  await stage.pass(FIRST_AFTER_MS);
  assert.deepEqual(stage.told, [
    "gate  CLASS blob=7 -> unknown (conf=0.94) crops=3 why=still",
  ]);
});

Deno.test("ClassDesk says unknown where there is no view", async () => {
  await using stage = new Stage();
  stage.views.set(7, 0);
  stage.opens(7);
  await stage.pass(FIRST_AFTER_MS);
  assert.deepEqual(stage.told, ["gate  CLASS blob=7 -> unknown (conf=0.00) why=no_crop"]);
  assert.equal(stage.runs.length, 0, "no child for nothing");
});

Deno.test("ClassDesk has one child at a time, with four tracks at most", async () => {
  await using stage = new Stage();
  const hold = Promise.withResolvers<void>();
  stage.hold = hold.promise;
  for (let track = 1; track <= 6; track++) stage.opens(track);
  await stage.pass(FIRST_AFTER_MS);
  assert.deepEqual(stage.runs.map((jobs) => jobs.length), [1]);
  hold.resolve();
  await stage.pass(0);
  assert.deepEqual(stage.runs.map((jobs) => jobs.length), [1, 4, 1]);
  assert.equal(stage.told.length, 6);
});

Deno.test("ClassDesk says unknown of those for whom it has no room", async () => {
  await using stage = new Stage();
  const hold = Promise.withResolvers<void>();
  stage.hold = hold.promise;
  for (let track = 1; track <= 40; track++) stage.opens(track);
  await stage.pass(FIRST_AFTER_MS);
  assert.equal(stage.told.length, 7);
  for (const line of stage.told) assert.match(line, /unknown \(conf=0.00\) why=full$/);
  assert.equal(stage.desk.counts.dropped, 7);
  assert.deepEqual(stage.alerts.list().map(({ code }) => code), ["classes.crowded"]);
  hold.resolve();
  // Four at a time.
  for (let runs = 0; runs < 10; runs++) await stage.pass(0);
  assert.equal(stage.told.length, 40, "the others were looked at");
  assert.deepEqual(stage.alerts.list(), [], "nobody waits any more");
});

Deno.test("ClassDesk says unknown of those that waited over a minute", async () => {
  await using stage = new Stage();
  const hold = Promise.withResolvers<void>();
  stage.hold = hold.promise;
  for (const track of [1, 2]) stage.opens(track);
  await stage.pass(FIRST_AFTER_MS);
  assert.equal(stage.runs.length, 1, "the second one waits");
  await stage.pass(60_001);
  hold.resolve();
  await stage.pass(0);
  assert.match(stage.told.at(-1)!, /blob=2 -> unknown \(conf=0.00\) why=late$/);
  assert.equal(stage.runs.length, 1);
});

Deno.test("ClassDesk raises one alert for a child that fails, and clears it", async () => {
  await using stage = new Stage();
  stage.outcome = failed("died");
  stage.opens(1);
  stage.opens(2);
  await stage.pass(FIRST_AFTER_MS);
  assert.match(stage.told[0]!, /blob=1 -> unknown \(conf=0.00\) why=failed$/);
  assert.equal(stage.alerts.list().length, 1);
  assert.match(stage.alerts.list()[0]!.words, /Cannot classify: a test/);
  assert.equal(stage.runs.length, 1, "the next one waits");
  stage.outcome = DONE;
  await stage.pass(2_000);
  assert.match(stage.told.at(-1)!, /blob=2 -> vehicle/);
  assert.deepEqual(stage.alerts.list(), []);
});

Deno.test("ClassDesk keeps nobody waiting for a child that fails again and again", async () => {
  await using stage = new Stage();
  stage.outcome = failed("died");
  stage.opens(1);
  await stage.pass(FIRST_AFTER_MS);
  stage.opens(2);
  await stage.pass(FIRST_AFTER_MS);
  const said = stage.told.length;
  assert.equal(stage.runs.length, 2);
  stage.opens(3);
  await stage.pass(FIRST_AFTER_MS);
  assert.equal(
    stage.told.length,
    said + 1,
    "at once, though the next try is seconds away",
  );
  assert.match(stage.told.at(-1)!, /blob=3 -> unknown \(conf=0.00\) why=failed$/);
  assert.equal(stage.runs.length, 2);
  stage.outcome = DONE;
  await stage.pass(4_000);
  stage.opens(4);
  await stage.pass(FIRST_AFTER_MS);
  assert.match(stage.told.at(-1)!, /blob=4 -> vehicle/);
});

for (const reason of ["missing", "damaged", "unfit"] as const) {
  Deno.test(`ClassDesk keeps nobody waiting where the model is ${reason}, with one alert`, async () => {
    await using stage = new Stage();
    stage.outcome = failed(reason);
    for (const track of [1, 2]) stage.opens(track);
    await stage.pass(FIRST_AFTER_MS);
    stage.opens(3);
    await stage.pass(FILES_AGAIN_MS - 1);
    assert.equal(stage.runs.length, 1);
    assert.deepEqual(fatesOf(stage.told), [
      ...["blob=1 why=no_model", "blob=2 why=no_model", "blob=3 why=no_model"],
    ]);
    assert.equal(stage.alerts.list().length, 1);
  });
}

Deno.test("ClassDesk finds files that were mended, with the first track after ten minutes", async () => {
  await using stage = new Stage();
  stage.outcome = failed("damaged");
  stage.opens(1);
  await stage.pass(FIRST_AFTER_MS);
  await stage.pass(FILES_AGAIN_MS);
  assert.equal(stage.runs.length, 1, "nobody is there to look at");
  stage.outcome = DONE;
  stage.opens(2);
  await stage.pass(FIRST_AFTER_MS);
  assert.match(stage.told.at(-1)!, /blob=2 -> vehicle/);
  assert.deepEqual(stage.alerts.list(), []);
});

Deno.test("ClassDesk puts nobody's first look off who is told of as opened again", async () => {
  await using stage = new Stage();
  stage.opens(7);
  for (const _again of [1, 2, 3]) {
    await stage.pass(FIRST_AFTER_MS / 4);
    stage.desk.changed("gate", change("opened", 7));
  }
  await stage.pass(FIRST_AFTER_MS / 4);
  assert.match(stage.told.join(), /blob=7 -> vehicle/);
  await stage.pass(FIRST_AFTER_MS);
  assert.equal(stage.runs.length, 1);
});

Deno.test("ClassDesk starts no child on a box in trouble, says so, and goes on after it", async () => {
  await using stage = new Stage();
  stage.desk.spare("is too hot");
  stage.opens(1);
  await stage.pass(FIRST_AFTER_MS);
  assert.deepEqual(fatesOf(stage.told), ["blob=1 why=spared"]);
  assert.match(stage.alerts.list()[0]!.words, /^What moves .*: the box is too hot$/);
  assert.equal(stage.desk.counts.spared, 1);
  stage.desk.spare(undefined);
  assert.deepEqual(stage.alerts.list(), []);
  stage.desk.changed("gate", change("closed", 1));
  await stage.pass(0);
  assert.match(stage.told.at(-1)!, /blob=1 -> vehicle/, "its last look");
});

Deno.test("ClassDesk tells those who wait when trouble begins, and ends no look", async () => {
  await using stage = new Stage();
  const hold = Promise.withResolvers<void>();
  stage.hold = hold.promise;
  for (const track of [1, 2]) stage.opens(track);
  await stage.pass(FIRST_AFTER_MS);
  stage.desk.spare("is short of memory");
  assert.deepEqual(fatesOf(stage.told), ["blob=2 why=spared"]);
  hold.resolve();
  await stage.pass(0);
  assert.match(stage.told.at(-1)!, /blob=1 -> vehicle/);
  assert.equal(stage.runs.length, 1);
});

Deno.test("ClassDesk starts no child that the box has no memory for", async () => {
  await using stage = new Stage();
  stage.availableBytes = 2e8;
  stage.opens(1);
  await stage.pass(FIRST_AFTER_MS);
  assert.deepEqual(fatesOf(stage.told), ["blob=1 why=spared"]);
  assert.equal(stage.runs.length, 0);
  assert.match(stage.alerts.list()[0]!.words, /200 MB of memory left/);
  stage.availableBytes = 5e8;
  stage.opens(2);
  await stage.pass(FIRST_AFTER_MS);
  assert.match(stage.told.at(-1)!, /blob=2 -> vehicle/);
  assert.deepEqual(stage.alerts.list(), []);
});

function fatesOf(told: readonly string[]) {
  return told.map((line) => line.match(/blob=\d+|why=\w+/g)?.join(" "));
}

Deno.test("ClassDesk tries out a model at once, and tells what is wrong before anybody comes", async () => {
  await using stage = new Stage();
  stage.outcome = failed("unfit");
  stage.desk.tryOut();
  await stage.pass(0);
  assert.deepEqual(stage.runs, [[]]);
  assert.equal(stage.alerts.list().length, 1);
  for (const track of [1, 2]) {
    stage.opens(track);
    await stage.pass(FIRST_AFTER_MS);
    assert.match(stage.told.at(-1)!, new RegExp(`blob=${track} .* why=no_model$`));
  }
  assert.equal(stage.alerts.list().length, 1, "one");
});

Deno.test("ClassDesk tries a good model out once, and none where there is no memory", async () => {
  for (const [availableBytes, runs] of [[5e8, [[]]], [2e8, []]] as const) {
    await using stage = new Stage();
    stage.availableBytes = availableBytes;
    stage.desk.tryOut();
    await stage.pass(600_000);
    assert.deepEqual([stage.runs, stage.told], [runs, []]);
  }
});

Deno.test("ClassDesk leaves a label that was given when a later look fails", async () => {
  await using stage = new Stage();
  stage.views.set(1, 1);
  stage.opens(1);
  await stage.pass(FIRST_AFTER_MS);
  stage.views.set(1, 3);
  stage.outcome = failed("late");
  stage.desk.changed("gate", change("closed", 1));
  await stage.pass(0);
  assert.deepEqual(stage.told.length, 1);
});

Deno.test("ClassDesk ends in the midst of a run and starts no other", async () => {
  const stage = new Stage();
  const hold = Promise.withResolvers<void>();
  stage.hold = hold.promise;
  for (const track of [1, 2, 3]) stage.opens(track);
  await stage.pass(FIRST_AFTER_MS);
  const ending = stage[Symbol.asyncDispose]();
  hold.resolve();
  await ending;
  assert.equal(stage.runs.length, 1);
});
