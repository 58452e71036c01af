import assert from "node:assert/strict";
import { silentLog } from "./log.ts";
import { Metrics, type Reading } from "./metrics.ts";

function check(reading: Reading, lines: string): void {
  const metrics = new Metrics(silentLog);
  metrics.gauge({ name: "sw_x", help: "An x.", read: () => reading });
  const head = lines === "" ? "" : "# HELP sw_x An x.\n# TYPE sw_x gauge\n";
  assert.equal(metrics.text(), head + lines);
}

Deno.test("Metrics writes a plain number without labels", () => check(4.5, "sw_x 4.5\n"));

Deno.test("Metrics leaves out what has no value", () => {
  check(undefined, "");
  check([], "");
});

Deno.test("Metrics writes one line per labelled sample", () => {
  check(
    [{ labels: { camera: "a" }, value: 1 }, { labels: { camera: "b" }, value: 2 }],
    'sw_x{camera="a"} 1\nsw_x{camera="b"} 2\n',
  );
});

Deno.test("Metrics escapes quotes, backslashes and line ends in label values", () => {
  check(
    [{ labels: { why: 'a"b\\c\nd' }, value: 0 }],
    'sw_x{why="a\\"b\\\\c\\nd"} 0\n',
  );
});

Deno.test("Metrics writes infinities and NaN as the format spells them", () => {
  check(Infinity, "sw_x +Inf\n");
  check(-Infinity, "sw_x -Inf\n");
  check(NaN, "sw_x NaN\n");
});

Deno.test("Metrics leaves out a metric whose reading throws, and logs it", () => {
  const logged: string[] = [];
  const metrics = new Metrics({
    ...silentLog,
    warn: (event, facts) => void logged.push(`${event} ${facts?.metric}`),
  });
  metrics.gauge({
    name: "sw_bad",
    help: "Bad.",
    read: () => {
      throw new Error("gone");
    },
  });
  metrics.counter({ name: "sw_good_total", help: "Good.", read: () => 1 });
  assert.match(metrics.text(), /^# HELP sw_good_total/);
  assert.deepEqual(logged, ["metrics.unreadable sw_bad"]);
});

Deno.test("Metrics refuses a name twice and a counter without _total", () => {
  const metrics = new Metrics(silentLog);
  metrics.counter({ name: "sw_a_total", help: "A.", read: () => 1 });
  assert.throws(() => metrics.counter({ name: "sw_a_total", help: "A.", read: () => 1 }));
  assert.throws(() => metrics.counter({ name: "sw_b", help: "B.", read: () => 1 }));
  assert.throws(() => metrics.gauge({ name: "sw-b", help: "B.", read: () => 1 }));
});
