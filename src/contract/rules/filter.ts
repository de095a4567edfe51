import { appendToken } from '../../documents/pointer.ts';
import type { Json } from '../../json.ts';
import { isBinding, isSuccess } from '../call.ts';
import {
  type FilterCase,
  fieldOf,
  filterCases,
  foundIn,
  isTelling,
  lastingKeys,
  matches,
  matchingKeys,
} from '../filters.ts';
import { itemsAt } from '../lists.ts';
import { subjectOf } from '../subject.ts';
import type { Evidence, Rule, Violation } from './rule.ts';
import { statusLine } from './status.ts';

const NO_LISTS_AROUND =
  'no whole list with items was seen before and after a filtered one, with nothing but reads between; name a thing that has items with {option}';

export const filter: Rule = {
  id: 'filter',
  claim: 'A filtered list has exactly the items of the whole list whose field equals the value.',
  severity: 'error',
  basis: 'x-filters of the parameter',
  fix: 'Compare the decoded value with the field, exactly and in every letter.',
  message: '{operation} does not filter as documented: {actual} instead of {expected}',
  extension: 'x-filters',
  unproven: NO_LISTS_AROUND,
  confirmed: true,
  judge: ({ calls }) => {
    const cases = filterCases(calls).filter((each) => each.value.trim() !== '' && !isTrimmed(each));
    return {
      violations: cases.flatMap(judgeCase),
      tests: cases.filter(isTelling).length,
    };
  },
};

export const trimmedFilter: Rule = {
  id: 'trimmed-filter',
  claim: 'Blanks around the value of a filter are a part of it.',
  severity: 'warning',
  basis: 'x-filters of the parameter',
  fix: 'Compare the value as it was sent.',
  message: '{operation} answers {actual} to a filter with blanks around its value instead of {expected}',
  extension: 'x-filters',
  judge: ({ calls }) => {
    const blank = filterCases(calls).filter(({ value }) => value.trim() !== value);
    const violations = blank
      .filter((each) => isTrimmed(each) || isTakenForNone(each))
      .map(({ call, filters, value }) => ({
        call,
        kind: 'trimmed',
        expected: 'nothing, or those with the blanks',
        actual:
          value.trim() === ''
            ? 'the items of other values'
            : `the items with ${JSON.stringify(value.trim())}`,
        source: filters.where,
      }));
    return { violations, tests: blank.length };
  },
};

export const plusSign: Rule = {
  id: 'plus-sign',
  claim: 'A plus sign in the query is a blank.',
  severity: 'warning',
  basis: 'WHATWG URL section 5.1: forms and many clients write a blank so',
  fix: 'Decode the query as forms write it.',
  message: '{operation} does not read a plus sign in the query as a blank: {actual} instead of {expected}',
  extension: 'x-filters',
  confirmed: true,
  judge: ({ calls }) => {
    const all = filterCases(calls).filter(isTelling);
    const pairs = all.filter(hasPlus).flatMap((each) => {
      const other = all.find((one) => isFoundBy(one, each));
      return other ? [{ each, other }] : [];
    });
    const violations = pairs.flatMap(({ each, other }) => {
      const missing = isSuccess(each.call) ? missingItems(each) : judgeRefusal(each);
      return missing.map((violation) => ({ ...violation, calls: [...other.calls, ...each.calls] }));
    });
    return { violations, tests: pairs.length };
  },
};

export const emptyFilter: Rule = {
  id: 'empty-filter',
  claim: 'A filter without a value leaves nothing out.',
  severity: 'warning',
  basis: 'x-filters of the parameter',
  fix: 'Treat an empty value like an absent one: forms and clients send it for "any".',
  message: '{operation} answers {actual} to a filter without a value instead of {expected}',
  extension: 'x-filters',
  unproven: NO_LISTS_AROUND,
  confirmed: true,
  judge: ({ calls, kind }) => {
    const empty = filterCases(calls).filter(({ value }) => value === '');
    const cases = empty.filter((each) => (foundIn(each) ? isTelling(each) : isRefused(each, kind)));
    return { violations: cases.flatMap(judgeEmpty), tests: cases.length };
  },
};

function judgeCase(each: FilterCase): readonly Violation[] {
  if (!isSuccess(each.call)) {
    return hasPlus(each) ? [] : judgeRefusal(each);
  }
  return hasPlus(each) ? wrongItems(each) : judgeItems(each);
}

/** Whether the same value finds all that it should where its blanks are written as `%20`. */
function isFoundBy(other: FilterCase, { value, call }: FilterCase): boolean {
  const isSame = other.value === value && other.call.operation === call.operation && !hasPlus(other);
  return (
    isSame && isSuccess(other.call) && matchingKeys(other).length > 0 && missingItems(other).length === 0
  );
}

/** Whether the value was sent with a plus sign for a blank. */
function hasPlus({ call }: FilterCase): boolean {
  return call.exchange.request.target.split('?').slice(1).join('?').includes('+');
}

