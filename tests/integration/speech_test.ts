/**
 * Speech with real programs: a sentence goes in, and a listener understands what came out
 * of the sound card.
 */
import assert from "node:assert/strict";
import { AlertBoard } from "../../base/alerts.ts";
import { systemClock } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { silentLog } from "../../base/log.ts";
import { type SpeechSettings, speechSettings } from "../../config/schema.ts";
import { chooseVoice } from "../../tts/choose_voice.ts";
import { play } from "../../tts/player.ts";
import { usualPiperPlaces } from "../../tts/piper_voice.ts";
import { openSpeaker, type Speaker } from "../../tts/speaker.ts";
import { TestFolder } from "../support/clips.ts";
import { descendants, eventually, isAlive } from "../support/program.ts";
import {
  canListen,
  makePiper,
  makeScript,
  makeVoiceFile,
  mutePlayer,
  recordingPlayer,
  understood,
} from "../support/sound.ts";
import { makeNarration, makeWav } from "../support/speech.ts";

const SIDES = "(from the left | from the right | at the top)";
const GRAMMAR = `something [else] (came in | went out | stopped) ${SIDES}`;
const NEVER = new AbortController().signal;
const LIMITS = { timeoutMs: 10_000, signal: NEVER };

type Speech = Partial<
  { [Key in keyof SpeechSettings]: SpeechSettings[Key] | readonly string[] }
>;

/** A speaker with real programs on a real clock. */
class Speaking implements AsyncDisposable {
  readonly board = new AlertBoard(systemClock);
  readonly speaker: Speaker;
  #told = 0;

  constructor(speech: Speech) {
    this.speaker = openSpeaker({
      clock: systemClock,
      log: silentLog,
      alerts: this.board,
      settings: speechSettings.parse({ engine: "espeak-ng", ...speech }),
      cameraCount: 1,
    });
  }

  tell(text: string): void {
    const story = ++this.#told;
    const narration = makeNarration({ text, track: story, episode: story });
    this.speaker.offer({ narration });
  }

  async until(fate: keyof Speaker["counts"], count: number): Promise<void> {
    await eventually(`${count} ${fate}`, () => this.speaker.counts[fate] >= count);
  }

