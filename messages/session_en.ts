/**
 * The sentences of a session page, in English. Plain words; nothing here decides anything.
 * @module
 */
import { viewerWords } from "./viewer_en.ts";

export const sessionWords = {
  product: "StreamWare",
  session: "Session",
  unreadable: "This page holds no session that it can read",
  unreadableText:
    "The file is damaged, or it was written by a later version of StreamWare.",
  title: (from: string) => `Session of ${from} · StreamWare`,
  length: (lengthMs: number) => viewerWords.lengthText(lengthMs),
  version: (program: string) => `StreamWare ${program}`,
  camera: "Camera",
  player: (camera: string) => `What camera ${camera} saw`,
  nothingTold: "Nothing was told",
  nothingToldText: "No words were made in this session. What moved can be played.",
  noPicture: "No picture",
  pictureOf: (time: string) => `Picture of ${time}`,
  stageLabel: (camera: string, inView: number) =>
    `Camera ${camera} then: ${inView === 0 ? "nothing" : inView} in view`,
  play: "Play",
  pause: "Pause",
  speed: "Speed",
  speedText: (speed: number) => `${speed}×`,
  passQuiet: "Pass over quiet times",
  place: "Place in the session",
  showIt: (time: string) => `Play from ${time}`,
  inFile: "What is in this file",
  inFileText:
    "Frames are recorded while something moves, every ten seconds while nothing does; " +
    "pictures once a second while something moves, made small.",
  unfinished: "The session went on after this was written, or StreamWare was killed.",
  leftOut: (what: string, count: number) => `${count.toLocaleString("en-GB")} ${what}`,
  leftOutTitle: "Left out for room, the oldest first:",
  nothingLeftOut: "Nothing else was left out.",
  frames: "frames",
  stills: "pictures of the cameras",
  events: "events",
  narrations: "sentences",
  pictures: "pictures of sentences",
  unreported: "lines of what was not reported",
} as const;
