/**
 * What can be laid over a camera's picture on demand: what people drew in it, and how
 * restless it is. Buttons, their legend, and the fetching while one is on.
 * @module
 */
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { layerWords as words } from "../../messages/layers_en.ts";
import type { CameraPlaces, CameraView, HeatView } from "../live_protocol.ts";
import { watchHeat } from "./heat.ts";

/** What is laid over now. */
export interface DrawnLayers {
  readonly places?: CameraPlaces;
  readonly heat?: HeatView;
}

export interface Layers {
  readonly drawn: DrawnLayers;
  readonly hasPlaces: boolean;
  readonly showsPlaces: boolean;
  readonly showsHeat: boolean;
  togglePlaces(): void;
  toggleHeat(): void;
}

/** The layers of one camera; nothing is asked for while they are off. */
export function useLayers(
  { camera, places }: Pick<CameraView, "camera" | "places">,
  reachable: boolean,
): Layers {
  const [showsPlaces, setShowsPlaces] = useState(false);
  const [showsHeat, setShowsHeat] = useState(false);
  const [heat, setHeat] = useState<HeatView>();
  useEffect(() => {
    if (!showsHeat || !reachable) return;
    const watch = watchHeat(camera, setHeat);
    return () => watch[Symbol.dispose]();
  }, [camera, showsHeat, reachable]);
  const drawn = useMemo(() => ({
    ...(places && (showsPlaces || showsHeat) ? { places } : {}),
    ...(showsHeat && heat ? { heat } : {}),
  }), [places, heat, showsPlaces, showsHeat]);
  return {
    drawn,
    hasPlaces: places !== undefined,
    showsPlaces,
    showsHeat,
    togglePlaces: () => setShowsPlaces((was) => !was),
    toggleHeat: () => setShowsHeat((was) => !was),
  };
}

export function LayerButtons(
  { layers, children }: {
    readonly layers: Layers;
    readonly children?: ComponentChildren;
  },
) {
  const { hasPlaces, showsPlaces, showsHeat, drawn } = layers;
  return (
    <div class="layers">
      {showsHeat && (
        <p class="legend" role="status">
          {drawn.heat ? words.calm : words.waiting}
          {drawn.heat && <span class="legend-ramp" aria-hidden="true" />}
          {drawn.heat && words.restless}
        </p>
      )}
      {hasPlaces && (
        <Toggle on={showsPlaces} text={words.places} act={layers.togglePlaces} />
      )}
      <Toggle on={showsHeat} text={words.heat} act={layers.toggleHeat} />
      {children}
    </div>
  );
}

function Toggle(
  { on, text, act }: {
    readonly on: boolean;
    readonly text: string;
    readonly act: () => void;
  },
) {
  return (
    <button type="button" class="layer" aria-pressed={on} onClick={act}>{text}</button>
  );
}
