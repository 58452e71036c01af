#!/usr/bin/python3
"""The usual way with OpenCV, timed: what our analysis is compared with in one run.

MOG2 (history 100, varThreshold 16, no shadows), 5x5 ellipse open, close, dilate twice,
contours, Canny(50, 150), greedy nearest matching. One thread, frames ready in memory.

    opencv_baseline.py FRAMES WIDTH HEIGHT    FRAMES: raw yuv420p

Prints one JSON object: median and mean milliseconds per frame, frames, objects.
"""
import json
import sys
import time

import cv2
import numpy

AREA_MIN_PX = 500
DISTANCE_MAX = 0.15
WARM_UP_FRAMES = 20


class Baseline:
    def __init__(self):
        self.background = cv2.createBackgroundSubtractorMOG2(
            history=100, varThreshold=16, detectShadows=False
        )
        self.kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
        self.objects = {}
        self.next_id = 1

    def step(self, frame):
        gray = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
        mask = self.background.apply(gray)
        mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, self.kernel)
        mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, self.kernel)
        mask = cv2.dilate(mask, self.kernel, iterations=2)
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        cv2.Canny(gray, 50, 150)
        self.match([cv2.boundingRect(c) for c in contours if cv2.contourArea(c) >= AREA_MIN_PX],
                   frame.shape)

    def match(self, boxes, shape):
        """Each box takes the nearest object of the last frame that is still free."""
        free = dict(self.objects)
        self.objects = {}
        for x, y, w, h in boxes:
            centre = ((x + w / 2) / shape[1], (y + h / 2) / shape[0])
            nearest, distance = None, DISTANCE_MAX
            for known, (u, v) in free.items():
                apart = ((centre[0] - u) ** 2 + (centre[1] - v) ** 2) ** 0.5
                if apart < distance:
                    nearest, distance = known, apart
            if nearest is None:
                nearest = self.next_id
                self.next_id += 1
            else:
                del free[nearest]
            self.objects[nearest] = centre


def main(path, width, height):
    cv2.setNumThreads(1)
    raw = numpy.fromfile(path, dtype=numpy.uint8).reshape(-1, height * 3 // 2, width)
    frames = [cv2.cvtColor(one, cv2.COLOR_YUV2BGR_I420) for one in raw]
    baseline = Baseline()
    times_ms = []
    for frame in frames:
        started = time.process_time()
        baseline.step(frame)
        times_ms.append(1000 * (time.process_time() - started))
    times_ms = times_ms[WARM_UP_FRAMES:]
    print(json.dumps({
        "medianMs": float(numpy.median(times_ms)),
        "meanMs": float(numpy.mean(times_ms)),
        "frames": len(times_ms),
        "objects": baseline.next_id - 1,
    }))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit("Usage: opencv_baseline.py FRAMES WIDTH HEIGHT")
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
