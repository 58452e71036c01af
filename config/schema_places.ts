/**
 * The part of the declaration that is about places in the picture: zones, masks, lines,
 * and how closely and from which size on one looks. The whole is `schema.ts`.
 * @module
 */
import { z } from "zod";
import { setting } from "./setting_traits.ts";

/** A place in the picture: x to the right, y down, 0..1. */
const point = z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]);

/** Corners of a polygon: a type of its own for each setting that has them. */
function corners() {
  return z.array(point).min(3).max(128);
}

/** How closely pixels are looked at; 5 is what the analysis was tuned with. */
export const sensitivity = z.int().min(1).max(10);

/** Of a box: its height or width, whichever is the larger share of the picture's. */
export const size = z.number().min(0).max(1);

/** Classes that are told of, in the words of the DSL; a type of its own for each setting. */
export function toldClasses() {
  return z.array(z.enum(["person", "vehicle", "bike", "animal"])).min(1).optional();
}

/** Whether what nobody can tell is told of where classes are asked for. */
export const toldUnknown = z.enum(["tell", "quiet"]);

/** A named polygon in a camera's picture. */
export const zoneSettings = z.strictObject({
  points: setting(corners(), {
    doc: "Corners as [x, y], 0..1 of the picture, x to the right, y down.",
    applies: "restart",
    door: "anywhere",
    replays: true,
  }),
  judge: setting(z.enum(["foot", "touch"]).default("foot"), {
    doc: "When something is in the zone: foot, its bottom centre is inside; touch, any " +
      "part of it is.",
    applies: "restart",
    door: "anywhere",
    replays: true,
  }),
  sensitivity: setting(sensitivity.optional(), {
    doc: "That of the camera for this part of the picture. Where zones overlap, the " +
      "highest holds.",
    applies: "restart",
    door: "anywhere",
    replays: false,
  }),
  neverIdle: setting(z.boolean().default(false), {
    doc:
      "What happens here cannot wait for the next keyframe: the camera decodes every " +
      "picture at all times.",
    applies: "restart",
    door: "anywhere",
    replays: false,
  }),
  classes: setting(toldClasses(), {
    doc:
      "Which are told of in this zone, instead of those of the camera. A stay in the " +
      "picture is told of by the camera's own classes, also when it leads through here.",
    applies: "restart",
    door: "anywhere",
    replays: true,
  }),
  unknown: setting(toldUnknown.optional(), {
    doc:
      "Whether what nobody can tell is told of in this zone; without it, that of the " +
      "camera.",
    applies: "restart",
    door: "anywhere",
    replays: true,
  }),
  minSize: setting(size.optional(), {
    doc: "Least size of what is reported in this zone, wherever in it; without it, " +
      "that of the camera.",
    applies: "restart",
    door: "anywhere",
    replays: true,
  }),
});

/** A named polygon in which nothing is ever motion. */
export const maskSettings = z.strictObject({
  points: setting(corners(), {
    doc: "Corners as [x, y], 0..1 of the picture, x to the right, y down.",
    applies: "restart",
    door: "anywhere",
    replays: false,
  }),
});

/** A named line; crossing it is an event. */
export const lineSettings = z.strictObject({
  points: setting(z.array(point).min(2).max(32), {
    doc:
      "Points as [x, y], 0..1 of the picture, x to the right, y down; what crosses is " +
      "the bottom centre of a box.",
    applies: "restart",
    door: "anywhere",
    replays: true,
  }),
  direction: setting(z.enum(["both", "forward"]).default("both"), {
    doc: "Which crossings are told: both ways, or forward only, from the left hand of " +
      "one who goes along the line from its first point to its right hand. Of a line " +
      "drawn from left to right, forward is downwards.",
    applies: "restart",
    door: "anywhere",
    replays: true,
  }),
});
