import assert from "node:assert/strict";
import fc from "fast-check";
import {
  arbitraryHeader,
  arbitraryObservation,
} from "../../tests/support/arbitrary_observation.ts";
import { quoted } from "./line.ts";
import { type Entry, formatText, NO_EXTRAS } from "./text.ts";
import { formatHeader, formatObservation } from "./text_format.ts";
import { parseText } from "./text_parse.ts";

const FRAME = "FRAME 42 @ 07:25:04.200 t=1733901904200 pts=12.345678";
const DELTA = "  DELTA motion_pct=5.2% regions=2";
const BLOB = "  BLOB id=1 pos=(0.300,0.400) size=(0.100,0.150)" +
  " vel=(0.0200,0.0100) vel_s=(0.5000,0.2500)";
const MAKER = "# streamware-dsl version=1 analyser=0.1.0 settings=9f86d081";
const CAMERA = "# camera name=gate size=640x360 work=320x180 fps=10 clock=utc";
const UNITS = formatHeader({
  version: 1,
  camera: "gate",
  width: 640,
  height: 360,
  workWidth: 320,
  workHeight: 180,
  fps: 10,
  clock: "utc",
  analyser: "0.1.0",
  settings: "9f86d081",
}).split("\n")[2]!;

function lines(...all: string[]): string {
  return all.map((line) => line + "\n").join("");
}

/** Reads `text`: which lines are reported, and what is written back. */
function check(text: string, expected: { reported?: number[]; back?: string }): Entry[] {
  const { entries, problems } = parseText(text);
  assert.deepEqual(problems.map(({ line }) => line), expected.reported ?? []);
  assert.equal(formatText(entries), expected.back ?? text);
  return [...entries];
}

Deno.test("parseText() gives back every observation that was formatted", () => {
  fc.assert(fc.property(arbitraryObservation, (observation) => {
    const { entries, problems } = parseText(formatObservation(observation));
    assert.deepEqual(problems, []);
    const extras = NO_EXTRAS;
    assert.deepEqual(entries, [{ kind: "frame", observation, extras, linesLost: 0 }]);
  }));
});

Deno.test("parseText() gives back every header that was formatted", () => {
  fc.assert(fc.property(arbitraryHeader, (header) => {
    const { entries, problems } = parseText(formatHeader(header));
    assert.deepEqual(problems, []);
    assert.deepEqual(entries, [{ kind: "header", header, extras: NO_EXTRAS }]);
  }));
});

Deno.test("formatted lines hold no line end but their own, not even Python's", () => {
  fc.assert(fc.property(arbitraryHeader, arbitraryObservation, (header, observation) => {
    const text = formatHeader(header) + formatObservation(observation);
    // deno-lint-ignore no-control-regex -- finding control characters is the point
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f\u0085\u2028\u2029]/);
  }));
});

Deno.test("parseText() keeps the order of frames and headers", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(
        arbitraryObservation.map(formatObservation),
        arbitraryHeader.map(formatHeader),
      )),
      (parts) => void check(parts.join(""), {}),
    ),
    { numRuns: 30 },
  );
});

Deno.test("parseText() takes CRLF and a byte order mark for nothing", () => {
  const text = lines(MAKER, CAMERA, UNITS, FRAME, DELTA, BLOB);
  check("\ufeff" + text.replaceAll("\n", "\r\n"), { back: text });
});

Deno.test("parseText() reads a text without its last line end", () => {
  check(lines(FRAME, DELTA, BLOB).trimEnd(), { back: lines(FRAME, DELTA, BLOB) });
});

Deno.test("parseText() reads fields in any order and lines without indent", () => {
  const text = lines(FRAME, "DELTA regions=2 motion_pct=5.2%");
  check(text, { back: lines(FRAME, DELTA) });
});

