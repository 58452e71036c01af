/**
 * Who is in the street at a time. A function of the seed and the time alone: each
 * lane sends something every period, and each sending is drawn from its own number.
 * @module
 */
import { RandomStream } from "../random.ts";
import { type Car, drawnCar } from "./car.ts";
import { FAR_LANE_Z, NEAR_ENDS, NEAR_LANE_Z, STREET_ENDS, ZEBRA } from "./plan.ts";
import {
  type GroundPoint,
  lengthOf,
  type Pace,
  placeOn,
  progressAt,
  travelS,
} from "./travel.ts";
import { drawnLook, type Walker } from "./walker.ts";

/** Somebody or something in the street now. `key` is its own for ever. */
export type Actor =
  & { readonly key: number; readonly z: number }
  & (
    | { readonly kind: "person"; readonly walker: Walker }
    | { readonly kind: "car"; readonly car: Car }
  );

/** A way through the street, begun at a time of the scene. */
interface Trip {
  readonly startS: number;
  readonly way: readonly GroundPoint[];
  readonly pace: Pace;
}

/** Sends one trip (or, with company, two) every period. */
interface Lane {
  readonly kind: "person" | "car";
  readonly periodS: number;
  /** Part of the periods in which somebody comes. */
  readonly busy: number;
  /** Part of those who come by two. */
  readonly company: number;
  readonly draw: (random: RandomStream) => Trip;
}

/**
 * Traffic and crossing take turns: cars come in the first part of each round, people
 * cross in the last, so that nobody is run over though nobody looks.
 */
const ROUND_S = 40;
const CROSS_AT_S = 27;
const CROSS_OVER_S = 35.5;
/** The longest a trip may take: older ones are not looked for. */
const TRIP_S_MAX = 90;

const LANES: readonly Lane[] = [
  stroll({
    from: NEAR_ENDS.left,
    to: NEAR_ENDS.right,
    z: [6.1, 6.8],
    periodS: 21,
    firstS: 1,
  }),
  stroll({
    from: NEAR_ENDS.right,
    to: NEAR_ENDS.left,
    z: [7, 8.4],
    periodS: 25,
    firstS: 7,
  }),
  stroll({
    from: STREET_ENDS.left,
    to: STREET_ENDS.right,
    z: [16.8, 17.3],
    periodS: 27,
    firstS: 0,
  }),
  stroll({
    from: STREET_ENDS.right,
    to: STREET_ENDS.left,
    z: [17.6, 18.2],
    periodS: 23,
    firstS: 2,
  }),
  crossing("away"),
  crossing("back"),
  passing({ z: NEAR_LANE_Z, firstS: 4 }),
  passing({ z: NEAR_LANE_Z, firstS: 13.5 }),
  passing({ z: FAR_LANE_Z, firstS: 8 }),
  passing({ z: FAR_LANE_Z, firstS: 17 }),
  waiting({ z: NEAR_LANE_Z, busy: 0.6 }),
  waiting({ z: FAR_LANE_Z, busy: 0.45 }),
];

/** Everybody in the street, in no order of depth. */
export function actorsAt(seed: number, timeMs: number): Actor[] {
  const nowS = timeMs / 1_000;
  return LANES.flatMap((lane, laneNumber) => {
    const actors: Actor[] = [];
    const first = Math.max(0, Math.floor((nowS - TRIP_S_MAX) / lane.periodS));
    for (let turn = first; turn * lane.periodS <= nowS; turn++) {
      const random = new RandomStream(seed, laneNumber, turn);
      if (!random.chance(lane.busy)) continue;
      const trip = lane.draw(random);
      const isPair = random.chance(lane.company);
      for (let member = 0; member < (isPair ? 2 : 1); member++) {
        const key = (turn * LANES.length + laneNumber) * 2 + member;
        const sinceS = nowS - turn * lane.periodS - trip.startS - 0.25 * member;
        const actor = actorOn(trip, { kind: lane.kind, key, sinceS, random, member });
        if (actor) actors.push(actor);
      }
    }
    return actors;
  });
}

interface Sending {
  readonly kind: "person" | "car";
  readonly key: number;
  readonly sinceS: number;
  readonly random: RandomStream;
  /** The second of a pair walks behind the first, a little to the side. */
  readonly member: number;
}

