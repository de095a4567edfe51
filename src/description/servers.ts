import { isObject, type Json, type JsonObject } from '../json.ts';
import { complain, listAt, type Reading } from './reading.ts';

/**
 * The paths of the `servers` of a document, a path item or an operation, without their trailing slash, variables replaced
 * by their defaults; `['']` where there are none. https://spec.openapis.org/oas/v3.0.3#server-object
 */
export function readBasePaths(reading: Reading, holder: JsonObject): readonly string[] {
  const urls = listAt(reading, holder, 'servers').flatMap((server) =>
    isObject(server) ? readUrl(reading, server) : [],
  );
  const paths = urls.map(({ pathname }) => pathname.replace(/\/+$/, ''));
  return paths.length > 0 ? [...new Set(paths)] : [''];
}

function readUrl(reading: Reading, server: JsonObject): URL[] {
  const variables = isObject(server['variables']) ? server['variables'] : {};
  const text = String(server['url'] ?? '/');
  const url = text.replace(/\{(\w+)\}/g, (_, name: string) => defaultOf(variables[name]));
  if (!URL.canParse(url, 'http://localhost/')) {
    const advice = 'Correct it, or the defaults of its variables.';
    complain(reading, 'server-url', server, 'url', `the server "${text}" is no URL`, advice);
    return [];
  }
  return [new URL(url, 'http://localhost/')];
}

function defaultOf(variable: Json | undefined): string {
  return isObject(variable) ? String(variable['default'] ?? '') : '';
}
