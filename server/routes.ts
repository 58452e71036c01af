/**
 * Every route of the main port, and which of them need no login. A route is here or does
 * not exist; whose Host and Origin are good is `access.ts`, before any of this.
 * @module
 */
import { type Context, Hono } from "hono";
import { Fault } from "../base/fault.ts";
import { METRICS_CONTENT_TYPE } from "../base/metrics.ts";
import { clipAnswer, type CodedPictures, fullAnswer } from "./coded_answers.ts";
import { type HealthSigns, judgeHealth } from "./health.ts";
import type { LiveSocket } from "./live_socket.ts";
import type { LiveVideo } from "./live_video.ts";
import { type Caller, type Login, loginDemand, redirect } from "./login.ts";
import { LOGIN_STYLE } from "./login_page.ts";
import type { Still } from "./still_encoder.ts";
import { readViewerFile, UNBUILT_PAGE, type ViewerFile } from "./viewer_files.ts";

/** What the routes need from the rest. */
export interface RouteParts {
  readonly live: LiveSocket;
  readonly video: LiveVideo;
  /** Undefined when no password is set. */
  readonly login: Login | undefined;
  healthSigns(): HealthSigns;
  metrics(): string | Promise<string>;
  /**
   * Undefined when the camera has no frame yet.
   * @throws Fault when there are no pictures; then an alert says so
   */
  still(camera: string): Promise<Still | undefined>;
  /** ms until another picture of the camera may be made. */
  stillWaitMs(camera: string): number;
  /** What a camera showed lately: `Recent` as JSON. */
  recent(camera: string): string;
  /** `HeatView` as JSON; undefined when the analysis does not say. */
  heat(camera: string): Promise<string | undefined>;
  /** The JPEG of a narration, while it is kept. */
  picture(id: number): Uint8Array<ArrayBuffer> | undefined;
  /** Who gives pictures of full size and clips; nobody when absent. */
  readonly coded?: CodedPictures;
  /** How old a picture is, whose `arrivalMs` this is. */
  ageMs(arrivalMs: number): number;
  /** Of the page; undefined when it was not built. */
  readonly viewerFolder?: URL;
}

/** What may be asked without a login: the way to one, and whether the box is well. */
const OPEN_PATHS = ["/login", "/login.css", "/assets/favicon.svg", "/healthz"];

/** All routes of the page's port. A route exists here or does not exist. */
export function makeRoutes(parts: RouteParts): Hono<{ Bindings: Caller }> {
  const { login } = parts;
  return new Hono<{ Bindings: Caller }>()
    .use(async (c, next) => {
      if (c.env.pass !== "none" || OPEN_PATHS.includes(c.req.path)) return await next();
      return loginDemand(c.req.raw);
    })
    .route("/", loginRoutes(login))
    .get("/", async () => {
      const page = await readViewerFile("index.html", parts.viewerFolder);
      return page ? viewerFile(page) : unbuiltPage();
    })
    .get("/assets/:name", async (c) => {
      const file = await readViewerFile(c.req.param("name"), parts.viewerFolder);
      return file ? viewerFile(file) : c.notFound();
    })
    .get("/ws", (c) => parts.live.answer(c.req.raw, c.env.pass === "cookie"))
    .get("/video/:camera", (c) => {
      const camera = c.req.param("camera");
      if (!isKnown(camera, parts)) return c.text(NO_SUCH_CAMERA, 404, NOT_KEPT);
      return parts.video.answer(c.req.raw, camera);
    })
    .get("/healthz", (c) => {
      const health = judgeHealth(parts.healthSigns());
      const { status } = health;
      const told = c.env.pass === "none" ? { status } : health;
      return c.json(told, status === "down" ? 503 : 200, NOT_KEPT);
    })
    .get("/metrics", async (c) =>
      c.body(await parts.metrics(), 200, {
        ...NOT_KEPT,
        "content-type": METRICS_CONTENT_TYPE,
      }))
    .route("/", cameraRoutes(parts))
    .get("/picture/:file{[1-9][0-9]{0,15}\\.jpg}", (c) => {
      const jpeg = parts.picture(Number.parseInt(c.req.param("file")));
      if (!jpeg) return c.text("This picture is not kept any more\n", 404, NOT_KEPT);
      return c.body(jpeg, 200, { ...NOT_KEPT, "content-type": "image/jpeg" });
    })
    .onError((thrown) => {
      throw thrown; // to the door, which logs it and answers
    })
    .notFound((c) => c.text("There is nothing here. The page is at /\n", 404));
}

