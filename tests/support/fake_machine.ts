/**
 * A folder that stands for a machine, with the programs of its system as far as the boot
 * service asks them. Nothing of the real machine is touched.
 * @module
 */
import type { ProgramOutcome } from "../../base/subprocess.ts";
import type { Machine, Owner } from "../../cli/machine.ts";
import { TestFolder } from "./clips.ts";

export interface FakeMachineOptions {
  readonly isRoot?: boolean;
  readonly isBootedBySystemd?: boolean;
  /** What the one file that runs holds; undefined for a checkout. */
  readonly program?: string | undefined;
  readonly groups?: readonly string[];
}

export class FakeMachine implements Machine, Disposable {
  readonly isRoot: boolean;
  readonly program: string | undefined;
  /** Every program that was run and changes something. */
  readonly changes: string[] = [];
  /** Who was given what, by path on the machine: `0:990`. */
  readonly owners = new Map<string, string>();
  /** What `systemctl show` says; a start makes it active. */
  readonly unit: Record<string, string> = { LoadState: "not-found", ActiveState: "" };
  readonly #folder = new TestFolder();
  readonly #groups: readonly string[];
  #hasUser = false;
  #isEnabled = false;

  constructor(options: FakeMachineOptions = {}) {
    const { isRoot = true, isBootedBySystemd = true, groups = ["video"] } = options;
    this.isRoot = isRoot;
    this.#groups = groups;
    if (isBootedBySystemd) Deno.mkdirSync(this.at("/run/systemd/system"), PARENTS);
    if ("program" in options && options.program === undefined) return;
    this.program = this.#folder.file("downloaded");
    Deno.writeTextFileSync(this.program, options.program ?? "the one file");
  }

  at(path: string): string {
    return this.#folder.file(`machine${path}`);
  }

  read(path: string): string {
    return Deno.readTextFileSync(this.at(path));
  }

  mode(path: string): string {
    return (Deno.lstatSync(this.at(path)).mode! & 0o777).toString(8);
  }

  own(path: string, { uid, gid }: Owner): Promise<void> {
    this.owners.set(this.#place(path), `${uid}:${gid}`);
    return Promise.resolve();
  }

  ownerOf(path: string): Owner {
    const [uid, gid] = (this.owners.get(this.#place(path)) ?? "0:0").split(":");
    return { uid: Number(uid), gid: Number(gid) };
  }

  run(command: readonly string[]): Promise<ProgramOutcome> {
    const [name = "", verb = ""] = command;
    if (name === "getent" && verb === "passwd") {
      return answer(this.#hasUser ? 0 : 2, "streamware:x:990:990::/:/nologin\n");
    }
    if (name === "getent") {
      return answer(2, this.#groups.map((group) => `${group}:x:1:\n`).join(""));
    }
    if (verb === "is-enabled") return answer(this.#isEnabled ? 0 : 1);
    if (verb === "show") {
      const lines = Object.entries(this.unit).map(([key, value]) => `${key}=${value}`);
      return answer(0, lines.join("\n"));
    }
    this.changes.push([name.replace(/^.*\//, ""), verb].join(" "));
    if (name.endsWith("useradd")) this.#hasUser = true;
    if (verb === "enable") this.#isEnabled = true;
    if (verb === "disable") this.#isEnabled = false;
    if (verb === "restart") {
      Object.assign(this.unit, {
        LoadState: "loaded",
        ActiveState: "active",
        InvocationID: `invocation-${this.changes.length}`,
        StatusText: "Camera street: online",
        UnitFileState: "enabled",
      });
    }
    return answer(0);
  }

  /** What changed since the last call. */
  takeChanges(): string[] {
    return this.changes.splice(0);
  }

  /** A program is written beside its place first. */
  #place(path: string): string {
    return path.slice(this.at("").length).replace(/\.new$/, "");
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]();
  }
}

const PARENTS = { recursive: true };

function answer(code: number, stdout = ""): Promise<ProgramOutcome> {
  return Promise.resolve({ code, signal: null, stdout, stderr: [] });
}
