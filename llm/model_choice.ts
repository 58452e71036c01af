/**
 * Which of the installed models is asked, and why. Pure; what is installed is found out
 * by `ollama.ts`.
 * @module
 */

/** A model as the server lists it. */
export interface InstalledModel {
  /** With its tag: `moondream:latest`. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly canSee: boolean;
  /** It runs on somebody else's machine: pictures would leave this box. */
  readonly isRemote: boolean;
  /** What is behind the name now: another one after `ollama pull`. */
  readonly digest?: string;
}

export type ModelChoice =
  | { readonly kind: "chosen"; readonly model: string; readonly why: string }
  /** None helps: why, and what a person can do, in words. */
  | { readonly kind: "none"; readonly why: string; readonly toDo: string };

/**
 * Small models that describe a picture well, best first, by the beginning of their
 * names in Ollama's library. They fit into 8 GB with the rest of us.
 */
export const PREFERRED_MODELS = [
  "qwen2.5vl:3b",
  "qwen3-vl:2b",
  "qwen3-vl:4b",
  "gemma3:4b",
  "gemma3:latest",
  "granite3.2-vision",
  "moondream",
] as const;

/** What to get when there is none: the smallest of the above is slow on a Pi as it is. */
const SUGGESTED = "ollama pull qwen2.5vl:3b";

/** @param wanted a name, or `auto` */
export function chooseModel(
  wanted: string,
  installed: readonly InstalledModel[],
): ModelChoice {
  return wanted === "auto" ? chooseBest(installed) : chooseNamed(wanted, installed);
}

function chooseNamed(
  wanted: string,
  installed: readonly InstalledModel[],
): ModelChoice {
  const found = installed.find(({ name }) => isCalled(name, wanted));
  if (!found) {
    return {
      kind: "none",
      why: `the model "${wanted}" is not installed`,
      toDo: `ollama pull ${wanted}`,
    };
  }
  if (!found.canSee) {
    const other = chooseBest(installed);
    return {
      kind: "none",
      why: `the model "${wanted}" cannot see pictures`,
      toDo: other.kind === "chosen"
        ? `Set ollama.model to auto or ${other.model}.`
        : other.toDo,
    };
  }
  const where = found.isRemote ? ", and runs on another machine: pictures go there" : "";
  return { kind: "chosen", model: found.name, why: `it is the one asked for${where}` };
}

function chooseBest(installed: readonly InstalledModel[]): ModelChoice {
  const seeing = installed.filter(({ canSee, isRemote }) => canSee && !isRemote)
    .toSorted((a, b) => a.sizeBytes - b.sizeBytes || (a.name < b.name ? -1 : 1));
  for (const preferred of PREFERRED_MODELS) {
    const found = seeing.find(({ name }) => name.toLowerCase().startsWith(preferred));
    if (found) return { kind: "chosen", model: found.name, why: whyOf(seeing, "best") };
  }
  const [smallest] = seeing;
  if (smallest) {
    return { kind: "chosen", model: smallest.name, why: whyOf(seeing, "smallest") };
  }
  if (installed.length === 0) {
    return { kind: "none", why: "no model is installed", toDo: SUGGESTED };
  }
  const remote = installed.find(({ canSee }) => canSee);
  const why = remote
    ? `the only models that can see run elsewhere (${remote.name}), and pictures stay here`
    : "no installed model can see pictures";
  return { kind: "none", why, toDo: SUGGESTED };
}

/** Names are without case; without a tag it is `latest`. */
export function isCalled(name: string, wanted: string): boolean {
  const asked = wanted.toLowerCase();
  const called = name.toLowerCase();
  return called === asked || called === `${asked}:latest`;
}

function whyOf(seeing: readonly InstalledModel[], rank: "best" | "smallest"): string {
  if (seeing.length === 1) return "it is the only one installed that can see";
  return rank === "best"
    ? `of ${seeing.length} that can see it describes pictures best for its size`
    : `of ${seeing.length} that can see it is the smallest`;
}