Deno.test("what a later version wrote comes back byte for byte", () => {
  check(
    lines(
      `${MAKER} build=77`,
      CAMERA,
      "# place lat=50.06",
      `${UNITS} heat=K`,
      `${FRAME} lux=3.5`,
      `  WEATHER rain=yes "what ever"`,
      `${DELTA} heat=300.1`,
      `${BLOB} conf=0.92 label="a person"`,
      `${BLOB.replace("id=1", "id=2")}`,
      "  POSE blob=1 -> sitting (conf=0.92)",
      "  EVENT type=LOITER blob=1 dir=LEFT",
      "  EVENT type=CROSS blob=1 dir=LEFT line=kerb",
      "  EVENT type=ENTER blob=1 dir=INWARD",
      "  CAUSE laser score=0.10 suppressed=yes",
      "  STATE hacked since=0",
      "  STATE offline since=0 why=banned",
      "RULE gate fired=yes",
      "  BECAUSE frame=42",
      "  EVENT of another kind",
      FRAME,
      DELTA,
    ),
    {},
  );
});

Deno.test("fields and lines that nobody knows come back from wherever they stood", () => {
  const value = fc.oneof(
    fc.string({ unit: "binary", maxLength: 12 }).map(quoted),
    fc.constantFrom("(0.1,0.2)", "7%", "a=b", ""),
  );
  const field = fc.tuple(fc.stringMatching(/^x[a-z_]{0,8}$/), value).map((parts) =>
    " " + parts.join("=")
  );
  const line = fc.string({ unit: "binary", maxLength: 30 })
    .filter((text) => !/[\r\n]/.test(text)).map((text) => `  X${text.length} ${text}\n`);
  const text = fc.tuple(arbitraryHeader, arbitraryObservation).map(([header, frame]) =>
    formatHeader(header) + formatObservation(frame)
  );
  const additions = fc.array(
    fc.record({ at: fc.nat(), field, line, both: fc.boolean() }),
  );
  fc.assert(fc.property(text, additions, (text, additions) => {
    const all = text.trimEnd().split("\n");
    for (const { at, field, line, both } of additions) {
      const place = at % all.length;
      const [first, ...more] = all[place]!.split("\n");
      all[place] = [first + field, ...more, ...(both ? [line.trimEnd()] : [])].join("\n");
    }
    check(all.join("\n") + "\n", {});
  }));
});

Deno.test("what a later version wrote stays when the observation is changed", () => {
  const [entry] = check(lines(FRAME, DELTA, `${BLOB} conf=0.92`, "  POSE x"), {});
  assert.equal(entry?.kind, "frame");
  if (entry?.kind !== "frame") return;
  const observation = { ...entry.observation, skipped: 1 };
  assert.equal(
    formatText([{ ...entry, observation }]),
    lines(`${FRAME} skipped=1`, DELTA, `${BLOB} conf=0.92`, "  POSE x"),
  );
});

Deno.test("a damaged line costs that line only and is reported by its number", () => {
  const damaged = [
    "  BLOB id=1 pos=(0.300,0.4",
    "  BLOB id=1",
    BLOB.replace("id=1", "id=x"),
    BLOB.replace("id=1", "id=-1"),
    BLOB.replace("id=1", "id=1 id=2"),
    BLOB.replace("0.300", "0.3000"),
    BLOB.replace("0.300", "NaN"),
    BLOB.replace("0.300", "1234567890123.456"),
    BLOB.replace("(0.300,0.400)", "0.300,0.400"),
    "  EVENT type=ENT\u0000R blob=1 dir=LEFT",
    '  EVENT type=ENTER blob=1 dir=LEFT zone="gate',
    '  EVENT type=ENTER blob=1 dir=LEFT zone="\\q"',
    "  EVENT type=ENTER blob=1 dir=LEFT zone=ga\u0007te",
    "  CAUSE light score=0.80 suppressed=maybe",
    "  EDGE blob=1 points=24 area=1240 complexity=0.70",
    "  TRACK blob=9007199254740993 frames=1 dist=0.0000 speed=0.0000 speed_s=0.0000 moving=no",
    "  \u0001\u0002",
    "@@@@",
    "  BLOB " + "x".repeat(20_000),
  ];
  for (const line of damaged) {
    const [first] = check(lines(FRAME, DELTA, line, BLOB, FRAME, DELTA), {
      reported: [3],
      back: lines(FRAME, DELTA, BLOB, FRAME, DELTA),
    });
    assert.equal(first?.kind === "frame" && first.linesLost, 1);
  }
});

