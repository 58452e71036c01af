import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { serverParts } from "../tests/support/server_parts.ts";
import type { Clip, CodedPictures, FullPicture, SpanAsked } from "./coded_answers.ts";
import { openServer } from "./http_server.ts";

const PICTURE: FullPicture = {
  jpeg: new Uint8Array([0xff, 0xd8, 0xff]),
  ...{ width: 1_920, height: 1_080, ptsUs: 7_000_001, arrivalMs: 0, torn: false },
};
const CLIP: Clip = { mp4: new Uint8Array([0, 0, 0, 8]), fromUs: 1, toUs: 2 };

interface Asked {
  readonly times: (number | undefined)[];
  readonly spans: SpanAsked[];
}

function givingTo(asked: Asked, changes: Partial<CodedPictures> = {}): CodedPictures {
  return {
    whyNone: () => undefined,
    full: (_camera, { ptsUs }) => {
      asked.times.push(ptsUs);
      return Promise.resolve(PICTURE);
    },
    clip: (_camera, { span }) => {
      asked.spans.push(span);
      return Promise.resolve(CLIP);
    },
    ...changes,
  };
}

async function ask(path: string, coded?: CodedPictures) {
  await using server = await openServer(serverParts(coded ? { coded } : {}));
  const response = await fetch(server.url + path);
  return { response, status: response.status, bytes: await response.bytes() };
}

async function wordsOf(path: string, coded?: CodedPictures): Promise<string> {
  const { status, bytes } = await ask(path, coded);
  return `${status} ${new TextDecoder().decode(bytes)}`;
}

Deno.test("fullAnswer() gives the picture of a time, and says which one it is", async () => {
  const asked: Asked = { times: [], spans: [] };
  const coded = givingTo(asked);
  const { response, bytes } = await ask("full/gate.jpg?pts=7000001", coded);
  assert.equal(response.status, 200);
  assert.deepEqual(bytes, PICTURE.jpeg);
  const told = (name: string) => response.headers.get(name);
  assert.equal(told("content-type"), "image/jpeg");
  assert.equal(told("cache-control"), "no-store");
  assert.equal(told("x-streamware-pts-us"), "7000001");
  assert.equal(told("x-streamware-size"), "1920x1080");
  assert.ok(Number(told("x-streamware-age-ms")) > 0);
  assert.equal(told("x-streamware-doubtful"), null);
  await ask("full/gate.jpg", coded);
  assert.deepEqual(asked.times, [7_000_001, undefined]);
  const full = () => Promise.resolve({ ...PICTURE, torn: true });
  const torn = await ask("full/gate.jpg", { ...coded, full });
  assert.equal(torn.response.headers.get("x-streamware-doubtful"), "1");
});

Deno.test("clipAnswer() gives the seconds that are asked for, ten when nobody says", async () => {
  const asked: Asked = { times: [], spans: [] };
  const coded = givingTo(asked);
  const { response, bytes } = await ask("clip/gate.mp4", coded);
  assert.deepEqual(bytes, CLIP.mp4);
  assert.equal(response.headers.get("content-type"), "video/mp4");
  assert.equal(response.headers.get("x-streamware-from-us"), "1");
  assert.equal(response.headers.get("x-streamware-to-us"), "2");
  await ask("clip/gate.mp4?seconds=2.5", coded);
  await ask("clip/gate.mp4?from=-5&to=1000000", coded);
  assert.deepEqual(asked.spans, [
    { seconds: 10 },
    { seconds: 2.5 },
    { fromUs: -5, toUs: 1_000_000 },
  ]);
});

Deno.test("fullAnswer() and clipAnswer() refuse what they cannot read, with how to ask", async () => {
  const coded = givingTo({ times: [], spans: [] });
  for (const pts of ["", "x", "1.5", "1e9", "9".repeat(16)]) {
    assert.match(await wordsOf(`full/gate.jpg?pts=${pts}`, coded), /^400 pts= takes/);
  }
  const spans = ["seconds=0", "seconds=-1", "seconds=9999", "seconds=ten", "from=1"];
  for (const span of [...spans, "to=1", "from=2&to=1", "seconds=1&from=1&to=2"]) {
    assert.match(await wordsOf(`clip/gate.mp4?${span}`, coded), /^400 seconds= takes/);
  }
});

Deno.test("fullAnswer() and clipAnswer() say in words why there is nothing", async () => {
  const asked: Asked = { times: [], spans: [] };
  const file = givingTo(asked, { whyNone: () => "it is a file" });
  const gone = () =>
    Promise.reject(
      new Fault("unavailable", "Cannot take it: not kept any more", { hint: "hurry" }),
    );
  const late = givingTo(asked, { full: gone, clip: gone });
  for (const path of ["full/gate.jpg", "clip/gate.mp4"]) {
    assert.equal(await wordsOf(path, file), "404 There is none: it is a file\n");
    assert.match(await wordsOf(path), /^404 There is none: nothing is kept here/);
    const words = "503 Cannot take it: not kept any more: hurry\n";
    assert.equal(await wordsOf(path, late), words);
    assert.match(await wordsOf(path.replace("gate", "barn"), late), /^404 .*no such/);
  }
  assert.deepEqual(asked, { times: [], spans: [] }, "nothing was begun");
});
