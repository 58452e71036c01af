/**
 * A camera as ONVIF sees it: answers Probe on 3702/udp, and GetSystemDateAndTime,
 * GetServices, GetProfiles and GetStreamUri over HTTP, the last two only to its user. Gives
 * no pictures. Run as a program with
 * `--unstable-net` in a network namespace of its own: `ADDRESS USER PASSWORD
 * [oddities…]`; prints `ready` when it listens.
 *
 * Oddities: `garbage` answers each Probe with nonsense too, `twice` with the same answer
 * twice, `mute` not at all; `one` has a single stream; `slow` never answers over HTTP.
 * @module
 */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";

const HTTP_PORT = 8000;
const GROUP = "239.255.255.250";
const PROBE_PORT = 3702;

/** One stream of the camera, as GetProfiles tells of it. */
interface Stream {
  readonly token: string;
  readonly name: string;
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly path: string;
}

const STREAMS: readonly Stream[] = [
  {
    token: "P0",
    name: "main",
    codec: "H264",
    width: 2560,
    height: 1440,
    fps: 25,
    path: "/live/main?profile=0&amp;unicast=true",
  },
  {
    token: "P1",
    name: "sub",
    codec: "H264",
    width: 640,
    height: 360,
    fps: 12,
    path: "/live/sub",
  },
];

/** The answer to a Probe; `relatesTo` is its MessageID. */
function probeMatch(address: string, relatesTo: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope"
 xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing"
 xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"
 xmlns:dn="http://www.onvif.org/ver10/network/wsdl"><SOAP-ENV:Header>
<wsa:RelatesTo>${relatesTo}</wsa:RelatesTo>
<wsa:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</wsa:Action>
</SOAP-ENV:Header><SOAP-ENV:Body><d:ProbeMatches><d:ProbeMatch>
<wsa:EndpointReference><wsa:Address>urn:uuid:${address}</wsa:Address></wsa:EndpointReference>
<d:Types>dn:NetworkVideoTransmitter</d:Types>
<d:Scopes>onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/name/Front%20Gate onvif://www.onvif.org/hardware/Sim-1</d:Scopes>
<d:XAddrs>http://${address}:${HTTP_PORT}/onvif/device_service</d:XAddrs>
<d:MetadataVersion>1</d:MetadataVersion></d:ProbeMatch></d:ProbeMatches>
</SOAP-ENV:Body></SOAP-ENV:Envelope>`;
}

function envelope(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><s:Envelope
 xmlns:s="http://www.w3.org/2003/05/soap-envelope"
 xmlns:tt="http://www.onvif.org/ver10/schema"
 xmlns:tds="http://www.onvif.org/ver10/device/wsdl"
 xmlns:trt="http://www.onvif.org/ver10/media/wsdl"
 xmlns:ter="http://www.onvif.org/ver10/error"><s:Body>${body}</s:Body></s:Envelope>`;
}

const NOT_AUTHORIZED = envelope(
  "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:NotAuthorized" +
    "</s:Value></s:Subcode></s:Code><s:Reason><s:Text>Sender not Authorized</s:Text>" +
    "</s:Reason></s:Fault>",
);

function dateAndTime(): string {
  const now = new Date();
  return envelope(
    "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:UTCDateTime><tt:Time>" +
      `<tt:Hour>${now.getUTCHours()}</tt:Hour><tt:Minute>${now.getUTCMinutes()}` +
      `</tt:Minute><tt:Second>${now.getUTCSeconds()}</tt:Second></tt:Time><tt:Date>` +
      `<tt:Year>${now.getUTCFullYear()}</tt:Year><tt:Month>${now.getUTCMonth() + 1}` +
      `</tt:Month><tt:Day>${now.getUTCDate()}</tt:Day></tt:Date></tt:UTCDateTime>` +
      "</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>",
  );
}

function services(address: string): string {
  const service = (name: string) =>
    `<tds:Service><tds:Namespace>http://www.onvif.org/ver10/${name}/wsdl</tds:Namespace>` +
    `<tds:XAddr>http://${address}:${HTTP_PORT}/onvif/${name}_service</tds:XAddr>` +
    "<tds:Version><tt:Major>2</tt:Major><tt:Minor>60</tt:Minor></tds:Version></tds:Service>";
  return envelope(
    `<tds:GetServicesResponse>${service("device")}${
      service("media")
    }</tds:GetServicesResponse>`,
  );
}

