/**
 * The picture of one camera with what moves on it, and a veil of words when it is old.
 * @module
 */
import { useEffect, useState } from "preact/hooks";
import { viewerWords as words } from "../../messages/viewer_en.ts";
import { Canvas } from "./canvas.tsx";
import { drawLayers } from "./draw_layers.ts";
import { drawStage } from "./draw_stage.ts";
import { LayerButtons, useLayers } from "./layers.tsx";
import {
  isKnown,
  isPictureOld,
  NO_OVERLAY,
  overlayOf,
  type Pictures,
  shownPicture,
} from "./pictures.ts";
import type { Sight } from "./sight.ts";
import { type CameraLive, inViewCount } from "./state.ts";
import { type Picture, watchStill } from "./stills.ts";

export interface StageProps {
  readonly camera: CameraLive;
  readonly sight: Sight;
  readonly nowMs: number;
  /** False while the program cannot be reached: no pictures are asked for then. */
  readonly reachable: boolean;
}

export function Stage({ camera, sight, nowMs, reachable }: StageProps) {
  const { camera: name, header, state, words: stateWords } = camera.view;
  const { past, observation } = camera;
  const pictures = usePictures(name, reachable && sight.ageMs !== undefined);
  const picture = shownPicture(pictures, past, nowMs);
  const pictureOld = picture !== undefined && isPictureOld(picture, nowMs);
  // Boxes sit on what the picture shows; live over one that no longer shows it.
  const moment = pictureOld ? undefined : picture;
  const settled = moment !== undefined && isKnown(past, moment);
  const aspect = header ? header.width / header.height : 16 / 9;
  const inView = sight.old || !observation ? 0 : inViewCount(observation);
  const layers = useLayers(camera.view, reachable);
  return (
    <div class="stage" style={{ "--aspect": aspect.toFixed(4) }}>
      <Canvas
        class={sight.old ? "stage-canvas is-old" : "stage-canvas"}
        label={words.pictureLabel(name, inView)}
        on={[picture, sight.old, settled ? moment : past, layers.drawn]}
        draw={(to, width, height) => {
          const shown = picture ? { picture: picture.bitmap } : {};
          const overlay = sight.old ? NO_OVERLAY : overlayOf(moment, past);
          const beneath = (on: CanvasRenderingContext2D) =>
            drawLayers(on, { width, height, ...layers.drawn });
          drawStage(to, { width, height, ...shown, ...overlay, beneath });
        }}
      />
      <LayerButtons layers={layers} />
      {picture && pictureOld && !sight.old && (
        <p class="picture-age">
          {words.pictureOld(words.ageText(nowMs - picture.takenMs))}
        </p>
      )}
      {sight.old && (
        <div class="veil">
          <p class="veil-title">
            {sight.ageMs === undefined
              ? words.noPicture
              : words.notLive(words.ageText(sight.ageMs))}
          </p>
          {state.state !== "online" && <p>{stateWords}</p>}
        </div>
      )}
    </div>
  );
}

function usePictures(camera: string, reachable: boolean): Pictures<Picture> {
  const [pictures, setPictures] = useState<Pictures<Picture>>({});
  useEffect(() => {
    if (!reachable) return;
    const watch = watchStill(camera, (next) => {
      setPictures(({ newest, before }) => {
        before?.bitmap.close();
        return newest ? { newest: next, before: newest } : { newest: next };
      });
    });
    return () => watch[Symbol.dispose]();
  }, [camera, reachable]);
  return pictures;
}
