/**
 * The processors that the one file is built for, and what each is called by Deno, by
 * npm and by an ELF file.
 * @module
 */

/** In our own words and npm's. */
export type Target = "x64" | "arm64";
export const TARGETS: readonly Target[] = ["x64", "arm64"];

export interface TargetNames {
  /** For `deno compile --target`. */
  readonly triple: string;
  /** In the names of Deno's runtime bases. */
  readonly denoArch: string;
  /** `e_machine` in the head of an ELF file: elf(5). */
  readonly elfMachine: number;
}

export const TARGET_NAMES: Readonly<Record<Target, TargetNames>> = {
  x64: { triple: "x86_64-unknown-linux-gnu", denoArch: "x86_64", elfMachine: 62 },
  arm64: { triple: "aarch64-unknown-linux-gnu", denoArch: "aarch64", elfMachine: 183 },
};

/** The name of the built file. */
export function binaryName(target: Target): string {
  return `streamware-linux-${target}`;
}

/** The processor that an ELF file is for; undefined when it is none of ours, or no ELF. */
export function elfTarget(head: Uint8Array): Target | undefined {
  const isElf = [0x7f, 0x45, 0x4c, 0x46].every((byte, at) => head[at] === byte);
  if (!isElf || head.length < 20) return undefined;
  const machine = head[18]! | (head[19]! << 8);
  return TARGETS.find((target) => TARGET_NAMES[target].elfMachine === machine);
}
