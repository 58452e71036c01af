/**
 * The whole mission with the file that users get: a camera's picture becomes words on the
 * page, at the webhook and in the ear, and the model is shown what moved.
 */
import assert from "node:assert/strict";
import { openPage } from "../support/browser.ts";
import { canBuildBinary, placeBinary } from "../support/binary.ts";
import { TestFolder } from "../support/clips.ts";
import { fakeOllama } from "../support/fake_ollama.ts";
import { eventually, finish, RunningProgram } from "../support/program.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";
import { seenShape } from "../support/seen_shape.ts";
import { makeShapeClip } from "../support/shape_clip.ts";
import { canListen, recordingPlayers, understood } from "../support/sound.ts";
import { WebhookReceiver } from "../support/webhook_receiver.ts";

const MODEL_SENTENCE = /^A red square crosses the picture\.$/;
const GRAMMAR = "a (red | green | blue | yellow) square crosses the picture";

const isPossible = await canBuildBinary() && hasRtspCamera && canListen;

Deno.test({
  name: "a camera's picture becomes words on the page, at the webhook and in the ear",
  ignore: !isPossible,
  async fn(test) {
    using folder = new TestFolder();
    const clip = folder.file("shape.mp4");
    await makeShapeClip(clip);
    await using camera = await RtspCamera.start({ clips: [clip], fps: 10 });
    await using ollama = await fakeOllama({
      usual: {
        text: async (_prompt, images) =>
          `A ${await shapeOf(images)} crosses the picture.`,
      },
    });
    await using receiver = new WebhookReceiver();
    const sounds = recordingPlayers(folder);
    const config = folder.file("streamware.yaml");
    Deno.writeTextFileSync(
      config,
      JSON.stringify({
        cameras: { gate: { url: camera.url } },
        ollama: { url: ollama.url },
        webhook: { url: receiver.url },
        speech: { engine: "espeak-ng", player: sounds.player },
        server: { port: 0, original_port: -1 },
        control: { socket: folder.file("control.sock") },
        memory: { folder: "/dev/shm/streamware" },
        export: { html: folder.file("out.html") },
      }),
      { mode: 0o600 },
    );
    const place = await placeBinary("x64", folder);
    const env = { ...place.env, STATE_DIRECTORY: folder.path };
    const own = { ...place, env };
    await using program = new RunningProgram(["run", "--config", config], [], own);
    const url = await program.printedGroup(/^ {2}page +(\S+)/);
    await using live = await openPage({ url });

    await test.step("the model is shown a picture of what moved", async () => {
      await eventually("a question", () => ollama.questions.length > 0, 30_000);
      for (const { images } of ollama.questions) {
        assert.equal(images.length, 1);
        assert.equal(await seenShape(images[0]!), "red square");
      }
      const asked = JSON.stringify(ollama.questions[0]!.body);
      assert.match(asked, /EVENT type=ENTER/, "the motion DSL goes with it");
    });
    await test.step("its words stand on the page, with the picture", async () => {
      const sentence = live.page.getByText("A red square crosses the picture.").first();
      await sentence.waitFor({ timeout: 20_000 });
      const picture = live.page.locator('img[src^="/picture/"]').first();
      await picture.waitFor();
      const width = await picture.evaluate((image) =>
        (image as HTMLImageElement).decode().then(() =>
          (image as HTMLImageElement).naturalWidth
        )
      );
      assert.ok(width >= 100, `a picture ${width} pixels wide`);
    });
    await test.step("the webhook gets the template's words first, then the model's", async () => {
      await eventually(
        "the model's words were posted",
        () => receiver.posts.some(({ body }) => MODEL_SENTENCE.test(body.text)),
        20_000,
      );
      const first = receiver.posts[0]!.body;
      assert.equal(first.text, "Something came in from the left.");
      assert.equal(first.camera, "gate");
      const modelled = receiver.posts.find(({ body }) => MODEL_SENTENCE.test(body.text))!;
      const jpeg = Uint8Array.fromBase64(
        modelled.body.picture.base64 ?? modelled.body.picture,
      );
      assert.equal(await seenShape(jpeg), "red square");
    });
    await test.step("a listener understands what is spoken", async () => {
      let heard: string[] = [];
      await eventually("the model's words were heard", async () => {
        heard = await Promise.all(
          sounds.played().map((file) => understood(folder, GRAMMAR, file)),
        );
        return heard.includes("a red square crosses the picture");
      }, 30_000);
    });
    await test.step("status says over the socket that all is well", async () => {
      const asked = ["status", "--json", "--socket", folder.file("control.sock")];
      const { code, stdout } = await finish(asked, 20_000, own);
      const status = JSON.parse(stdout);
      assert.equal(code, 0, stdout);
      assert.equal(status.cameras[0].state, "online");
      assert.equal(status.words.author, "model");
      assert.deepEqual(status.alerts, []);
    });
    await test.step("it stops within two seconds and leaves the session's page", async () => {
      const beganMs = performance.now();
      program.kill("SIGTERM");
      assert.equal(await program.exitCode(), 0);
      assert.ok(performance.now() - beganMs < 2_000);
      const page = Deno.readTextFileSync(folder.file("out.html"));
      assert.match(page, /A red square crosses the picture/);
    });
    assert.deepEqual(live.complaints.filter((line) => !/WebSocket/.test(line)), []);
  },
});

async function shapeOf(images: readonly Uint8Array[]): Promise<string> {
  return images.length === 1 ? await seenShape(images[0]!) : `${images.length} pictures`;
}
