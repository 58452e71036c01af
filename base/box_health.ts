/**
 * How the box itself is: heat, power, memory, as the kernel tells it. Reads files of /sys
 * and /proc; judges nothing. What a box does not tell is absent, never a guess.
 * @module
 */

/** One look at the box. */
export interface BoxHealth {
  /** The hottest of its thermal zones, °C. */
  readonly hottestC?: number;
  /** Where the kernel begins to slow the processor down, °C; of that zone. */
  readonly throttleC?: number;
  /** The power supply is too weak now (Raspberry Pi). */
  readonly underVoltage?: boolean;
  /** Memory that programs can still get, and all there is, bytes. */
  readonly memory?: { readonly availableBytes: number; readonly totalBytes: number };
}

/** The files that are asked, below `/`: tests put another root in front. */
export interface BoxFiles {
  readText(path: string): string | undefined;
  list(folder: string): readonly string[];
}

/** The box on which we run. */
export const thisBox: BoxFiles = {
  readText(path) {
    try {
      return Deno.readTextFileSync(path);
    } catch {
      return undefined; // another kernel, another board
    }
  },
  list(folder) {
    try {
      return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    } catch {
      return [];
    }
  },
};

const THERMAL = "/sys/class/thermal";
const HWMON = "/sys/class/hwmon";
/** Trip points at which the kernel acts (Documentation/driver-api/thermal/sysfs-api). */
const ACTING_TRIPS = ["passive", "hot", "critical"];
const KIB = 1_024;

export function readBoxHealth(files: BoxFiles = thisBox): BoxHealth {
  return { ...heatOf(files), ...powerOf(files), ...memoryOf(files) };
}

function heatOf(files: BoxFiles): Pick<BoxHealth, "hottestC" | "throttleC"> {
  let hottest: { readonly hottestC: number; readonly throttleC?: number } | undefined;
  for (const name of files.list(THERMAL)) {
    if (!name.startsWith("thermal_zone")) continue;
    const zone = `${THERMAL}/${name}`;
    const milli = numberIn(files, `${zone}/temp`);
    // Boards without a sensor say 0, or what no silicon survives.
    if (milli === undefined || milli <= 0 || milli > 200_000) continue;
    if (hottest && hottest.hottestC >= milli / 1_000) continue;
    const throttleC = throttleOf(files, zone);
    hottest = {
      hottestC: milli / 1_000,
      ...(throttleC === undefined ? {} : { throttleC }),
    };
  }
  return hottest ?? {};
}

/** The lowest temperature at which the kernel does something about it. */
function throttleOf(files: BoxFiles, zone: string): number | undefined {
  const trips = files.list(zone).flatMap((name) => {
    const number = /^trip_point_(\d+)_type$/.exec(name)?.[1];
    const type = files.readText(`${zone}/${name}`)?.trim() ?? "";
    if (number === undefined || !ACTING_TRIPS.includes(type)) return [];
    const milli = numberIn(files, `${zone}/trip_point_${number}_temp`);
    return milli !== undefined && milli > 0 ? [milli / 1_000] : [];
  });
  return trips.length === 0 ? undefined : Math.min(...trips);
}

/** The Raspberry Pi's firmware driver (`raspberrypi-hwmon`) raises an alarm. */
function powerOf(files: BoxFiles): Pick<BoxHealth, "underVoltage"> {
  for (const name of files.list(HWMON)) {
    if (files.readText(`${HWMON}/${name}/name`)?.trim() !== "rpi_volt") continue;
    const alarm = numberIn(files, `${HWMON}/${name}/in0_lcrit_alarm`);
    if (alarm !== undefined) return { underVoltage: alarm !== 0 };
  }
  return {};
}

function memoryOf(files: BoxFiles): Pick<BoxHealth, "memory"> {
  const text = files.readText("/proc/meminfo") ?? "";
  const bytes = (field: string) => {
    const kib = new RegExp(`^${field}: +(\\d+) kB$`, "m").exec(text)?.[1];
    return kib === undefined ? undefined : Number(kib) * KIB;
  };
  const [availableBytes, totalBytes] = [bytes("MemAvailable"), bytes("MemTotal")];
  if (availableBytes === undefined || !totalBytes) return {};
  return { memory: { availableBytes, totalBytes } };
}

function numberIn(files: BoxFiles, path: string): number | undefined {
  const text = files.readText(path)?.trim();
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}
