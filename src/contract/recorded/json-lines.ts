import { KitError } from '../../errors.ts';
import { isArray, isObject, type Json, type JsonObject } from '../../json.ts';
import type { Exchange, HeaderLine, ReceivedResponse, SentRequest } from '../exchange.ts';
import { looksCut } from './cut.ts';
import { parseJson, readText } from './json-text.ts';
import { type Recording, recordingOf, versionNumber } from './recording.ts';

const ADVICE =
  'Write one exchange a line: {"id", "request": {"method", "path", "headers", "body"}, "response": {"status", "headers", "body"} or null}; a HAR file goes to --har';

/** A value may be given as its beginning, `...[N chars]` standing for its last character repeated up to N characters. */
const ABBREVIATED = /^(.*(.))\.\.\.\[(\d{1,6}) chars\]$/su;

/**
 * Reads exchanges written as JSON lines. Of pipelined answers (`following`) only the first belongs to the request.
 * @throws KitError DOCUMENT_UNREADABLE; TRAFFIC_INVALID with the first line that is no exchange
 */
export async function readExchanges(file: string): Promise<Recording> {
  const lines = (await readText(file)).split('\n');
  const exchanges = lines.flatMap((line, index) => {
    const where = { file, line: index + 1 };
    try {
      return line.trim() === '' ? [] : [exchangeOf(parseJson(line), `line ${where.line}`)];
    } catch (error) {
      if (!(error instanceof NoExchange)) {
        throw error;
      }
      throw KitError.of('TRAFFIC_INVALID', { reason: error.message, advice: ADVICE }, where);
    }
  });
  return recordingOf(file, exchanges);
}

/** Thrown where a line is no exchange; the message is the reason, without any value of the line. */
class NoExchange extends Error {}

function exchangeOf(line: Json | undefined, place: string): Exchange {
  if (!isObject(line)) {
    throw new NoExchange('the line is no JSON object');
  }
  const request = requestOf(objectAt(line['request'], 'request'));
  const exchange = { id: optional(line['id'], 'id') ?? place, request, durationMs: undefined };
  const response = line['response'];
  return response === null
    ? { ...exchange, response: undefined, failure: { kind: 'closed', detail: 'no answer was recorded' } }
    : {
        ...exchange,
        response: responseOf(objectAt(response, 'response')),
        failure: undefined,
      };
}

function requestOf(request: JsonObject): SentRequest {
  const headers = headersAt(request['headers'], 'request.headers');
  return {
    method: textAt(request['method'], 'request.method'),
    target: unabbreviated(textAt(request['path'], 'request.path')),
    headers: headers.map(([name, value]) => [name, unabbreviated(value)]),
    body: bodyAt(request, 'request')?.toString(),
    irregular:
      request['raw'] !== undefined ||
      breaksHostRule(headers, optional(request['version'], 'request.version')),
  };
}

function responseOf(response: JsonObject): ReceivedResponse {
  const status = response['status'];
  if (typeof status !== 'number' || !Number.isInteger(status)) {
    throw new NoExchange('response.status is missing or no whole number');
  }
  return {
    httpVersion: versionNumber(optional(response['http_version'], 'response.http_version')),
    status,
    reason: optional(response['reason'], 'response.reason') ?? '',
    headers: headersAt(response['headers'], 'response.headers'),
    body: wholeBodyAt(response),
    raw: undefined,
  };
}

/** HTTP/1.1 asks for exactly one Host (RFC 9112 3.2); where no version is told, headers may be left out as well. */
function breaksHostRule(headers: readonly HeaderLine[], version: string | undefined): boolean {
  return version === 'HTTP/1.1' && headers.filter(([name]) => name.toLowerCase() === 'host').length !== 1;
}

function unabbreviated(value: string): string {
  const [, start, last, length] = ABBREVIATED.exec(value) ?? [];
  return start === undefined || last === undefined ? value : start.padEnd(Number(length), last);
}

/** Undefined where only the beginning of it was recorded. */
function wholeBodyAt(response: JsonObject): Buffer | undefined {
  const body = bodyAt(response, 'response');
  return body && looksCut(body) ? undefined : body;
}

/** `body_base64` holds a body that is not UTF-8. */
function bodyAt(message: JsonObject, at: string): Buffer | undefined {
  const bytes = optional(message['body_base64'], `${at}.body_base64`);
  const text = optional(message['body'], `${at}.body`);
  return bytes === undefined
    ? text === undefined
      ? undefined
      : Buffer.from(text)
    : Buffer.from(bytes, 'base64');
}

function headersAt(value: Json | undefined, at: string): readonly HeaderLine[] {
  if (!isArray(value)) {
    throw new NoExchange(`${at} is missing or no list`);
  }
  return value.map((header) => {
    const [name, text] = isArray(header) ? header : [];
    return [textAt(name, `a name in ${at}`), textAt(text, `a value in ${at}`)];
  });
}

function objectAt(value: Json | undefined, at: string): JsonObject {
  if (!isObject(value)) {
    throw new NoExchange(`${at} is missing or no object`);
  }
  return value;
}

function textAt(value: Json | undefined, at: string): string {
  const text = optional(value, at);
  if (text === undefined) {
    throw new NoExchange(`${at} is missing`);
  }
  return text;
}

function optional(value: Json | undefined, at: string): string | undefined {
  if (value !== undefined && value !== null && typeof value !== 'string') {
    throw new NoExchange(`${at} is no string`);
  }
  return value ?? undefined;
}
