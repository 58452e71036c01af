/**
 * What capture holds of a camera's coded stream, as the server passes it on to the page.
 * Only translates; copies and keeps no picture.
 * @module
 */
import { codecString } from "../capture/codec_string.ts";
import type { InitSegment } from "../capture/fmp4.ts";
import type { RingPacket } from "../capture/packet_ring.ts";
import type { CodedStream } from "../capture/source.ts";
import type { VideoFeed, VideoInit, VideoPicture } from "../server/live_video.ts";

const feeds = new WeakMap<CodedStream, VideoFeed>();

/** The same feed for the same stream; undefined for a source that has none. */
export function videoFeedOf(coded: CodedStream | undefined): VideoFeed | undefined {
  if (coded === undefined) return undefined;
  const known = feeds.get(coded);
  if (known) return known;
  const { ring } = coded;
  const feed: VideoFeed = {
    init: () => ring.init && initOf(ring.init),
    newestGop: () => {
      const { init } = ring;
      return init ? ring.newestGop().map(({ packet }) => pictureOf(packet, init)) : [];
    },
    listen: (listener) =>
      coded.listen({
        begins: (init) => listener.begins(initOf(init)),
        packet: ({ packet }) => {
          if (ring.init) listener.picture(pictureOf(packet, ring.init));
        },
      }),
  };
  feeds.set(coded, feed);
  return feed;
}

function initOf({ bytes, width, height }: InitSegment): VideoInit {
  return { bytes, width, height, codec: codecString(bytes) };
}

function pictureOf(packet: RingPacket, { timescale }: InitSegment): VideoPicture {
  const { bytes, key, ptsUs, arrivalMs } = packet;
  const ownUs = Math.round((packet.pts * 1_000_000) / timescale);
  return { bytes, key, ptsUs, ownUs, arrivalMs };
}
