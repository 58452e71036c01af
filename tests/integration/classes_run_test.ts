/** What moves, told apart by the program as people run it, and without what it needs. */
import assert from "node:assert/strict";
import { TestFolder } from "../support/clips.ts";
import { footage } from "../support/footage.ts";
import { eventually, finish, RunningProgram } from "../support/program.ts";
import { WebhookReceiver } from "../support/webhook_receiver.ts";

const walkers = footage("cdnet_pedestrians/cdnet_pedestrians.mp4");

Deno.test({
  name: "the program says that who walks by is a person, in words, DSL and to a webhook",
  ignore: walkers === undefined,
  async fn() {
    using folder = new TestFolder();
    await using receiver = new WebhookReceiver();
    const config = folder.file("streamware.yaml");
    const settings = {
      cameras: { path: { url: walkers, loop: true } },
      ollama: { model: "off" },
      webhook: { url: receiver.url },
      server: { port: 0, original_port: -1 },
      control: { socket: folder.file("control.sock") },
    };
    Deno.writeTextFileSync(config, JSON.stringify(settings), { mode: 0o600 });
    const place = ["env", `STATE_DIRECTORY=${folder.path}`];
    await using program = new RunningProgram(["run", "--config", config], place);
    await program.printedGroup(/^ {2}page +(\S+)/);
    const named = () =>
      receiver.posts.find(({ body }) =>
        body.class === "person" && body.moment === "growing"
      );
    // The clip begins anew every 44 s: on a busy box its first walkers may be gone first.
    await eventually("a person is told of while it is there", () => !!named(), 180_000);
    const { body } = named()!;
    assert.match(body.text, /^(A|Probably a) person /);
    assert.ok(body.classScore >= 0.4 && body.classScore <= 1, `${body.classScore}`);
    assert.match(
      body.dsl.at(-1),
      /CLASS blob=\d+ -> person \(conf=0\.\d\d\) crops=[123]$/,
    );
    const before = receiver.posts.find(({ body: { episode } }) =>
      episode === body.episode
    )!;
    assert.match(before.body.text, /^Something /, "first at once, without a name");
    assert.equal(before.body.classState, "waiting");
  },
});

Deno.test({
  name: "analyze --classes says the same each time, and leaves the rest as it is without",
  ignore: walkers === undefined,
  async fn() {
    using folder = new TestFolder();
    const analyzed = async (name: string, flags: readonly string[]) => {
      const [dsl, episodes] = [folder.file(`${name}.dsl`), folder.file(`${name}.json`)];
      const outputs = ["--dsl", dsl, "--episodes", episodes];
      const { code, stderr } = await finish(
        ["analyze", walkers!, "--width", "320", "--fps", "10", ...outputs, ...flags],
        120_000,
      );
      assert.equal(code, 0, stderr);
      return [Deno.readTextFileSync(dsl), Deno.readTextFileSync(episodes)] as const;
    };
    const [plain, without] = await analyzed("plain", []);
    const [once, episodes] = await analyzed("once", ["--classes"]);
    const again = await analyzed("again", ["--classes"]);
    assert.deepEqual(again, [once, episodes]);
    const isNews = (line: string) => /^( {2}CLASS |# classes )/.test(line);
    assert.equal(once.split("\n").filter((line) => !isNews(line)).join("\n"), plain);
    assert.ok(once.split("\n").some(isNews));
    for (const { classState } of JSON.parse(without)) assert.equal(classState, "off");
    const states = JSON.parse(episodes).map(
      ({ suppressed, classState }: Record<string, unknown>) =>
        suppressed === null ? classState : "kept quiet",
    );
    assert.ok(!states.includes("waiting") && states.includes("sure"), states.join(" "));
  },
});
