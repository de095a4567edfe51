import type { Json } from '../../json.ts';
import { isWholeNumber } from './java-numbers.ts';
import { problemOfInstant } from './java-time.ts';
import type { Read } from './json-reading.ts';
import { CutShort, failed, isBlank, misfit, mismatch, undeserialized } from './misfits.ts';

/** The text of a value that is a single token; null has none. */
export function scalarText(read: Read): string | undefined {
  switch (read.kind) {
    case 'text':
    case 'number':
      return read.text;
    case 'flag':
      return String(read.value);
    case 'cut':
      throw new CutShort();
    default:
      return undefined;
  }
}

/** Numbers and flags are texts, too. */
export function bindText(read: Read): Json {
  const text = scalarText(read);
  if (text === undefined && read.kind !== 'null') {
    throw misfit(read, 'java.lang.String', 'java.lang.String');
  }
  return text ?? null;
}

/** An item of a list of texts: of one that is no text, the list is told. */
export function bindItem(read: Read): Json {
  switch (read.kind) {
    case 'list':
      throw undeserialized(read, 'java.util.ArrayList<java.lang.String>');
    case 'object':
      throw undeserialized(read, 'java.util.ArrayList<java.lang.Object>');
    default:
      return bindText(read);
  }
}

/** A whole number is true unless it is 0, and null is false. */
export function bindFlag(read: Read): Json {
  switch (read.kind) {
    case 'flag':
      return read.value;
    case 'null':
      return false;
    case 'number':
      if (isWholeNumber(read.text)) {
        return Number(read.text) !== 0;
      }
      throw misfit(read, 'boolean', 'boolean');
    case 'text':
      if (isBlank(read.text) || /^(true|True|TRUE|false|False|FALSE|null)$/.test(read.text.trim())) {
        return read.text.trim().toLowerCase() === 'true';
      }
      throw failed(
        'InvalidFormatException',
        `Cannot deserialize value of type \`boolean\` from String "${read.text}": only "true"/"True"/"TRUE" or "false"/"False"/"FALSE" recognized`,
      );
    default:
      throw misfit(read, 'boolean', 'boolean');
  }
}

const INSTANT = 'java.time.Instant';

/** A time; what it is does not count, but it must be one: as a text or, since some epoch, as a number. */
export function bindTime(read: Read): Json {
  switch (read.kind) {
    case 'cut':
      throw new CutShort();
    case 'flag': {
      const token = `VALUE_${String(read.value).toUpperCase()}`;
      const known = '[VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT]';
      throw mismatch(`Unexpected token (${token}), expected one of ${known} for ${INSTANT} value`);
    }
    case 'text': {
      const problem = isBlank(read.text) ? undefined : problemOfInstant(read.text.trim());
      if (problem !== undefined) {
        const told = `Failed to deserialize ${INSTANT}: (java.time.format.DateTimeParseException) ${problem}`;
        throw failed(
          'InvalidFormatException',
          `Cannot deserialize value of type \`${INSTANT}\` from String "${read.text}": ${told}`,
        );
      }
      return read.text;
    }
    case 'list':
    case 'object':
      throw undeserialized(read, INSTANT);
    default:
      return null;
  }
}
