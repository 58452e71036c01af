import assert from "node:assert/strict";
import { Fault } from "../../base/fault.ts";
import { settings } from "../../config/schema.ts";
import { judgeConfiguration } from "./configuration.ts";

const PATH = "/etc/streamware/streamware.yaml";
const EMPTY = settings.parse({ cameras: {} });
const ONE = settings.parse({ cameras: { gate: { url: "scene:street" } } });

Deno.test("judgeConfiguration() takes no file for a choice, and a broken one for broken", () => {
  const none = judgeConfiguration({ kind: "none", path: PATH, settings: EMPTY });
  assert.deepEqual([none[0]?.level, none[0]?.toDo], ["note", "sudo streamware setup"]);
  const hint = "streamware config check";
  const fault = new Fault("config", `Cannot use ${PATH}: 2 problems`, { hint });
  const broken = { kind: "broken", path: PATH, settings: EMPTY } as const;
  const [finding] = judgeConfiguration({ ...broken, fault });
  assert.deepEqual([finding?.level, finding?.toDo], ["broken", hint]);
  const cause = new Deno.errors.PermissionDenied();
  const hidden = new Fault("config", `Cannot read ${PATH}: not ours`, { cause });
  const [unread] = judgeConfiguration({ ...broken, fault: hidden });
  assert.deepEqual([unread?.level, unread?.toDo], ["note", "sudo streamware doctor"]);
});

Deno.test("judgeConfiguration() passes on what the loader warns of", () => {
  const good = {
    kind: "file",
    path: PATH,
    settings: ONE,
    warnings: ["open"],
    elsewhere: [],
  } as const;
  const findings = judgeConfiguration(good);
  assert.deepEqual(findings.map(({ level }) => level), ["good", "warning"]);
  const [empty] = judgeConfiguration({
    ...good,
    settings: EMPTY,
    warnings: [],
    elsewhere: [],
  });
  assert.equal(empty?.level, "warning");
});
