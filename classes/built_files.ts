/**
 * The files that scripts/setup makes for the detectors, and what they have to be: the one
 * place with their checksums. A file that is another is refused, not tried.
 * @module
 */
import { Fault, wordsOf } from "../base/fault.ts";

export interface BuiltFile {
  readonly name: string;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** The weights as `scripts/build_classes.ts` packs them: the same bytes on any machine. */
export const MODEL_FILE: BuiltFile = {
  name: "detector.model",
  sha256: "87d6f24c73ca4902f99915a0c0f28bcae04dd1068b9bd747ba28e66377a64875",
};

/** The weights of the second opinion, which is asked for where the first says unknown. */
export const SECOND_FILE: BuiltFile = {
  name: "second.model",
  sha256: "44a418d52f836df5d2884c13884180a82bd62e09e50bcf303e9d60433bb784d1",
};

/**
 * XNNPACK for WebAssembly with SIMD, out of @tensorflow/tfjs-backend-wasm 4.22.0. Not
 * named .wasm: `deno compile` takes a file of that name for a module to link.
 */
export const RUNTIME_FILE: BuiltFile = {
  name: "tensors.wasm.bin",
  sha256: "77ebb28a6d34f371dbbf2086b7f2de8994acd8ea5a3cf1fa24d2c26c840cac7b",
};

/** Where they lie: beside this file, in a checkout as in the binary. */
export const BUILT_FOLDER = new URL("./dist/", import.meta.url);

/**
 * The file's bytes.
 * @throws Fault unavailable when it is not there, corrupt when it is another
 */
export async function readBuilt(
  file: BuiltFile,
  folder: URL = BUILT_FOLDER,
): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Deno.readFileSync(new URL(file.name, folder));
  } catch (cause) {
    const state = cause instanceof Deno.errors.NotFound
      ? "it is not there"
      : wordsOf(cause);
    throw new Fault("unavailable", `Cannot read ${file.name}: ${state}`, {
      hint: REMEDY,
      cause,
    });
  }
  if (await sha256(bytes) === file.sha256) return bytes;
  throw new Fault(
    "corrupt",
    `Cannot use ${file.name}: its checksum is not the program's`,
    { hint: REMEDY },
  );
}

/** What helps when one is missing or another. */
export const REMEDY = "in a checkout: rm -r classes/dist && scripts/setup; " +
  "the one file: copy it to this box once more";

/** In hexadecimal, as sha256sum prints it. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