function profiles(streams: readonly Stream[]): string {
  const each = streams.map(({ token, name, codec, width, height, fps }) =>
    `<trt:Profiles token="${token}" fixed="true"><tt:Name>${name}</tt:Name>` +
    `<tt:VideoEncoderConfiguration token="V${token}"><tt:Name>${name}</tt:Name>` +
    `<tt:Encoding>${codec}</tt:Encoding><tt:Resolution><tt:Width>${width}</tt:Width>` +
    `<tt:Height>${height}</tt:Height></tt:Resolution><tt:RateControl>` +
    `<tt:FrameRateLimit>${fps}</tt:FrameRateLimit></tt:RateControl>` +
    "</tt:VideoEncoderConfiguration></trt:Profiles>"
  );
  return envelope(`<trt:GetProfilesResponse>${each.join("")}</trt:GetProfilesResponse>`);
}

/** WS-Security's PasswordDigest: base64(sha1(nonce + created + password)). */
function isAuthorized(request: string, user: string, password: string): boolean {
  const text = (name: string) =>
    new RegExp(`<${name}(?: [^>]*)?>([^<]*)<`).exec(request)?.[1];
  const nonce = text("Nonce");
  const created = text("Created");
  if (nonce === undefined || created === undefined) return false;
  const digest = createHash("sha1")
    .update(
      new Uint8Array([
        ...Uint8Array.from(atob(nonce), (letter) => letter.charCodeAt(0)),
        ...new TextEncoder().encode(created + password),
      ]),
    )
    .digest("base64");
  return text("Username") === user && text("Password") === digest;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

interface Camera {
  readonly address: string;
  readonly user: string;
  readonly password: string;
  readonly oddities: ReadonlySet<string>;
}

function answerTo(request: string, camera: Camera): { status: number; body: string } {
  const { address, user, password, oddities } = camera;
  const streams = oddities.has("one") ? STREAMS.slice(0, 1) : STREAMS;
  if (request.includes("GetSystemDateAndTime")) {
    return { status: 200, body: dateAndTime() };
  }
  if (request.includes("GetServices")) return { status: 200, body: services(address) };
  if (!isAuthorized(request, user, password)) {
    return { status: 400, body: NOT_AUTHORIZED };
  }
  if (request.includes("GetProfiles")) return { status: 200, body: profiles(streams) };
  const token = /<ProfileToken>(\w+)</.exec(request)?.[1];
  const stream = streams.find((one) => one.token === token);
  if (!request.includes("GetStreamUri") || !stream) {
    return { status: 500, body: envelope("<s:Fault/>") };
  }
  const uri = `rtsp://${address}:554${stream.path}`;
  return {
    status: 200,
    body: envelope(
      "<trt:GetStreamUriResponse><trt:MediaUri>" +
        `<tt:Uri>${uri}</tt:Uri></trt:MediaUri></trt:GetStreamUriResponse>`,
    ),
  };
}

/** Answers probes for ever. Deno's own sockets: node:dgram of 2.6.8 joins no group. */
async function answerProbes({ address, oddities }: Camera): Promise<void> {
  const probes = Deno.listenDatagram({
    transport: "udp",
    port: PROBE_PORT,
    hostname: "0.0.0.0",
    reuseAddress: true,
  });
  await probes.joinMulticastV4(GROUP, address);
  const encoder = new TextEncoder();
  for await (const [message, from] of probes) {
    const id = /MessageID[^>]*>([^<]*)</.exec(new TextDecoder().decode(message))?.[1];
    if (id === undefined || oddities.has("mute")) continue;
    const answer = probeMatch(address, id);
    const answers = oddities.has("twice") ? [answer, answer] : [answer];
    if (oddities.has("garbage")) {
      const bare = answer.replace(
        /<wsa:EndpointReference>.*<\/wsa:EndpointReference>/,
        "",
      );
      answers.unshift("", "<a", "<Envelope><Body/></Envelope>", "\0\xff", bare);
    }
    for (const one of answers) await probes.send(encoder.encode(one), from);
  }
}

function serve(camera: Camera): void {
  const { address, oddities } = camera;
  const server = createServer(async (request, response) => {
    const text = await textOf(request);
    if (oddities.has("slow")) return;
    const { status, body } = answerTo(text, camera);
    response.writeHead(status, { "Content-Type": "application/soap+xml" });
    response.end(body);
  });
  answerProbes(camera);
  server.listen(HTTP_PORT, address, () => console.log("ready"));
}

if (import.meta.main) {
  const [address = "", user = "", password = "", ...oddities] = Deno.args;
  serve({ address, user, password, oddities: new Set(oddities) });
}
