/**
 * Are the ports free, or ours?
 * @module
 */
import { wordsOf } from "../../base/fault.ts";
import { findPortHolder, holderWords } from "../../server/port_holder.ts";
import type { Check, CheckContext, Finding } from "./check.ts";

export const check: Check = { name: "ports", timeoutMs: 5_000, run };

function run(
  { configuration, program, silence }: CheckContext,
): Promise<readonly Finding[]> {
  const { listen, port, originalPort } = configuration.settings.server;
  const ours = { isThere: Boolean(program ?? silence), pid: program?.pid };
  const findings = [
    judgePort(
      { door: "the page", setting: "server.port", port },
      look(listen, port),
      ours,
    ),
    judgePort(
      {
        door: "the original's viewers",
        setting: "server.original_port",
        port: originalPort,
      },
      look("127.0.0.1", originalPort),
      ours,
    ),
  ];
  return Promise.resolve(findings);
}

export interface PortUse {
  readonly door: string;
  readonly setting: string;
  readonly port: number;
}

/** What an attempt to listen showed. */
export type PortFound =
  | { readonly kind: "free" }
  | { readonly kind: "taken"; readonly pid: number | undefined; readonly holder: string }
  | { readonly kind: "refused"; readonly words: string };

/** The running program. */
export interface OurProgram {
  readonly isThere: boolean;
  /** Undefined when it did not tell. */
  readonly pid: number | undefined;
}

/** Whether a port is free, ours, or somebody else's. */
export function judgePort(
  { door, setting, port }: PortUse,
  found: PortFound,
  ours: OurProgram,
): Finding {
  const facts = { port };
  if (port < 1) {
    const words = port === 0 ? "any port that is free" : "off, by the settings";
    return { level: "good", words: `${door}: ${words}` };
  }
  switch (found.kind) {
    case "free":
      return { level: "good", words: `${port} is free for ${door}`, facts };
    case "taken": {
      if (found.pid !== undefined && found.pid === ours.pid) {
        return { level: "good", words: `${port} is open for ${door}`, facts };
      }
      const words = `${port}, wanted for ${door}, is taken by ${found.holder}`;
      if (ours.isThere && (found.pid === undefined || ours.pid === undefined)) {
        const unknown = `${words}; whether that is StreamWare is not known here`;
        const toDo = `sudo ss -ltnp 'sport = :${port}'`;
        return { level: "note", words: unknown, toDo, facts };
      }
      const toDo =
        `sudo ss -ltnp 'sport = :${port}'; end that, or set ${setting} to another`;
      return { level: "broken", words, toDo, facts };
    }
    case "refused":
      return {
        level: "broken",
        words: `${port} cannot be listened on: ${found.words}`,
        toDo: `set ${setting} above 1023, and server.listen to an address of this box`,
        facts,
      };
  }
}

function look(hostname: string, port: number): PortFound {
  if (port < 1) return { kind: "free" };
  try {
    Deno.listen({ hostname, port }).close();
    return { kind: "free" };
  } catch (thrown) {
    if (!(thrown instanceof Deno.errors.AddrInUse)) {
      return { kind: "refused", words: wordsOf(thrown) };
    }
    const holder = findPortHolder(port);
    return { kind: "taken", pid: holder?.pid, holder: holderWords(holder) };
  }
}
