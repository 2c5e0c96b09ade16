import { describe, expect, it } from 'vitest';
import { decimalText, moneyFormat, parseAmount } from './money';

describe('an amount in minor units', () => {
  it.each([
    [1999, 2, '19.99'],
    [5, 2, '0.05'],
    [-5, 3, '-0.005'],
    [1234, 0, '1234'],
    [0, 2, '0.00'],
    [9_007_199_254_740_991, 2, '90071992547409.91'],
  ])('%d with %d decimals is %s', (amount, exponent, written) => {
    expect(decimalText(amount, exponent)).toBe(written);
  });

  it('is written with the decimals of its currency', () => {
    expect(moneyFormat('en-US', 'USD', 2).full(123_456)).toBe('$1,234.56');
    expect(moneyFormat('en-US', 'JPY', 0).full(1234)).toBe('¥1,234');
    expect(moneyFormat('en-US', 'KWD', 3).full(1234)).toBe('KWD\u00a01.234');
  });

  it('loses no cent however large it is', () => {
    expect(moneyFormat('en-US', 'USD', 2).full(9_007_199_254_740_991)).toBe(
      '$90,071,992,547,409.91',
    );
  });

  it('is short on axes', () => {
    expect(moneyFormat('en-US', 'USD', 2).short(1_234_500)).toBe('$12.3K');
  });
});

describe('what a person types', () => {
  it.each([
    ['12.5', 2, 1250],
    ['1,234', 2, 123_400],
    ['-3', 0, -3],
    ['1.234', 3, 1234],
  ])('%s with %d decimals means %d', (text, exponent, amount) => {
    expect(parseAmount(text, exponent)).toBe(amount);
  });

  it.each([
    ['1.234', 2],
    ['abc', 2],
    ['', 2],
    ['1e5', 2],
    ['1.2', 0],
  ])('%s with %d decimals means nothing', (text, exponent) => {
    expect(parseAmount(text, exponent)).toBeNull();
  });
});
