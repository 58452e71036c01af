/**
 * Why something that was seen is not reported, in English. Words only: the reasons are
 * the causes and states of the motion DSL, and `small`.
 * @module
 */
import type { CameraState } from "../analysis/dsl/camera_state.ts";
import type { Suppression } from "../analysis/dsl/episode.ts";

export const unreportedWords = {
  title: "Not reported",
  lead: "What was seen, and why nobody was told.",
  all: "All reasons",
  filter: "Reason",
  search: "Search",
  searchHint: (named: boolean) => named ? "camera, place, time" : "place, zone, time",
  empty: "Nothing was kept quiet so far.",
  none: "Nothing like that",
  wholePicture: "whole picture",
  place: (x: number, y: number) =>
    `${ROWS[third(y)]!} ${COLUMNS[third(x)]!}`.trim() || "middle",
  inZone: (zone: string) => `in ${zone}`,
  why: whyWords,
};

/** `swaying: a tree, water, a flag`; an unknown one of a later version is itself. */
function whyWords(why: Suppression | CameraState): string {
  return WHY[why] ?? why;
}

const WHY: Partial<Record<string, string>> = {
  light: "light changed",
  ir_switch: "camera switched its infrared light",
  headlight: "light of a car",
  shadow: "only a shadow",
  reflection: "only a reflection",
  rain: "rain",
  snow: "snow",
  noise: "noise of a dark or foggy picture",
  insect: "insect or web near the lens",
  sway: "swaying: tree, water, flag",
  shake: "the camera shook",
  overlay: "text in the picture",
  decode_loss: "damaged picture",
  absorbed: "became part of the scene",
  small: "smaller than min_size",
  warmup: "learning the scene",
  frozen: "the same picture again and again",
  covered: "lens covered",
  defocused: "out of focus",
  dirty: "dirty lens",
  moved: "camera was moved",
};

const COLUMNS = ["left", "", "right"];
const ROWS = ["upper", "", "lower"];

/** 0, 1 or 2. */
function third(part: number): number {
  return Math.min(2, Math.max(0, Math.floor(part * 3)));
}