function actorOn(trip: Trip, sending: Sending): Actor | undefined {
  const { kind, key, sinceS, random, member } = sending;
  const look = kind === "person" ? drawnLook(random) : drawnCar(random);
  if (sinceS < 0 || sinceS > travelS(trip.pace, lengthOf(trip.way))) return undefined;
  const { travelledM, effort, isSlowing } = progressAt(trip.pace, sinceS);
  const place = placeOn(trip.way, travelledM);
  if ("kind" in look) {
    const facing = Math.cos(place.heading) > 0 ? 1 : -1;
    const pose = {
      ...place,
      facing,
      drivenM: facing * travelledM,
      isBraking: isSlowing,
    } as const;
    return { kind: "car", key, z: place.z, car: { look, pose } };
  }
  const z = place.z + 0.62 * member;
  const pose = { ...place, z, walkedM: travelledM + 0.4 * member, stride: effort };
  return { kind: "person", key, z, walker: { look, pose } };
}

interface StrollOptions {
  readonly from: number;
  readonly to: number;
  readonly z: readonly [min: number, max: number];
  readonly periodS: number;
  readonly firstS: number;
}

/** People on a pavement; some stop for a while. */
function stroll({ from, to, z, periodS, firstS }: StrollOptions): Lane {
  return {
    kind: "person",
    periodS,
    busy: 0.92,
    company: 0.22,
    draw: (random) => {
      const line = random.between(z[0], z[1]);
      const length = Math.abs(to - from);
      const metresPerS = random.between(1.15, 1.55);
      const pace = { metresPerS, easeS: 0.6 };
      const stop = {
        atM: length * random.between(0.38, 0.62),
        forS: random.between(4, 9),
      };
      return {
        startS: firstS + random.between(0, 4),
        way: [{ x: from, z: line }, { x: to, z: line }],
        pace: random.chance(0.4) ? { ...pace, stop } : pace,
      };
    },
  };
}

/** Somebody who comes along a pavement, waits at the zebra and crosses. */
function crossing(direction: "away" | "back"): Lane {
  return {
    kind: "person",
    periodS: ROUND_S,
    busy: 0.85,
    company: 0,
    draw: (random) => {
      const isAway = direction === "away";
      const x = random.between(ZEBRA.from + 0.4, ZEBRA.to - 0.4);
      const near = { x, z: 8.75 };
      const far = { x, z: random.between(16.7, 17) };
      const nearEnd = {
        x: random.chance(0.5) ? NEAR_ENDS.left : NEAR_ENDS.right,
        z: 8.75,
      };
      const farEnd = {
        x: random.chance(0.5) ? STREET_ENDS.left : STREET_ENDS.right,
        z: far.z,
      };
      const way = isAway ? [nearEnd, near, far, farEnd] : [farEnd, far, near, nearEnd];
      const metresPerS = random.between(1.25, 1.5);
      const atM = lengthOf(way.slice(0, 2));
      const forS = random.between(2, 5);
      const pace: Pace = { metresPerS, easeS: 0.5, stop: { atM, forS } };
      const startS = CROSS_AT_S + random.between(0, 1) - travelS(pace, atM);
      return { startS, way, pace };
    },
  };
}

/** A car that drives through. */
function passing({ z, firstS }: { z: number; firstS: number }): Lane {
  return {
    kind: "car",
    periodS: ROUND_S,
    busy: 0.75,
    company: 0,
    draw: (random) => ({
      startS: firstS + random.between(0, 3),
      way: wayOf(z),
      pace: { metresPerS: random.between(6.2, 8), easeS: 2 },
    }),
  };
}

/** A car that stops at the zebra until those who cross are over. */
function waiting({ z, busy }: { z: number; busy: number }): Lane {
  return {
    kind: "car",
    periodS: ROUND_S,
    busy,
    company: 0,
    draw: (random) => {
      const way = wayOf(z);
      const line = z === NEAR_LANE_Z ? ZEBRA.from - 1.3 : ZEBRA.to + 1.3;
      const atM = Math.abs(line - way[0]!.x) - 2.6;
      const speed = { metresPerS: random.between(6, 7), easeS: 2.4 };
      const startS = CROSS_AT_S - random.between(4.5, 6);
      const arrivesS = startS + atM / speed.metresPerS + speed.easeS / 2;
      const forS = CROSS_OVER_S + random.between(0, 0.8) - arrivesS;
      return { startS, way, pace: { ...speed, stop: { atM, forS } } };
    },
  };
}

function wayOf(z: number): GroundPoint[] {
  const left = { x: STREET_ENDS.left, z };
  const right = { x: STREET_ENDS.right, z };
  return z === NEAR_LANE_Z ? [left, right] : [right, left];
}