  async alerted(code: string, words: RegExp): Promise<void> {
    await eventually(
      `${code}: ${words}`,
      () =>
        this.board.list().some((alert) =>
          alert.code === code && words.test(alert.words) && alert.toDo !== ""
        ),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.speaker[Symbol.asyncDispose]();
  }
}

function test(name: string, fn: (folder: TestFolder) => Promise<void>): void {
  Deno.test({
    name,
    ignore: !canListen,
    async fn() {
      using folder = new TestFolder();
      await fn(folder);
    },
  });
}

test("a sentence spoken by espeak-ng is understood by a listener", async (folder) => {
  await using speaking = new Speaking({ player: recordingPlayer(folder) });
  for (
    const text of [
      "Something came in from the left.",
      "Something else stopped at the top.",
      "Something went out from the right.",
    ]
  ) {
    const spoken = speaking.speaker.counts.spoken;
    speaking.tell(text);
    await speaking.until("spoken", spoken + 1);
    const heard = await understood(folder, GRAMMAR);
    assert.equal(heard, text.toLowerCase().replace(".", ""));
  }
  assert.deepEqual(speaking.board.list(), []);
});

test("a sentence that looks like options or phonemes is spoken as it is", async (folder) => {
  await using speaking = new Speaking({ player: recordingPlayer(folder) });
  speaking.tell("--help [[ something came in from the left");
  await speaking.until("spoken", 1);
  const heard = await understood(folder, `help ${GRAMMAR}`);
  assert.equal(heard, "help something came in from the left");
});

test("auto speaks with Piper when program and voice are there", async (folder) => {
  const places = { programs: [makePiper(folder)], voiceFolders: [folder.path] };
  const settings = speechSettings.parse({ engine: "auto" });
  const without = await chooseVoice(settings, { signal: NEVER, places });
  assert.equal(without.name, "espeak-ng (en-us)");
  makeVoiceFile(folder, "de/de_DE/karl/high/de_DE-karl-high.onnx");
  makeVoiceFile(folder, "en/en_GB/anna/low/en_GB-anna-low.onnx");
  const voice = await chooseVoice(settings, { signal: NEVER, places });
  assert.equal(voice.name, "Piper (en_GB-anna-low.onnx)");
  assert.equal(voice.note, undefined);
  const wav = await voice.say("Something came in from the left.", LIMITS);
  assert.ok(wav.durationMs > 1_000 && wav.durationMs < 5_000, `${wav.durationMs} ms`);
  Deno.writeFileSync(folder.file("heard.wav"), wav.bytes);
  assert.equal(await understood(folder, GRAMMAR), "something came in from the left");
});

test("auto says why the voice file that was named does not speak", async (folder) => {
  const places = { programs: [makePiper(folder)], voiceFolders: [folder.path] };
  makeVoiceFile(folder, "en_GB-anna-low.onnx");
  const named = speechSettings.parse({ engine: "auto", voice: "/none/karl.onnx" });
  const voice = await chooseVoice(named, { signal: NEVER, places });
  assert.equal(voice.name, "espeak-ng (en-us)");
  assert.match(voice.note ?? "", /karl\.onnx is not there/);
  const other = speechSettings.parse({ engine: "auto", voice: "en-gb" });
  const british = await chooseVoice(other, { signal: NEVER, places });
  assert.deepEqual([british.name, british.note], ["espeak-ng (en-gb)", undefined]);
});

test("Piper says what is missing: program, voice, or its description", async (folder) => {
  async function check(
    words: RegExp,
    of: { readonly program: string; readonly voice?: string },
  ): Promise<void> {
    const places = { programs: [of.program], voiceFolders: [folder.file("none")] };
    const settings = speechSettings.parse({ engine: "piper", voice: of.voice });
    await assert.rejects(chooseVoice(settings, { signal: NEVER, places }), (thrown) => {
      assert.ok(thrown instanceof Fault && thrown.hint);
      assert.match(`${thrown.message}; ${thrown.hint}`, words);
      return true;
    });
  }
  const program = makePiper(folder);
  const mouse = makeScript(folder, "mouse", 'echo "Usage: piper [OPTION…] gapplication"');
  await check(/it is not installed; sudo .*pipx install piper-tts/, {
    program: "/none/piper",
  });
  await check(/mouse is another program.*sets up mice/, { program: mouse });
  await check(/no voice .* in .*none/, { program });
  await check(/x\.onnx is not there/, { program, voice: folder.file("x.onnx") });
  Deno.writeTextFileSync(folder.file("x.onnx"), "a voice");
  await check(/x\.onnx\.json is not there/, { program, voice: folder.file("x.onnx") });
});

test("Piper's last words say why it failed", async (folder) => {
  const file = makeVoiceFile(folder, "broken.onnx");
  Deno.writeTextFileSync(file, "nonsense");
  const places = { programs: [makePiper(folder)], voiceFolders: [] };
  const settings = speechSettings.parse({ engine: "piper", voice: file });
  const voice = await chooseVoice(settings, { signal: NEVER, places });
  await assert.rejects(
    voice.say("Hello", LIMITS),
    /Cannot speak with Piper: \[error\] Failed to load voice/,
  );
});

test("a program named piper that waits for something does not hold us up", async (folder) => {
  const stop = new AbortController();
  const places = {
    programs: [makeScript(folder, "piper", "sleep 60")],
    voiceFolders: [folder.path],
  };
  const settings = speechSettings.parse({ engine: "auto" });
  const choosing = chooseVoice(settings, { signal: stop.signal, places });
  stop.abort();
  assert.equal((await choosing).name, "espeak-ng (en-us)");
});

test("espeak-ng says that it does not know a voice", async () => {
  await using speaking = new Speaking({ voice: "xx-nonesuch", player: ["true"] });
  speaking.tell("Something stopped.");
  await speaking.alerted("speech.failing", /voice does not exist/);
  assert.match(speaking.board.list()[0]!.toDo, /espeak-ng --voices/);
});

test("a command speaks: its WAV is played", async (folder) => {
  const command = ["sh", "-c", "sed s/left/right/ | espeak-ng --stdin --stdout -v en-us"];
  const player = recordingPlayer(folder);
  await using speaking = new Speaking({ engine: "command", command, player });
  speaking.tell("Something came in from the left.");
  await speaking.until("spoken", 1);
  assert.equal(await understood(folder, GRAMMAR), "something came in from the right");
});

test("a command that fails is told of by its last words, not played", async (folder) => {
  const mark = folder.file("played");
  const player = [makeScript(folder, "player", `touch ${mark}; cat >/dev/null`)];
  for (
    const [script, words] of [
      ["echo first >&2; echo no licence >&2; exit 3", /Cannot speak with sh: no licence/],
      ["exit 7", /it ended with code 7/],
      ["echo Hello", /Cannot use what sh wrote: it does not begin as a WAV/],
      ["true", /Cannot use what sh wrote: it is empty/],
      ["espeak-ng --stdin --stdout | head -c 44", /no sound/],
      ["cat /dev/zero", /it printed more than 16000000 bytes/],
    ] as const
  ) {
    const command = ["sh", "-c", script];
    await using speaking = new Speaking({ engine: "command", command, player });
    speaking.tell("Something stopped.");
    await speaking.alerted("speech.failing", words);
  }
  assert.throws(() => Deno.statSync(mark), "nothing was played");
});

test("a voice that hangs is ended, with all that it started", async (folder) => {
  const pid = folder.file("pid");
  const command = [makeScript(folder, "voice", `sleep 60 & echo $! > ${pid}; wait`)];
  await using speaking = new Speaking({ engine: "command", command, staleS: 1 });
  speaking.tell("Something stopped.");
  await speaking.alerted("speech.failing", /not done after 1 s/);
  const offspring = Number(Deno.readTextFileSync(pid));
  await eventually("the voice is gone", () => !isAlive(offspring));
});

test("a player that hangs is ended, with all that it started", async (folder) => {
  const pid = folder.file("pid");
  const hangs = makeScript(
    folder,
    "player",
    `trap "" TERM; cat >/dev/null; sleep 60 & echo $! > ${pid}; wait; wait`,
  );
  const wav = { bytes: makeWav(200), durationMs: 200 };
  const begin = performance.now();
  await assert.rejects(
    play(wav, [hangs], { signal: NEVER, lateMsMax: 800 }),
    /Cannot finish .*player: not done after 1 s/,
  );
  const tookMs = performance.now() - begin;
  assert.ok(tookMs > 900 && tookMs < 30_000, `${tookMs} ms, and it hangs for a minute`);
  const offspring = Number(Deno.readTextFileSync(pid));
  await eventually("the player is gone", () => !isAlive(offspring));
});

test("a box without a sound card says so, and speaks when there is one", async (folder) => {
  await using speaking = new Speaking({ player: mutePlayer(folder) });
  speaking.tell("Something came in from the left.");
  await speaking.alerted("speech.failing", /aplay: no sound card was found/);
  assert.match(speaking.board.list()[0]!.toDo, /aplay -l/);
  recordingPlayer(folder);
  speaking.tell("Something stopped at the top.");
  await speaking.until("spoken", 1);
  assert.deepEqual(speaking.board.list(), []);
  assert.equal(await understood(folder, GRAMMAR), "something stopped at the top");
});

test("a command without its program is told of before there is a sentence", async () => {
  await using speaking = new Speaking({ engine: "command", command: ["nonesuch-voice"] });
  await speaking.alerted("speech.no_voice", /nonesuch-voice: it is not installed/);
});

test("what is stale when the sentence before it ends is not spoken", async () => {
  const player = ["sh", "-c", "cat >/dev/null; sleep 1.5"];
  await using speaking = new Speaking({ player, staleS: 1 });
  speaking.tell("Something stopped.");
  speaking.tell("Something came in from the left.");
  await speaking.until("stale", 1);
  assert.equal(speaking.speaker.counts.spoken, 1);
});

for (const sounding of ["voice", "player"] as const) {
  test(`a stop ends a ${sounding} at once and leaves no process`, async (folder) => {
    const pid = folder.file("pid");
    const script = `echo $$ > ${pid}; cat >/dev/null; sleep 60 & wait`;
    const slow = [makeScript(folder, "slow", script)];
    const speaking = new Speaking(
      sounding === "player" ? { player: slow } : { engine: "command", command: slow },
    );
    speaking.tell("Something stopped.");
    speaking.tell("Something came in from the left.");
    await eventually("it sounds", () => isFilled(pid));
    const leader = Number(Deno.readTextFileSync(pid));
    await eventually("it sleeps", () => descendants(leader).length > 0);
    const family = [leader, ...descendants(leader)];
    const begin = performance.now();
    await speaking[Symbol.asyncDispose]();
    const tookMs = performance.now() - begin;
    assert.ok(tookMs < 5_000, `${tookMs} ms, and it sounds for a minute`);
    await eventually("all are gone", () => !family.some(isAlive));
    assert.equal(speaking.speaker.counts.stopped, 2);
  });
}

Deno.test("usualPiperPlaces() knows the user's own places when there is a home", () => {
  assert.ok(
    usualPiperPlaces("/of/ann").programs.includes("/of/ann/.local/bin/piper"),
  );
  assert.doesNotMatch(JSON.stringify(usualPiperPlaces("")), /undefined/);
});

function isFilled(path: string): boolean {
  try {
    return Deno.statSync(path).size > 0;
  } catch {
    return false;
  }
}
