import assert from "node:assert/strict";
import { TestFolder } from "../tests/support/clips.ts";
import { Fault } from "../base/fault.ts";
import { type Loaded, loadSettings } from "./load.ts";
import { CAMERA, load, problemOf, problemsOf } from "../tests/support/settings_text.ts";
import { ConfigFault, problemLine } from "./problems.ts";

Deno.test("loadSettings() fills in every default and has the code's names", () => {
  const { settings } = load(`${CAMERA}speech:\n  stale_s: 3\nserver:\n`);
  assert.deepEqual({ ...settings.cameras.front }, {
    url: "scene:street",
    fps: 10,
    width: 640,
    loop: false,
    seed: 1,
    sensitivity: 5,
    minSize: 0,
    absorbAfter: 300,
    certificate: "verify",
    transport: "auto",
    decode: "software",
    idleAfter: 20,
    unknown: "tell",
    zones: {},
    masks: {},
    lines: {},
  });
  assert.equal(settings.speech.staleS, 3);
  assert.equal(settings.server.port, 8766);
});

Deno.test("loadSettings() keeps the names that people gave", () => {
  const { settings } = load(
    "cameras:\n  a_b:\n    url: x\n    zones: {the_door: {points: [[0,0],[1,0],[1,1]]}}\n",
  );
  assert.deepEqual(Object.keys(settings.cameras), ["a_b"]);
  assert.deepEqual(Object.keys(settings.cameras.a_b!.zones), ["the_door"]);
});

Deno.test("a file with several mistakes has each of them told, with its line", () => {
  const text = `cameras:
  front:
    url: scene:street
    fsp: 5
    width: 5000
  Back Yard:
    fps: 1
server:
  port: "8766"
log:
  level: inf
`;
  assert.deepEqual(problemsOf(text), [
    "4:5 cameras.front.fsp: is no setting: did you mean fps?",
    "5:12 cameras.front.width: must be at most 3840, is 5000",
    "6:3 cameras.Back Yard: must be named with a-z, 0-9, - and _, at most 32 of them, " +
    "and begin with a letter or digit: write back_yard",
    "6:3 cameras.Back Yard.url: is missing",
    "9:9 server.port: must be a whole number, is text: write 8766 without quotes",
    '11:10 log.level: must be one of debug, info, warning, error, is "inf": did you ' +
    "mean info?",
  ]);
});

Deno.test("the report names the file and shows each line with a caret", () => {
  const login = "    url: rtsp://h/\n    user: ada\n    width: 5000\n";
  assert.throws(() => load(`cameras:\n  front:\n${login}    pasword: hunter2\n`), {
    message: `Cannot use /nowhere/s.yaml: 2 problems
  5:12 cameras.front.width: must be at most 3840, is 5000
     5 |     width: 5000
       |            ^
  6:5 cameras.front.pasword: is no setting: did you mean password?
     6 |     pasword: …
       |     ^`,
    kind: "config",
  });
});

