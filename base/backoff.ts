/**
 * Growing waits between tries, for ever. Pure: chance is an argument.
 * @module
 */
export interface BackoffPlan {
  readonly firstMs: number;
  readonly maxMs: number;
  /** Part of the wait that varies, 0..1: 0.2 means 20 % more or less. */
  readonly jitter: number;
}

/** Camera reconnects: 1, 2, 4 … 60 s, 20 % jitter. A fixed wait cost others 15,000 restarts in three days. */
export const RECONNECT: BackoffPlan = { firstMs: 1_000, maxMs: 60_000, jitter: 0.2 };

/**
 * The wait before try number `attempt` (from 1), in ms.
 * @param chance a number in 0..1
 */
export function backoffMs(plan: BackoffPlan, attempt: number, chance: number): number {
  const doubled = plan.firstMs * 2 ** Math.min(30, Math.max(0, attempt - 1));
  const base = Math.min(plan.maxMs, doubled);
  return Math.round(base * (1 + plan.jitter * (2 * chance - 1)));
}