/** The way in and out; where no password is set, each leads to the page. */
function loginRoutes(login: Login | undefined): Hono<{ Bindings: Caller }> {
  return new Hono<{ Bindings: Caller }>()
    .get("/login", (c) => {
      if (!login || c.env.pass !== "none") return redirect("/");
      return login.page(c.req.raw);
    })
    .post("/login", (c) => login?.logIn(c.req.raw, c.env.address) ?? redirect("/"))
    .get("/login.css", (c) => c.body(LOGIN_STYLE, 200, { "content-type": CSS_TYPE }))
    .get("/logout", () => login?.logOutPage() ?? redirect("/"))
    .post("/logout", (c) => login?.logOut(c.req.raw) ?? redirect("/"));
}

/** What there is of each camera, under its name. */
function cameraRoutes(parts: RouteParts): Hono<{ Bindings: Caller }> {
  const known = (ending: string, answer: CameraAnswer) => async (c: Context) => {
    const camera = c.req.param("file")!.slice(0, -ending.length);
    if (!isKnown(camera, parts)) return c.text(NO_SUCH_CAMERA, 404, NOT_KEPT);
    return await answer(camera, c);
  };
  const { coded, ageMs } = parts;
  return new Hono<{ Bindings: Caller }>()
    .get(
      "/still/:file{.+\\.jpg}",
      known(".jpg", async (camera, c) => {
        const still = await parts.still(camera).catch(libraryFault);
        if (still instanceof Fault) return c.text(`${still.message}\n`, 503, NOT_KEPT);
        if (!still) return c.text("This camera has no frame yet\n", 503, NOT_KEPT);
        return stillAnswer(still, {
          ageMs: ageMs(still.stamp.arrivalMs),
          nextMs: parts.stillWaitMs(camera),
        });
      }),
    )
    .get(
      "/full/:file{.+\\.jpg}",
      known(".jpg", (camera, c) => fullAnswer(coded, { camera, request: c.req, ageMs })),
    )
    .get(
      "/clip/:file{.+\\.mp4}",
      known(".mp4", (camera, c) => clipAnswer(coded, { camera, request: c.req })),
    )
    .get(
      "/recent/:file{.+\\.json}",
      known(".json", (camera, c) => c.body(parts.recent(camera), 200, JSON_NOT_KEPT)),
    )
    .get(
      "/heat/:file{.+\\.json}",
      known(".json", async (camera, c) => {
        const text = await parts.heat(camera);
        if (text === undefined) return c.text("Nothing is known yet\n", 503, NOT_KEPT);
        return c.body(text, 200, JSON_NOT_KEPT);
      }),
    );
}

function isKnown(camera: string, { healthSigns }: RouteParts): boolean {
  return healthSigns().cameras.some((view) => view.camera === camera);
}

type CameraAnswer = (camera: string, c: Context) => Response | Promise<Response>;

const NO_SUCH_CAMERA = "There is no such camera\n";
/** Also of pictures: their ids begin anew with each start, and they are for who may see. */
const NOT_KEPT = { "cache-control": "no-store" };
const JSON_NOT_KEPT = { ...NOT_KEPT, "content-type": "application/json" };
const CSS_TYPE = "text/css; charset=utf-8";

/** Told to who asks, and not logged at each request: an alert stands. */
function libraryFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  throw thrown;
}

function stillAnswer(still: Still, of: { ageMs: number; nextMs: number }): Response {
  const headers = {
    ...NOT_KEPT,
    "content-type": "image/jpeg",
    "x-streamware-pts-us": String(still.stamp.ptsUs),
    "x-streamware-age-ms": String(Math.round(of.ageMs)),
    "x-streamware-next-ms": String(Math.ceil(of.nextMs)),
  };
  return new Response(still.jpeg, { headers });
}

/** Asked for again each time: a rebuilt page shows at once, on loopback for nothing. */
function viewerFile(file: ViewerFile): Response {
  const headers = { "content-type": file.type, "cache-control": "no-cache" };
  return new Response(file.bytes, { headers });
}

function unbuiltPage(): Response {
  const headers = { "content-type": "text/html; charset=utf-8", ...NOT_KEPT };
  return new Response(UNBUILT_PAGE, { status: 503, headers });
}
