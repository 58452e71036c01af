/**
 * The strip of the last minutes' motion, which tells its value where one points.
 * @module
 */
import { useState } from "preact/hooks";
import { viewerWords as words } from "../../messages/viewer_en.ts";
import { Canvas } from "./canvas.tsx";
import { type ChartPointer, drawChart, secondAt } from "./draw_chart.ts";
import { type MotionHistory, shownSeconds } from "./motion_history.ts";

export interface MotionChartProps {
  readonly history: MotionHistory;
  readonly nowMs: number;
}

export function MotionChart({ history, nowMs }: MotionChartProps) {
  const [pointer, setPointer] = useState<ChartPointer>();
  const nowSecond = Math.floor(nowMs / 1_000);
  const pointed = pointer
    ? { pointedSecond: secondAt(pointer, { nowSecond, history }) }
    : {};
  const last = history.at(-1);
  return (
    <section class="chart">
      <h3 class="chart-title">
        {words.chartTitle}{" "}
        <span class="muted">
          {words.chartText(shownSeconds(history, nowSecond) / 60)}
        </span>
      </h3>
      <Canvas
        class="chart-canvas"
        label={words.chartLabel(last ? words.percent(last.peakPct) : words.unknown)}
        on={[history, nowSecond, pointed.pointedSecond]}
        draw={(to, width, height) =>
          drawChart(to, { width, height, history, nowSecond, ...pointed })}
        onPointerMove={(event) => {
          const box = (event.currentTarget as Element).getBoundingClientRect();
          setPointer({ x: event.clientX - box.left, width: box.width });
        }}
        onPointerLeave={() => setPointer(undefined)}
      />
    </section>
  );
}
