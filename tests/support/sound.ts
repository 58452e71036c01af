/**
 * A sound card that writes what it plays to a file, ears that understand it, and a Piper
 * whose voice is espeak-ng's.
 * @module
 */
import type { TestFolder } from "./clips.ts";

/** True when this machine has the programs to speak and to listen. */
export const canListen = [
  "espeak-ng",
  "aplay",
  "sox",
  "pocketsphinx_continuous",
].every((program) => isInstalled(program));

function isInstalled(program: string): boolean {
  const folders = (Deno.env.get("PATH") ?? "/usr/bin").split(":");
  return folders.some((folder) => {
    try {
      return Deno.statSync(`${folder}/${program}`).isFile;
    } catch {
      return false;
    }
  });
}

/** A player whose sound card is the file `heard.wav` in `folder`. */
export function recordingPlayer(folder: TestFolder): readonly string[] {
  return playerWith(
    folder,
    `pcm.!default { type file slave.pcm "deaf" file "${heardFile(folder)}" format "wav" }
pcm.deaf { type null }
`,
  );
}

/** A player that keeps everything it plays, each sentence in a file of its own. */
export function recordingPlayers(folder: TestFolder): {
  readonly player: readonly string[];
  /** The files, in the order in which they were played. */
  played(): readonly string[];
} {
  const script = makeScript(
    folder,
    "player",
    `n=$(ls ${folder.path}/played-*.conf 2>/dev/null | wc -l)
card=${folder.path}/played-$n
cat >$card.conf <<END
</usr/share/alsa/alsa.conf>
pcm.!default { type file slave.pcm "deaf" file "$card.wav" format "wav" }
pcm.deaf { type null }
END
ALSA_CONFIG_PATH=$card.conf aplay -q - && mv $card.wav $card.done.wav`,
  );
  return {
    player: [script],
    played: () =>
      [...Deno.readDirSync(folder.path)].map(({ name }) => name)
        .filter((name) => name.endsWith(".done.wav"))
        .toSorted((a, b) => parseInt(a.slice(7)) - parseInt(b.slice(7)))
        .map((name) => folder.file(name)),
  };
}

/** A player on a box without a sound card. */
export function mutePlayer(folder: TestFolder): readonly string[] {
  return playerWith(folder, "pcm.!default { type hw card 31 }\n");
}

function playerWith(folder: TestFolder, pcm: string): readonly string[] {
  const path = folder.file("asound.conf");
  Deno.writeTextFileSync(path, `</usr/share/alsa/alsa.conf>\n${pcm}`);
  return ["env", `ALSA_CONFIG_PATH=${path}`, "aplay", "-q", "-"];
}

function heardFile(folder: TestFolder): string {
  return folder.file("heard.wav");
}

/**
 * What a listener understands of what was played last, or of another file.
 * @param grammar what can be said, in JSGF: "something [else] (came | went) out"
 */
export async function understood(
  folder: TestFolder,
  grammar: string,
  file = heardFile(folder),
): Promise<string> {
  const [raw, gram] = [folder.file("heard.raw"), folder.file("heard.gram")];
  await run("sox", [file, "-r", "16000", "-c", "1", "-b", "16", raw]);
  const rules = `#JSGF V1.0;\ngrammar heard;\npublic <heard> = ${grammar};\n`;
  Deno.writeTextFileSync(gram, rules);
  const ears = ["-infile", raw, "-jsgf", gram, "-logfn", "/dev/null"];
  return (await run("pocketsphinx_continuous", ears)).trim();
}

async function run(program: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const decoder = new TextDecoder();
  if (code !== 0) throw new Error(`${program} failed: ${decoder.decode(stderr)}`);
  return decoder.decode(stdout);
}

/** Writes a program of shell lines and gives its path. */
export function makeScript(folder: TestFolder, name: string, lines: string): string {
  const path = folder.file(name);
  Deno.writeTextFileSync(path, `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  return path;
}

/** A program that takes Piper's arguments, says its help and fails as Piper does. */
export function makePiper(folder: TestFolder): string {
  return makeScript(
    folder,
    "piper",
    `[ "$1" = --help ] && {
  echo "usage: piper [options]" >&2
  echo "   -m  FILE  --model       FILE  path to onnx model file" >&2
  exit 0
}
[ "$#" = 4 ] && [ "$1" = --model ] && [ "$3" = --output_file ] && [ "$4" = - ] || exit 2
grep -q voice "$2" || { echo "[error] Failed to load voice: $2" >&2; exit 1; }
echo "[info] Loaded voice in 0.1 second(s)" >&2
exec espeak-ng --stdin --stdout -v en-us`,
  );
}

/** A voice file for that program, with its description beside it. */
export function makeVoiceFile(folder: TestFolder, name: string): string {
  const path = folder.file(name);
  Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  Deno.writeTextFileSync(path, "a voice");
  Deno.writeTextFileSync(`${path}.json`, "{}");
  return path;
}
