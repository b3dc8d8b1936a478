import { describe, expect, it } from "vitest";
import { formatPoints, formatProbability } from "./probability-format";

describe("probabilities in words", () => {
  it.each([
    [0, "< 1%"],
    [0.0099, "< 1%"],
    [0.01, "1%"],
    [0.704, "70%"],
    [0.99, "99%"],
    [0.995, "> 99%"],
    [1, "> 99%"],
  ])("%f reads %s: no certainty at the ends", (probability, text) => {
    expect(formatProbability(probability)).toBe(text);
  });

  it.each([
    [0.124, "+12"],
    [-0.031, "−3"],
    [0.004, "0"],
    [-0.004, "0"],
  ])("a change of %f reads %s points", (change, text) => {
    expect(formatPoints(change)).toBe(text);
  });
});
