import assert from "node:assert/strict";
import { silentLog } from "../base/log.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { openModelPlaces } from "./model_places.ts";

/** The box is up for a day. */
const PARTS = { log: silentLog, upMs: 86_400_000 };

/** A file with the stamp of a model: ms since the box was started. */
function written(path: string, upMs: number): string {
  const stamp = new DataView(new ArrayBuffer(12));
  stamp.setFloat64(0, upMs, true);
  Deno.writeFileSync(path, new Uint8Array(stamp.buffer));
  return path;
}

function isThere(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

Deno.test("openModelPlaces() makes a folder for its user only", () => {
  using folder = new TestFolder();
  const path = folder.file("models.1000");
  assert.ok(openModelPlaces(path, PARTS));
  assert.equal(Deno.statSync(path).mode! & 0o777, 0o700);
  assert.ok(openModelPlaces(path, PARTS), "there already");
});

Deno.test("openModelPlaces() uses no folder that others may look into, and no link", () => {
  using folder = new TestFolder();
  const open = folder.file("open");
  Deno.mkdirSync(open);
  Deno.chmodSync(open, 0o755);
  assert.equal(openModelPlaces(open, PARTS), undefined);
  const own = folder.file("own");
  Deno.mkdirSync(own, { mode: 0o700 });
  const link = folder.file("link");
  Deno.symlinkSync(own, link);
  assert.equal(openModelPlaces(link, PARTS), undefined);
  assert.equal(openModelPlaces(folder.file("not/there"), PARTS), undefined);
});

Deno.test("openModelPlaces() clears out models nobody goes on with, and leaves the rest", () => {
  using folder = new TestFolder();
  const path = folder.file("models.1000");
  openModelPlaces(path, PARTS);
  const old = PARTS.upMs - 2 * 3_600_000;
  const gone = [
    written(`${path}/a.model`, old),
    written(`${path}/a.model.new`, old),
    written(`${path}/c.model`, PARTS.upMs + 60_000), // of before the box was started
  ];
  const kept = [
    written(`${path}/b.model`, PARTS.upMs - 60_000),
    written(`${path}/a.lock`, old),
    written(`${path}/notes.txt`, old),
  ];
  openModelPlaces(path, PARTS);
  assert.deepEqual(gone.filter(isThere), []);
  assert.deepEqual(kept.filter(isThere), kept);
});

Deno.test("openModelPlaces() never clears out which ids were given", () => {
  using folder = new TestFolder();
  const path = folder.file("models.1000");
  openModelPlaces(path, PARTS);
  const seen = written(`${path}/a.seen`, 0);
  Deno.utimeSync(seen, new Date(0), new Date(0));
  openModelPlaces(path, PARTS);
  assert.equal(isThere(seen), true);
});

Deno.test("openModelPlaces() trusts a model's own stamp, and no time of its file", () => {
  using folder = new TestFolder();
  const path = folder.file("models.1000");
  openModelPlaces(path, PARTS);
  const fresh = written(`${path}/a.model`, PARTS.upMs - 60_000);
  Deno.utimeSync(fresh, new Date(0), new Date(0)); // the clock was set
  openModelPlaces(path, PARTS);
  assert.equal(isThere(fresh), true);
});

Deno.test("a file that cannot be judged keeps no camera from its place", () => {
  using folder = new TestFolder();
  const path = folder.file("models.1000");
  openModelPlaces(path, PARTS);
  Deno.mkdirSync(`${path}/a.model`);
  const old = written(`${path}/b.model`, PARTS.upMs - 2 * 3_600_000);
  assert.ok(openModelPlaces(path, PARTS));
  assert.equal(isThere(old), false, "the others are judged");
});

Deno.test("placeFor() says why a camera has no place", () => {
  using folder = new TestFolder();
  const path = folder.file("models.1000");
  const told: unknown[] = [];
  const log = { ...silentLog, warn: (...line: unknown[]) => told.push(line) };
  const places = openModelPlaces(path, { ...PARTS, log })!;
  Deno.mkdirSync(`${path}/elsewhere`);
  Deno.removeSync(path, { recursive: true });
  assert.equal(places.placeFor("gate", "rtsp://10.0.0.5/a"), undefined);
  assert.match(JSON.stringify(told), /models\.nowhere.*gate/);
});

Deno.test("a camera has the same place each time, another source another one", () => {
  using folder = new TestFolder();
  const path = folder.file("models.1000");
  const places = openModelPlaces(path, PARTS)!;
  const pathOf = (camera: string, source: string) => {
    using place = places.placeFor(camera, source);
    return place?.path;
  };
  const gate = pathOf("gate", "rtsp://10.0.0.5/a");
  assert.ok(gate?.startsWith(`${path}/gate-`));
  assert.equal(pathOf("gate", "rtsp://10.0.0.5/a"), gate);
  assert.notEqual(pathOf("gate", "rtsp://10.0.0.6/a"), gate);
  assert.notEqual(pathOf("yard", "rtsp://10.0.0.5/a"), gate);
});

Deno.test("two programs never keep the same camera in one place", () => {
  using folder = new TestFolder();
  const path = folder.file("models.1000");
  const places = openModelPlaces(path, PARTS)!;
  const others = openModelPlaces(path, PARTS)!;
  {
    using mine = places.placeFor("gate", "rtsp://10.0.0.5/a");
    assert.ok(mine);
    assert.equal(others.placeFor("gate", "rtsp://10.0.0.5/a"), undefined);
  }
  using after = others.placeFor("gate", "rtsp://10.0.0.5/a");
  assert.ok(after, "given back");
});

Deno.test("a clean end takes the models with it that it had, and leaves which ids were given", () => {
  using folder = new TestFolder();
  const path = folder.file("models.1000");
  const files: string[] = [];
  const end = (more: { readonly keeps?: boolean } = {}) => {
    using places = openModelPlaces(path, { ...PARTS, ...more })!;
    using gate = places.placeFor("gate", "rtsp://10.0.0.5/a")!;
    files.splice(0, 4);
    for (const ending of ["model", "model.new", "seen"]) {
      files.push(written(`${gate.path}.${ending}`, PARTS.upMs));
    }
    files.push(written(`${path}/other-1.model`, PARTS.upMs));
    return files;
  };
  assert.deepEqual(end().map(isThere), [false, false, true, true]);
  assert.deepEqual(end({ keeps: true }).map(isThere), [true, true, true, true]);
});

Deno.test("a clean end leaves a camera's model alone that another program watches by now", () => {
  using folder = new TestFolder();
  const path = folder.file("models.1000");
  const mine = openModelPlaces(path, PARTS)!;
  const place = mine.placeFor("gate", "rtsp://10.0.0.5/a")!;
  place[Symbol.dispose]();
  using others = openModelPlaces(path, PARTS)!;
  using theirs = others.placeFor("gate", "rtsp://10.0.0.5/a")!;
  const model = written(`${theirs.path}.model`, PARTS.upMs);
  mine[Symbol.dispose]();
  assert.equal(isThere(model), true);
});