/** Whether all the items that were found have the value without the blanks around it. */
function isTrimmed({ call, filters, value }: FilterCase): boolean {
  const list = itemsAt(call, filters.items) ?? [];
  const trimmed = value.trim();
  return trimmed !== value && list.length > 0 && list.every((item) => matches(item, filters, trimmed));
}

/** Whether blanks alone find items that have other values. */
function isTakenForNone({ call, filters, value }: FilterCase): boolean {
  const list = itemsAt(call, filters.items) ?? [];
  const others = list.filter((item) => isText(fieldOf(item, filters)) && !matches(item, filters, value));
  return value.trim() === '' && others.length > 0;
}

function judgeItems(each: FilterCase): readonly Violation[] {
  const [first] = wrongItems(each);
  return first ? [first] : [...missingItems(each), ...extraItems(each)].slice(0, 1);
}

function wrongItems({ call, filters, value }: FilterCase): readonly Violation[] {
  const list = itemsAt(call, filters.items) ?? [];
  const wrong = list.filter((item) => isText(fieldOf(item, filters)) && !matches(item, filters, value));
  const [first] = wrong;
  if (first === undefined) {
    return [];
  }
  const pointer = appendToken(appendToken(filters.items, list.indexOf(first)), filters.by);
  const example = JSON.stringify(fieldOf(first, filters) ?? null);
  const actual = `${wrong.length} of ${list.length} items have another ${filters.by}, such as ${example}`;
  const expected = `only those with ${JSON.stringify(value)}`;
  return [{ call, kind: 'wrong item', pointer, expected, actual, source: filters.where }];
}

/** What is no text, or half of one, is for the schema and the JSON to tell. */
function isText(field: Json | undefined): boolean {
  return typeof field === 'number' || (typeof field === 'string' && !/\p{Surrogate}/u.test(field));
}

function missingItems(each: FilterCase): readonly Violation[] {
  const { call, calls, filters, value } = each;
  const found = foundIn(each);
  const [missing] = found ? matchingKeys(each).filter((key) => !found.has(key)) : [];
  const expected = `every item with ${JSON.stringify(value)}`;
  const facts = { kind: 'missing item', pointer: filters.items, source: filters.where };
  return missing ? [{ call, calls, expected, actual: `${missing} is missing`, ...facts }] : [];
}

/** An item that was there before and vanished meanwhile is no matter of the filter. */
function extraItems(each: FilterCase): readonly Violation[] {
  const { call, calls, filters, before, after } = each;
  const isKnown = (key: string) => before?.has(key) || after?.has(key);
  const [extra] = before && after ? [...(foundIn(each)?.keys() ?? [])].filter((key) => !isKnown(key)) : [];
  const expected = 'items of the whole list only';
  const facts = { kind: 'extra item', pointer: filters.items, source: filters.where };
  return extra ? [{ call, calls, expected, actual: `${extra}, which the whole list lacks`, ...facts }] : [];
}

/** A value that nothing has may be refused as the description says; one that the whole list shows may not. */
function judgeRefusal(each: FilterCase): readonly Violation[] {
  const { call, calls, filters, value, before, after } = each;
  const { status = 0, described } = call;
  if (!described || status >= 500 || !before || !after) {
    return [];
  }
  const facts = { call, calls, actual: statusLine(call), source: filters.where };
  const matching = matchingKeys(each).length;
  if (matching > 0) {
    return [{ ...facts, kind: 'refused', expected: `the ${matching} items with ${JSON.stringify(value)}` }];
  }
  // Only what is not made of letters, digits and underscores alone can be called malformed.
  const allowed = filters.unmatched.filter((each) => each !== 400 || !/^\w+$/.test(value));
  const expected = `${allowed.join(' or ')} for ${JSON.stringify(value)}, which nothing has`;
  return allowed.includes(status) || !isBinding(call) ? [] : [{ ...facts, kind: 'unmatched', expected }];
}

/**
 * Whether the value was refused: with a status that the description lists, and not because the thing itself is absent or
 * always refused. Recorded traffic need not hold the whole list.
 */
function isRefused({ call, before, after }: FilterCase, kind: Evidence['kind']): boolean {
  const { status = 0, described } = call;
  const exists = before !== undefined && after !== undefined;
  const isAbsent = status === subjectOf(call.operation)?.identifies.absent;
  const isKnown = exists || (kind === 'recorded' && !isAbsent);
  return described !== undefined && status >= 400 && status < 500 && isKnown;
}

/** The description may say that the operation refuses it, for whatever reason. */
function judgeEmpty(each: FilterCase): readonly Violation[] {
  const { call, calls, filters } = each;
  const isExpected = call.operation.refuses.some(({ status }) => status === call.status);
  const found = foundIn(each);
  const lasting = lastingKeys(each);
  const kept = found && lasting.filter((key) => found.has(key)).length;
  const actual = kept === undefined ? statusLine(call) : `${kept} of ${lasting.length} items`;
  return isExpected || kept === lasting.length
    ? []
    : [{ call, calls, kind: 'not all', expected: 'the whole list', actual, source: filters.where }];
}
