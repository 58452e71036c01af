/**
 * The kernels in TypeScript: they define what is correct, and run everywhere.
 * Each pass has its file, with its equations and where they come from.
 * @module
 */
import { releaseGhosts } from "./ghosts.ts";
import { compensate } from "./exposure.ts";
import { measureCells } from "./cells.ts";
import { sumChanges } from "./changes.ts";
import { adapt } from "./feedback.ts";
import { fillHoles } from "./holes.ts";
import type { Kernels } from "./kernels.ts";
import { load } from "./load.ts";
import { vote } from "./majority.ts";
import { match } from "./match.ts";
import { layOutPlanes, type PlaneMemory } from "./planes.ts";
import { dropShadows, findShadows } from "./shadow.ts";
import { learn } from "./learn.ts";
import { seed } from "./seed.ts";

export const kernelsTs: Kernels = {
  name: "ts",
  allocate: (work) => layOutPlanes(work.width, work.height, heap),
  frameBuffer: (_planes, bytes) => new Uint8Array(bytes),
  load,
  seed,
  compensate,
  match,
  findShadows,
  dropShadows,
  vote,
  fillHoles,
  releaseGhosts,
  adapt,
  learn,
  sumChanges,
  measureCells,
};

const heap: PlaneMemory = {
  u8: (length) => new Uint8Array(length),
  u16: (length) => new Uint16Array(length),
  i32: (length) => new Int32Array(length),
};
