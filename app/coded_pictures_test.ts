import assert from "node:assert/strict";
import { CodedFeed } from "../capture/coded_feed.ts";
import { CodedJobs } from "../capture/coded_jobs.ts";
import type { FrameSource } from "../capture/source.ts";
import { codedClip, ringed } from "../tests/support/coded_stream.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { codedPictures } from "./coded_pictures.ts";

const clip = await codedClip({ frames: 30, gop: 25, bFrames: 0 });

function sourceWith(coded: CodedFeed | undefined): FrameSource {
  const counts = { framesTotal: 0, framesDropped: 0, packetsTotal: 0, bytesTotal: 0 };
  return {
    counts: { ...counts, reconnects: 0, decoderRestarts: 0, decoderErrors: 0 },
    children: [],
    ...(coded ? { coded } : {}),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

Deno.test("codedPictures() looks back at a camera, and says why not at a file", async () => {
  const coded = new CodedFeed({ seconds: 60, bytesMax: 1e7 });
  coded.begin(clip.init);
  for (const packet of clip.packets) coded.push(ringed(clip, packet));
  const lines = new Map([
    ["gate", { source: sourceWith(coded) }],
    ["film", { source: sourceWith(undefined) }],
  ]);
  using folder = new TestFolder();
  await using jobs = new CodedJobs();
  const pictures = codedPictures(lines, { jobs, folder: folder.path });

  assert.equal(pictures.whyNone("gate"), undefined);
  const full = await pictures.full("gate", { ptsUs: 400_000 });
  assert.deepEqual([full.ptsUs, full.width, full.height], [400_000, 320, 240]);
  const made = await pictures.clip("gate", { span: { seconds: 5 } });
  assert.deepEqual([made.fromUs, made.toUs], [0, 1_160_000]);

  assert.match(pictures.whyNone("film")!, /kept of rtsp:\/\/ cameras only/);
  assert.match(pictures.whyNone("barn")!, /could not be opened yet/);
  await assert.rejects(pictures.full("film", {}), /Cannot look back: of camera film/);
});
