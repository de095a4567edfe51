import { STATUS_CODES } from 'node:http';
import type { ServerHabits } from './habits.ts';

/** An error that is told by a page and not by the API. */
export interface PageError {
  readonly status: number;
  /** What the page says; the name of the status where absent. */
  readonly message?: string;
  /** The servlet at which it happened. */
  readonly servlet: string;
}

/** A page as it is sent: its media type and its text; undefined where the server sends none. */
export interface Page {
  readonly type: string;
  readonly text: string;
  /** How its text is written. */
  readonly encoding?: 'utf-8';
}

/** Methods whose errors have pages; those of the others are empty. */
export const WITH_PAGES: readonly string[] = ['GET', 'POST', 'HEAD'];

/** The page for an error, in the first form of those that `Accept` lists which the server knows. */
export function pageFor(
  error: PageError,
  url: string,
  accept: string | undefined,
  habits: ServerHabits,
): Page | undefined {
  for (const range of rangesOf(accept)) {
    switch (range) {
      case '*/*':
      case 'text/*':
      case 'text/html':
        return {
          type: 'text/html;charset=iso-8859-1',
          text: html(rowsOf(error, url), error, habits),
        };
      case 'text/plain':
        return { type: 'text/plain;charset=iso-8859-1', text: plain(rowsOf(error, url), error) };
      case 'text/json':
      case 'application/json':
        return { type: range, text: json(rowsOf(error, url)), encoding: 'utf-8' };
      default:
    }
  }
  return undefined;
}

/** What Jetty says where a request could not be understood; the connection is closed then. */
export function badMessage(status: number, reason = STATUS_CODES[status] ?? ''): Page {
  return {
    type: 'text/html;charset=iso-8859-1',
    text: `<h1>Bad Message ${status}</h1><pre>reason: ${reason}</pre>`,
  };
}

/** The ranges by weight, the heaviest first: letter case and parameters count, and what weighs nothing is left out. */
function rangesOf(accept: string | undefined): readonly string[] {
  const ranges = (accept ?? '*/*').split(',').map((text) => {
    const [range = '', ...parameters] = text.split(';').map((part) => part.trim());
    const weight = parameters.find((parameter) => /^q=/i.test(parameter));
    const others = parameters.filter((parameter) => parameter !== weight && parameter !== '');
    return {
      range: [range, ...others].join(';'),
      q: weight === undefined ? 1 : Number(weight.slice(2).replaceAll('"', '')),
    };
  });
  return ranges
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q)
    .map(({ range }) => range);
}

type Rows = readonly (readonly [label: string, text: string])[];

function rowsOf({ status, servlet, message = STATUS_CODES[status] ?? '' }: PageError, url: string): Rows {
  return [
    ['URI', url],
    ['STATUS', String(status)],
    ['MESSAGE', message],
    ['SERVLET', servlet],
  ];
}

function titleOf({ status, message = STATUS_CODES[status] ?? '' }: PageError): string {
  return `${status} ${message}`;
}

function html(rows: Rows, error: PageError, { poweredBy }: ServerHabits): string {
  const title = escaped(titleOf(error));
  const table = rows.map(([label, text]) => `<tr><th>${label}:</th><td>${escaped(text)}</td></tr>`);
  return [
    '<html>',
    '<head>',
    '<meta http-equiv="Content-Type" content="text/html;charset=ISO-8859-1"/>',
    `<title>Error ${title}</title>`,
    '</head>',
    `<body><h2>HTTP ERROR ${title}</h2>`,
    '<table>',
    ...table,
    '</table>',
    `<hr/>${poweredBy}<hr/>`,
    '',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function plain(rows: Rows, error: PageError): string {
  const lines = rows.map(([label, text]) => `${label}: ${text}`);
  return [`HTTP ERROR ${titleOf(error)}`, ...lines, ''].join('\n');
}

/** Texts are escaped twice: as in XML, and for JSON. */
function json(rows: Rows): string {
  const { URI: url, STATUS: status, MESSAGE: message, SERVLET: servlet } = Object.fromEntries(rows);
  const members = Object.entries({ servlet, message, url, status });
  return `{\n${members.map(([name, text]) => `"${name}":${JSON.stringify(escaped(text ?? ''))}`).join(',\n')}\n}`;
}

/** As in XML; control characters that are no blanks become question marks. */
function escaped(text: string): string {
  return text
    .replace(/\p{Cc}/gu, (control) => (/\s/.test(control) ? control : '?'))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
