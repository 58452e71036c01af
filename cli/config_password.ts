/**
 * `streamware config password`: sets the password of the page, and says what people need
 * next. What is asked, and how, is `ask.ts`.
 * @module
 */
import { type Clock, systemClock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import type { Secret } from "../base/secret.ts";
import { loadSettings } from "../config/load.ts";
import { ourPlaces, type Places } from "../config/places.ts";
import type { ServerSettings } from "../config/schema.ts";
import { isLoopback, reachable } from "../server/box.ts";
import { ensureCertificate } from "../server/certificate.ts";
import {
  type PasswordCost,
  readPasswordHash,
  whyPasswordIsBad,
  writePassword,
} from "../server/password.ts";
import { askPassword } from "./ask.ts";
import type { Subcommand } from "./command_line.ts";
import { type Output, standardOutput } from "./standard_output.ts";

export const passwordCommand: Subcommand = {
  name: "password",
  summary: "Set the password of the page; a line of standard input without a terminal.",
  flags: [],
  examples: ["sudo streamware config password"],
  run: async () => {
    const password = await askPassword({
      words: "Password of the page",
      flag: "it as a line of standard input",
      isNew: true,
      whyBad: whyPasswordIsBad,
    });
    return await setPassword(password, {
      places: ourPlaces(),
      output: standardOutput(),
      clock: systemClock,
    });
  },
};

interface Setting {
  readonly places: Pick<Places, "configFile" | "stateFolder">;
  readonly output: Output;
  readonly clock: Pick<Clock, "utcMs">;
  readonly cost?: PasswordCost;
}

/** @throws Fault unavailable when the state folder cannot be written */
export async function setPassword(password: Secret, of: Setting): Promise<number> {
  const { places: { stateFolder, configFile }, output, clock, cost } = of;
  const isChange = await hadPassword(stateFolder);
  await writePassword(stateFolder, password, cost);
  const next = isChange
    ? "A running streamware takes it at once, and all have to log in again"
    : "A running streamware knows it after a restart: sudo systemctl restart streamware";
  output.line(`The password is set, in ${stateFolder}. ${next}.`);
  const server = serverSettingsOf(configFile);
  if (server === undefined || isLoopback(server.listen)) return 0;
  const { fingerprint } = await ensureCertificate({
    stateFolder,
    names: server.names,
    addresses: reachable(Deno.networkInterfaces().map(({ address }) => address)),
    clock,
  });
  output.line(
    "Browsers warn of the box's own certificate. Go on only when they show this " +
      `fingerprint (SHA-256):\n  ${fingerprint}`,
  );
  return 0;
}

/** One that is damaged counts: it is mended by a new one. */
async function hadPassword(stateFolder: string): Promise<boolean> {
  try {
    return await readPasswordHash(stateFolder) !== undefined;
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.kind === "corrupt") return true;
    throw thrown;
  }
}

/** Undefined without a settings file that can be used: then nothing listens by it. */
function serverSettingsOf(configFile: string): ServerSettings | undefined {
  try {
    const env = (name: string) => Deno.env.get(name);
    return loadSettings({ path: configFile, env, lookup: "warn" }).settings.server;
  } catch (thrown) {
    if (thrown instanceof Fault) return undefined;
    throw thrown;
  }
}
