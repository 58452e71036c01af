/**
 * Starts the page of a recorded session, which holds its session itself.
 * @module
 */
import { render } from "preact";
import { SESSION_ELEMENT } from "../../../store/session_format.ts";
import { SessionApp, Unreadable } from "./app.tsx";
import { readRecording } from "./recording.ts";

const root = document.getElementById("app");
const element = document.getElementById(SESSION_ELEMENT);
if (root) {
  const recording = readRecording(element?.textContent ?? "");
  element?.remove(); // it is read: a large page need not hold it twice
  render(recording ? <SessionApp recording={recording} /> : <Unreadable />, root);
}
