import assert from "node:assert/strict";
import { type BoxFiles, readBoxHealth } from "./box_health.ts";

/** A box with these files. */
function boxOf(texts: Readonly<Record<string, string>>): BoxFiles {
  return {
    readText: (path) => texts[path],
    list: (folder) => {
      const names = Object.keys(texts).filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1).split("/")[0]!);
      return [...new Set(names)].sort();
    },
  };
}

const MEMINFO = "MemTotal:        1000 kB\nMemFree:   10 kB\nMemAvailable:    400 kB\n";

Deno.test("a Raspberry Pi tells its heat, its power and its memory", () => {
  const zone = "/sys/class/thermal/thermal_zone0";
  const health = readBoxHealth(boxOf({
    [`${zone}/temp`]: "71234\n",
    [`${zone}/trip_point_0_type`]: "critical\n",
    [`${zone}/trip_point_0_temp`]: "110000\n",
    [`${zone}/trip_point_1_type`]: "passive\n",
    [`${zone}/trip_point_1_temp`]: "80000\n",
    [`${zone}/trip_point_2_type`]: "active\n",
    [`${zone}/trip_point_2_temp`]: "50000\n",
    "/sys/class/hwmon/hwmon0/name": "cpu_thermal\n",
    "/sys/class/hwmon/hwmon1/name": "rpi_volt\n",
    "/sys/class/hwmon/hwmon1/in0_lcrit_alarm": "1\n",
    "/proc/meminfo": MEMINFO,
  }));
  assert.deepEqual(health, {
    hottestC: 71.234,
    throttleC: 80,
    underVoltage: true,
    memory: { availableBytes: 409_600, totalBytes: 1_024_000 },
  });
});

Deno.test("of several zones the hottest counts, without those that have no sensor", () => {
  const health = readBoxHealth(boxOf({
    "/sys/class/thermal/thermal_zone0/temp": "48000",
    "/sys/class/thermal/thermal_zone1/temp": "52500",
    "/sys/class/thermal/thermal_zone2/temp": "0",
    "/sys/class/thermal/thermal_zone3/temp": "nonsense",
    "/sys/class/thermal/thermal_zone4/temp": "255000",
    "/sys/class/thermal/cooling_device0/type": "fan",
  }));
  assert.deepEqual(health, { hottestC: 52.5 });
});

Deno.test("a box that tells nothing is told nothing of", () => {
  assert.deepEqual(readBoxHealth(boxOf({})), {});
  const odd = { "/proc/meminfo": "MemTotal: many kB\n" };
  assert.deepEqual(readBoxHealth(boxOf(odd)), {});
});

Deno.test("this box has memory", () => {
  const { memory } = readBoxHealth();
  assert.ok(memory && memory.availableBytes > 0, JSON.stringify(memory));
  assert.ok(memory.availableBytes <= memory.totalBytes);
});
