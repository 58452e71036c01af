/**
 * What the page says of a camera's live video, in English.
 * @module
 */

export const liveVideoWords = {
  toggle: "Live video",
  video: (ageText: string) => `Live · ${ageText}`,
  still: (ageText: string) => `Still · ${ageText}`,
  waiting: "Video is coming …",
  /** Why there are stills where video was wished for. */
  source: "Stills: this source gives no video to play",
  codec: (codec: string | undefined) =>
    `Stills: this browser cannot play ${codec ?? "this camera's coding"}`,
  browser: "Stills: this browser cannot play live video",
  silent: "Stills: no video comes from the camera",
  lost: "Stills: the video's connection is lost, trying again",
  player: "Stills: the browser's player stopped, trying again",
} as const;
