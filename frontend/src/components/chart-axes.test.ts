import { describe, expect, it } from 'vitest';
import { axisWidth, labelsSkipped } from './chart-axes';

const write = (value: number) => `$${value}`;

describe('an axis', () => {
  it('is as wide as its longest word, below zero as well', () => {
    expect(axisWidth([10, 90_000], write)).toBeGreaterThan(axisWidth([10, 90], write));
    expect(axisWidth([-90_000, 9], write)).toBeGreaterThan(axisWidth([-9, 90], write));
  });

  it('has a width where there is nothing to draw', () => {
    expect(axisWidth([], write)).toBeGreaterThan(0);
  });
});

describe('labels', () => {
  const labels = Array.from({ length: 31 }, (_, day) => `Mar ${day + 1}`);

  it('are all written where there is room', () => {
    expect(labelsSkipped(labels, 3000)).toBe(0);
  });

  it('are left out evenly where there is not', () => {
    const skipped = labelsSkipped(labels, 600);

    expect(skipped).toBeGreaterThan(0);
    expect(Math.ceil(labels.length / (skipped + 1)) * ('Mar 31'.length * 7)).toBeLessThan(600);
  });

  it('stand alone in the narrowest room', () => {
    expect(labelsSkipped(labels, 10)).toBe(30);
  });
});
