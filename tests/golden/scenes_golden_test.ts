import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Observation } from "../../analysis/dsl/observation.ts";
import { formatHeader, formatObservation } from "../../analysis/dsl/text_format.ts";
import { Analyzer } from "../../analysis/analyzer.ts";
import { kernelsTs } from "../../analysis/kernels/kernels_ts.ts";
import { openScene } from "../../capture/scene/scene_frames.ts";
import { SCENE_NAMES } from "../../capture/source_url.ts";

/** `UPDATE_GOLDEN=1` writes the files anew: look at the difference before you commit. */
const UPDATE = Deno.env.get("UPDATE_GOLDEN") === "1";

/** Effects begin at 6 s. */
const CLIP = { seed: 1, fps: 10, width: 240, seconds: 13 };

/**
 * What a scene makes the analysis say: each frame's events, causes and states as they
 * stand in the text, and a hash of all of it, where every number counts.
 */
function saidOf(name: string): string {
  const scene = openScene(name, CLIP);
  const analyzer = new Analyzer({
    ...{ camera: "scene", format: scene.format, fps: CLIP.fps, clock: "media" },
    kernels: kernelsTs,
  });
  const hash = createHash("sha256").update(formatHeader(analyzer.header));
  let told = "";
  let number = 0;
  for (const { pixels, ptsUs } of scene.frames()) {
    const observation = analyzer.step({
      ...{ pixels, ptsUs, tMs: ptsUs / 1_000 },
      ...{ number: ++number, skipped: 0, doubtful: false },
    });
    hash.update(formatObservation(observation));
    told += toldOf(observation);
  }
  return `${told}# all ${number} frames: sha256 ${hash.digest("hex")}\n`;
}

/** The frame's lines without what changes in every frame; nothing when that is all. */
function toldOf(observation: Observation): string {
  const [frame, ...lines] = formatObservation(observation).trimEnd().split("\n");
  const told = lines.filter((line) => /^ +(EVENT|CAUSE|STATE)/.test(line));
  return told.length === 0 ? "" : [frame, ...told, ""].join("\n");
}

for (const name of SCENE_NAMES) {
  Deno.test(`scene:${name} is told as its golden file says`, () => {
    const file = new URL(`scenes/${name}.dsl`, import.meta.url);
    const said = saidOf(name);
    if (UPDATE) {
      Deno.mkdirSync(new URL("scenes", import.meta.url), { recursive: true });
      Deno.writeTextFileSync(file, said);
    }
    assert.equal(said, Deno.readTextFileSync(file));
  });
}
