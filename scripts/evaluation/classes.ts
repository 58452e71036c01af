/**
 * `scripts/evaluate classes`: labels of tracks whose class is known, by our own child, over
 * all footage. Annotated tracks, those of our own analysis, background, and false motion.
 * Exit code 0; 3 when a clip is missing. Counting is `class_scores.ts`.
 * @module
 */
import { classifierCommand } from "../../classes/own_command.ts";
import { runFullSize } from "./class_full_size.ts";
import { cropsOf, labelled } from "./class_labelling.ts";
import { formatClasses } from "./class_report.ts";
import { CLASS_CLIPS } from "./class_samples.ts";
import { samplesOf } from "./class_sampling.ts";
import type { Labelled } from "./class_scores.ts";
import { defaultFootage, readFlags, repository } from "./command_line.ts";
import { videoSize } from "./raw_video.ts";

/** Runs over the footage and prints the tables. @returns the exit code */
export async function runClasses(args: readonly string[]): Promise<number> {
  const flags = readFlags(args, [
    ...["--footage", "--only", "--command", "--json", "--program", "--smaller", "--bits"],
  ]);
  const footage = flags.get("--footage") ?? defaultFootage();
  const command = flags.get("--command")?.split(" ") ?? classifierCommand();
  const program = flags.get("--program")?.split(" ") ??
    [`${repository()}/scripts/streamware`];
  const smaller = flags.get("--smaller");
  if (smaller !== undefined) {
    const only = flags.get("--only") ?? "";
    const json = flags.get("--json");
    return await runFullSize({
      smaller: Number(smaller),
      bits: flags.has("--bits") ? Number(flags.get("--bits")) : undefined,
      footage,
      command,
      program,
      only,
      json,
    });
  }
  const day: Labelled[] = [];
  const night: Labelled[] = [];
  for (const clip of CLASS_CLIPS) {
    if (!clip.clip.includes(flags.get("--only") ?? "")) continue;
    const path = `${footage}/${clip.clip}`;
    const samples = await samplesOf(clip, { footage, program });
    const frame = await videoSize(path);
    const crops = await cropsOf(path, samples, { frame });
    day.push(...await labelled(samples, crops, { command, how: "none" }));
    const objects = samples.filter(({ truth }) => truth !== "nothing");
    night.push(...await labelled(objects, crops, { command, how: "infrared" }));
    console.error(`labelled ${samples.length} of ${clip.clip}`);
  }
  console.log(formatClasses(day, night));
  const json = flags.get("--json");
  if (json) Deno.writeTextFileSync(json, JSON.stringify({ day, night }) + "\n");
  return 0;
}