Deno.test("a damaged FRAME line takes its lines along: they are of no known moment", () => {
  for (
    const damaged of [
      "FRAME 42 @ 07:25:04.201 t=1733901904200 pts=12.345678",
      "FRAME 42 @ 07:25:04.200 t=1733901904200 pts=12.34567",
      "FRAME 42 @ 07:25:04.200 t=1733901904200",
      "FRAME 42 at noon",
      'FRAME "',
      "FRAME " + "4".repeat(20_000),
    ]
  ) {
    check(lines(FRAME, DELTA, damaged, DELTA, BLOB, "  POSE x", FRAME, DELTA), {
      reported: [3, 4, 5, 6],
      back: lines(FRAME, DELTA, FRAME, DELTA),
    });
  }
});

Deno.test("lines after a second DELTA are refused: a FRAME line is missing", () => {
  check(lines(FRAME, DELTA, BLOB, DELTA, BLOB, FRAME, DELTA), {
    reported: [4, 5],
    back: lines(FRAME, DELTA, BLOB, FRAME, DELTA),
  });
});

Deno.test("a frame without DELTA says so and is not written back with an invented one", () => {
  check(lines(FRAME, BLOB), { reported: [1] });
  const damaged = lines(FRAME, "  DELTA motion_pct=% regions=2", BLOB);
  check(damaged, { reported: [2], back: lines(FRAME, BLOB) });
});

Deno.test("a header that cannot be read is reported and its lines are kept", () => {
  const frame = lines(FRAME, DELTA);
  check(lines(MAKER, UNITS) + frame, { reported: [1] });
  check(lines(MAKER, CAMERA.replace("640x360", "640"), UNITS) + frame, {
    reported: [2],
    back: lines(MAKER, UNITS) + frame,
  });
  check(lines(MAKER.replace("=1", "=2"), CAMERA, UNITS) + frame, {
    reported: [1],
    back: lines(CAMERA, UNITS) + frame,
  });
  check(lines(MAKER, CAMERA, UNITS.replace("t=ms", "t=us")) + frame, {
    reported: [3],
    back: lines(MAKER, CAMERA) + frame,
  });
});

Deno.test("comments are kept where they stand", () => {
  check(lines("# by hand", MAKER, CAMERA, UNITS, FRAME, "# here", DELTA, "# end"), {});
});

Deno.test("parseText() never throws: each line is kept or reported, none lost in silence", () => {
  const bits = fc.constantFrom(
    ...[FRAME, DELTA, BLOB, MAKER, CAMERA, UNITS, "\n", "\r\n", " ", "\t", '"', "#"],
    ...["FRAME ", "  EVENT type=", "  CAUSE light", "  STATE ", "\\", "=", "__proto__="],
  );
  const noise = fc.array(fc.oneof(bits, fc.string({ unit: "binary" })), {
    maxLength: 60,
    size: "max",
  }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(noise, (text) => {
      const { entries, problems } = parseText(text);
      const kept = formatText(entries).split("\n").length - 1;
      const lost = problems.filter(({ reason }) => !/ has no \S+ line$/.test(reason));
      const given = text.replace(/^\ufeff/, "").split("\n")
        .filter((line) => /[^ \t]/.test(line.replace(/\r$/, "")));
      assert.equal(kept + lost.length, given.length);
    }),
    { numRuns: 400 },
  );
});

Deno.test("a text with bytes knocked out never throws and loses no other frame", () => {
  fc.assert(
    fc.property(
      fc.array(arbitraryObservation, { minLength: 3, maxLength: 3 }),
      fc.nat(),
      fc.string({ unit: "binary", maxLength: 3 }).filter((with_) => !/\n/.test(with_)),
      ([first, second, third], at, instead) => {
        const hit = formatObservation(second!).trimEnd();
        const place = at % hit.length;
        if (hit[place] === "\n") return;
        const text = formatObservation(first!) + hit.slice(0, place) + instead +
          hit.slice(place + 1) + "\n" + formatObservation(third!);
        const frames = parseText(text).entries.filter(({ kind }) => kind === "frame");
        assert.deepEqual(
          (frames.at(-1) as Entry & { kind: "frame" }).observation,
          third,
        );
        assert.deepEqual(
          (frames[0] as Entry & { kind: "frame" }).observation.blobs.slice(
            0,
            first!.blobs.length,
          ),
          first!.blobs,
        );
      },
    ),
    { numRuns: 300 },
  );
});
