import assert from "node:assert/strict";
import { IMPORT_TABLE, whyNotImport, whyNotPackage } from "./import_table.ts";

function allows(from: string, ...to: readonly string[]): void {
  for (const path of to) assert.equal(whyNotImport(from, path), undefined);
}

function refuses(from: string, ...to: readonly string[]): void {
  for (const path of to) assert.notEqual(whyNotImport(from, path), undefined, path);
}

Deno.test("whyNotImport() keeps base apart from everything", () => {
  allows("base/log.ts", "base/secret.ts");
  refuses("base/log.ts", "config/schema.ts", "capture/frame/frame.ts", "main.ts");
});

Deno.test("whyNotImport() lets a stage know another's words, never its works", () => {
  allows(
    "capture/probe.ts",
    "base/log.ts",
    "config/schema.ts",
    "analysis/dsl/observation.ts",
  );
  allows("analysis/worker.ts", "capture/frame/frame_ring.ts");
  refuses(
    "capture/probe.ts",
    "analysis/analyzer.ts",
    "server/routes.ts",
    "app/pipeline.ts",
  );
  refuses("analysis/worker.ts", "capture/source.ts", "store/clips.ts");
});

Deno.test("whyNotImport() is stricter with a vocabulary than with its stage", () => {
  refuses("analysis/dsl/observation.ts", "analysis/regions.ts", "config/schema.ts");
  refuses("capture/frame/frame.ts", "capture/source.ts");
  allows("config/rules.ts", "capture/source_url.ts");
  refuses("config/rules.ts", "capture/probe.ts", "capture/frame/frame.ts");
  refuses("capture/source_url.ts", "config/schema.ts", "capture/source.ts");
  allows("server/live_protocol.ts", "llm/narration.ts");
  refuses("server/live_protocol.ts", "server/routes.ts", "llm/prompt.ts");
});

Deno.test("whyNotImport() gives the viewer words only, and the viewer to nobody", () => {
  allows("server/viewer/main.tsx", "server/viewer/state.ts", "server/live_protocol.ts");
  refuses("server/viewer/main.tsx", "base/clock.ts", "server/routes.ts");
  refuses("server/routes.ts", "server/viewer/state.ts");
  refuses("app/appliance.ts", "server/viewer/state.ts");
  allows("tests/browser/page_test.ts", "server/viewer/state.ts");
});

Deno.test("whyNotImport() lets the wiring know every stage, and nobody know the wiring", () => {
  allows("app/appliance.ts", "capture/source.ts", "server/routes.ts", "base/log.ts");
  allows("cli/run.ts", "app/appliance.ts", "analysis/analyzer.ts");
  allows("main.ts", "cli/program.ts");
  refuses("main.ts", "app/appliance.ts");
  refuses("app/appliance.ts", "cli/run.ts");
});

Deno.test("whyNotImport() gives tests/support to tests only", () => {
  allows("base/queue_test.ts", "tests/support/manual_clock.ts");
  refuses("base/queue.ts", "tests/support/manual_clock.ts");
  refuses("base/queue_test.ts", "scripts/evaluate.ts");
});

Deno.test("whyNotImport() refuses a folder that nobody decided on", () => {
  refuses("utils/strings.ts", "base/log.ts");
  refuses("capture/probe.ts", "utils/strings.ts");
});

Deno.test("whyNotPackage() knows the owner of each package", () => {
  const refused = (from: string, specifier: string) =>
    assert.notEqual(whyNotPackage(from, specifier), undefined, specifier);
  const allowed = (from: string, specifier: string) =>
    assert.equal(whyNotPackage(from, specifier), undefined, specifier);
  allowed("server/routes.ts", "hono/etag");
  refused("app/appliance.ts", "hono");
  allowed("base/log.ts", "@logtape/logtape");
  refused("base/clock.ts", "@logtape/logtape");
  allowed("capture/probe_test.ts", "fast-check");
  refused("capture/probe.ts", "fast-check");
  allowed("capture/probe.ts", "node:buffer");
  refused("capture/probe.ts", "node:child_process");
  allowed("tests/support/rtsp.ts", "node:child_process");
  refused("capture/probe.ts", "left-pad");
  refused("capture/probe.ts", "https://deno.land/x/a.ts");
});

Deno.test("IMPORT_TABLE names only places that it has itself", () => {
  const places = Object.keys(IMPORT_TABLE);
  for (const place of Object.values(IMPORT_TABLE).flat()) {
    assert.ok(place === "" || places.includes(place), place);
  }
});
