/**
 * Every effect by the cause or state that it is the truth of. What each does to the
 * picture is in its own file; docs/ref/scenes.md tells the ranges.
 * @module
 */
import type { CameraState } from "../../analysis/dsl/camera_state.ts";
import type { Cause } from "../../analysis/dsl/observation.ts";
import type { Effect, Span } from "./effect.ts";
import { ABSORBED_RANGES, absorbedEffect } from "./effect_absorbed.ts";
import { COVERED_RANGES, coveredEffect } from "./effect_covered.ts";
import { DECODE_LOSS_RANGES, decodeLossEffect } from "./effect_decode_loss.ts";
import { DEFOCUSED_RANGES, defocusedEffect } from "./effect_defocused.ts";
import { DIRTY_RANGES, dirtyEffect } from "./effect_dirty.ts";
import { FROZEN_RANGES, frozenEffect } from "./effect_frozen.ts";
import { HEADLIGHT_RANGES, headlightEffect } from "./effect_headlight.ts";
import { INSECT_RANGES, insectEffect } from "./effect_insect.ts";
import { IR_SWITCH_RANGES, irSwitchEffect } from "./effect_ir_switch.ts";
import { LIGHTING_RANGES, lightingEffect } from "./effect_lighting.ts";
import { MOVED_RANGES, movedEffect } from "./effect_moved.ts";
import { NOISE_RANGES, noiseEffect } from "./effect_noise.ts";
import { OVERLAY_RANGES, overlayEffect } from "./effect_overlay.ts";
import { RAIN_RANGES, rainEffect } from "./effect_rain.ts";
import { REFLECTION_RANGES, reflectionEffect } from "./effect_reflection.ts";
import { SHADOW_RANGES, shadowEffect } from "./effect_shadow.ts";
import { SHAKE_RANGES, shakeEffect } from "./effect_shake.ts";
import { SNOW_RANGES, snowEffect } from "./effect_snow.ts";
import { SWAY_RANGES, swayEffect } from "./effect_sway.ts";
import type { Ranges } from "./parameters.ts";

/** An effect that can be made for any seed. */
export interface EffectKind {
  /** What the analysis should say of it. */
  readonly truth: Cause | CameraState;
  readonly ranges: Ranges;
  /** After the sensor (a text, a damaged stream), or before it (light, lens). */
  readonly stage: "optical" | "digital";
  /** It would not fit into footage: scored over the street alone. */
  readonly isDrawnOnly?: boolean;
  make(seed: number, span: Span): Effect;
}

const OPTICAL = { stage: "optical" } as const;
const DIGITAL = { stage: "digital" } as const;

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
  { truth: "reflection", ...OPTICAL, ranges: REFLECTION_RANGES, make: reflectionEffect },
  { truth: "sway", ...OPTICAL, ranges: SWAY_RANGES, make: swayEffect },
  { truth: "shake", ...OPTICAL, ranges: SHAKE_RANGES, make: shakeEffect },
  { truth: "overlay", ...DIGITAL, ranges: OVERLAY_RANGES, make: overlayEffect },
  {
    truth: "decode_loss",
    ...DIGITAL,
    ranges: DECODE_LOSS_RANGES,
    make: decodeLossEffect,
  },
  {
    ...{ truth: "absorbed", ...OPTICAL, ranges: ABSORBED_RANGES, isDrawnOnly: true },
    make: absorbedEffect,
  },
  { truth: "frozen", ...DIGITAL, ranges: FROZEN_RANGES, make: frozenEffect },
  { truth: "covered", ...OPTICAL, ranges: COVERED_RANGES, make: coveredEffect },
  { truth: "defocused", ...OPTICAL, ranges: DEFOCUSED_RANGES, make: defocusedEffect },
  { truth: "dirty", ...OPTICAL, ranges: DIRTY_RANGES, make: dirtyEffect },
  { truth: "moved", ...OPTICAL, ranges: MOVED_RANGES, make: movedEffect },
];
