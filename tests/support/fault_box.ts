/**
 * The program as it is run on a box, with cameras to which things happen, and all that it
 * tells of them. Judges nothing.
 * @module
 */
import type { StateLine } from "../../analysis/dsl/camera_state.ts";
import type { LiveMessage } from "../../server/live_protocol.ts";
import type { TestFolder } from "./clips.ts";
import { type ProgramPlace, RunningProgram } from "./program.ts";

/** By the Deno that runs the test, so that nothing is set up meanwhile. */
export const BY_THIS_DENO: ProgramPlace = {
  command: [
    Deno.execPath(),
    ...["run", "--allow-all", "--no-check"],
    new URL("../../main.ts", import.meta.url).pathname,
  ],
};

export interface BoxCamera {
  readonly url: string;
  /** Seconds without motion after which only keyframes are decoded. */
  readonly idleAfterS: number;
}

/** What is known of a camera now. */
export interface CameraNow {
  readonly state: StateLine["state"];
  /** Its analysed frames so far. */
  readonly frames: number;
}

export class FaultBox implements AsyncDisposable {
  readonly program: RunningProgram;
  readonly page: string;
  /** Where raw frames live. */
  readonly framesFolder: string;
  /** What was reported of cameras that show nothing: events and sentences. */
  readonly reported: string[] = [];
  /** What was seen and kept quiet, by its reason. */
  readonly quiet = new Map<string, number>();
  /** How often each state was told. */
  readonly states = new Map<string, number>();
  readonly #cameras = new Map<string, CameraNow>();
  readonly #socket: WebSocket;
  readonly #closed: Promise<void>;

  private constructor(program: RunningProgram, page: string, framesFolder: string) {
    this.program = program;
    this.page = page;
    this.framesFolder = framesFolder;
    this.#socket = new WebSocket(new URL("ws", page.replace(/^http/, "ws")));
    this.#socket.onmessage = ({ data }) => this.#hear(JSON.parse(data));
    this.#closed = new Promise((resolve) => this.#socket.onclose = () => resolve());
  }

  /** Starts it and waits for its doors. Words are on, but no model is asked. */
  static async open(
    folder: TestFolder,
    cameras: Readonly<Record<string, BoxCamera>>,
  ): Promise<FaultBox> {
    const config = folder.file("streamware.yaml");
    const framesFolder = folder.file("frames");
    const settings = {
      cameras: Object.fromEntries(
        Object.entries(cameras).map(([name, { url, idleAfterS }]) => [
          name,
          { url, idle_after: idleAfterS },
        ]),
      ),
      server: { port: 0, original_port: -1 },
      control: { socket: "off" },
      ollama: { model: "off" },
      memory: { folder: framesFolder },
    };
    Deno.writeTextFileSync(config, JSON.stringify(settings));
    const under = ["env", `STATE_DIRECTORY=${folder.path}`];
    const program = new RunningProgram(["run", "--config", config], under, BY_THIS_DENO);
    try {
      const page = await program.printedGroup(/^ {2}page +(\S+)/);
      return new FaultBox(program, page, framesFolder);
    } catch (thrown) {
      await program[Symbol.asyncDispose]();
      throw thrown;
    }
  }

  /** Of a camera; before anything is known it connects. */
  now(camera: string): CameraNow {
    return this.#cameras.get(camera) ?? { state: "connecting", frames: 0 };
  }

  /** The sum of a metric's samples, of one camera if it is named. */
  async metric(name: string, camera?: string): Promise<number> {
    const text = await (await fetch(new URL("metrics", this.page))).text();
    const lines = text.split("\n").filter((line) =>
      line.startsWith(name) && /^[{ ]/.test(line.slice(name.length)) &&
      (camera === undefined || line.includes(`camera="${camera}"`))
    );
    return lines.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
  }

  /** Looks back at a camera as a person would: a picture of full size, and a clip. */
  async lookBack(camera: string): Promise<void> {
    for (const path of [`full/${camera}.jpg`, `clip/${camera}.mp4?seconds=4`]) {
      await (await fetch(new URL(path, this.page))).arrayBuffer();
    }
  }

  /** Closes the page, and waits until that is done. */
  async leave(): Promise<void> {
    this.#socket.close();
    await this.#closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave();
    await this.program[Symbol.asyncDispose]();
  }

  #hear(message: LiveMessage): void {
    switch (message.type) {
      case "hello":
        for (const { camera, state } of message.cameras) this.#saw(camera, state.state);
        break;
      case "state":
        this.#saw(message.camera, message.state.state);
        break;
      case "frame": {
        const { camera, events, quiet = [] } = message;
        const { state, frames } = this.now(camera);
        this.#cameras.set(camera, { state, frames: frames + 1 });
        for (const { type, blob } of events) {
          if (!quiet.includes(blob)) this.#report(camera, `${type} blob=${blob}`);
        }
        break;
      }
      case "narration": {
        const { camera, verdict, text } = message.narration;
        if (verdict.kind === "speak") this.#report(camera, text);
        break;
      }
      case "unreported":
        add(this.quiet, message.unreported.why);
        break;
      case "alerts":
      case "beat":
        break;
    }
  }

  #saw(camera: string, state: CameraNow["state"]): void {
    const { frames } = this.now(camera);
    this.#cameras.set(camera, { state, frames });
    add(this.states, state);
  }

  #report(camera: string, words: string): void {
    const at = new Date().toISOString().slice(11, 23);
    if (this.reported.length < REPORTED_MAX) {
      this.reported.push(`${at} ${camera}: ${words}`);
    }
  }
}

const REPORTED_MAX = 200;

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
