/**
 * Whether two sentences say the same, as far as their words tell: the same words that
 * carry sense, about the same first one, in any order. One such word more, fewer or
 * other, and they differ: "carrying a parcel" is not "carrying a knife". Pure.
 * @module
 */

/** Words that change nothing of what a sentence means. */
const FILLERS = new Set(
  ("a an the is are was were be been being has have had it its this that there and of " +
    "in on at by with while as his her their he she they image picture photo scene " +
    "shows showing visible seen can see appears seems appear seem").split(" "),
);

/** They belong to the word that follows: from the left is not to the left. */
const BINDING = new Set(
  ("to from into onto out over under behind toward towards away through past no not " +
    "without near off up down").split(" "),
);

/** Whether two captions have the same content words and begin with the same one. */
export function saysTheSame(one: string, other: string): boolean {
  const [a, b] = [senseOf(one), senseOf(other)];
  if (a.length === 0 || a[0] !== b[0]) return false;
  const [inA, inB] = [new Set(a), new Set(b)];
  return inA.size === inB.size && [...inA].every((word) => inB.has(word));
}

function senseOf(text: string): readonly string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const sense: string[] = [];
  let bound = "";
  for (const word of words) {
    if (FILLERS.has(word)) continue;
    if (BINDING.has(word)) bound += `${word} `;
    else {
      sense.push(bound + withoutEnding(word));
      bound = "";
    }
  }
  if (bound !== "") sense.push(bound.trim());
  return sense;
}

/**
 * "walking" is "walks", and "carrying" "carries"; one dog is not two dogs, so what has
 * no ending stays apart from what has.
 */
function withoutEnding(word: string): string {
  const stem = /^(\p{L}{2,}?)(?:ing|ies|s)$/u.exec(word)?.[1];
  if (stem === undefined || stem.length + 1 === word.length && stem.endsWith("s")) {
    return word;
  }
  const whole = word.endsWith("ies") ? `${stem}y` : stem;
  return whole.replace(/e$/u, "").replace(/(\p{L})\1$/u, "$1") + "~";
}
