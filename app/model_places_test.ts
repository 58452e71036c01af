import assert from "node:assert/strict";
import { silentLog } from "../base/log.ts";
import { TestFolder } from "../tests/support/clips.ts";
import { openModelPlaces } from "./model_places.ts";

const PARTS = { log: silentLog, utcMs: Date.UTC(2026, 0, 1) };

function written(path: string, changedMs: number): string {
  Deno.writeTextFileSync(path, "x");
  Deno.utimeSync(path, new Date(changedMs), new Date(changedMs));
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

Deno.test("openModelPlaces() clears out what nobody goes on with, and leaves the rest", () => {
  using folder = new TestFolder();
  const path = folder.file("models.1000");
  openModelPlaces(path, PARTS);
  const old = PARTS.utcMs - 2 * 3_600_000;
  const gone = ["a.model", "a.seen", "a.model.new"]
    .map((name) => written(`${path}/${name}`, old));
  const kept = [
    written(`${path}/b.model`, PARTS.utcMs - 60_000),
    written(`${path}/a.lock`, old),
    written(`${path}/notes.txt`, old),
  ];
  openModelPlaces(path, PARTS);
  assert.deepEqual(gone.filter(isThere), []);
  assert.deepEqual(kept.filter(isThere), kept);
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
