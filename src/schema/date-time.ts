const PATTERN = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** Of a common year. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The parts of a date-time, all numbers but the fraction's digits; the offset in minutes. */
interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly fraction: string;
  readonly offset: number;
}

/**
 * Whether a text is a date-time of RFC 3339 5.6: with a zone, `T` between date and time, a colon in the offset,
 * a date of the calendar, and second 60 only where UTC may have a leap second (RFC 3339 5.7, appendix D).
 */
export function isDateTime(text: string): boolean {
  return parse(text) !== undefined;
}

/** The instant of a date-time in nanoseconds since 1970-01-01T00:00:00Z; undefined where the text is none. */
export function instantOf(text: string): bigint | undefined {
  const parts = parse(text);
  if (!parts) {
    return undefined;
  }
  const date = new Date(0);
  date.setUTCFullYear(parts.year, parts.month - 1, parts.day);
  date.setUTCHours(parts.hour, parts.minute - parts.offset, parts.second);
  const nanoseconds = BigInt(parts.fraction.padEnd(9, '0').slice(0, 9));
  return BigInt(date.getTime()) * 1_000_000n + nanoseconds;
}

function parse(text: string): Parts | undefined {
  const match = PATTERN.exec(text);
  if (!match) {
    return undefined;
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const [, , , , , , , fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] = match;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1);
  const parts = { year, month, day, hour, minute, second, fraction, offset };
  const inRange = Number(offsetHours) < 24 && Number(offsetMinutes) < 60 && isDate(parts) && isTime(parts);
  return inRange ? parts : undefined;
}

function isDate({ year, month, day }: Parts): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
}

function isTime(parts: Parts): boolean {
  const { hour, minute, second } = parts;
  return hour < 24 && minute < 60 && (second < 60 || (second === 60 && isEndOfUtcDay(parts)));
}

function isEndOfUtcDay({ hour, minute, offset }: Parts): boolean {
  const minutes = hour * 60 + minute - offset;
  return (minutes + 2 * 1440) % 1440 === 1439;
}
