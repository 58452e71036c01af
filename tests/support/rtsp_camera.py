#!/usr/bin/python3
"""A real RTSP camera for tests: coded pictures of clips, looped, paced, no encoder at run time.

Each client gets a stream of its own that begins with the clip's first picture; picture number n
of a stream carries the time n/fps exactly. With --by-clock it begins with the keyframe whose turn is
next by the box's clock, as if all such cameras looked at one scene that shows picture n at n/fps;
--late-ms sends each picture so much later, as a slow encoder does. Needs gst-rtsp-server (Debian: gir1.2-gst-rtsp-server-1.0,
gstreamer1.0-plugins-good, gstreamer1.0-plugins-bad).

Commands, one a line on standard input; events, one JSON object a line on standard output:
  stall, resume      stop sending pictures, the connection stays; go on with later times
  freeze, thaw       send the same whole picture again and again; go on
  clip N             send clip N from now on; with the same codec also to those who are connected
  drop P, corrupt P  leave out, or damage, this part (0..1) of the pictures
  lose N             leave out the next N pictures
  rtploss P          lose this part (0..1) of the RTP packets on the way, as a bad network does over UDP
  jump S             pictures carry times S seconds later from now on, in streams that run; S may be negative
  pictures N         every stream from now on stops after N pictures, and its connection stays
  brief N            every stream from now on is closed after N pictures
  kick               close all connections
  quit               end; so does the end of standard input
"""

import argparse
import json
import random
import subprocess
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

Gst.init(None)

PARSERS = {"h264": "h264parse config-interval=-1", "hevc": "h265parse config-interval=-1", "mjpeg": "jpegparse"}
CAPS = {
    "h264": "video/x-h264,stream-format=byte-stream,alignment=au",
    "hevc": "video/x-h265,stream-format=byte-stream,alignment=au",
    "mjpeg": "image/jpeg",
}
PAYLOADERS = {
    "h264": "h264parse ! rtph264pay name=pay0 pt=96 config-interval=1",
    "hevc": "h265parse ! rtph265pay name=pay0 pt=96 config-interval=1",
    "mjpeg": "jpegparse ! rtpjpegpay name=pay0 pt=26",
}

SOUND = "audiotestsrc is-live=true ! audio/x-raw,rate=8000,channels=1 ! alawenc ! rtppcmapay name=pay1 pt=8"


def tell(**event):
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


SERVER = GstRtspServer.RTSPServer()


class Clip:
    """A clip's coded pictures: (bytes, is a keyframe, pictures that showing lags behind decoding)."""

    def __init__(self, path, fps):
        self.codec = subprocess.check_output(
            ["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=codec_name",
             "-of", "csv=p=0", path], text=True).strip().strip(",")
        pipeline = Gst.parse_launch(
            f'filesrc location="{path}" ! qtdemux ! {PARSERS[self.codec]} ! {CAPS[self.codec]} '
            "! appsink name=sink sync=false")
        sink = pipeline.get_by_name("sink")
        pipeline.set_state(Gst.State.PLAYING)
        self.pictures = []
        first = None
        while (sample := sink.emit("pull-sample")) is not None:
            buffer = sample.get_buffer()
            first = buffer.pts if first is None else first
            lag = round((buffer.pts - first) * fps / Gst.SECOND) - len(self.pictures)
            is_key = not buffer.has_flags(Gst.BufferFlags.DELTA_UNIT)
            self.pictures.append((buffer.extract_dup(0, buffer.get_size()), is_key, lag))
        pipeline.set_state(Gst.State.NULL)
        # A picture cannot be shown before it is decoded: the parser would change its time.
        delay = -min(lag for _, _, lag in self.pictures)
        self.pictures = [(data, is_key, lag + delay) for data, is_key, lag in self.pictures]


class Behaviour:
    """What the commands have set, for all streams."""

    clip = 0
    stalled = False
    frozen = False
    drop = 0.0
    corrupt = 0.0
    lose = 0
    rtploss = 0.0
    jump_s = 0.0
    logs_pushes = False
    most = None
    closes = False


