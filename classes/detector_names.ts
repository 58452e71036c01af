/**
 * The detector's own names, in the order of its scores, and the class that each belongs
 * to. The order is the packed model's: it is in its head, and compared when it is loaded.
 * @module
 */
import type { KnownClass } from "../analysis/dsl/class_line.ts";

/** Of COCO's 80 things those that move by themselves, outdoors or through a room. */
export const DETECTOR_NAMES = [
  "person",
  "bicycle",
  "car",
  "motorcycle",
  "bus",
  "truck",
  "bird",
  "cat",
  "dog",
  "horse",
  "sheep",
  "cow",
  "bear",
] as const;
export type DetectorName = (typeof DETECTOR_NAMES)[number];

export const CLASS_OF_NAME: Readonly<Record<DetectorName, KnownClass>> = {
  person: "person",
  bicycle: "bike",
  car: "vehicle",
  motorcycle: "bike",
  bus: "vehicle",
  truck: "vehicle",
  bird: "animal",
  cat: "animal",
  dog: "animal",
  horse: "animal",
  sheep: "animal",
  cow: "animal",
  bear: "animal",
};
