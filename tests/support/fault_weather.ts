/**
 * What happens to a camera in a soak: kinds of faults, how they begin and end, and how
 * soon it has to be back. Which comes when is drawn from a seed; nothing is measured here.
 * @module
 */
import type { RandomStream } from "../../capture/scene/random.ts";
import { type FaultyCamera, HEVC, SMALLER, USUAL } from "./fault_camera.ts";

export interface FaultKind {
  readonly name: string;
  /** Seconds that it lasts, between these; equal: at once over. */
  readonly lastsS: readonly [number, number];
  readonly needsLink?: boolean;
  /** The session may be lost, so that a wait between two tries comes on top. */
  readonly endsSession: boolean;
  begin(camera: FaultyCamera, chance: RandomStream): Promise<void> | void;
  end?(camera: FaultyCamera): Promise<void> | void;
}

/**
 * New pictures, told as online, so many seconds after a fault that ends no session: the
 * next keyframe, two seconds of doubt, and room for a busy machine.
 */
const BACK_S = 15;
/**
 * With a new session on top: the longest wait, 60 s and a fifth, and 13 s in which a try
 * that began while the camera did not answer is given up.
 */
const BACK_ANEW_S = 90;

/** Seconds after the end of such a fault within which the camera has to be online again. */
export function backWithinS({ endsSession }: FaultKind): number {
  return endsSession ? BACK_ANEW_S : BACK_S;
}

const AT_ONCE = [0, 0] as const;

/** Turns to a film; one of another codec is sent to new sessions only. */
async function turn(camera: FaultyCamera, clip: number): Promise<void> {
  camera.clip = clip;
  await camera.command(`clip ${clip}`);
}

const lost = { endsSession: true };
const kept = { endsSession: false };

/** The session is cut off from one side. */
const CUTS: readonly FaultKind[] = [
  { ...lost, name: "kick", lastsS: AT_ONCE, begin: (camera) => camera.command("kick") },
  {
    ...{ ...lost, name: "power cut", lastsS: [0.2, 20] },
    begin: (camera) => camera.cut(),
    end: (camera) => camera.start(),
  },
  {
    ...{ ...lost, name: "reboot with another resolution", lastsS: [0.2, 4] },
    begin: async (camera) => {
      await camera.cut();
      camera.clip = camera.clip === SMALLER ? USUAL : SMALLER;
    },
    end: (camera) => camera.start(),
  },
  {
    ...{ ...lost, name: "another codec", lastsS: AT_ONCE },
    begin: async (camera) => {
      await turn(camera, camera.clip === HEVC ? USUAL : HEVC);
      await camera.command("kick");
    },
  },
  {
    ...{ ...lost, name: "comes and goes", lastsS: [4, 15] },
    begin: async (camera, chance) => {
      await camera.command(`brief ${Math.round(chance.between(1, 40))}`);
      await camera.command("kick");
    },
    end: (camera) => camera.command("brief 1000000000"),
  },
];

/** It is connected, and silent. */
const SILENCES: readonly FaultKind[] = [
  {
    ...{ ...lost, name: "stall", lastsS: [1, 15] },
    begin: (camera) => camera.command("stall"),
    end: (camera) => camera.command("resume"),
  },
  {
    ...{ ...lost, name: "SIGSTOP", lastsS: [1, 25] },
    begin: (camera) => camera.signal("SIGSTOP"),
    end: (camera) => camera.signal("SIGCONT"),
  },
  {
    ...{ ...lost, name: "some pictures, then silence", lastsS: [4, 15] },
    begin: async (camera, chance) => {
      await camera.command(`pictures ${Math.round(chance.between(1, 30))}`);
      await camera.command("kick");
    },
    end: (camera) => camera.command("pictures 1000000000"),
  },
  {
    ...{ ...lost, name: "link down", lastsS: [1, 25], needsLink: true },
    begin: ({ space }) => space!.link("down"),
    end: ({ space }) => space!.link("up"),
  },
  {
    ...{ ...lost, name: "slow link", lastsS: [3, 12], needsLink: true },
    begin: ({ space }, chance) => space!.rate(Math.round(chance.between(60, 300))),
    end: ({ space }) => space!.rate(undefined),
  },
];

/** Pictures come, and are wrong. */
const WRONGS: readonly FaultKind[] = [
  {
    ...{ ...kept, name: "freeze", lastsS: [2, 15] },
    begin: (camera) => camera.command("freeze"),
    end: (camera) => camera.command("thaw"),
  },
  {
    ...{ ...kept, name: "pictures lost in a row", lastsS: AT_ONCE },
    begin: (camera, chance) =>
      camera.command(`lose ${Math.round(chance.between(1, 30))}`),
  },
  {
    ...{ ...lost, name: "pictures dropped", lastsS: [2, 8] },
    begin: (camera, chance) => camera.command(`drop ${tenths(chance.between(0.1, 0.6))}`),
    end: (camera) => camera.command("drop 0"),
  },
  {
    ...{ ...lost, name: "pictures damaged", lastsS: [2, 8] },
    begin: (camera, chance) =>
      camera.command(`corrupt ${tenths(chance.between(0.1, 0.6))}`),
    end: (camera) => camera.command("corrupt 0"),
  },
  {
    ...{ ...lost, name: "another resolution in the stream", lastsS: AT_ONCE },
    begin: async (camera) => {
      const wasHevc = camera.clip === HEVC;
      await turn(camera, camera.clip === SMALLER ? USUAL : SMALLER);
      if (wasHevc) await camera.command("kick");
    },
  },
  {
    ...{ ...kept, name: "clock set forward", lastsS: AT_ONCE },
    begin: (camera, chance) =>
      camera.command(`jump ${Math.round(chance.between(2, 90))}`),
  },
  {
    ...{ ...lost, name: "clock set back", lastsS: AT_ONCE },
    begin: (camera, chance) =>
      camera.command(`jump ${-Math.round(chance.between(2, 20))}`),
  },
];

/** All kinds that can be brought about here. */
export function faultKinds(hasLink: boolean): readonly FaultKind[] {
  return [...CUTS, ...SILENCES, ...WRONGS].filter(({ needsLink }) =>
    hasLink || !needsLink
  );
}

/**
 * Kinds in an order drawn by `chance`, without end: each comes once before any comes
 * again, so that a long run has all of them about equally often.
 */
export function* faultOrder(
  kinds: readonly FaultKind[],
  chance: RandomStream,
): Generator<FaultKind, never> {
  for (;;) {
    const left = [...kinds];
    while (left.length > 0) {
      yield left.splice(Math.floor(chance.next() * left.length), 1)[0]!;
    }
  }
}

function tenths(value: number): number {
  return Math.round(10 * value) / 10;
}
