/**
 * Where the native ONNX Runtime lies: in the model's folder, put there by hand or by npm,
 * or in the system's folders. Loads nothing and downloads nothing.
 * @module
 */
import { Fault } from "../base/fault.ts";

/** As the library's file is called, with or without its version. */
const LIBRARY = /^libonnxruntime\.so(\.\d+)*$/;

/** Its parts of a processor, by Deno's name of it: npm's and Debian's. */
const PROCESSORS = {
  x86_64: { npm: "x64", debian: "x86_64-linux-gnu" },
  aarch64: { npm: "arm64", debian: "aarch64-linux-gnu" },
} as const;

/**
 * The library's path.
 * @param folder of the model: what lies there wins over the system's
 * @param system folders of the system's libraries, for tests
 * @throws Fault unavailable, with a NotFound as its cause, when there is none
 */
export function findRuntime(
  folder: string,
  { system = systemFolders() }: { readonly system?: readonly string[] } = {},
): string {
  for (const place of [folder, ...npmFolders(folder), ...system]) {
    const name = namesIn(place).filter((name) => LIBRARY.test(name)).sort()[0];
    if (name !== undefined) return `${place}/${name}`;
  }
  throw new Fault(
    "unavailable",
    `Cannot find ONNX Runtime: no libonnxruntime.so in ${folder}, nor what ` +
      "npm install onnxruntime-node makes there, nor in the system's folders",
    { cause: new Deno.errors.NotFound("libonnxruntime.so") },
  );
}

/** In npm's package: bin/napi-v6/linux/x64, the number is another in older ones. */
function npmFolders(folder: string): string[] {
  const bin = `${folder}/node_modules/onnxruntime-node/bin`;
  const { npm } = PROCESSORS[Deno.build.arch];
  return namesIn(bin).sort().toReversed().map((napi) => `${bin}/${napi}/linux/${npm}`);
}

function systemFolders(): string[] {
  const { debian } = PROCESSORS[Deno.build.arch];
  return ["/usr/local/lib", `/usr/lib/${debian}`, "/usr/lib"];
}

/** Nothing of a folder that is not there, or may not be read. */
function namesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch {
    return [];
  }
}
