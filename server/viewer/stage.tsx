/**
 * The picture of one camera with what moves on it, and a veil of words when it is old.
 * @module
 */
import { useEffect, useState } from "preact/hooks";
import type { Blob } from "../../analysis/dsl/observation.ts";
import { viewerWords as words } from "../../messages/viewer_en.ts";
import { Canvas } from "./canvas.tsx";
import { drawStage } from "./draw_stage.ts";
import type { Sight } from "./sight.ts";
import type { CameraLive, PastFrame } from "./state.ts";
import { type Picture, watchStill } from "./stills.ts";
import { NO_TRAILS } from "./trails.ts";

export interface StageProps {
  readonly camera: CameraLive;
  readonly sight: Sight;
  readonly nowMs: number;
  /** False while the program cannot be reached: no pictures are asked for then. */
  readonly reachable: boolean;
}

export function Stage({ camera, sight, nowMs, reachable }: StageProps) {
  const { camera: name, header, state, words: stateWords } = camera.view;
  const picture = usePicture(name, reachable && sight.ageMs !== undefined);
  const aspect = header ? header.width / header.height : 16 / 9;
  const blobs = sight.old ? [] : camera.observation?.blobs ?? [];
  const trails = sight.old ? NO_TRAILS : camera.trails;
  return (
    <div class="stage" style={{ "--aspect": aspect.toFixed(4) }}>
      <Canvas
        class={sight.old ? "stage-canvas is-old" : "stage-canvas"}
        label={words.pictureLabel(name, blobs.length)}
        on={[picture, blobs, trails, nowMs]}
        draw={(to, width, height) => {
          const shown = picture ? { picture: picture.bitmap } : {};
          const pictured = picture ? blobsAt(camera.past, picture.ptsUs) : [];
          drawStage(to, { width, height, ...shown, blobs, pictured, trails, nowMs });
        }}
      />
      {picture && !sight.old && nowMs - picture.takenMs > PICTURE_OLD_MS && (
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

/** Pictures come once a second: one that is older than this says so. */
const PICTURE_OLD_MS = 3_000;
/** A picture may be of a frame that was not analysed: the next one will do. */
const PTS_APART_US_MAX = 250_000;

function blobsAt(past: readonly PastFrame[], ptsUs: number): readonly Blob[] {
  const apart = (frame: PastFrame) => Math.abs(frame.ptsUs - ptsUs);
  const nearest = past.reduce<PastFrame | undefined>(
    (best, frame) => best && apart(best) <= apart(frame) ? best : frame,
    undefined,
  );
  return nearest && apart(nearest) <= PTS_APART_US_MAX ? nearest.blobs : [];
}

function usePicture(camera: string, reachable: boolean): Picture | undefined {
  const [picture, setPicture] = useState<Picture>();
  useEffect(() => {
    if (!reachable) return;
    const watch = watchStill(camera, (next) => {
      setPicture((was) => {
        was?.bitmap.close();
        return next;
      });
    });
    return () => watch[Symbol.dispose]();
  }, [camera, reachable]);
  return picture;
}
