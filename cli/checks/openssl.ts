/**
 * Is there the program that judges certificates, when a camera needs it? Without it such a
 * camera stays offline (docs/adr/0016-tls-to-cameras.md). Opens no connection.
 * @module
 */
import { findProgram } from "../../base/subprocess.ts";
import type { CameraSettings } from "../../config/schema.ts";
import type { Check, Finding } from "./check.ts";
import { faultFinding } from "./check.ts";

export const check: Check = {
  name: "openssl",
  timeoutMs: 2_000,
  run: ({ configuration }) =>
    Promise.resolve(judgeOpenssl(configuration.settings.cameras)),
};

/** Nothing to say while no camera needs it. @param path folders to look in, as in PATH */
export function judgeOpenssl(
  cameras: Readonly<Record<string, CameraSettings>>,
  path?: string,
): readonly Finding[] {
  const names = Object.entries(cameras).flatMap(([camera, settings]) =>
    needsIt(settings) ? [camera] : []
  );
  if (names.length === 0) return [];
  const whose = names.join(", ");
  try {
    findProgram("openssl", path);
    return [{ level: "good", words: `judges the certificate of ${whose}` }];
  } catch (thrown) {
    const { words, ...rest } = faultFinding(thrown);
    return [{ ...rest, words: `${words}, and without it ${whose} cannot be watched` }];
  }
}

function needsIt({ url, analysisUrl, certificate }: CameraSettings): boolean {
  if (certificate === "any") return false;
  return [url, analysisUrl].some((one) => /^(rtsps|https):/i.test(one ?? ""));
}
