/**
 * What can be laid over a camera's picture, in English.
 * @module
 */

export const layerWords = {
  places: "Zones",
  heat: "Noise",
  calm: "calm",
  restless: "restless: faint motion is missed here",
  waiting: "asking …",
} as const;
