/**
 * What moves, told apart: the desk that decides who is looked at, and the child of this
 * program that looks. Wiring; decides nothing.
 * @module
 */
import type { AlertBoard } from "../base/alerts.ts";
import { readBoxHealth } from "../base/box_health.ts";
import type { Clock } from "../base/clock.ts";
import { logFor } from "../base/log.ts";
import { hasRoomForSecond } from "../classes/box_room.ts";
import { ClassDesk } from "../classes/class_desk.ts";
import { FullSizeViews } from "../classes/full_size_views.ts";
import type { CodedJobs } from "../capture/coded_jobs.ts";
import { Fault } from "../base/fault.ts";
import { takeFullParts } from "../capture/full_parts.ts";
import { CHILD_MS, Classifier } from "../classes/classifier.ts";
import { MODEL_NAME } from "../classes/label.ts";
import { classifierCommand } from "../classes/own_command.ts";
import { readOwnModel } from "../classes/own_model.ts";
import type { Settings } from "../config/schema.ts";
import type { ClassWish } from "../llm/class_wish.ts";
import type { Cameras } from "./cameras.ts";

export interface ClassesParts {
  readonly clock: Clock;
  readonly alerts: AlertBoard;
  readonly cameras: Pick<Cameras, "get">;
  /** By which what is kept of cameras is decoded. */
  readonly jobs: CodedJobs;
}

/** What the desk of classes does, and what became of views that were small. */
export interface Classes {
  readonly desk: ClassDesk;
  readonly views: FullSizeViews;
}

/** Undefined where nobody is to look. Disposing the desk ends both. */
export function openClasses(
  { classes, classesModel, memory }: Pick<
    Settings,
    "classes" | "classesModel" | "memory"
  >,
  parts: ClassesParts,
): Classes | undefined {
  if (classes === "off") return undefined;
  const { clock, alerts, cameras } = parts;
  const options = {
    ...{ command: classifierCommand(classesModel), limitMs: CHILD_MS, clock },
    mayAskSecond: () => hasRoomForSecond(readBoxHealth().memory),
  };
  const views = fullSizeViews(memory, parts);
  const desk = new ClassDesk({
    ...{ clock, alerts, log: logFor("classes") },
    classifier: new Classifier(options),
    memory: () => readBoxHealth().memory,
    viewsOf: async (camera, track) => await views.of(camera, track),
    stays: views,
    tell: (camera, line) => cameras.get(camera)?.pipeline.classified(line),
  });
  // What the program brings along is known to work; of another model nobody knows.
  if (classesModel !== undefined) desk.tryOut();
  return { desk, views };
}

/** Those who ask for pictures come first: with so many open, views stay small. */
const OTHERS_MAX = 1;

function fullSizeViews(
  { codedSeconds }: Pick<Settings["memory"], "codedSeconds">,
  { clock, cameras, jobs }: ClassesParts,
): FullSizeViews {
  const ringOf = (camera: string) => cameras.get(camera)?.source.coded?.ring;
  return new FullSizeViews({
    ...{ clock, log: logFor("classes"), againMs: 1_000 * codedSeconds / 2 },
    viewsOf: async (camera, track) =>
      await cameras.get(camera)?.pipeline.viewsOf(track) ?? [],
    picturesOf: (camera) => {
      const frame = cameras.get(camera)?.pipeline.analysedFormat;
      const larger = ringOf(camera)?.init;
      return frame && larger && { frame, larger };
    },
    take: async (camera, asked, signal) => {
      const ring = ringOf(camera);
      if (!ring) throw new Fault("unavailable", `Cannot look back: no camera ${camera}`);
      if (jobs.open > OTHERS_MAX) {
        return new Map(asked.parts.map(({ ptsUs }) => [ptsUs, { kind: "busy" }]));
      }
      return await takeFullParts(ring, asked, { jobs, signal });
    },
  });
}

/** Name of the model that says what moves; undefined where none does. */
export function classModelOf(
  { classes, classesModel }: Pick<Settings, "classes" | "classesModel">,
): string | undefined {
  if (classes === "off") return undefined;
  return classesModel === undefined ? MODEL_NAME : ownModelName(classesModel);
}

/** A description that cannot be read is an alert's to tell: nobody looks then. */
function ownModelName(folder: string): string {
  try {
    return readOwnModel(folder).model;
  } catch (thrown) {
    if (thrown instanceof Fault) return "none";
    throw thrown;
  }
}

/**
 * For which classes the words of a place are wanted; undefined: for all.
 * @param place a zone, whose own wish goes before that of its camera; `zone` null: the picture
 */
export function classWishOf(
  { cameras }: Pick<Settings, "cameras">,
  { camera, zone }: { readonly camera: string; readonly zone: string | null },
): ClassWish | undefined {
  const whole = cameras[camera];
  const part = zone === null ? undefined : whole?.zones[zone];
  const classes = part?.classes ?? whole?.classes;
  const unknown = part?.unknown ?? whole?.unknown;
  return classes && unknown ? { classes, unknown } : undefined;
}
