/**
 * Where cameras of some makes keep their smaller stream, by the path of the larger one.
 * Pure, and only a guess: whoever takes one asks the camera first.
 * @module
 */

/**
 * As cameras of these makes are commonly addressed, not tried with each: Hikvision (and
 * LTS, Annke, Ezviz), Dahua (and Amcrest, Lorex), Reolink, TP-Link Tapo and Vigi, Foscam.
 * A wrong one costs a question to the camera and is not offered.
 */
const KNOWN: readonly { readonly main: RegExp; readonly smaller: string }[] = [
  { main: /(\/Streaming\/Channels\/\d+0)1(?=$|[/?])/i, smaller: "$12" },
  { main: /(\/cam\/realmonitor\?.*\bsubtype=)0(?=$|&)/i, smaller: "$11" },
  { main: /\/h26[45](Preview_\d+_)main(?=$|\?)/i, smaller: "/h264$1sub" },
  { main: /(\/Preview_\d+_)main(?=$|\?)/i, smaller: "$1sub" },
  { main: /(\/stream)1(?=$|\?)/i, smaller: "$12" },
  { main: /(\/video)Main(?=$|\?)/i, smaller: "$1Sub" },
];

/** The path of the smaller stream, or undefined when `path` is of no make we know. */
export function smallerStream(path: string): string | undefined {
  const known = KNOWN.find(({ main }) => main.test(path));
  return known && path.replace(known.main, known.smaller);
}
