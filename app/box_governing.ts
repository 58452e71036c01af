/**
 * Looks at the box every few seconds and spares it when it is in trouble: cameras that
 * stand last in the settings are held first, and what moves is not told apart. Says so, as
 * an alert; each camera says so itself, as a state. What trouble is decides `capture/governor.ts`.
 * @module
 */
import type { AlertBoard } from "../base/alerts.ts";
import { type BoxHealth, readBoxHealth } from "../base/box_health.ts";
import type { Clock } from "../base/clock.ts";
import { Governor, type Holding } from "../capture/governor.ts";
import type { HoldReason } from "../capture/ladder.ts";
import type { ClassDesk } from "../classes/class_desk.ts";
import type { CameraLine } from "./cameras.ts";

const LOOK_MS = 5_000;
const CODE = "box.spared";

export interface GoverningParts {
  readonly clock: Clock;
  readonly alerts: AlertBoard;
  lines(): readonly Pick<CameraLine, "source">[];
  /** Told at every look; undefined where nobody tells apart what moves. */
  readonly classes?: Pick<ClassDesk, "spare"> | undefined;
  /** The kernel's word, but in tests. */
  readonly health?: () => BoxHealth;
}

/** Until it is disposed. */
export function governBox(parts: GoverningParts): Disposable {
  const governor = new Governor(0);
  return parts.clock.every(LOOK_MS, () => {
    const held = parts.lines().filter(({ source }) => source.ladder !== undefined);
    // One that could not be opened at first joins later.
    governor.resize(held.length);
    const health = (parts.health ?? readBoxHealth)();
    const framesDropped = held.reduce(
      (sum, { source }) => sum + source.counts.framesDropped,
      0,
    );
    const look = { health, framesDropped };
    const holding = governor.step(look, parts.clock.monotonicMs());
    const firstHeld = held.length - holding.cameras;
    for (const [at, { source }] of held.entries()) {
      source.ladder!.hold(at >= firstHeld ? holding.why : undefined);
    }
    const { trouble } = governor;
    parts.classes?.spare(trouble && troubleWords(trouble, health));
    tell(holding, { health, alerts: parts.alerts });
  });
}

function tell(
  { cameras, why }: Holding,
  { health, alerts }: { readonly health: BoxHealth; readonly alerts: AlertBoard },
): void {
  if (why === undefined || cameras === 0) return alerts.clear(CODE, "");
  const [, toDo] = TROUBLE[why];
  const many = cameras === 1 ? "1 camera" : `${cameras} cameras`;
  alerts.raise({
    code: CODE,
    subject: "",
    severity: "warning",
    words: `The box ${
      troubleWords(why, health)
    }: only keyframes of ${many} are looked at`,
    toDo,
  });
}

/** What goes on after "The box": "is too hot (84 °C)". */
function troubleWords(why: HoldReason, { hottestC }: BoxHealth): string {
  const [trouble] = TROUBLE[why];
  const heat = why === "heat" && hottestC !== undefined;
  return heat ? `${trouble} (${Math.round(hottestC)} °C)` : trouble;
}

const TROUBLE: Readonly<Record<HoldReason, readonly [trouble: string, toDo: string]>> = {
  cpu: [
    "cannot keep up with its cameras",
    "Give the cameras a smaller stream, a lower rate, or fewer of them.",
  ],
  heat: [
    "is too hot",
    "Give it air or a cooler; the processor slows down by itself next.",
  ],
  power: [
    "gets too little power",
    "Use the power supply made for it, with a short cable; files may be damaged else.",
  ],
  memory: [
    "is short of memory",
    "Watch fewer cameras, or use a smaller model: when memory is gone, programs are ended.",
  ],
};
