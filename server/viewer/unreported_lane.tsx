/**
 * What was seen and nobody was told, with the reason: folded away until somebody wonders
 * why nothing came. Searched by reason and by words.
 * @module
 */
import { useMemo, useState } from "preact/hooks";
import { unreportedWords as words } from "../../messages/unreported_en.ts";
import { viewerWords } from "../../messages/viewer_en.ts";
import type { Unreported } from "../live_protocol.ts";
import { Moment } from "./moment.tsx";
import { timeOfDay } from "./times.ts";
import {
  foundRows,
  reasonsOf,
  type UnreportedLog,
  type UnreportedRow,
  unreportedRows,
  zoneOf,
} from "./unreported.ts";

export interface UnreportedLaneProps {
  readonly log: UnreportedLog;
  /** Several cameras: each row names its own. */
  readonly named: boolean;
}

export function UnreportedLane({ log, named }: UnreportedLaneProps) {
  const [why, setWhy] = useState("");
  const [text, setText] = useState("");
  const rows = useMemo(() => unreportedRows(log), [log]);
  const reasons = useMemo(() => reasonsOf(rows), [rows]);
  const shown = foundRows(rows, { why, text }, shownText);
  return (
    <details class="quiet unreported">
      <summary>
        <span>{words.title}</span>
        <span class="count">{rows.length}</span>
      </summary>
      <p class="unreported-lead">{rows.length === 0 ? words.empty : words.lead}</p>
      {rows.length > 0 && (
        <p class="unreported-search">
          <label>
            {words.filter}{" "}
            <select value={why} onChange={(event) => setWhy(event.currentTarget.value)}>
              <option value="">{words.all}</option>
              {reasons.map(([reason, count]) => (
                <option key={reason} value={reason}>
                  {`${words.why(reason)} (${count})`}
                </option>
              ))}
            </select>
          </label>
          <label>
            {words.search}{" "}
            <input
              type="search"
              value={text}
              placeholder={words.searchHint(named)}
              onInput={(event) => setText(event.currentTarget.value)}
            />
          </label>
        </p>
      )}
      <ol>
        {shown.map((row) => <Row key={row.key} row={row} named={named} />)}
        {shown.length === 0 && rows.length > 0 && <li>{words.none}</li>}
      </ol>
    </details>
  );
}

function Row({ row, named }: { readonly row: UnreportedRow; readonly named: boolean }) {
  const { entry, lengthMs, dsl } = row;
  return (
    <li data-why={entry.why} title={dsl.join("\n")}>
      <p class="quiet-why">
        <Moment utcMs={entry.utcMs} />
        {named && <span>{entry.camera}</span>}
        <span class="unreported-why">{words.why(entry.why)}</span>
        <span>{whereText(entry)}</span>
        {lengthMs !== undefined && <span>{viewerWords.lengthText(lengthMs)}</span>}
      </p>
    </li>
  );
}

function whereText(entry: Unreported): string {
  const { box, track } = entry;
  const zone = zoneOf(entry);
  if (zone !== null) return words.inZone(zone);
  if (track === undefined) return words.wholePicture;
  return box ? words.place(box.x, box.y) : viewerWords.unknown;
}

/** What one may look for in a row: what stands there, and the motion DSL behind it. */
function shownText({ entry, dsl }: UnreportedRow): string {
  const { camera, why, utcMs } = entry;
  const shown = [timeOfDay(utcMs), camera, words.why(why), why, whereText(entry)];
  return [...shown, ...dsl].join(" ");
}
