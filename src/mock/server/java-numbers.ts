/** Whether the text of a JSON number is one without fraction and exponent. */
export function isWholeNumber(number: string): boolean {
  return /^-?\d+$/.test(number);
}

/** A number as Java writes it, which has a digit after the point and an exponent from ten million on. */
export function javaDouble(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || value === 0 || (size >= 1e-3 && size < 1e7)) {
    return Number.isInteger(value) ? value.toFixed(1) : String(value);
  }
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}
