import { isObject, type Json, type JsonObject } from '../../json.ts';
import { METHODS } from '../extensions.ts';
import { accuse, listOf, objectOf, type Subject } from './subject.ts';

/** Rules about paths, parameters and headers: `same-path`, `parameter-twice` and `ignored`. */
export function auditRequests(subject: Subject): void {
  const paths = objectOf(subject.description.document['paths']);
  const first = new Map<string, string>();
  for (const [path, item] of Object.entries(paths)) {
    const shape = path.replace(/\{[^}]*\}/g, '{}');
    const earlier = first.get(shape);
    if (earlier !== undefined) {
      accuse(subject, 'same-path', paths, path, `${path} is the same path as ${earlier}`);
    }
    first.set(shape, earlier ?? path);
    auditItem(subject, item);
  }
}

function auditItem(subject: Subject, item: Json): void {
  const operations = METHODS.map((method) => objectOf(item)[method]);
  for (const holder of [item, ...operations].filter(isObject)) {
    auditParameters(subject, holder);
    for (const response of Object.values(objectOf(holder['responses']))) {
      auditHeaders(subject, response);
    }
  }
}

/** https://spec.openapis.org/oas/v3.0.3#parameter-object : these three are no parameters. */
const NO_PARAMETERS = ['accept', 'content-type', 'authorization'];

function auditParameters(subject: Subject, holder: JsonObject): void {
  const seen = new Set<string>();
  for (const parameter of listOf(holder['parameters']).filter(isObject)) {
    const [name, place] = [String(parameter['name']), String(parameter['in'])];
    const key = `${place} ${name}`;
    if (seen.has(key)) {
      accuse(
        subject,
        'parameter-twice',
        holder,
        'parameters',
        `the ${place} parameter "${name}" is listed twice`,
      );
    }
    seen.add(key);
    if (place === 'header' && NO_PARAMETERS.includes(name.toLowerCase())) {
      accuse(subject, 'ignored', parameter, '', `the header parameter "${name}" is ignored`);
    }
  }
}

function auditHeaders(subject: Subject, response: Json): void {
  const headers = objectOf(objectOf(response)['headers']);
  for (const name of Object.keys(headers)) {
    if (name.toLowerCase() === 'content-type') {
      accuse(subject, 'ignored', headers, name, `the response header "${name}" is ignored`);
    }
  }
}
