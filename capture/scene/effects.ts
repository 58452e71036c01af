/**
 * Every effect by the cause or state that it is the truth of. What each does to the
 * picture is in its own file; docs/ref/scenes.md tells the ranges.
 * @module
 */
import type { CameraState } from "../../analysis/dsl/camera_state.ts";
import type { Cause } from "../../analysis/dsl/observation.ts";
import type { Effect, Span } from "./effect.ts";
import { HEADLIGHT_RANGES, headlightEffect } from "./effect_headlight.ts";
import { INSECT_RANGES, insectEffect } from "./effect_insect.ts";
import { IR_SWITCH_RANGES, irSwitchEffect } from "./effect_ir_switch.ts";
import { LIGHTING_RANGES, lightingEffect } from "./effect_lighting.ts";
import { NOISE_RANGES, noiseEffect } from "./effect_noise.ts";
import { RAIN_RANGES, rainEffect } from "./effect_rain.ts";
import { SHADOW_RANGES, shadowEffect } from "./effect_shadow.ts";
import { SNOW_RANGES, snowEffect } from "./effect_snow.ts";
import type { Ranges } from "./parameters.ts";

/** An effect that can be made for any seed. */
export interface EffectKind {
  /** What the analysis should say of it. */
  readonly truth: Cause | CameraState;
  /** What is as right to say: some things look alike from their pixels. */
  readonly alsoRight: readonly (Cause | CameraState)[];
  readonly ranges: Ranges;
  /** After the sensor (a text, a damaged stream), or before it (light, lens). */
  readonly stage: "optical" | "digital";
  make(seed: number, span: Span): Effect;
}

const OPTICAL = { alsoRight: [], stage: "optical" } as const;

export const EFFECTS: readonly EffectKind[] = [
  { truth: "light", ...OPTICAL, ranges: LIGHTING_RANGES, make: lightingEffect },
  { truth: "ir_switch", ...OPTICAL, ranges: IR_SWITCH_RANGES, make: irSwitchEffect },
  { truth: "headlight", ...OPTICAL, ranges: HEADLIGHT_RANGES, make: headlightEffect },
  { truth: "shadow", ...OPTICAL, ranges: SHADOW_RANGES, make: shadowEffect },
  {
    ...{ truth: "rain", ...OPTICAL, ranges: RAIN_RANGES },
    make: (seed, span) => rainEffect({ seed, span }),
  },
  { truth: "snow", ...OPTICAL, ranges: SNOW_RANGES, make: snowEffect },
  { truth: "noise", ...OPTICAL, ranges: NOISE_RANGES, make: noiseEffect },
  { truth: "insect", ...OPTICAL, ranges: INSECT_RANGES, make: insectEffect },
];
