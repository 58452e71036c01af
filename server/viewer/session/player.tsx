/**
 * One camera's recording: what it showed, and what one can do about it.
 * @module
 */
import { sessionWords as words } from "../../../messages/session_en.ts";
import { viewerWords } from "../../../messages/viewer_en.ts";
import { utcText } from "../times.ts";
import type { ToldEpisode } from "../told.ts";
import { momentOf } from "./moment.ts";
import { type Playback, SPEEDS } from "./playback.ts";
import type { RecordedCamera } from "./recording.ts";
import { SessionStage } from "./session_stage.tsx";
import type { Span } from "./spans.ts";
import { Timeline } from "./timeline.tsx";
import type { PlaybackControl } from "./use_playback.ts";

export interface PlayerProps {
  readonly cameras: readonly RecordedCamera[];
  readonly camera: RecordedCamera;
  readonly episodes: readonly ToldEpisode[];
  readonly span: Span;
  readonly playback: Playback;
  readonly control: PlaybackControl;
  onCamera(camera: string): void;
}

export function Player(props: PlayerProps) {
  const { camera, episodes, span, playback, control } = props;
  const moment = momentOf(camera, playback.atMs);
  return (
    <section class="camera player" aria-label={words.player(camera.camera)}>
      <header class="camera-head">
        <CameraChoice {...props} />
        <p class="vitals">
          {moment.motionPct !== undefined && (
            <span class="size muted">
              {viewerWords.motion} {viewerWords.percent(moment.motionPct)}
            </span>
          )}
          <time class="player-time" title={utcText(playback.atMs)}>
            {clockText(playback.atMs)}
          </time>
        </p>
      </header>
      <SessionStage camera={camera} moment={moment} atMs={playback.atMs} />
      <Timeline
        span={span}
        camera={camera}
        episodes={episodes}
        atMs={playback.atMs}
        onSeek={control.seek}
        onToggle={control.toggle}
      />
      <Controls playback={playback} control={control} />
    </section>
  );
}

function CameraChoice({ cameras, camera, onCamera }: PlayerProps) {
  if (cameras.length === 1) return <h2>{camera.camera}</h2>;
  return (
    <div class="choice" role="group" aria-label={words.camera}>
      {cameras.map(({ camera: name }) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === camera.camera}
          onClick={() => onCamera(name)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

function Controls({ playback, control }: Pick<PlayerProps, "playback" | "control">) {
  const { plays, speed, passesQuiet } = playback;
  return (
    <div class="controls">
      <button type="button" class="play" onClick={control.toggle}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d={plays ? "M4 2.5h3v11H4zM9 2.5h3v11H9z" : "M4 2l9.5 6L4 14z"} />
        </svg>
        {plays ? words.pause : words.play}
      </button>
      <div class="choice" role="group" aria-label={words.speed}>
        {SPEEDS.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === speed}
            onClick={() => control.speed(one)}
          >
            {words.speedText(one)}
          </button>
        ))}
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={passesQuiet}
          onChange={(event) => control.passQuiet(event.currentTarget.checked)}
        />
        {words.passQuiet}
      </label>
    </div>
  );
}

/** With tenths of a second, so that one sees it go. */
function clockText(utcMs: number): string {
  const text = new Date(utcMs).toLocaleTimeString("en-GB");
  return `${text}.${Math.floor((utcMs % 1_000) / 100)}`;
}
