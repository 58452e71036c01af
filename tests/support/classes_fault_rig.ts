/**
 * The program with two drawn streets, and children for what moves to which things happen:
 * a `chrt` of ours stands in front of the box's, and does to the next child what the test
 * says. Judges nothing.
 * @module
 */
import { type ClassLine } from "../../analysis/dsl/class_line.ts";
import { MODEL_FILE } from "../../classes/built_files.ts";
import { checkoutFiles, ROOT } from "../house/checkout.ts";
import type { TestFolder } from "./clips.ts";
import { BY_THIS_DENO } from "./fault_box.ts";
import { LiveClient } from "./live_client.ts";
import { RunningProgram } from "./program.ts";

/** What becomes of the next children. */
export type ChildFault = "none" | "killed" | "out of memory" | "missing" | "damaged";

export const RIG_CAMERAS = ["front", "back"] as const;

/** A child of ours needs 40 GB of addresses to start, and more to work. */
const TOO_FEW_KIB = 600_000;

export class ClassesFaultRig implements AsyncDisposable {
  readonly live: LiveClient;
  readonly #folder: TestFolder;
  readonly #program: RunningProgram;

  private constructor(folder: TestFolder, program: RunningProgram, socket: string) {
    this.#folder = folder;
    this.#program = program;
    this.live = new LiveClient(socket);
  }

  static async open(folder: TestFolder): Promise<ClassesFaultRig> {
    const bin = folder.file("bin");
    Deno.mkdirSync(bin);
    Deno.writeTextFileSync(`${bin}/chrt`, chrtScript(folder), { mode: 0o755 });
    Deno.writeTextFileSync(folder.file("fault"), "none");
    for (const fault of ["missing", "damaged"] as const) copyCheckout(folder, fault);
    const config = folder.file("streamware.yaml");
    const street = { url: "scene:street", fps: 5, width: 480 };
    const settings = {
      cameras: Object.fromEntries(RIG_CAMERAS.map((name) => [name, street])),
      server: { port: 0, original_port: -1 },
      control: { socket: "off" },
      words: { dsl_only: true },
      memory: { folder: folder.file("frames") },
    };
    Deno.writeTextFileSync(config, JSON.stringify(settings), { mode: 0o600 });
    const path = `PATH=${bin}:${Deno.env.get("PATH")}`;
    const program = new RunningProgram(["run", "--config", config], [
      ...["env", path, `STATE_DIRECTORY=${folder.path}`],
    ], BY_THIS_DENO);
    try {
      const socket = await program.printedGroup(/^ {2}socket +(\S+)/);
      return new ClassesFaultRig(folder, program, socket);
    } catch (thrown) {
      await program[Symbol.asyncDispose]();
      throw thrown;
    }
  }

  /** Children that run already are left alone. @returns how many messages came before */
  set(fault: ChildFault): number {
    Deno.writeTextFileSync(this.#folder.file("fault"), fault);
    return this.live.heard.length;
  }

  /** `CLASS` lines since so many messages. */
  classesSince(messages: number): (ClassLine & { readonly camera: string })[] {
    return this.live.heard.slice(messages).flatMap(({ message }) => {
      if (message.type !== "frame") return [];
      return (message.classes ?? []).map((line) => ({ ...line, camera: message.camera }));
    });
  }

  /** Frames of each camera since so many messages. */
  framesSince(messages: number): readonly number[] {
    const heard = this.live.heard.slice(messages);
    return RIG_CAMERAS.map((name) =>
      heard.filter(({ message }) => message.type === "frame" && message.camera === name)
        .length
    );
  }

  get printed(): string {
    return this.#program.printed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.live[Symbol.asyncDispose]();
    await this.#program[Symbol.asyncDispose]();
  }
}

/** Called as `chrt -i 0 PROGRAM ARGUMENTS`; only the classifier's children are touched. */
function chrtScript(folder: TestFolder): string {
  const elsewhere = (fault: ChildFault) =>
    `exec "$CHRT" -i 0 ${Deno.execPath()} run --quiet --allow-all --no-check ` +
    `${folder.file(fault)}/main.ts classify-crops`;
  return `#!/bin/sh
CHRT=/usr/bin/chrt
case "$*" in *classify-crops) ;; *) exec "$CHRT" "$@" ;; esac
case "$(cat ${folder.file("fault")})" in
  killed) kill -KILL $$ ;;
  "out of memory") ulimit -v ${TOO_FEW_KIB} ;;
  missing) ${elsewhere("missing")} ;;
  damaged) ${elsewhere("damaged")} ;;
esac
exec "$CHRT" "$@"
`;
}

/** A checkout whose model is not there, or has a byte that is another. */
function copyCheckout(folder: TestFolder, fault: "missing" | "damaged"): void {
  const root = folder.file(fault);
  Deno.mkdirSync(root);
  const wanted = checkoutFiles().filter((path) =>
    /\.(ts|json|wasm)$/.test(path) && !/^(tests|scripts|docs)\//.test(path)
  );
  const copied = new Deno.Command("cp", {
    args: ["--parents", ...wanted, "classes/dist/tensors.wasm.bin", root],
    cwd: ROOT,
  }).outputSync();
  if (!copied.success) throw new Error(new TextDecoder().decode(copied.stderr));
  Deno.symlinkSync(`${ROOT}node_modules`, `${root}/node_modules`);
  if (fault === "missing") return;
  const model = Deno.readFileSync(`${ROOT}classes/dist/${MODEL_FILE.name}`);
  model[model.length >> 1]! ^= 1;
  Deno.writeFileSync(`${root}/classes/dist/${MODEL_FILE.name}`, model);
}
