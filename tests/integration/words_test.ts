/**
 * The whole mission with the file that users get: a camera's picture becomes words on the
 * page, at the webhook and in the ear, and the model is shown what moved.
 */
import assert from "node:assert/strict";
import { type OpenPage, openPage } from "../support/browser.ts";
import { canBuildBinary, placeBinary } from "../support/binary.ts";
import { TestFolder } from "../support/clips.ts";
import { type FakeOllama, fakeOllama } from "../support/fake_ollama.ts";
import {
  eventually,
  finish,
  type ProgramPlace,
  RunningProgram,
} from "../support/program.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";
import { seenShape } from "../support/seen_shape.ts";
import { makeShapeClip } from "../support/shape_clip.ts";
import { canListen, recordingPlayers, understood } from "../support/sound.ts";
import { WebhookReceiver } from "../support/webhook_receiver.ts";

const SENTENCE = "A red square crosses the picture.";
const GRAMMAR = "a (red | green | blue | yellow) square crosses the picture";

Deno.test({
  name: "a camera's picture becomes words on the page, at the webhook and in the ear",
  ignore: !(await canBuildBinary() && hasRtspCamera && canListen),
  async fn({ step }) {
    using folder = new TestFolder();
    await using mission = await startMission(folder);
    const steps = {
      "the model is shown a picture of what moved": theModelIsShownIt,
      "its words stand on the page, with the picture": thePageTellsIt,
      "the webhook gets the template's words first, then the model's": theWebhookGetsIt,
      "a listener understands what is spoken": theListenerUnderstandsIt,
      "status says over the socket that all is well": statusIsWell,
      "the browser had nothing to complain of": theBrowserIsContent,
      "it stops within two seconds and leaves the session's page": itStops,
    };
    for (const [name, run] of Object.entries(steps)) await step(name, () => run(mission));
  },
});

interface Mission extends AsyncDisposable {
  readonly folder: TestFolder;
  readonly ollama: FakeOllama;
  readonly receiver: WebhookReceiver;
  /** Files of what was played. */
  played(): readonly string[];
  readonly place: ProgramPlace;
  readonly program: RunningProgram;
  readonly live: OpenPage;
}

async function startMission(folder: TestFolder): Promise<Mission> {
  await using opened = new AsyncDisposableStack();
  const clip = folder.file("shape.mp4");
  await makeShapeClip(clip);
  const camera = opened.use(await RtspCamera.start({ clips: [clip], fps: 10 }));
  const text = async (_prompt: string, images: readonly Uint8Array[]) =>
    `A ${await seenShape(images[0]!)} crosses the picture.`;
  const ollama = opened.use(await fakeOllama({ usual: { text } }));
  const receiver = opened.use(new WebhookReceiver());
  const sounds = recordingPlayers(folder);
  const settings = {
    cameras: { gate: { url: camera.url } },
    ollama: { url: ollama.url },
    webhook: { url: receiver.url },
    speech: { engine: "espeak-ng", player: sounds.player },
    server: { port: 0, original_port: -1 },
    control: { socket: folder.file("control.sock") },
    export: { html: folder.file("session.html") },
  };
  const config = folder.file("streamware.yaml");
  Deno.writeTextFileSync(config, JSON.stringify(settings), { mode: 0o600 });
  const { command, env } = await placeBinary("x64", folder);
  const place = { command, env: { ...env, STATE_DIRECTORY: folder.path } };
  const program = opened.use(
    new RunningProgram(["run", "--config", config], [], place),
  );
  const url = await program.printedGroup(/^ {2}page +(\S+)/);
  const live = opened.use(await openPage({ url }));
  const closing = opened.move();
  return {
    ...{ folder, ollama, receiver, played: sounds.played, place, program, live },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

async function theModelIsShownIt({ ollama }: Mission): Promise<void> {
  await eventually("a question", () => ollama.questions.length > 0, 30_000);
  for (const { images } of ollama.questions) {
    assert.equal(images.length, 1);
    assert.equal(await seenShape(images[0]!), "red square");
  }
  const asked = JSON.stringify(ollama.questions[0]!.body);
  assert.match(asked, /EVENT type=ENTER/, "the motion DSL goes with it");
}

async function thePageTellsIt({ live: { page } }: Mission): Promise<void> {
  await page.getByText(SENTENCE).first().waitFor({ timeout: 20_000 });
  const picture = page.locator('img[src^="/picture/"]').first();
  await picture.waitFor();
  const width = await picture.evaluate(async (element) => {
    const image = element as HTMLImageElement;
    await image.decode();
    return image.naturalWidth;
  });
  assert.ok(width >= 100, `a picture ${width} pixels wide`);
}

async function theWebhookGetsIt({ receiver }: Mission): Promise<void> {
  const ofModel = () => receiver.posts.find(({ body }) => body.text === SENTENCE);
  await eventually(
    "the model's words were posted",
    () => ofModel() !== undefined,
    20_000,
  );
  const first = receiver.posts[0]!.body;
  assert.equal(first.text, "Something came in from the left.");
  assert.equal(first.camera, "gate");
  const jpeg = Uint8Array.fromBase64(ofModel()!.body.picture);
  assert.equal(await seenShape(jpeg), "red square");
}

async function theListenerUnderstandsIt({ folder, played }: Mission): Promise<void> {
  await eventually("the model's words were heard", async () => {
    for (const file of played()) {
      const heard = await understood(folder, GRAMMAR, file);
      if (heard === "a red square crosses the picture") return true;
    }
    return false;
  }, 30_000);
}

async function statusIsWell({ folder, place }: Mission): Promise<void> {
  const asked = ["status", "--json", "--socket", folder.file("control.sock")];
  const { code, stdout } = await finish(asked, 20_000, place);
  const status = JSON.parse(stdout);
  assert.equal(code, 0, stdout);
  assert.equal(status.cameras[0].state, "online");
  assert.equal(status.words.author, "model");
  assert.deepEqual(status.alerts, []);
}

/** Asked before the stop: a page rightly finds nobody there afterwards. */
function theBrowserIsContent({ live }: Mission): void {
  assert.deepEqual(live.complaints.filter((line) => !/WebSocket/.test(line)), []);
}

async function itStops({ folder, program }: Mission): Promise<void> {
  const beganMs = performance.now();
  program.kill("SIGTERM");
  assert.equal(await program.exitCode(), 0);
  assert.ok(performance.now() - beganMs < 2_000);
  const page = Deno.readTextFileSync(folder.file("session.html"));
  assert.match(page, /A red square crosses the picture/);
}
