/**
 * Cuts a rectangle out of a planar frame (yuv420p), colour and all. Pure.
 * @module
 */
import { chromaHeight, chromaWidth, frameBytes, type FrameFormat } from "./frame.ts";

/** Whole pixels of a frame. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A box of 0..1 of the picture, by its centre and full size, as the DSL has it. */
interface PictureBox {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** The box in whole pixels, inside the frame, at least one pixel. */
export function pixelBox(box: PictureBox, { width, height }: FrameFormat): PixelBox {
  const left = clamp(Math.floor((box.x - box.w / 2) * width), 0, width - 1);
  const top = clamp(Math.floor((box.y - box.h / 2) * height), 0, height - 1);
  const right = clamp(Math.ceil((box.x + box.w / 2) * width), left + 1, width);
  const bottom = clamp(Math.ceil((box.y + box.h / 2) * height), top + 1, height);
  return { left, top, width: right - left, height: bottom - top };
}

/** The part of it that is inside the frame, on even pixels, as chroma has half the size. */
export function insideFrame(box: PixelBox, { width, height }: FrameFormat): PixelBox {
  const left = evenDown(clamp(box.left, 0, width - 2));
  const top = evenDown(clamp(box.top, 0, height - 2));
  const right = evenDown(Math.min(width, box.left + box.width));
  const bottom = evenDown(Math.min(height, box.top + box.height));
  return {
    ...{ left, top },
    ...{ width: Math.max(2, right - left), height: Math.max(2, bottom - top) },
  };
}

/**
 * @param at inside the frame; begins on even pixels, and ends on them or with the frame
 * @returns a planar picture of its own, of that size
 */
export function cutOut(
  pixels: Uint8Array,
  frame: FrameFormat,
  at: PixelBox,
): { readonly format: FrameFormat; readonly pixels: Uint8Array<ArrayBuffer> } {
  const format = { width: at.width, height: at.height };
  const target = new Uint8Array(frameBytes(format));
  copyPlane(pixels, { start: 0, stride: frame.width }, at, target);
  const [width, height] = [chromaWidth(format), chromaHeight(format)];
  const half = { left: at.left / 2, top: at.top / 2, width, height };
  const stride = chromaWidth(frame);
  const uStart = frame.width * frame.height;
  const vStart = uStart + stride * chromaHeight(frame);
  const sizeY = at.width * at.height;
  const sizeU = width * height;
  copyPlane(pixels, { start: uStart, stride }, half, target.subarray(sizeY));
  copyPlane(pixels, { start: vStart, stride }, half, target.subarray(sizeY + sizeU));
  return { format, pixels: target };
}

function copyPlane(
  from: Uint8Array,
  plane: { readonly start: number; readonly stride: number },
  box: PixelBox,
  to: Uint8Array,
): void {
  for (let y = 0; y < box.height; y++) {
    const at = plane.start + (box.top + y) * plane.stride + box.left;
    to.set(from.subarray(at, at + box.width), y * box.width);
  }
}

function evenDown(value: number): number {
  return Math.floor(value / 2) * 2;
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
