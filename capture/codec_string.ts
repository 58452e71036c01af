/**
 * A stream's coding in the words of RFC 6381, as browsers ask for it: `avc1.4d401e`.
 * Read from the init segment alone; whether a browser can play it is the browser's word.
 * @module
 */

/** Of a visual sample entry: its header and fixed fields (ISO 14496-12, 12.1.3). */
const ENTRY_BYTES = 86;
/** Boxes that only hold others, and those that have fields before them. */
const CONTAINERS: Readonly<Record<string, number>> = {
  ...{ moov: 8, trak: 8, mdia: 8, minf: 8, stbl: 8, stsd: 16 },
  ...{ avc1: ENTRY_BYTES, avc3: ENTRY_BYTES, hvc1: ENTRY_BYTES, hev1: ENTRY_BYTES },
};

/**
 * The codec string of the first H.264 or H.265 track; undefined when there is none, or
 * when what describes it is not whole.
 */
export function codecString(init: Uint8Array): string | undefined {
  return search(init, { from: 0, to: init.length }, "");
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** @param entry the sample entry that `span` lies in */
function search(init: Uint8Array, span: Span, entry: string): string | undefined {
  for (let at = span.from; at + 8 <= span.to;) {
    const size = new DataView(init.buffer, init.byteOffset + at).getUint32(0);
    if (size < 8 || at + size > span.to) return undefined;
    const name = String.fromCharCode(...init.subarray(at + 4, at + 8));
    const body = init.subarray(at + 8, at + size);
    if (name === "avcC") return avcString(entry, body);
    if (name === "hvcC") return hevcString(entry, body);
    const skipped = CONTAINERS[name];
    const found = skipped === undefined
      ? undefined
      : search(init, { from: at + skipped, to: at + size }, name);
    if (found !== undefined) return found;
    at += size;
  }
  return undefined;
}

/** Profile, constraints and level as they stand after the version (ISO 14496-15, 5.3.3). */
function avcString(entry: string, body: Uint8Array): string | undefined {
  if (body.length < 4) return undefined;
  return `${entry}.${body.subarray(1, 4).toHex()}`;
}

/**
 * Profile space and profile, compatibility flags read from the last to the first, tier
 * and level, constraints without the zero bytes at their end (ISO 14496-15, annex E.3).
 */
function hevcString(entry: string, body: Uint8Array): string | undefined {
  if (body.length < 13) return undefined;
  const view = new DataView(body.buffer, body.byteOffset);
  const space = ["", "A", "B", "C"][body[1]! >> 6]!;
  const tier = (body[1]! & 0x20) === 0 ? "L" : "H";
  let flags = 0;
  for (let bit = 0; bit < 32; bit++) {
    if ((view.getUint32(2) >>> bit) & 1) flags |= 1 << (31 - bit);
  }
  const used = body.subarray(6, 12).findLastIndex((byte) => byte !== 0) + 1;
  const constraints = [...body.subarray(6, 6 + used)].map((byte) => byte.toString(16));
  return [
    entry,
    `${space}${body[1]! & 0x1f}`,
    (flags >>> 0).toString(16),
    `${tier}${body[12]!}`,
    ...constraints,
  ].join(".").toUpperCase().replace(entry.toUpperCase(), entry);
}
