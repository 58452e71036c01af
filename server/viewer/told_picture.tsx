/**
 * The picture that comes with words, of one size whatever its own; nothing when it is no
 * longer kept.
 * @module
 */
import { useState } from "preact/hooks";

export interface ToldPictureProps {
  readonly address: string;
  readonly words: string;
  /** Beside the first row, where the reader looks. */
  readonly large: boolean;
}

/** CSS pixels; the object is cut out with a margin, so it has any shape. */
const [WIDTH, HEIGHT] = [96, 72];
const LARGE = 2;

export function ToldPicture({ address, words, large }: ToldPictureProps) {
  const [lost, setLost] = useState<string>();
  if (lost === address) return null;
  const scale = large ? LARGE : 1;
  return (
    <img
      class="told-picture"
      src={address}
      alt={words}
      width={WIDTH * scale}
      height={HEIGHT * scale}
      loading="lazy"
      decoding="async"
      onError={() => setLost(address)}
    />
  );
}
