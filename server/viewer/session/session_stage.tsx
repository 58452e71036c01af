/**
 * The picture of a recorded moment with what moved on it.
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { sessionWords as words } from "../../../messages/session_en.ts";
import { Canvas } from "../canvas.tsx";
import { drawStage } from "../draw_stage.ts";
import { timeOfDay } from "../times.ts";
import type { Moment } from "./moment.ts";
import type { RecordedCamera, RecordedStill } from "./recording.ts";

export interface SessionStageProps {
  readonly camera: RecordedCamera;
  readonly moment: Moment;
  readonly atMs: number;
}

/** A picture that is further from the moment than this tells its own time. */
const APART_MS = 3_000;

interface ShownStill {
  readonly still: RecordedStill;
  readonly bitmap: ImageBitmap;
}

export function SessionStage({ camera, moment, atMs }: SessionStageProps) {
  const { camera: name, header } = camera;
  const { overlay, still } = moment;
  const shown = useBitmap(name, still);
  const isApart = shown && Math.abs(atMs - shown.still.tMs) > APART_MS;
  const aspect = header ? header.width / header.height : 16 / 9;
  return (
    <div class="stage" style={{ "--aspect": aspect.toFixed(4) }}>
      <Canvas
        class="stage-canvas"
        label={words.stageLabel(name, overlay.blobs.length)}
        on={[shown, atMs, camera]}
        draw={(to, width, height) => {
          const picture = shown ? { picture: shown.bitmap } : {};
          drawStage(to, { width, height, ...picture, ...overlay, names: camera.names });
        }}
      />
      {(isApart || still === undefined) && (
        <p class="picture-age">
          {shown ? words.pictureOf(timeOfDay(shown.still.tMs)) : words.noPicture}
        </p>
      )}
    </div>
  );
}

/** The picture decoded; the one before stays until it is. */
function useBitmap(
  camera: string,
  still: RecordedStill | undefined,
): ShownStill | undefined {
  const [shown, setShown] = useState<ShownStill & { readonly camera: string }>();
  const wanted = useRef(still);
  wanted.current = still;
  useEffect(() => {
    if (still === undefined) return setShown(undefined);
    decoded(still).then((bitmap) => {
      if (wanted.current !== still) return bitmap.close();
      setShown((was) => {
        was?.bitmap.close();
        return { still, bitmap, camera };
      });
    }, () => {}); // a damaged picture: the blobs are drawn without
  }, [still]);
  return shown?.camera === camera ? shown : undefined;
}

function decoded({ jpeg }: RecordedStill): Promise<ImageBitmap> {
  const bytes = Uint8Array.from(atob(jpeg), (letter) => letter.charCodeAt(0));
  return createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
}
