/**
 * Where each alert is told, and how loud: one that another causes stands under its
 * cause, a camera's own on its card, a note as a quiet line. Pure.
 * @module
 */
import type { AlertView } from "../live_protocol.ts";

/** An alert with those that it causes, at whatever remove. */
export interface AlertGroup {
  readonly alert: AlertView;
  readonly causes: readonly AlertView[];
}

export interface AlertGroups {
  /** By the camera that they are about. */
  readonly cameras: ReadonlyMap<string, readonly AlertGroup[]>;
  /** Above the page: warnings and worse. */
  readonly banners: readonly AlertGroup[];
  /** Lines that can be sent away. */
  readonly notes: readonly AlertGroup[];
}

/** Alerts of this beginning are about the camera that is their subject. */
const CAMERA_CODES = "camera.";

/** @param cameras the names of those that have a card on the page */
export function groupAlerts(
  alerts: readonly AlertView[],
  cameras: readonly string[],
): AlertGroups {
  const groups = new Map<AlertView, AlertView[]>();
  for (const alert of alerts) {
    const root = rootOf(alert, alerts);
    const group = groups.get(root) ?? [];
    if (root !== alert) group.push(alert);
    groups.set(root, group);
  }
  const onCards = new Map<string, AlertGroup[]>();
  const banners: AlertGroup[] = [];
  const notes: AlertGroup[] = [];
  for (const [alert, causes] of groups) {
    const group = { alert, causes };
    if (alert.code.startsWith(CAMERA_CODES) && cameras.includes(alert.subject)) {
      onCards.set(alert.subject, [...onCards.get(alert.subject) ?? [], group]);
    } else if (alert.severity === "note") notes.push(group);
    else banners.push(group);
  }
  return { cameras: onCards, banners, notes };
}

/** The same for the same alert; another when its words change, so that it is seen. */
export function alertKey({ code, subject, sinceUtcMs, words }: AlertView): string {
  return [code, subject, sinceUtcMs, words].join("\n");
}

/** The first cause that still stands; itself when none does, or when they go in a ring. */
function rootOf(alert: AlertView, all: readonly AlertView[]): AlertView {
  const passed = new Set([alert]);
  let root = alert;
  for (let cause = causeOf(root, all); cause; cause = causeOf(root, all)) {
    if (passed.has(cause)) return alert;
    passed.add(cause);
    root = cause;
  }
  return root;
}

/** Of its own subject when there is such a one: two cameras may both be offline. */
function causeOf(alert: AlertView, all: readonly AlertView[]): AlertView | undefined {
  if (alert.dependsOn === undefined) return undefined;
  const causes = all.filter(({ code }) => code === alert.dependsOn);
  return causes.find(({ subject }) => subject === alert.subject) ?? causes[0];
}