Deno.test("frequent mistakes are told with what would be right", () => {
  const cases: Record<string, string> = {
    "camera: {}": "4:1 camera: is no setting: did you mean cameras?",
    "port: 1": "4:1 port: is no setting here: it belongs in server.port",
    "    Loop: true": "4:5 cameras.front.Loop: is no setting: did you mean loop?",
    "    loop: yes": "4:11 cameras.front.loop: must be true or false: write true",
    "    fps: 10fps": "4:10 cameras.front.fps: must be a number without a unit: write 10",
    "    fps: 0,5": "4:10 cameras.front.fps: must be a number: write 0.5",
    "    fps:": "4:5 cameras.front.fps: has no value: give one, or take the line out",
    "    fps: fast": '4:10 cameras.front.fps: must be a number, is "fast"',
    "    user: 12":
      '4:11 cameras.front.user: must be text, is a number: put it in quotes: "12"',
    "    user: 0071":
      '4:11 cameras.front.user: must be text, is a number: put it in quotes: "0071"',
    "    password: 12":
      "4:15 cameras.front.password: must be text, is a number: put it in quotes",
    "    password: &a":
      "4:5 cameras.front.password: has no value: what begins with & is " +
      'an anchor; for text put it in quotes: "…"',
    "    password: #a":
      "4:5 cameras.front.password: has no value: what begins with # is " +
      "a comment; for text put it in quotes",
    "    password: *a": "4:15 cameras.front.password: a value that begins with * is an " +
      'alias; for text put it in quotes: "…"',
    "    password: @a": "4:15 a value cannot begin with this character: put it in " +
      'quotes: "…"',
    "    password: %a": "4:15 a value cannot begin with this character: put it in " +
      'quotes: "…"',
    "    password: !a": "4:15 a value that begins with ! is a tag; for text put it in " +
      'quotes: "…"',
    "\tfps: 5": "4:1 a tab is not allowed for indenting: use spaces",
    "    fps: 1\n    fps: 2": "5:5 cameras.front.fps: is there twice: keep one of them",
    "    <<: {fps: 1}": "4:5 cameras.front.<<: merging (<<) is not part of YAML 1.2: " +
      "write the settings out",
    "server: {names: gate}": '4:17 server.names: must be a list: ["…", "…"]',
    "server: 5": '4:9 server: must be lines of "name: value" below it, is a value',
    "ollama: {url: box:1}":
      '4:15 ollama.url: must be an http:// or https:// URL, is "box:1"',
    "webhook: {url: ftp://a}": "4:16 webhook.url: must be an http:// or https:// URL",
    "speech: {engine: command}":
      "4:18 speech.engine: is command: set speech.command, the program that speaks",
    "speech: {engine: no}": "4:18 speech.engine: must be one of off, auto, piper, " +
      'espeak-ng, command, is "no"',
    "speech: {engine: false}": "4:18 speech.engine: must be one of off, auto, piper, " +
      "espeak-ng, command: write off",
    "server: {port: 8765}":
      "4:16 server.port: is 8765, as the other port: they must differ",
    "server: {listen: everywhere}": "4:18 server.listen: must be an address, such as " +
      "127.0.0.1, 0.0.0.0 or ::, or localhost",
    "server: {listen: 192.168.1.300}":
      "4:18 server.listen: must be an address, such as " +
      "127.0.0.1, 0.0.0.0 or ::, or localhost",
    'webhook: {token: "a\\nb"}':
      "4:18 webhook.token: must be one line of letters, digits " +
      "and signs (ASCII): it is sent in a header",
    'ollama: {url: "http://u:p@box/?x"}':
      "4:15 ollama.url: must end before the ? or #: an " +
      "Ollama server takes neither",
    "control: {socket: x}":
      "4:19 control.socket: must be off or a path from / on, of at " +
      "most 107 bytes",
    "---\na: 1": "4:1 a line of --- begins a second document: there may be one only",
  };
  for (const [line, words] of Object.entries(cases)) assert.equal(problemOf(line), words);
});

Deno.test("a value with a unit is told as it would be without", () => {
  const cases: Record<string, string> = {
    "    absorb_after: 5m": "4:19 cameras.front.absorb_after: must be a number of " +
      "seconds without a unit: write 300",
    "    absorb_after: 1.5 hours": "4:19 cameras.front.absorb_after: must be a number " +
      "of seconds without a unit: write 5400",
    "    absorb_after: 2w": "4:19 cameras.front.absorb_after: must be a number of " +
      "seconds without a unit",
    "    absorb_after: 5:00": "4:19 cameras.front.absorb_after: must be a number of " +
      'seconds, is "5:00"',
    "ollama: {deadline_s: 1min}":
      "4:22 ollama.deadline_s: must be a number of seconds without a unit: write 60",
    "speech: {stale_s: 500ms}":
      "4:19 speech.stale_s: must be a number of seconds without a unit: write 0.5",
    "    min_size: 12%":
      "4:15 cameras.front.min_size: must be a number without a unit: write 0.12",
    "    min_size: 12":
      "4:15 cameras.front.min_size: must be at most 1, is 12: 12 % of " +
      "the picture is 0.12",
    "    min_size: 1200": "4:15 cameras.front.min_size: must be at most 1, is 1200",
    "analysis: {region_area: 0.04%}": "4:25 analysis.region_area: must be a number " +
      "without a unit: write 0.04",
  };
  for (const [line, words] of Object.entries(cases)) assert.equal(problemOf(line), words);
});

Deno.test("a value or a name that could be a secret is not shown", () => {
  const texts = [
    `${CAMERA}webhook:\n  token:\n    12345678\n`,
    "cameras:\n  front: {url: scene:street, fps: 100, password:12345678}\n",
    "cameras:\n  front: {fps: 5, password 12345678}\n",
    "cameras:\n  front: {fps: 5, password=12345678}\n",
    "cameras: {front:12345678}\n",
    "cameras:\n  Front=12345678: {url: x}\n",
    `${CAMERA}ollama:\n  url: ftp://me:1234/12345678@box\n`,
  ];
  for (const text of texts) {
    assert.throws(() => load(text), (thrown) => {
      assert.ok(thrown instanceof ConfigFault);
      assert.doesNotMatch(thrown.message + JSON.stringify(thrown.problems), /12345678/);
      return true;
    });
  }
});

