import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { Secret } from "../base/secret.ts";
import type { CameraProbe } from "../capture/probe_camera.ts";
import { revealUrl, type SourceUrl } from "../capture/source_url.ts";
import { exampleConfig } from "../config/example.ts";
import { loadSettings } from "../config/load.ts";
import { isPassword, readPasswordHash } from "../server/password.ts";
import { FakeMachine } from "../tests/support/fake_machine.ts";
import { ManualClock } from "../tests/support/manual_clock.ts";
import { type Asker, DEFAULTS_ASKER } from "./ask.ts";
import { Interrupted } from "./interrupted.ts";
import { setup } from "./setup.ts";

const CONFIG = "/etc/streamware/streamware.yaml";
const STATE = "/var/lib/streamware";

/** Answers in their order, each beside words of the question it answers. */
type Answers = readonly (readonly [words: RegExp, answer: string | boolean])[];

/** Gives the answers; with none left it is Ctrl-C. */
function person(answers: Answers): Asker {
  const left = [...answers];
  const next = (words: string): Promise<string | boolean> => {
    const [expected, answer] = left.shift() ?? [];
    if (expected === undefined) return Promise.reject(new Interrupted());
    assert.match(words, expected);
    return Promise.resolve(answer!);
  };
  return {
    isInteractive: true,
    password: async ({ words }) => new Secret(String(await next(words))),
    text: async ({ words, whyBad }) => {
      const answer = String(await next(words));
      assert.equal(whyBad?.(answer), undefined);
      return answer;
    },
    choice: async ({ words, choices }) => {
      const answer = await next(words);
      const chosen = choices.find(({ value }) => value === answer);
      assert.ok(chosen, `${answer} is no choice of "${words}"`);
      return chosen.value;
    },
    confirm: async ({ words }) => Boolean(await next(words)),
  };
}

/** A camera that wants "us:er" and "p/w@" and knows a large and a small stream. */
function probe(source: SourceUrl): Promise<CameraProbe | "drawn"> {
  if (source.kind === "scene") return Promise.resolve("drawn");
  if (source.kind !== "rtsp") throw new Error("not asked");
  const url = revealUrl(source).reveal();
  const [, login, width] = /^rtsp:\/\/(.*@)?10\.0\.0\.2\/stream([12])$/.exec(url) ?? [];
  if (width === undefined) return none("not_found");
  if (login !== "us%3Aer:p%2Fw%40@") return none("auth");
  const size = width === "1"
    ? { width: 2560, height: 1440 }
    : { width: 640, height: 360 };
  return Promise.resolve({ kind: "pictures", codec: "h264", fps: 25, ...size });
}

function none(why: "auth" | "not_found"): Promise<CameraProbe> {
  return Promise.resolve({ kind: "none", why, said: "" });
}

/** Runs setup on a machine; gives what it printed. */
async function on(
  machine: FakeMachine,
  answers: Answers | undefined,
  typed: Readonly<Record<string, string | true | false>> = {},
): Promise<string> {
  const lines: string[] = [];
  await setup(typed as Record<string, string | true>, {
    machine,
    places: {
      configFile: machine.at(CONFIG),
      stateFolder: machine.at(STATE),
      controlSocket: machine.at("/run/streamware/control.sock"),
      isSystem: true,
    },
    asker: answers ? person(answers) : DEFAULTS_ASKER,
    clock: new ManualClock(),
    output: { line: (text) => lines.push(text) > 0 },
    probe,
  });
  return lines.join("\n");
}

function settingsOf(machine: FakeMachine) {
  const path = machine.at(CONFIG);
  return loadSettings({ path, env: () => undefined }).settings;
}

const WHOLE: Answers = [
  [/Password of the page/, "correct horse"],
  [/Who may open/, "0.0.0.0"],
  [/Name of the camera/, "gate"],
  [/URL of the camera/, "rtsp://10.0.0.2/stream1"],
  [/User of the camera/, "us:er"],
  [/Password of the camera/, "p/w@"],
  [/Which one is watched/, "both"],
  [/Write the settings, install/, true],
];

