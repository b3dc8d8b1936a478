import { expect, test } from "vitest";
import { learningCurveShape } from "./learning-curve-shape";

const box = { left: 10, right: 110, top: 0, bottom: 100 };

test("the first round is at the left, the last at the right, the lowest loss at the bottom", () => {
  const shape = learningCurveShape({ bestRound: 2, train: [0.6, 0.4, 0.2], validation: [0.6, 0.5, 0.4] }, box);
  expect(shape.train).toBe("M10.0 0.0L60.0 50.0L110.0 100.0");
  expect(shape.validation).toBe("M10.0 0.0L60.0 25.0L110.0 50.0");
  expect(shape.best?.x).toBe(110);
  expect(shape.best?.y).toBeCloseTo(50);
  expect(shape.xTicks.map((tick) => tick.label)).toEqual(["1", "2", "3"]);
});

test("a value that is not a number breaks the line instead of bending it", () => {
  const shape = learningCurveShape({ bestRound: 0, train: [0.6, Number.NaN, 0.2], validation: [0.6, 0.4, 0.2] }, box);
  expect(shape.train).toBe("M10.0 0.0M110.0 100.0");
});

test("no rounds make no drawing, one round and equal losses no division by zero", () => {
  expect(learningCurveShape({ bestRound: 0, train: [], validation: [] }, box).train).toBe("");
  const one = learningCurveShape({ bestRound: 0, train: [0.5], validation: [0.5] }, box);
  expect(one.train).toBe("M10.0 100.0");
  expect(one.best).toEqual({ x: 10, y: 100 });
});
