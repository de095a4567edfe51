import type { ErrorObject } from 'ajv';

/** Characters of an offending value that a message shows. */
const SHOWN = 200;

/** What a keyword asks for, in words that end the sentence "expected …". */
export function expectationOf({ keyword, schema, params, message }: ErrorObject): string {
  const limit = JSON.stringify(schema);
  switch (keyword) {
    case 'type':
      return [schema].flat().map(withArticle).join(' or ');
    case 'enum':
      return `one of ${[schema]
        .flat()
        .map((each) => JSON.stringify(each))
        .join(', ')}`;
    case 'const':
      return limit;
    case 'required':
      return `the property "${params['missingProperty']}"`;
    case 'format':
      return schema === 'date-time' ? 'a date-time of RFC 3339' : `the format ${schema}`;
    case 'minimum':
      return `a number of at least ${limit}`;
    case 'maximum':
      return `a number of at most ${limit}`;
    case 'minLength':
      return `at least ${counted(schema, 'character')}`;
    case 'maxLength':
      return `at most ${counted(schema, 'character')}`;
    case 'minItems':
      return `at least ${counted(schema, 'item')}`;
    case 'maxItems':
      return `at most ${counted(schema, 'item')}`;
    case 'pattern':
      return `a text that matches ${schema}`;
    case 'additionalProperties':
      return `no property "${params['additionalProperty']}"`;
    case 'oneOf':
      return params['passingSchemas'] === null
        ? 'a value that a branch of the oneOf allows'
        : 'a value that only one branch of the oneOf allows';
    case 'anyOf':
      return 'a value that a branch of the anyOf allows';
    default:
      return message ?? keyword;
  }
}

/** A value as JSON, cut at 200 characters. */
export function actualOf(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function counted(count: unknown, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function withArticle(type: unknown): string {
  if (type === 'null') {
    return 'null';
  }
  return /^[aeio]/.test(String(type)) ? `an ${type}` : `a ${type}`;
}
