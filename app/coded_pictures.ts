/**
 * Pictures and clips of what the cameras sent, for page, control socket and command line.
 * Wiring; how they are made is `capture/`.
 * @module
 */
import { Fault } from "../base/fault.ts";
import { makeRingClip } from "../capture/clip.ts";
import type { CodedJobs } from "../capture/coded_jobs.ts";
import { takeFullStill } from "../capture/full_still.ts";
import type { PacketRing } from "../capture/packet_ring.ts";
import type { CodedPictures } from "../server/coded_answers.ts";
import type { CameraLine } from "./cameras.ts";

/** Of the cameras that are open when somebody asks. */
export function codedPictures(
  cameras: { get(camera: string): Pick<CameraLine, "source"> | undefined },
  { jobs, folder }: {
    readonly jobs: CodedJobs;
    /** Where a clip lies while it is made. */
    readonly folder: string;
  },
): CodedPictures {
  const whyNone = (camera: string) => {
    const line = cameras.get(camera);
    if (!line) return `camera ${camera} could not be opened yet`;
    if (!line.source.coded) {
      return `of camera ${camera} only the analysed pictures are kept: what was sent ` +
        "is kept of rtsp:// cameras only";
    }
    return undefined;
  };
  const ringOf = (camera: string): PacketRing => {
    const ring = cameras.get(camera)?.source.coded?.ring;
    if (ring) return ring;
    throw new Fault("unavailable", `Cannot look back: ${whyNone(camera)}`);
  };
  return {
    whyNone,
    full: async (camera, asked) =>
      await takeFullStill(ringOf(camera), { ...asked, jobs }),
    clip: async (camera, asked) =>
      await makeRingClip(ringOf(camera), { ...asked, jobs, folder }),
  };
}
