/** A way in which the bytes of an answer break RFC 9112. Its kind names the rule that it falls under. */
export interface WireFault {
  readonly kind: FaultKind;
  /** What is wrong, without a subject: `a blank before the colon of "Content-Length "`. */
  readonly detail: string;
}

/** `syntax`: the status line or a header line; `length`: where the body ends; `bodiless`: a body that must not be. */
export type FaultKind = 'syntax' | 'length' | 'bodiless';

/** The start of bytes as a text that can be printed: in quotes, control characters escaped. */
export function shown(bytes: Buffer | string, length = 60): string {
  const text = typeof bytes === 'string' ? bytes : bytes.subarray(0, length + 1).toString('latin1');
  return text.length > length ? `${JSON.stringify(text.slice(0, length))}…` : JSON.stringify(text);
}
