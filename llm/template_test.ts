import assert from "node:assert/strict";
import type { Episode } from "../analysis/dsl/episode.ts";
import type { Story } from "./episode_story.ts";
import { templateSentence } from "./template.ts";

type StoryMore = Partial<Omit<Story, "episode">> & Partial<Episode> & {
  readonly inZone?: string;
};

function storyOf({ inZone: _, ...more }: StoryMore): Story {
  const episode: Episode = {
    ...{ id: 1, track: 1, zone: null, startMs: 0, endMs: 4_000 },
    ...{ startFrame: 1, endFrame: 40, enter: null, exit: null },
    ...{ cause: null, suppressed: null },
    ...more,
  };
  return {
    episode,
    dwellMs: 4_000,
    standingMs: undefined,
    hasStood: false,
    sizeMax: 0.02,
    lastX: 0.5,
    speedPerS: 0.2,
    othersMax: 0,
    dsl: [],
    ...more,
  };
}

type Occasion = Parameters<typeof templateSentence>[1]["occasion"];

function check(occasion: Occasion, cases: readonly (readonly [StoryMore, string])[]) {
  for (const [more, sentence] of cases) {
    const inZone = more.inZone ?? null;
    assert.equal(templateSentence(storyOf(more), { occasion, inZone }), sentence);
  }
}

Deno.test("templateSentence() says how something came", () => {
  check("opened", [
    [{ enter: "ENTER LEFT" }, "Something came in from the left."],
    [{ enter: "ENTER RIGHT" }, "Something came in from the right."],
    [{ enter: "ENTER UP" }, "Something came in from the top."],
    [{ enter: "ENTER DOWN" }, "Something came in from the bottom."],
    [{ enter: "ENTER" }, "Something came in."],
    [{ enter: "APPEAR" }, "Something appeared."],
    [{ enter: null }, "Something is moving in the picture."],
    [{ enter: "ENTER LEFT", othersMax: 2 }, "Something else came in from the left."],
    // Half in the picture it looks small, and says nothing of its size.
    [{ enter: "ENTER LEFT", sizeMax: 0.001 }, "Something came in from the left."],
    [{ zone: "porch", enter: "ENTER" }, "Something came into the porch."],
    [{ zone: "front-gate", enter: "ENTER LEFT" }, "Something came into the front gate."],
    [{ zone: "the_yard", enter: "APPEAR" }, "Something appeared in the yard."],
  ]);
});

Deno.test("templateSentence() says that something stopped, and where", () => {
  check("stopped", [
    [{ lastX: 0.1 }, "Something stopped on the left."],
    [{ lastX: 0.5 }, "Something stopped in the middle."],
    [{ lastX: 0.9 }, "Something stopped on the right."],
    [{ lastX: undefined }, "Something stopped."],
    [{ lastX: 0.1, inZone: "porch" }, "Something stopped in the porch."],
    [{ lastX: 0.1, othersMax: 1 }, "Something else stopped on the left."],
  ]);
});

Deno.test("templateSentence() says what stays, and for how long", () => {
  check("stayed", [
    [{ dwellMs: 30_000 }, "Something has been moving about for 30 seconds."],
    [
      { dwellMs: 30_000, inZone: "yard" },
      "Something has been moving about in the yard for 30 seconds.",
    ],
    [
      { dwellMs: 123_000, standingMs: 120_000, inZone: "porch" },
      "Something has been standing in the porch for 2 minutes.",
    ],
    [
      { dwellMs: 600_000, standingMs: 595_000, lastX: 0.9 },
      "Something has been standing on the right for 10 minutes.",
    ],
  ]);
});

Deno.test("templateSentence() tells a whole stay in the picture", () => {
  const left = { enter: "ENTER LEFT" } as const;
  const right = { exit: "EXIT RIGHT" } as const;
  check("closed", [
    [{ ...left, ...right }, "Something crossed from left to right in 4 seconds."],
    [
      { enter: "ENTER DOWN", exit: "EXIT UP" },
      "Something crossed from bottom to top in 4 seconds.",
    ],
    [
      { ...left, ...right, dwellMs: 400 },
      "Something crossed from left to right in less than a second.",
    ],
    [
      { ...left, ...right, dwellMs: 1_000, speedPerS: 1, sizeMax: 0.3 },
      "Something large and fast crossed from left to right in 1 second.",
    ],
    [
      { ...left, ...right, sizeMax: 0.002 },
      "Something small crossed from left to right in 4 seconds.",
    ],
    [
      { ...left, ...right, othersMax: 1 },
      "Something crossed from left to right in 4 seconds, with one other in view.",
    ],
    [
      { ...left, ...right, othersMax: 12 },
      "Something crossed from left to right in 4 seconds, with 12 others in view.",
    ],
    [
      { ...left, ...right, hasStood: true, dwellMs: 40_000 },
      "Something came in from the left, stopped, and went out on the right after 40 seconds.",
    ],
    [
      { ...left, exit: "EXIT LEFT" },
      "Something came in from the left and went back out after 4 seconds.",
    ],
    [
      { ...left, exit: "EXIT UP" },
      "Something came in from the left and went out at the top after 4 seconds.",
    ],
    [
      { ...left, exit: "EXIT" },
      "Something came in from the left and went out after 4 seconds.",
    ],
    [
      { ...left, exit: "DISAPPEAR", dwellMs: 150_000 },
      "Something came in from the left and was gone after 3 minutes.",
    ],
    [
      { ...left, exit: null },
      "Something came in from the left and was in view for 4 seconds.",
    ],
    [
      { enter: "APPEAR", ...right },
      "Something appeared and went out on the right after 4 seconds.",
    ],
    [
      { enter: "APPEAR", exit: "DISAPPEAR", hasStood: true, dwellMs: 7_200_000 },
      "Something appeared, stopped, and was gone after 2 hours.",
    ],
    [{ ...right }, "Something went out on the right after 4 seconds."],
    [
      { ...right, hasStood: true },
      "Something stopped and went out on the right after 4 seconds.",
    ],
    [{}, "Something was in view for 4 seconds."],
  ]);
});

Deno.test("templateSentence() tells a whole stay in a zone", () => {
  const zone = { zone: "porch", enter: "ENTER" } as const;
  check("closed", [
    [{ ...zone, exit: "EXIT" }, "Something went through the porch."],
    [{ ...zone, exit: "EXIT", hasStood: true }, "Something stopped in the porch."],
    [
      { ...zone, exit: "EXIT", dwellMs: 12_000 },
      "Something left the porch after 12 seconds.",
    ],
    [
      { ...zone, exit: "EXIT RIGHT", dwellMs: 12_000, hasStood: true },
      "Something stopped in and left the porch after 12 seconds.",
    ],
    [
      { ...zone, exit: "DISAPPEAR", dwellMs: 12_000 },
      "Something was gone after 12 seconds in the porch.",
    ],
    [{ ...zone, exit: null }, "Something was in the porch for 4 seconds."],
  ]);
});