class Stream:
    """Feeds one client's pipeline, a picture per tick."""

    def __init__(self, media, clips, behaviour, wanted):
        fps = wanted.fps
        self.source = media.get_element().get_by_name_recurse_up("source")
        self.clips, self.behaviour, self.fps = clips, behaviour, fps
        self.clip = behaviour.clip
        self.at = 0
        self.ticks = 0
        self.jump_base_s = behaviour.jump_s
        self.begin_us = GLib.get_monotonic_time()
        if wanted.by_clock:
            self.await_keyframe(clips[self.clip].pictures, wanted.late_ms)
        self.alive = True
        self.is_unpaced = False
        self.pushed = 0
        self.most, self.closes = behaviour.most, behaviour.closes
        media.connect("unprepared", self.end)
        self.wait()

    def await_keyframe(self, pictures, late_ms):
        turn = int(self.begin_us * self.fps / 1_000_000) + 1
        while not pictures[turn % len(pictures)][1]:
            turn += 1
        self.at = turn % len(pictures)
        # One that is decoded before others are shown goes out when it was there to be coded.
        ahead = max(lag for _, _, lag in pictures) - pictures[0][2]
        self.begin_us = (turn + ahead) * 1_000_000 / self.fps + late_ms * 1000

    def end(self, _media):
        self.alive = False
        tell(event="unprepared")

    def wait(self):
        due_us = self.begin_us + self.ticks * 1_000_000 / self.fps
        GLib.timeout_add(max(0, round((due_us - GLib.get_monotonic_time()) / 1000)), self.tick)

    def tick(self):
        if not self.alive:
            return False
        tick, self.ticks = self.ticks, self.ticks + 1
        self.wait()
        if self.behaviour.stalled:
            return False
        if self.most is not None and self.pushed >= self.most:
            if self.closes and self.pushed == self.most:
                self.pushed += 1
                close_all()
            return False
        wanted = self.behaviour.clip
        if wanted != self.clip and self.clips[wanted].codec == self.clips[self.clip].codec:
            self.clip, self.at = wanted, 0
        pictures = self.clips[self.clip].pictures
        data, _is_key, lag = pictures[0 if self.behaviour.frozen else self.at % len(pictures)]
        # A thaw begins with a keyframe, as the clip's first picture is one.
        self.at = 0 if self.behaviour.frozen else self.at + 1
        if self.behaviour.lose > 0:
            self.behaviour.lose -= 1
        elif random.random() >= self.behaviour.drop:
            self.push(self.damaged(data), tick, lag)
        return False

    def push(self, data, tick, lag):
        if self.behaviour.logs_pushes:
            tell(event="push", picture=tick, utc_ms=GLib.get_real_time() / 1000)
        self.pushed += 1
        buffer = Gst.Buffer.new_wrapped(data)
        jump = (self.behaviour.jump_s - self.jump_base_s) * Gst.SECOND
        buffer.dts = round(tick * Gst.SECOND / self.fps + jump)
        buffer.pts = round((tick + lag) * Gst.SECOND / self.fps + jump)
        if jump > 0:
            self.unpace()
        self.source.emit("push-buffer", buffer)

    def unpace(self):
        """Pictures are paced by our timer: what sends them must not wait until a clock is reached."""
        if self.is_unpaced:
            return
        self.is_unpaced = True
        top = self.source
        while top.get_parent() is not None:
            top = top.get_parent()
        sinks = top.iterate_sinks()
        while True:
            result, sink = sinks.next()
            if result != Gst.IteratorResult.OK:
                return
            if sink.find_property("sync"):
                sink.set_property("sync", False)

    def damaged(self, data):
        if random.random() >= self.behaviour.corrupt:
            return data
        data = bytearray(data)
        # Headers stay, so that the stream is still cut into pictures rightly.
        for _ in range(max(3, len(data) // 200)):
            data[random.randrange(min(40, len(data) - 1), len(data))] ^= 1 << random.randrange(8)
        return bytes(data)


class LossyWay:
    """Loses single packets behind the payloader, so that their numbers have holes."""

    def __init__(self, media, behaviour):
        self.behaviour, self.is_passing = behaviour, False
        pad = media.get_element().get_by_name("pay0").get_static_pad("src")
        pad.add_probe(Gst.PadProbeType.BUFFER, self.judge)
        pad.add_probe(Gst.PadProbeType.BUFFER_LIST, self.judge_list)

    def is_lost(self):
        return random.random() < self.behaviour.rtploss

    def judge(self, _pad, _info):
        is_lost = not self.is_passing and self.is_lost()
        return Gst.PadProbeReturn.DROP if is_lost else Gst.PadProbeReturn.OK

    def judge_list(self, pad, info):
        if self.behaviour.rtploss == 0:
            return Gst.PadProbeReturn.OK
        packets = info.get_buffer_list()
        self.is_passing = True
        for at in range(packets.length()):
            if not self.is_lost():
                pad.push(packets.get(at))
        self.is_passing = False
        return Gst.PadProbeReturn.DROP


class Factory(GstRtspServer.RTSPMediaFactory):
    def __init__(self, clips, behaviour, wanted):
        super().__init__()
        self.clips, self.behaviour, self.wanted = clips, behaviour, wanted
        self.sound = SOUND if wanted.sound else ""

    def do_create_element(self, _url):
        codec = self.clips[self.behaviour.clip].codec
        return Gst.parse_launch(
            f'( appsrc name=source is-live=true format=time max-bytes=0 caps="{CAPS[codec]}" '
            f"! {PAYLOADERS[codec]} {self.sound} )")

    def do_configure(self, media):
        # Without the parent's part neither protocols nor permissions reach the media.
        GstRtspServer.RTSPMediaFactory.do_configure(self, media)
        Stream(media, self.clips, self.behaviour, self.wanted)
        LossyWay(media, self.behaviour)


def protect(server, factory, user, password, method):
    auth = GstRtspServer.RTSPAuth()
    auth.set_realm("IP Camera")
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "user")
    if method == "digest":
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest(user, password, token)
    else:
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.BASIC)
        auth.add_basic(auth.make_basic(user, password), token)
    server.set_auth(auth)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("user", "media.factory.access", True)
    permissions.add_permission_for_role("user", "media.factory.construct", True)
    factory.set_permissions(permissions)


