/**
 * What the evaluation's commands have in common: flags and where the footage is.
 * @module
 */

/** Flags of the form `--name value`; anything else ends the program with code 2. */
export function readFlags(
  args: readonly string[],
  known: readonly string[],
): Map<string, string> {
  const flags = new Map<string, string>();
  for (let i = 0; i < args.length; i += 2) {
    const [name, value] = [args[i]!, args[i + 1]];
    if (!known.includes(name) || value === undefined) {
      console.error(`Cannot read the flags. They are: ${known.join(" …, ")} …`);
      Deno.exit(2);
    }
    flags.set(name, value);
  }
  return flags;
}

/** The repository's own folder, without a slash at the end. */
export function repository(): string {
  return new URL("../..", import.meta.url).pathname.replace(/\/$/, "");
}

/** Footage lies beside the repository: it is test data, never part of it. */
export function defaultFootage(): string {
  return `${repository()}/../shared/footage`;
}