Deno.test("what only the service can look up is a warning for who asks from outside", () => {
  const text = `cameras:
  front:
    url: rtsp://192.168.1.20/x
    user: \${env:CAM_USER}
    password: \${credential:cam}
  back:
    url: rtsp://ada:\${credential:cam}@192.168.1.20/y
ollama: {url: "\${env:OLLAMA}"}
speech: {engine: command, command: [say, "--key=\${env:KEY}"]}
`;
  assert.equal(problemsOf(text).length, 5);
  const loaded = loadSettings({
    path: "/nowhere/s.yaml",
    text,
    env: () => undefined,
    lookup: "warn",
  });
  assert.deepEqual(loaded.elsewhere, [
    "cameras.front.user",
    "cameras.front.password",
    "cameras.back.url",
    "ollama.url",
    "speech.command[1]",
  ]);
  assert.deepEqual(loaded.warnings.map(({ path }) => path), loaded.elsewhere);
  assert.equal(
    problemLine(loaded.warnings[0]!),
    "4:11 cameras.front.user: cannot be looked up here, the service may: the " +
      "environment variable CAM_USER is not set",
  );
  const { front, back } = loaded.settings.cameras;
  assert.equal(front!.password, undefined);
  assert.match(back!.url, /credential:cam/);
  const shown = JSON.stringify(loaded.shown);
  assert.match(shown, /"password":"\$\{credential:cam\}"/);
  assert.match(shown, /"url":"\$\{env:OLLAMA\}"/);
});

Deno.test("a file with wrong references stays wrong for who asks from outside", () => {
  const text = `${CAMERA}webhook: {token: "\${file:none}"}\n`;
  const request = { path: "/nowhere/s.yaml", text, env: () => undefined };
  assert.throws(() => loadSettings({ ...request, lookup: "warn" }), ConfigFault);
});

Deno.test("a setting that was refused is not missing for another", () => {
  assert.deepEqual(problemsOf(`${CAMERA}speech: {engine: command, command: say}\n`), [
    '4:36 speech.command: must be a list: ["…", "…"]',
  ]);
});

Deno.test("aliases stand for their anchors, but not a billion times", () => {
  const { settings } = load("cameras:\n  a: &a {url: x, fps: 5}\n  b: *a\n");
  assert.equal(settings.cameras.b!.fps, 5);
  const levels = Array.from(
    { length: 9 },
    (_, n) => `l${n}: &l${n} [${Array(10).fill(n === 0 ? "1" : `*l${n - 1}`)}]`,
  );
  assert.equal(problemsOf(`${CAMERA}${levels.join("\n")}\n`).length, 9);
  const corners = `[${Array(128).fill("[0, 1]")}]`;
  const zones = Array.from(
    { length: 99 },
    (_, n) => `z${n}: ${n === 0 ? "&z" : "*z"}${n === 0 ? ` {points: ${corners}}` : ""}`,
  );
  assert.match(
    problemsOf(`${CAMERA}    zones: {${zones}}\n`).at(-1)!,
    /there are more than 20000 values: too many$/,
  );
});

Deno.test("flags win over the file", () => {
  const text = "cameras:\n  a: {url: x}\n  b: {url: y, fps: 2}\nlog: {level: error}\n";
  const both = load(text, { "--fps": "5", "--log-level": "debug" });
  assert.deepEqual(
    Object.values(both.settings.cameras).map(({ url, fps }) => [url, fps]),
    [["x", 5], ["y", 5]],
  );
  assert.equal(both.settings.log.level, "debug");
  assert.equal(both.origins.get("cameras.b.fps"), "--fps");
  assert.equal(both.origins.get("cameras.b.url"), "line 3");
  const one = load(text, { "--url": "scene:street-rain", "--loop": true });
  assert.deepEqual(Object.keys(one.settings.cameras), ["main"]);
  assert.equal(one.settings.cameras.main!.loop, true);
});

Deno.test("a wrong flag is told as a flag, a wrong file as a file", () => {
  assert.throws(() => load(CAMERA, { "--fps": "0", "--tts": "command" }), (thrown) => {
    assert.ok(thrown instanceof Fault);
    assert.equal(thrown.kind, "usage");
    assert.equal(
      thrown.message,
      "Cannot start: --fps must be at least 0.2, was 0; --tts is command: set " +
        "speech.command, the program that speaks",
    );
    return true;
  });
  assert.throws(
    () => load(`${CAMERA}    fps: 99\n`, { "--width": "0" }),
    (thrown) => thrown instanceof ConfigFault,
  );
});

