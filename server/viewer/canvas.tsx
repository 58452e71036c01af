/**
 * A canvas that is as sharp as the screen and as large as its place on the page.
 * What is drawn is given.
 * @module
 */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

export interface CanvasProps {
  readonly class: string;
  /** Read aloud instead of the drawing. */
  readonly label: string;
  /** Draws anew; given the size in CSS pixels. */
  draw(to: CanvasRenderingContext2D, width: number, height: number): void;
  /** Redrawn when one of these changes. */
  readonly on: readonly unknown[];
  readonly onPointerMove?: (event: PointerEvent) => void;
  readonly onPointerLeave?: () => void;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export function Canvas(props: CanvasProps) {
  const element = useRef<HTMLCanvasElement>(null);
  const size = useSize(element);
  useLayoutEffect(() => {
    const canvas = element.current;
    const to = canvas?.getContext("2d");
    if (!canvas || !to || size.width === 0) return;
    const scale = globalThis.devicePixelRatio || 1;
    const [width, height] = [
      Math.round(size.width * scale),
      Math.round(size.height * scale),
    ];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    to.setTransform(scale, 0, 0, scale, 0, 0);
    props.draw(to, size.width, size.height);
  }, [size, ...props.on]);
  return (
    <canvas
      ref={element}
      class={props.class}
      role="img"
      aria-label={props.label}
      onPointerMove={props.onPointerMove}
      onPointerLeave={props.onPointerLeave}
    />
  );
}

function useSize(element: { readonly current: HTMLElement | null }): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize(entry.contentRect);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return size;
}