Deno.test("setup asks, looks at the camera, writes, starts and says where the page is", async () => {
  using machine = new FakeMachine();
  const printed = await on(machine, WHOLE);
  assert.match(printed, /does not accept user and password/);
  assert.match(printed, /H264, 2560x1440, 25 pictures a second; analysed at 640x360, 10/);
  assert.match(printed, /Camera street: online/);
  assert.match(printed, /Page: https:\/\/[^/]+:8766\//);
  assert.match(printed, /SHA-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}/);
  assert.doesNotMatch(printed, /p\/w@|correct horse/);
  const { cameras, server } = settingsOf(machine);
  assert.deepEqual(Object.keys(cameras), ["gate"]);
  assert.equal(cameras.gate?.url, "rtsp://10.0.0.2/stream1");
  assert.equal(cameras.gate?.analysisUrl, "rtsp://10.0.0.2/stream2");
  assert.equal(cameras.gate?.user, "us:er");
  assert.equal(cameras.gate?.password?.reveal(), "p/w@");
  assert.equal(server.listen, "0.0.0.0");
  assert.doesNotMatch(machine.read(CONFIG), /p\/w@/);
  assert.match(machine.read(CONFIG), /password: ["']?\$\{file:secrets\/gate\}/);
  assert.equal(machine.mode("/etc/streamware/secrets/gate"), "640");
  assert.equal(machine.mode(CONFIG), "640");
  const hash = await readPasswordHash(machine.at(STATE));
  assert.ok(await isPassword(new Secret("correct horse"), hash!));
  assert.ok(machine.changes.includes("systemctl restart"));
});

Deno.test("setup writes nothing when it is interrupted, at whichever question", async () => {
  for (let answered = 0; answered < WHOLE.length; answered++) {
    using machine = new FakeMachine();
    await assert.rejects(on(machine, WHOLE.slice(0, answered)), Interrupted);
    assert.deepEqual(machine.changes, []);
    for (const path of ["/etc", "/var", "/usr"]) {
      assert.throws(() => Deno.lstatSync(machine.at(path)), Deno.errors.NotFound);
    }
  }
  using machine = new FakeMachine();
  const no: Answers = [...WHOLE.slice(0, -1), [/Write the settings/, false]];
  assert.match(await on(machine, no), /Nothing was changed/);
  assert.deepEqual(machine.changes, []);
});

Deno.test("setup changes what is there when it runs again, and keeps the rest", async () => {
  using machine = new FakeMachine();
  await on(machine, WHOLE);
  const text = machine.read(CONFIG).replace("cameras:", "# mine\ncameras:");
  Deno.writeTextFileSync(machine.at(CONFIG), text);
  await on(machine, [
    [/A password is set\. Keep it/, true],
    [/Who may open/, "127.0.0.1"],
    [/There is a camera already \(gate\)/, true],
    [/Name of the camera/, "gate"],
    [/URL of the camera/, "scene:street"],
    [/Write the settings/, true],
  ]);
  const { cameras, server } = settingsOf(machine);
  assert.equal(cameras.gate?.url, "scene:street");
  assert.equal(cameras.gate?.analysisUrl, undefined);
  assert.equal(cameras.gate?.user, undefined);
  assert.equal(cameras.gate?.password, undefined);
  assert.equal(server.listen, "127.0.0.1");
  assert.match(machine.read(CONFIG), /# mine/);
  assert.ok(await readPasswordHash(machine.at(STATE)));
});

Deno.test("setup shows why a camera gives nothing, and asks what now", async () => {
  using machine = new FakeMachine();
  const printed = await on(machine, [
    [/Password of the page/, "correct horse"],
    [/Who may open/, "127.0.0.1"],
    [/Name of the camera/, "gate"],
    [/URL of the camera/, "rtsp://10.0.0.2/wrong"],
    [/What now/, "again"],
    [/What now/, "url"],
    [/URL of the camera/, "rtsp://10.0.0.2/other"],
    [/What now/, "anyway"],
    [/Write the settings/, true],
  ]);
  assert.match(printed, /does not know this stream: check the path/);
  assert.equal(settingsOf(machine).cameras.gate?.url, "rtsp://10.0.0.2/other");
});

Deno.test("setup --yes takes flags and defaults, and a camera that is not there", async () => {
  using machine = new FakeMachine();
  const printed = await on(machine, undefined, {
    "--camera-url": "rtsp://10.0.0.2/none",
  });
  assert.match(printed, /It is set all the same/);
  assert.match(printed, /Page: http:\/\/127\.0\.0\.1:8766\//);
  assert.match(printed, /ssh -L 8766:127\.0\.0\.1:8766 USER@/);
  assert.deepEqual(Object.keys(settingsOf(machine).cameras), ["front"]);
  assert.equal(await readPasswordHash(machine.at(STATE)), undefined);
  const again = await on(machine, undefined);
  assert.match(again, /settings as they were/);
  assert.deepEqual(Object.keys(settingsOf(machine).cameras), ["front"]);
});

Deno.test("setup --no-service writes settings without root and without systemd", async () => {
  using machine = new FakeMachine({ isRoot: false, isBootedBySystemd: false });
  const typed = { "--camera-url": "scene:street", "--no-service": false } as const;
  assert.match(await on(machine, undefined, typed), /Next: streamware run/);
  assert.equal(settingsOf(machine).cameras.front?.url, "scene:street");
  assert.deepEqual(machine.changes, []);
});

Deno.test("setup refuses before it writes, with what helps", async () => {
  const cases = [
    { typed: {}, words: /no terminal|Cannot ask "URL/, hint: /--camera-url URL/ },
    {
      typed: { "--camera-url": "scene:street", "--listen": "0.0.0.0" },
      words: /Cannot listen on 0\.0\.0\.0: no password/,
      hint: /--password-stdin/,
    },
    {
      typed: { "--camera-url": "scene:street", "--camera-name": "The Gate" },
      words: /Cannot call a camera "The Gate"/,
      hint: undefined,
    },
    {
      typed: { "--camera-url": "scene:street", "--camera-user": "me" },
      words: /--camera-user: scene:street takes none/,
      hint: undefined,
    },
    { typed: { "--camera-url": "ftp://x/y" }, words: /ftp/, hint: /rtsp/ },
  ];
  for (const { typed, words, hint } of cases) {
    using machine = new FakeMachine();
    await assert.rejects(on(machine, undefined, typed), (thrown) => {
      assert.ok(thrown instanceof Fault, String(thrown));
      assert.match(thrown.message, words);
      if (hint) assert.match(thrown.hint!, hint);
      return true;
    });
    assert.deepEqual(machine.changes, []);
  }
});

Deno.test("setup does not write over settings that somebody broke", async () => {
  using machine = new FakeMachine();
  Deno.mkdirSync(machine.at("/etc/streamware"), { recursive: true });
  Deno.writeTextFileSync(machine.at(CONFIG), "cameras: [\n");
  await assert.rejects(on(machine, WHOLE), (thrown) => {
    assert.ok(thrown instanceof Fault);
    assert.equal(thrown.kind, "config");
    assert.match(thrown.hint!, /config check.*mv /);
    return true;
  });
  assert.equal(machine.read(CONFIG), "cameras: [\n");
});

Deno.test("setup takes the example, which service install wrote, for no settings", async () => {
  using machine = new FakeMachine();
  Deno.mkdirSync(machine.at("/etc/streamware"), { recursive: true });
  Deno.writeTextFileSync(machine.at(CONFIG), exampleConfig());
  await on(machine, undefined, { "--camera-url": "rtsp://10.0.0.2/${x}" });
  assert.equal(settingsOf(machine).cameras.front?.url, "rtsp://10.0.0.2/$%7Bx%7D");
});
