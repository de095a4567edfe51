import type { Description } from '../../description/model.ts';
import type { Json } from '../../json.ts';
import type { Question } from '../responder.ts';
import type { Scenarios } from '../scenarios.ts';
import type { ServerHabits } from './habits.ts';
import { type PageError, pageFor, WITH_PAGES } from './pages.ts';
import { withStack } from './telling.ts';

/** What a server is put together from. */
export interface ServerParts {
  readonly habits: ServerHabits;
  readonly description: Description;
  readonly scenarios: Scenarios;
}

/** A request whose target could be read. */
export interface ServerRequest extends Question {
  /** Still percent-encoded. */
  readonly path: string;
  /** The path that its servlet is found by. */
  readonly resolved: string;
  readonly query: string;
  /** Whether it goes to the API. */
  readonly isApi: boolean;
  /** `Accept` as resources see it. */
  readonly accept: string | undefined;
}

/** An answer, but for the headers that all have. */
export interface Said {
  readonly status: number;
  /** In the place of the status's usual name. */
  readonly reason?: string;
  /** Headers before Content-Type, and after it: name, value, name, value … */
  readonly first?: readonly string[];
  readonly further?: readonly string[];
  readonly type?: string;
  readonly body?: Buffer;
  /** Errors that the API does not tell itself have no date. */
  readonly isDated: boolean;
  readonly isChunked?: boolean;
  /** Whether the length is told even where the connection is closed and it is 0. */
  readonly isMeasured?: boolean;
  readonly why: string;
}

/** Longer bodies are sent in chunks: the server begins to send them before it knows their length. */
const BUFFERED = 8192;

/** Longer pages are not sent: they have no room in the server's buffer. */
const LONGEST_PAGE = 32_768;

/** The header of pages: nobody is to keep them. */
const UNCACHED = ['Cache-Control', 'must-revalidate,no-cache,no-store'];

/** JSON of the API. */
export function sayJson(status: number, type: string, content: Json | object, why: string): Said {
  const body = Buffer.from(javaJson(content));
  return { status, type, body, isDated: true, isChunked: body.length > BUFFERED, why };
}

/** JSON as Jackson writes it: whatever is in no plane but the first is escaped, with large digits. */
function javaJson(content: Json | object): string {
  return JSON.stringify(content).replace(/\\(?:u[0-9a-f]{4}|.)|[\ud800-\udfff]/g, (found) =>
    found.startsWith('\\')
      ? found.replace(/[a-f0-9]{4}$/, (digits) => digits.toUpperCase())
      : `\\u${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** An error that the API does not tell itself; methods that no page is made for get an empty answer. */
export function sayPage(
  request: ServerRequest,
  error: Omit<PageError, 'servlet'>,
  habits: ServerHabits,
  first: readonly string[] = [],
): Said {
  const { status } = error;
  const said = { status, isDated: false, why: `page ${status}` };
  if (!WITH_PAGES.includes(request.method)) {
    return { ...said, first };
  }
  const { headers, path } = request;
  const page = pageFor({ ...error, servlet: servletOf(request, habits) }, path, headers.accept, habits);
  const uncached = { ...said, first: [...first, ...UNCACHED] };
  if (!page) {
    return uncached;
  }
  const body = page.encoding ? Buffer.from(page.text) : latin1(page.text);
  return body.length > LONGEST_PAGE ? said : { ...uncached, type: page.type, body };
}

/** Whether a path is one of some, or below it. */
export function isAmong(paths: readonly string[], path: string): boolean {
  return paths.some((each) => path === each || path.startsWith(`${each}/`));
}

function servletOf({ isApi, resolved }: ServerRequest, habits: ServerHabits): string {
  const { api, other } = habits.servlets;
  if (isApi) {
    return api;
  }
  return resolved === '*' ? '-' : (servletAt(resolved, habits) ?? other);
}

/** The servlet of its own that a path outside of the API has. */
export function servletAt(path: string, { servlets }: ServerHabits): string | undefined {
  const found = Object.entries(servlets.at).find(([at]) =>
    at.endsWith('/*') ? isAmong([at.slice(0, -2)], path) : at === path,
  );
  return found?.[1];
}

/** A character that is not among the first 256 becomes a question mark. */
function latin1(text: string): Buffer {
  return Buffer.from(text.replace(/[^\0-\xff]/gu, '?'), 'latin1');
}

/** An exception that nobody caught. */
export function sayUncaught(request: ServerRequest, exception: string, habits: ServerHabits): Said {
  const told = { reason: 'Server Error', why: `uncaught: ${exception}` };
  return habits.uncaught === 'empty'
    ? { status: 500, isDated: true, ...told }
    : { ...sayPage(request, { status: 500, message: exception }, habits), ...told };
}

/** Credentials that the server does not take. */
export function sayUnauthorized(request: ServerRequest, habits: ServerHabits): Said {
  const message = 'The provided credentials did not support';
  if (habits.unauthorized === 'page') {
    return sayPage(request, { status: 401, message }, habits);
  }
  const type = 'UnauthorizedException';
  const stack = [`org.apache.gravitino.exceptions.${type}: ${message}`, '{frames}'];
  // Nothing of the API was called yet, which is about half of the frames.
  const frames = habits.frames.slice(-Math.ceil(habits.frames.length / 2));
  const content = withStack({ code: 1011, type, message, stack }, frames);
  return sayJson(401, 'application/json;charset=utf-8', content, 'bad credentials');
}

/** The methods that servlets take which have no operations. */
export function saySupported(allow = 'GET,HEAD,POST,OPTIONS'): Said {
  return { status: 200, first: ['Allow', allow], isDated: true, why: 'options' };
}
