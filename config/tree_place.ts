/**
 * Where the reader of a settings file is, in the file and among the settings. Reads
 * nothing: that is `tree.ts`.
 * @module
 */
import { isNode, type Scalar } from "yaml";

/** Where the reader is: what stands in the file there, and under which path. */
export interface Place {
  readonly node: unknown;
  /** Of the key it stands under; shown when there is no value to point at. */
  readonly keyAt: number;
  /** Of properties. */
  readonly path: readonly (string | number)[];
  /** As in the file. */
  readonly shown: string;
}

/** As it stands in the file: `007` and `~` are names too. */
export function textOf({ value, source }: Scalar): string {
  return typeof value === "string" ? value : source ?? "";
}

/** Of the value, or of its name when there is none to point at. */
export function startOf({ node, keyAt }: Place): number {
  if (!isNode(node) || !node.range) return keyAt;
  const [start, end] = node.range;
  return start === end ? keyAt : start;
}
