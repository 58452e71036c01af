import assert from "node:assert/strict";
import { DrawnModel, gravel, type Luma, plain } from "../../tests/support/drawn_model.ts";
import type { CauseLine } from "../dsl/observation.ts";
import { kernelsTs } from "../kernels/kernels_ts.ts";
import { Track } from "../tracking/track.ts";
import { CauseJudge } from "./cause_judge.ts";

const SIZE = { width: 160, height: 120 };
const DT_S = 0.1;

/** A judge before a drawn scene: it is shown frames, ten a second. */
class Stage {
  readonly model: DrawnModel;
  readonly lines: CauseLine[] = [];
  readonly tracks: Track[] = [];
  /** Pixels that the last frame had in the mask when the judge had sifted it. */
  left = 0;
  /** Pixels that it had before. */
  shown = 0;
  readonly #judge: CauseJudge;
  #frame = 0;

  constructor(scene: Luma, size = SIZE) {
    this.model = new DrawnModel(size, scene);
    const { planes } = this.model;
    this.#judge = new CauseJudge(size, (least) => {
      kernelsTs.sumChanges(planes, least);
      return { change: planes.cellChange, brighter: planes.cellBrighter };
    });
    this.play(4, () => scene);
  }

  /** Shows `seconds` of frames; `frameAt` gets the seconds since it began. */
  play(seconds: number, frameAt: (timeS: number) => Luma): void {
    const { width, height } = this.model.view;
    for (let step = 0; step < Math.round(seconds / DT_S); step++) {
      this.model.show(frameAt(step * DT_S));
      const input = {
        ...{ picture: this.model.view, regions: this.model.regions },
        ...{ tracks: this.tracks, dtS: DT_S, tMs: 100 * this.#frame++ },
      };
      this.shown = this.model.moving(0, 0, width, height);
      this.#judge.sift(input);
      this.left = this.model.moving(0, 0, width, height);
      this.#judge.judge(input);
      this.lines.push(...this.#judge.takeCauses());
    }
  }

  get names(): string[] {
    return this.lines.map(({ cause }) => cause);
  }
}

/** `factor` times as bright within a box. */
function lit(scene: Luma, factor: number, box: (x: number, y: number) => boolean): Luma {
  return (x, y) => box(x, y) ? 16 + (scene(x, y) - 16) * factor : scene(x, y);
}

Deno.test("a lamp that lights a part of the scene is light, and nothing is left of it to follow", () => {
  const stage = new Stage(gravel);
  stage.play(3, () => lit(gravel, 1.5, (x, y) => x > 40 && x < 110 && y > 30 && y < 90));
  assert.deepEqual(stage.names, ["light"]);
  assert.equal(stage.left, 0);
});

Deno.test("who stands in the light of the lamp is left in the mask", () => {
  const stage = new Stage(gravel);
  const burglar: Luma = (x, y) => 40 + 60 * ((x + 3 * y) % 7 < 3 ? 1 : 0);
  const lamp = lit(gravel, 1.5, (x, y) => x > 20 && x < 130 && y > 20 && y < 110);
  stage.play(3, () => (x, y) => {
    const inside = x >= 64 && x < 80 && y >= 40 && y < 88;
    return inside ? burglar(x, y) : lamp(x, y);
  });
  assert.deepEqual(stage.names, ["light"]);
  const seen = stage.model.moving(60, 36, 84, 92);
  assert.ok(seen > 0.7 * 16 * 48, `of 768 pixels ${seen} are left`);
  assert.ok(stage.left - seen < 40);
});

Deno.test("a beam that sweeps over the ground is a headlight", () => {
  const stage = new Stage(gravel);
  const beamAt = (timeS: number) =>
    lit(
      gravel,
      1.7,
      (x, y) => Math.hypot(x - 10 - 60 * timeS, 1.5 * (y - 60)) < 26,
    );
  stage.play(2.2, beamAt);
  stage.play(1.5, () => gravel);
  assert.deepEqual(stage.names, ["headlight"]);
});

Deno.test("a dark patch that drifts and keeps the texture is a shadow", () => {
  const stage = new Stage(gravel);
  const shadeAt = (timeS: number) =>
    lit(gravel, 0.45, (x, y) => Math.hypot(x - 20 - 30 * timeS, y - 60) < 22);
  stage.play(4, shadeAt);
  stage.play(1.5, () => gravel);
  assert.deepEqual(stage.names, ["shadow"]);
});

Deno.test("something pale and out of focus that flies past is an insect", () => {
  const stage = new Stage(gravel);
  const flyAt = (timeS: number): Luma => (x, y) => {
    const middle = { x: 10 + 110 * timeS, y: 60 + 30 * Math.sin(4 * timeS) };
    const far = Math.hypot(x - middle.x, y - middle.y) / 22;
    const cover = 0.6 * Math.max(0, Math.min(1, 1.6 * (1 - far)));
    return gravel(x, y) * (1 - cover) + 220 * cover;
  };
  stage.play(1.2, flyAt);
  stage.play(1.5, () => gravel);
  assert.deepEqual(stage.names, ["insect"]);
});

Deno.test("a clock that ticks each second is an overlay, and its place is masked", () => {
  const stage = new Stage(plain);
  const clockAt = (timeS: number): Luma => (x, y) => {
    const inside = x >= 16 && x < 24 && y >= 8 && y < 20;
    if (!inside) return plain();
    return (x + y * (1 + Math.floor(timeS + 0.05) % 5)) % 5 < 2 ? 240 : 20;
  };
  stage.play(7, clockAt);
  assert.deepEqual(stage.names, ["overlay"]);
  assert.equal(stage.left, 0);
});

Deno.test("a tree that swings in its place sways", () => {
  const stage = new Stage(gravel);
  const treeAt = (timeS: number): Luma => (x, y) => {
    const inside = Math.hypot(x - 80, y - 50) < 28;
    return gravel(inside ? x + Math.round(3 * Math.sin(5 * timeS)) : x, y);
  };
  stage.play(6, treeAt);
  assert.deepEqual(stage.names, ["sway"]);
  assert.ok(stage.left < 60, `${stage.left} pixels of it are left in the mask`);
});

Deno.test("who walks past the swinging tree is left in the mask", () => {
  const stage = new Stage(gravel);
  const treeAt = (timeS: number): Luma => (x, y) => {
    const inside = Math.hypot(x - 80, y - 50) < 28;
    return gravel(inside ? x + Math.round(3 * Math.sin(5 * timeS)) : x, y);
  };
  stage.play(6, treeAt);
  const walker = walkerAt(-1);
  stage.tracks.push(walker);
  stage.play(3.4, (timeS) => {
    const left = 30 * timeS;
    Object.assign(walker, walkerAt(timeS));
    const tree = treeAt(6 + timeS);
    return (x, y) =>
      x >= left && x < left + 14 && y >= 40 && y < 90 ? 30 + 7 * (y % 3) : tree(x, y);
  });
  const seen = stage.model.moving(99, 40, 113, 90);
  assert.ok(seen > 500, `of 700 pixels ${seen} are left`);
});

Deno.test("light that flares up everywhere at once and goes is no beam", () => {
  const stage = new Stage(gravel);
  stage.play(3, (timeS) => {
    const part = Math.max(0, Math.sin(2.5 * timeS));
    return (x, y) => 16 + (gravel(x, y) - 16) * (1 + part * (0.2 + 0.3 * x / 160));
  });
  assert.ok(!stage.names.includes("headlight"), stage.names.join(" "));
  assert.equal(stage.left, 0);
});

Deno.test("a thread that swings from top to bottom is an insect's, no glitter", () => {
  const stage = new Stage(gravel);
  stage.play(8, (timeS) => {
    const middle = 80 + 5 * Math.sin(4 * timeS);
    return (x, y) => Math.abs(x - middle) < 2.5 ? 230 : gravel(x, y);
  });
  assert.deepEqual(new Set(stage.names), new Set(["insect"]));
});

Deno.test("a lorry that hides the scene's texture is no veil before the lens", () => {
  const stage = new Stage(gravel);
  stage.play(6, (timeS) => {
    const left = -130 + 40 * timeS;
    return (x, y) =>
      x >= left && x < left + 120 && y >= 10 && y < 110 ? 190 : gravel(x, y);
  });
  assert.deepEqual(stage.names, []);
});

Deno.test("a new track in restless light gets no mark for good once it goes its way", () => {
  const stage = new Stage(gravel);
  const lamp = lit(gravel, 1.5, (x, y) => x > 20 && x < 130 && y > 20 && y < 110);
  const stays = walkerAt(0);
  stays.id = 0;
  stays.travel = 0;
  Object.assign(stays, { x: 70, origin: { x: 70, foot: 90, w: 14, h: 50 } });
  stage.play(0.6, () => lamp);
  stage.tracks.push(stays);
  stage.play(0.5, () => lamp);
  assert.ok(stays.withheld && stays.suppressed === undefined);
  stays.travel = 2;
  for (let step = 0; step < 8; step++) {
    stays.path.add(
      100 * step,
      { ...stays, x: 70 + 6 * step, foot: 90, w: 14, h: 50 },
      700,
    );
  }
  stage.play(0.2, () => lamp);
  assert.ok(!stays.withheld && stays.suppressed === undefined);
});

Deno.test("nothing is said of somebody who walks through the picture", () => {
  const stage = new Stage(gravel);
  stage.play(3, (timeS) => (x, y) => {
    const left = 45 * timeS;
    const inside = x >= left && x < left + 16 && y >= 40 && y < 90;
    return inside ? 40 + 70 * ((x + 2 * y) % 9 < 4 ? 1 : 0) : gravel(x, y);
  });
  assert.deepEqual(stage.names, []);
  assert.ok(stage.shown > 300);
  assert.equal(stage.left, stage.shown);
});

/** A track that has walked from the left edge to where it is at a time. */
function walkerAt(timeS: number): Track {
  const x = 7 + 30 * Math.max(0, timeS);
  const track = new Track(1, { x, foot: 90, w: 14, h: 50, area: 700, cut: false }, {
    ...{ tMs: 0, frame: 1 },
  });
  track.id = 1;
  track.hits = 30;
  track.seenS = 3;
  track.travel = 3;
  return track;
}
