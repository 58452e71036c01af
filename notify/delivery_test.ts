import assert from "node:assert/strict";
import { makeNarration, MODEL } from "../tests/support/speech.ts";
import { deliveryOf, withinBounds } from "./delivery.ts";

const PAGE = Deno.readTextFileSync(new URL("../docs/ref/webhook.md", import.meta.url));

/** What the page's example tells of. */
const EXAMPLE = makeNarration({
  id: 12,
  episode: 7,
  track: 3,
  zone: "gate",
  classified: { state: "sure", class: "person", score: 0.87 },
  moment: "closed",
  author: MODEL,
  text: "A person in a red jacket walked to the gate.",
  startMs: Date.UTC(2026, 0, 1, 11, 59, 50),
  endMs: Date.UTC(2026, 0, 1, 11, 59, 57),
  dsl: ["EVENT type=ENTER blob=3 dir=LEFT"],
});

Deno.test("deliveryOf() makes what the page of the webhook shows", () => {
  const example = JSON.parse(/```json\n([^`]*)```/.exec(PAGE)![1]!);
  const made = deliveryOf({ narration: EXAMPLE }, example.delivery);
  assert.deepEqual(JSON.parse(JSON.stringify(made)), example);
  assert.deepEqual(Object.keys(made), Object.keys(example), "in this order");
});

Deno.test("the page of the webhook explains every field", () => {
  const explained = [...PAGE.matchAll(/^\| ((?:`\w+`(?:, )?)+) /gm)]
    .flatMap(([, names]) => [...names!.matchAll(/\w+/g)].map(([name]) => name));
  assert.deepEqual(explained, Object.keys(deliveryOf({ narration: EXAMPLE }, "id")));
});

Deno.test("deliveryOf() gives a picture as base64", () => {
  const narration = makeNarration({ hasPicture: true });
  const picture = Uint8Array.from([0xff, 0xd8, 0xff, 0x00]);
  assert.equal(deliveryOf({ narration, picture }, "id").picture, "/9j/AA==");
});

Deno.test("withinBounds() leaves out a picture that is larger than the page says", () => {
  const bytesMax = Number(/at most ([\d,]+) bytes/.exec(PAGE)![1]!.replaceAll(",", ""));
  const narration = makeNarration({ hasPicture: true });
  const largest = { narration, picture: new Uint8Array(bytesMax) };
  assert.equal(withinBounds(largest), largest);
  const larger = { narration, picture: new Uint8Array(bytesMax + 1) };
  assert.deepEqual(withinBounds(larger), { narration });
});
