/**
 * Whether a camera is shown as live video or as stills: the switch, which is remembered
 * by the browser, the picture that is on, and a word why it is not as wished.
 * @module
 */
import { useEffect, useState } from "preact/hooks";
import { liveVideoWords as words } from "../../messages/live_video_en.ts";
import { type VideoTrouble, watchVideo } from "./video_link.ts";
import type { VideoFrame } from "./video_screen.ts";

export interface LiveVideo {
  /** Live video is wished for. */
  readonly wanted: boolean;
  /** What is on now; absent while stills are shown. */
  readonly frame?: VideoFrame;
  /** Why stills are shown though video is wished for. */
  readonly trouble?: VideoTrouble;
  toggle(): void;
}

/**
 * @param of.reachable false while the program cannot be reached
 * @param of.first what is shown before somebody chose
 */
export function useLiveVideo(
  camera: string,
  of: { readonly reachable: boolean; readonly first: "video" | "stills" },
): LiveVideo {
  const [chosen, setChosen] = useState(() => remembered(camera));
  const wanted = (chosen ?? of.first) === "video";
  const [now, setNow] = useState<Pick<LiveVideo, "frame" | "trouble">>({});
  useEffect(() => {
    if (!wanted || !of.reachable) return;
    const watch = watchVideo(camera, {
      frame: (frame) => setNow({ frame }),
      trouble: (trouble) => setNow({ trouble }),
      rests: () => setNow({}),
    });
    return () => {
      watch[Symbol.dispose]();
      setNow({});
    };
  }, [camera, wanted, of.reachable]);
  return {
    wanted,
    ...now,
    toggle() {
      const choice = wanted ? "stills" : "video";
      setChosen(choice);
      remember(camera, choice);
    },
  };
}

export function VideoSwitch({ video }: { readonly video: LiveVideo }) {
  return (
    <button
      type="button"
      class="layer"
      aria-pressed={video.wanted}
      onClick={video.toggle}
    >
      {words.toggle}
    </button>
  );
}

/** Says nothing while all is as wished. */
export function VideoWhy({ video }: { readonly video: LiveVideo }) {
  const { trouble } = video;
  if (!trouble) return null;
  const text = trouble.kind === "codec"
    ? words.codec(trouble.codec)
    : words[trouble.kind];
  return <p class="video-why" role="status">{text}</p>;
}

type Choice = "video" | "stills";

function remembered(camera: string): Choice | undefined {
  try {
    const kept = localStorage.getItem(keyOf(camera));
    return kept === "video" || kept === "stills" ? kept : undefined;
  } catch {
    return undefined; // a browser that keeps nothing
  }
}

function remember(camera: string, choice: Choice): void {
  try {
    localStorage.setItem(keyOf(camera), choice);
  } catch {
    // It holds as long as the page.
  }
}

function keyOf(camera: string): string {
  return `streamware.picture.${camera}`;
}
