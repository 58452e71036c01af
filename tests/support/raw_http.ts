/**
 * One HTTP request as it stands, for heads that no client library would send: another
 * Host, another site's Origin, a body that lies about its length.
 * @module
 */

export interface RawTarget {
  readonly hostname: string;
  readonly port: number;
  /** The one certificate to trust; without it the line is plain. */
  readonly certPem?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface RawRequest {
  /** `GET / HTTP/1.1` and headers, a line each; Host is that of the target when absent. */
  readonly head: readonly string[];
  readonly body?: string;
}

/** Sends `request` and reads until the other side ends it, or a whole answer is there. */
export async function askRaw(
  target: RawTarget,
  { head, body = "" }: RawRequest,
): Promise<RawAnswer> {
  using connection = await connectTo(target);
  const { hostname, port } = target;
  const host = hostname.includes(":") ? `[${hostname}]` : hostname;
  const named = head.some((line) => /^host:/i.test(line));
  const all = [...head, ...(named ? [] : [`host: ${host}:${port}`]), "connection: close"];
  await send(connection, [...all, "", ""].join("\r\n") + body);
  return readAnswer(await readAll(connection));
}

/** A line to the target; under TLS the handshake is done. */
export async function connectTo(target: RawTarget): Promise<Deno.TcpConn | Deno.TlsConn> {
  const { hostname, port, certPem } = target;
  if (certPem === undefined) return await Deno.connect({ hostname, port });
  const line = await Deno.connectTls({ hostname, port, caCerts: [certPem] });
  try {
    await line.handshake();
    return line;
  } catch (thrown) {
    line.close();
    throw thrown;
  }
}

async function send(connection: Deno.Conn, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  for (let done = 0; done < bytes.length;) {
    done += await connection.write(bytes.subarray(done));
  }
}

async function readAll(connection: Deno.Conn): Promise<string> {
  const part = new Uint8Array(65_536);
  const decoder = new TextDecoder();
  let text = "";
  while (!isWhole(text)) {
    const got = await connection.read(part).catch(() => null); // reset: what came, counts
    if (got === null) break;
    text += decoder.decode(part.subarray(0, got), { stream: true });
  }
  return text;
}

/** A WebSocket never ends, and a server may wait for the rest of a body it refused. */
function isWhole(text: string): boolean {
  const [head = "", ...rest] = text.split("\r\n\r\n");
  if (rest.length === 0) return false;
  const bytes = /^content-length: (\d+)/im.exec(head)?.[1];
  const got = new TextEncoder().encode(rest.join("\r\n\r\n")).length;
  return head.startsWith("HTTP/1.1 101") || bytes !== undefined && got >= Number(bytes);
}

function readAnswer(text: string): RawAnswer {
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const [first = "", ...lines] = head.split("\r\n");
  const headers = new Headers(lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  }));
  return { status: Number(first.split(" ")[1]), headers, text: rest.join("\r\n\r\n") };
}
