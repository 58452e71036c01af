/**
 * What was seen and nobody was told, with the reason: folded away until somebody wonders
 * why nothing came. Filtered by reason where one looks for one.
 * @module
 */
import { useMemo, useState } from "preact/hooks";
import { unreportedWords as words } from "../../messages/unreported_en.ts";
import { viewerWords } from "../../messages/viewer_en.ts";
import { Moment } from "./moment.tsx";
import {
  reasonsOf,
  type UnreportedLog,
  type UnreportedRow,
  unreportedRows,
} from "./unreported.ts";

export interface UnreportedLaneProps {
  readonly log: UnreportedLog;
  /** Several cameras: each row names its own. */
  readonly named: boolean;
}

export function UnreportedLane({ log, named }: UnreportedLaneProps) {
  const [reason, setReason] = useState("");
  const rows = useMemo(() => unreportedRows(log), [log]);
  const reasons = useMemo(() => reasonsOf(rows), [rows]);
  if (rows.length === 0) return null;
  const shown = reason === "" ? rows : rows.filter(({ entry }) => entry.why === reason);
  return (
    <details class="quiet unreported">
      <summary>
        <span>{words.title}</span>
        <span class="count">{rows.length}</span>
      </summary>
      <p class="unreported-lead">
        {words.lead}{" "}
        <label>
          {words.filter}{" "}
          <select
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          >
            <option value="">{words.all}</option>
            {reasons.map(([why, count]) => (
              <option key={why} value={why}>{`${words.why(why)} (${count})`}</option>
            ))}
          </select>
        </label>
      </p>
      <ol>
        {shown.map((row) => <Row key={row.key} row={row} named={named} />)}
        {shown.length === 0 && <li>{words.none}</li>}
      </ol>
    </details>
  );
}

function Row({ row, named }: { readonly row: UnreportedRow; readonly named: boolean }) {
  const { entry, lengthMs, dsl } = row;
  const { box, track } = entry;
  return (
    <li data-why={entry.why} title={dsl.join("\n")}>
      <p class="quiet-why">
        <Moment utcMs={entry.utcMs} />
        {named && <span>{entry.camera}</span>}
        <span class="unreported-why">{words.why(entry.why)}</span>
        <span>
          {track === undefined
            ? words.wholePicture
            : box
            ? words.place(box.x, box.y)
            : viewerWords.unknown}
        </span>
        {lengthMs !== undefined && <span>{viewerWords.lengthText(lengthMs)}</span>}
      </p>
    </li>
  );
}
