/**
 * The strip of the whole session: shows where the player is and takes one elsewhere, by
 * pointer and by keys.
 * @module
 */
import { useMemo } from "preact/hooks";
import { sessionWords as words } from "../../../messages/session_en.ts";
import { Canvas } from "../canvas.tsx";
import { timeOfDay } from "../times.ts";
import type { ToldEpisode } from "../told.ts";
import { drawTimeline, momentAt } from "./draw_timeline.ts";
import type { RecordedCamera } from "./recording.ts";
import type { Span } from "./spans.ts";

export interface TimelineProps {
  readonly span: Span;
  readonly camera: RecordedCamera;
  readonly episodes: readonly ToldEpisode[];
  readonly atMs: number;
  onSeek(toMs: number): void;
  onToggle(): void;
}

const STEP_MS = 5_000;
const LEAP_MS = 60_000;

export function Timeline(props: TimelineProps) {
  const { span, camera, atMs, onSeek } = props;
  const episodes = useMemo(
    () => props.episodes.filter(({ stands }) => stands.camera === camera.camera),
    [props.episodes, camera],
  );
  return (
    <div
      class="timeline"
      role="slider"
      tabIndex={0}
      aria-label={words.place}
      aria-valuemin={0}
      aria-valuemax={seconds(span.endMs, span)}
      aria-valuenow={seconds(atMs, span)}
      aria-valuetext={timeOfDay(atMs)}
      onKeyDown={(event) => {
        const act = actionOf(event, props);
        if (act === undefined) return;
        event.preventDefault();
        act();
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        onSeek(pointed(event, span));
      }}
      onPointerMove={(event) => {
        const holds = event.currentTarget.hasPointerCapture(event.pointerId);
        if (holds) onSeek(pointed(event, span));
      }}
    >
      <Canvas
        class="timeline-canvas"
        label=""
        on={[camera, episodes, atMs]}
        draw={(to, width, height) =>
          drawTimeline(to, { width, height, span, camera, episodes, atMs })}
      />
    </div>
  );
}

function actionOf(
  { key, shiftKey }: KeyboardEvent,
  { atMs, span, onSeek, onToggle }: TimelineProps,
): (() => void) | undefined {
  const stepMs = shiftKey ? LEAP_MS : STEP_MS;
  switch (key) {
    case "ArrowLeft":
      return () => onSeek(atMs - stepMs);
    case "ArrowRight":
      return () => onSeek(atMs + stepMs);
    case "Home":
      return () => onSeek(span.startMs);
    case "End":
      return () => onSeek(span.endMs);
    case " ":
      return onToggle;
  }
  return undefined;
}

function pointed(event: PointerEvent, span: Span): number {
  const { left, width } = (event.currentTarget as Element).getBoundingClientRect();
  return momentAt(event.clientX - left, width, span);
}

function seconds(tMs: number, { startMs }: Span): number {
  return Math.round((tMs - startMs) / 1_000);
}
