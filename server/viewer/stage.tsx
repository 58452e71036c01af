/**
 * The picture of one camera with what moves on it, and a veil of words when it is old.
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { liveVideoWords as videoWords } from "../../messages/live_video_en.ts";
import { viewerWords as words } from "../../messages/viewer_en.ts";
import { Canvas } from "./canvas.tsx";
import { drawLayers } from "./draw_layers.ts";
import { drawStage } from "./draw_stage.ts";
import { LayerButtons, useLayers } from "./layers.tsx";
import { useLiveVideo, VideoSwitch, VideoWhy } from "./live_video.tsx";
import {
  isKnown,
  isPictureOld,
  NO_OVERLAY,
  overlayOf,
  overlayUpTo,
  type Pictures,
  shownPicture,
} from "./pictures.ts";
import type { Sight } from "./sight.ts";
import { type CameraLive, inViewCount } from "./state.ts";
import { type Picture, watchStill } from "./stills.ts";
import type { VideoFrame } from "./video_screen.ts";

export interface StageProps {
  readonly camera: CameraLive;
  readonly sight: Sight;
  readonly nowMs: number;
  /** False while the program cannot be reached: no pictures are asked for then. */
  readonly reachable: boolean;
  /** What is shown before somebody chose. */
  readonly first: "video" | "stills";
}

export function Stage({ camera, sight, nowMs, reachable, first }: StageProps) {
  const { camera: name, header, state, words: stateWords } = camera.view;
  const { past, observation, names } = camera;
  const isSeen = reachable && sight.ageMs !== undefined;
  const video = useLiveVideo(name, { reachable: isSeen, first });
  const { frame } = video;
  const pictures = usePictures(name, isSeen && frame === undefined);
  const still = frame ? undefined : shownPicture(pictures, past, nowMs);
  const stillOld = still !== undefined && isPictureOld(still, nowMs);
  // Boxes sit on what the picture shows; live over one that no longer shows it.
  const moment = stillOld ? undefined : still;
  const settled = moment !== undefined && isKnown(past, moment);
  const aspect = header ? header.width / header.height : 16 / 9;
  const inView = sight.old || !observation ? 0 : inViewCount(observation);
  const layers = useLayers(camera.view, reachable);
  const stage = useRef<HTMLDivElement>(null);
  // A picture of the video keeps the boxes that it was drawn with.
  const kept = frame ?? (settled ? moment : past);
  return (
    <div class="stage" style={{ "--aspect": aspect.toFixed(4) }} ref={stage}>
      <Canvas
        class={sight.old ? "stage-canvas is-old" : "stage-canvas"}
        label={words.pictureLabel(name, inView)}
        on={[frame ?? still, sight.old, kept, names, layers.drawn]}
        draw={(to, width, height) => {
          const picture = frame?.element ?? still?.bitmap;
          const found = frame && overlayUpTo(frame.ptsUs, past);
          const overlay = sight.old ? NO_OVERLAY : found ?? overlayOf(moment, past);
          const beneath = (on: CanvasRenderingContext2D) =>
            drawLayers(on, { width, height, ...layers.drawn });
          drawStage(to, {
            ...{ width, height, ...overlay, names, beneath },
            ...(picture ? { picture } : {}),
          });
          tellTimes(stage.current, { pictureUs: frame?.ptsUs, boxesUs: found?.ptsUs });
        }}
      />
      <LayerButtons layers={layers}>
        <VideoSwitch video={video} />
      </LayerButtons>
      {!sight.old && (
        <div class="picture-notes">
          <VideoWhy video={video} />
          <PictureAge {...{ frame, still, nowMs }} />
        </div>
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

interface PictureAgeProps {
  readonly frame: VideoFrame | undefined;
  readonly still: Picture | undefined;
  readonly nowMs: number;
}

/** What kind of picture is shown, and how old it is. */
function PictureAge({ frame, still, nowMs }: PictureAgeProps) {
  const shown = frame ?? still;
  if (!shown) return null;
  const ageText = words.ageText(Math.max(0, nowMs - shown.takenMs));
  if (still && isPictureOld(still, nowMs)) {
    return <p class="picture-age is-late">{words.pictureOld(ageText)}</p>;
  }
  const isLate = nowMs - shown.takenMs > VIDEO_LATE_MS;
  return (
    <p class={isLate ? "picture-age is-late" : "picture-age"}>
      {frame ? videoWords.video(ageText) : videoWords.still(ageText)}
    </p>
  );
}

/** A picture of the video, and a still, that is older stands out. */
const VIDEO_LATE_MS = 2_000;

/** For who looks at the page with tools: the times of what is drawn, microseconds. */
function tellTimes(
  stage: HTMLElement | null,
  times: Readonly<Record<"pictureUs" | "boxesUs", number | undefined>>,
): void {
  for (const [name, timeUs] of Object.entries(times)) {
    if (timeUs === undefined) delete stage?.dataset[name];
    else if (stage) stage.dataset[name] = String(timeUs);
  }
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
