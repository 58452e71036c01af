/**
 * Is the box too hot, or its power supply too weak? Says nothing where the kernel does
 * not know.
 * @module
 */
import { namesIn, textIn } from "../found_files.ts";
import type { Check, Finding } from "./check.ts";

export const check: Check = { name: "heat", timeoutMs: 5_000, run };

function run(): Promise<readonly Finding[]> {
  const zones = numbersIn("/sys/class/thermal", /^thermal_zone\d+$/, "temp");
  return Promise.resolve([
    ...judgeHeat(zones.map((thousandths) => thousandths / 1_000)),
    ...judgePower(hasLowVoltage()),
  ]);
}

/** Boards slow down from 80 to 85 °C on. */
const HOT_C = 80;

/** @param celsius temperatures of the thermal zones; empty where there are none */
export function judgeHeat(celsius: readonly number[]): readonly Finding[] {
  // Sensors that are not connected say -273, 0 or more than water boils at.
  const known = celsius.filter((one) => one > 0 && one < 125);
  if (known.length === 0) return [];
  const hottestC = Math.round(Math.max(...known));
  const words = `the hottest sensor says ${hottestC} °C`;
  const facts = { hottestC };
  if (hottestC < HOT_C) return [{ level: "good", words, facts }];
  const toDo = "give it air or a heat sink; lower fps and width of the cameras";
  return [{ level: "warning", words: `${words}: the processor slows down`, toDo, facts }];
}

/**
 * @param isLow whether the board says under-voltage; undefined where it cannot say
 */
export function judgePower(isLow: boolean | undefined): readonly Finding[] {
  if (isLow === undefined) return [];
  if (!isLow) return [{ level: "good", words: "the power supply is strong enough" }];
  const words =
    "the power supply is too weak: the processor slows down, cards are damaged";
  return [{
    level: "warning",
    words,
    toDo: "take the board's own power supply and a short cable",
  }];
}

/** The Raspberry Pi's own sensor, by the kernel's driver `raspberrypi-hwmon`. */
function hasLowVoltage(): boolean | undefined {
  for (const name of namesIn("/sys/class/hwmon")) {
    const folder = `/sys/class/hwmon/${name}`;
    if (textIn(`${folder}/name`)?.trim() !== "rpi_volt") continue;
    const alarm = textIn(`${folder}/in0_lcrit_alarm`)?.trim();
    return alarm === undefined ? undefined : alarm === "1";
  }
  return undefined;
}

function numbersIn(folder: string, pattern: RegExp, file: string): number[] {
  return namesIn(folder).filter((name) => pattern.test(name))
    .map((name) => textIn(`${folder}/${name}/${file}`))
    .filter((text) => text !== undefined).map(Number).filter(Number.isFinite);
}
