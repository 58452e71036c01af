/**
 * Things that come again and again within a span: at most one in each slot of time,
 * so that any moment can be asked for without those before it.
 * @module
 */
import type { Span } from "./effect.ts";
import { RandomStream } from "./random.ts";

export interface VisitPlan {
  readonly seed: number;
  readonly span: Span;
  /** One visit begins in each slot. */
  readonly slotMs: number;
  /** Least and most length of a visit; not over a slot. */
  readonly lengthMs: readonly [least: number, most: number];
}

export interface Visit extends Span {
  /** From 0. */
  readonly index: number;
}

/** The visit under way at a time. */
export function visitAt(plan: VisitPlan, timeMs: number): Visit | undefined {
  const { span, slotMs } = plan;
  if (timeMs < span.startMs || timeMs >= span.endMs) return undefined;
  const visit = visitOf(plan, Math.floor((timeMs - span.startMs) / slotMs));
  return timeMs >= visit.startMs && timeMs < visit.endMs ? visit : undefined;
}

/** All visits that began before `untilMs`. */
export function visitsUntil(plan: VisitPlan, untilMs: number): Visit[] {
  const visits: Visit[] = [];
  const endMs = Math.min(untilMs, plan.span.endMs);
  for (let index = 0; plan.span.startMs + index * plan.slotMs < endMs; index++) {
    const visit = visitOf(plan, index);
    if (visit.startMs < endMs) {
      visits.push({ ...visit, endMs: Math.min(endMs, visit.endMs) });
    }
  }
  return visits;
}

/** The first visit comes at once: the span says when the effect begins. */
function visitOf({ seed, span, slotMs, lengthMs }: VisitPlan, index: number): Visit {
  const random = new RandomStream(seed, 0x7151, index);
  const length = Math.min(slotMs, random.between(...lengthMs));
  const late = index === 0 ? 0 : random.between(0, slotMs - length);
  const startMs = span.startMs + index * slotMs + late;
  return { index, startMs, endMs: Math.min(span.endMs, startMs + length) };
}