Deno.test("two cameras of one URL, and a password that a # cuts short, are warned of", () => {
  const { warnings } = load(`cameras:
  a: {url: "rtsp://h/"}
  b: {url: "rtsp://h/"}
  c:
    url: rtsp://i/
    user: u
    password: half #of it
`);
  assert.deepEqual(warnings.map(({ path, line }) => [path, line]), [
    ["cameras.b.url", 3],
    ["cameras.c.password", 7],
  ]);
});

Deno.test("a wish for classes is warned of where nobody tells them apart", () => {
  const zone = "{points: [[0, 0], [1, 0], [1, 1]], classes: [person]}";
  const camera = `cameras:\n  a:\n    url: rtsp://h/\n    zones:\n      porch: ${zone}\n`;
  const warned = (text: string) =>
    load(text).warnings.map(({ path, words }) => `${path} ${words}`);
  assert.deepEqual(warned(`${camera}classes: off\n`), [
    "cameras.a.zones.porch.classes does nothing while classes is off for the whole box: " +
    "everything is told there",
  ]);
  assert.deepEqual(warned(camera), []);
  const whole = "cameras:\n  a:\n    url: rtsp://h/\n    classes: [person]\n";
  assert.match(
    warned(`${whole}classes: off\n`).join(),
    /^cameras.a.classes does nothing/,
  );
});

Deno.test("a model of one's own is warned of where nobody looks", () => {
  const camera = "cameras:\n  a:\n    url: rtsp://h/\n";
  const warned = (text: string) =>
    load(`${camera}${text}`).warnings.map(({ path, words }) => `${path} ${words}`);
  assert.deepEqual(warned("classes: off\nclasses_model: /srv/model\n"), [
    "classes_model does nothing while classes is off",
  ]);
  assert.deepEqual(warned("classes_model: /srv/model\n"), []);
});

function inFile(
  check: (folder: TestFolder, path: string) => void,
  { text, mode }: { text: string | Uint8Array; mode: number },
): void {
  using folder = new TestFolder();
  const path = folder.file("streamware.yaml");
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  Deno.writeFileSync(path, bytes);
  Deno.chmodSync(path, mode);
  check(folder, path);
}

function loadFile(path: string): Loaded {
  return loadSettings({ path, env: () => undefined });
}

Deno.test("a password in a file that others may read or write is warned of", () => {
  const text = "cameras:\n  a: {url: 'rtsp://u:p@h/'}\n  b: {url: x}\n";
  inFile((_, path) => {
    assert.deepEqual(loadFile(path).warnings.map(({ path, line }) => [path, line]), [
      ["", undefined],
      ["cameras.a.url", 2],
    ]);
  }, { text, mode: 0o646 });
  inFile((_, path) => {
    assert.deepEqual(loadFile(path).warnings, []);
  }, { text, mode: 0o640 });
});

Deno.test("references are replaced, from the folder of the file on", () => {
  const text =
    "cameras:\n  a: {url: 'rtsp://h/', user: u, password: '${file:secret/a}'}\n";
  inFile((folder, path) => {
    Deno.mkdirSync(folder.file("secret"));
    Deno.writeTextFileSync(folder.file("secret/a"), "hunter2\n", { mode: 0o600 });
    const { settings, shown } = loadFile(path);
    assert.equal(settings.cameras.a!.password!.reveal(), "hunter2");
    assert.match(JSON.stringify(shown), /"password":"\$\{file:secret\/a\}"/);
    Deno.chmodSync(folder.file("secret/a"), 0o644);
    assert.throws(() => loadFile(path), (thrown) => {
      assert.ok(thrown instanceof ConfigFault);
      assert.match(thrown.message, /2:44 cameras.a.password: others .*chmod 640/);
      return true;
    });
  }, { text, mode: 0o644 });
});

Deno.test("a file that cannot be read is told why", () => {
  const check = (path: string, words: RegExp) =>
    assert.throws(() => loadFile(path), (thrown) => {
      assert.ok(thrown instanceof Fault && thrown.kind === "config");
      assert.match(thrown.message, words);
      return true;
    });
  inFile((folder, path) => {
    check(folder.path, /: it is a folder$/);
    check(folder.file("none"), /: it does not exist$/);
    check(path, /: it is no text in UTF-8 \(line 2\)$/);
  }, { text: new Uint8Array([0x61, 0x0a, 0xe4, 0x0a]), mode: 0o644 });
  inFile((_, path) => {
    check(path, /: it is longer than 262144 bytes$/);
  }, { text: "#".repeat(262_145), mode: 0o644 });
  inFile((_, path) => {
    assert.deepEqual(Object.keys(loadFile(path).settings.cameras), ["a"]);
  }, { text: "\ufeffcameras: {a: {url: x}}\r\n", mode: 0o644 });
});
