/**
 * Whether a JSON number becomes another one as a double: an integer that is not exact, a fraction that becomes an
 * integer, or one too large or small. The last digits of a fraction are nobody's loss. False for what is no number.
 */
export function isImprecise(token: string): boolean {
  if (/^-?\d{1,15}$/.test(token) || /^[tfn]/.test(token)) {
    return false;
  }
  const value = Number(token);
  const { digits, exponent } = decimalOf(token);
  if (!Number.isFinite(value) || digits === '') {
    return digits !== '';
  }
  if (exponent < 0) {
    return Number.isInteger(value);
  }
  const read = decimalOf(String(value));
  return read.digits !== digits || read.exponent !== exponent;
}

/** A decimal number as digits without zeros around them and a power of ten. */
function decimalOf(token: string): { digits: string; exponent: number } {
  const [, whole = '', fraction = '', power = '0'] =
    /^-?(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(token) ?? [];
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const digits = all.slice(0, endWithoutZeros(all));
  return { digits, exponent: Number(power) - fraction.length + (all.length - digits.length) };
}

/** In linear time, unlike a pattern. */
function endWithoutZeros(digits: string): number {
  let end = digits.length;
  while (digits[end - 1] === '0') {
    end -= 1;
  }
  return end;
}