def close_all():
    SERVER.client_filter(lambda _server, _client: GstRtspServer.RTSPFilterResult.REMOVE)


def obey(line, behaviour, loop):
    word, *rest = line.split()
    if word in ("stall", "resume"):
        behaviour.stalled = word == "stall"
    elif word in ("freeze", "thaw"):
        behaviour.frozen = word == "freeze"
    elif word in ("drop", "corrupt", "rtploss"):
        setattr(behaviour, word, float(rest[0]))
    elif word in ("clip", "lose"):
        setattr(behaviour, word, int(rest[0]))
    elif word == "jump":
        behaviour.jump_s += float(rest[0])
    elif word in ("pictures", "brief"):
        behaviour.most, behaviour.closes = int(rest[0]), word == "brief"
    elif word == "kick":
        close_all()
    elif word == "quit":
        loop.quit()
    else:
        return tell(event="unknown", command=line)
    tell(event="done", command=line)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", default="0")
    parser.add_argument("--addr", default="127.0.0.1")
    parser.add_argument("--path", default="/cam")
    parser.add_argument("--user")
    parser.add_argument("--password")
    parser.add_argument("--auth", default="digest", choices=["digest", "basic"])
    parser.add_argument("--proto", default="both", choices=["both", "tcp", "udp"])
    parser.add_argument("--sound", action="store_true")
    parser.add_argument("--fps", type=float, default=15)
    parser.add_argument("--clip", type=int, default=0)
    parser.add_argument("--by-clock", action="store_true")
    parser.add_argument("--late-ms", type=float, default=0)
    parser.add_argument("--log-pushes", action="store_true", help="tell when each picture goes out")
    parser.add_argument("files", nargs="+")
    wanted = parser.parse_args()

    behaviour = Behaviour()
    behaviour.clip = wanted.clip
    behaviour.logs_pushes = wanted.log_pushes
    clips = [Clip(path, wanted.fps) for path in wanted.files]
    server = SERVER
    server.set_address(wanted.addr)
    server.set_service(wanted.port)
    factory = Factory(clips, behaviour, wanted)
    transports = GstRtsp.RTSPLowerTrans
    factory.set_protocols({
        "both": transports.TCP | transports.UDP,
        "tcp": transports.TCP,
        "udp": transports.UDP,
    }[wanted.proto])
    if wanted.user:
        protect(server, factory, wanted.user, wanted.password, wanted.auth)
    server.get_mount_points().add_factory(wanted.path, factory)
    server.connect("client-connected", lambda _server, _client: tell(event="client"))
    server.attach(None)

    loop = GLib.MainLoop()

    def read_commands():
        for line in sys.stdin:
            if line.strip():
                GLib.idle_add(lambda text=line.strip(): obey(text, behaviour, loop) and False)
        GLib.idle_add(loop.quit)

    threading.Thread(target=read_commands, daemon=True).start()
    tell(event="ready", port=server.get_bound_port(),
         clips=[{"codec": clip.codec, "pictures": len(clip.pictures)} for clip in clips])
    loop.run()


main()
