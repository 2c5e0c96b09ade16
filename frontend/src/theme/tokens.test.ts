import { describe, expect, it } from 'vitest';
import { contrast } from './contrast';
import { brand, dark, light, pairs } from './tokens';

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s colors', (_name, roles) => {
  it.each(pairs)('show %s on %s at a contrast of at least %d', (front, back, least) => {
    expect(contrast(roles[front], roles[back])).toBeGreaterThanOrEqual(least);
  });

  it.each([...roles.series, ...roles.aging])('draw %s clearly on the surface', (color) => {
    expect(contrast(color, roles.surface)).toBeGreaterThanOrEqual(3);
  });
});

describe('the brand colors', () => {
  it.each([brand.blue, brand.blueHover, brand.teal])('carry near-black text: %s', (fill) => {
    expect(contrast(brand.ink, fill)).toBeGreaterThanOrEqual(4.5);
  });

  it('know black on white as the greatest contrast', () => {
    expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 5);
  });
});
