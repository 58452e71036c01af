/**
 * Can the settings be used?
 * @module
 */
import type { Fault } from "../../base/fault.ts";
import type { Check, Configuration, Finding } from "./check.ts";
import { faultFinding } from "./check.ts";

export const check: Check = {
  name: "settings",
  timeoutMs: 5_000,
  run: ({ configuration }) => Promise.resolve(judgeConfiguration(configuration)),
};

/** How the settings are, with what the loader warns of. */
export function judgeConfiguration(configuration: Configuration): readonly Finding[] {
  const { kind, path, settings } = configuration;
  switch (kind) {
    case "broken":
      return [brokenFinding(configuration.fault)];
    case "forbidden": {
      const words = configuration.fault.message.replace(/^Cannot read /, "");
      return [{
        level: "note",
        words,
        toDo: "sudo streamware doctor looks again as root",
      }];
    }
    case "none": {
      const words = `there is no settings file at ${path}: flags and defaults count`;
      return [{ level: "note", words, toDo: "sudo streamware setup" }];
    }
    case "file": {
      const cameras = Object.keys(settings.cameras).length;
      const count = cameras === 1 ? "1 camera" : `${cameras} cameras`;
      const words = `${path} can be used, with ${count}`;
      const facts = { path, cameras };
      const level = cameras > 0 ? "good" : "warning";
      const toDo = cameras > 0 ? {} : { toDo: "streamware config example" };
      const warnings = configuration.warnings.map((words): Finding => (
        { level: "warning", words, toDo: `streamware config check ${path}` }
      ));
      return [{ level, words, ...toDo, facts }, ...warnings];
    }
  }
}

/** Who may not read it learns nothing of what it says; that is no mistake in it. */
function brokenFinding(fault: Fault): Finding {
  if (!(fault.cause instanceof Deno.errors.PermissionDenied)) return faultFinding(fault);
  return { level: "note", words: fault.message, toDo: "sudo streamware doctor" };
}
