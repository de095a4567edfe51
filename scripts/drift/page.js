import { relative, resolve } from 'node:path';
import { RULES } from '../../dist/contract/rules/index.js';
import { withAnyIndex } from '../../dist/documents/pointer.js';
import { counted } from '../../dist/report/finding.js';
import { printable } from '../../dist/report/printable.js';
import { block, code, prose, table } from './markdown.js';

const ROOT = resolve(import.meta.dirname, '../..');

/** Characters of a body that are shown in front of and behind what convicts. */
const AROUND = 300;

/** Header lines that say nothing about a finding. */
const NOISE = /^(cache-control|content-length|date|server):/i;

/** How a description becomes true where it is the side to change, by rule. */
const DESCRIPTION_REPAIRS = {
  'documented-status': (seen) => `list ${seen}, and the body that comes with it.`,
  'media-type': (seen) => `give the response the media type ${seen}.`,
  schema: (seen) => `let the schema allow ${seen} there.`,
  'accept-json': (seen) => `list ${seen}, and say which Accept is answered.`,
  'invalid-request': () => 'allow what was sent, or say in which other form it is taken.',
  'empty-filter': (seen) => `say that a value must not be empty, and that an empty one is answered ${seen}.`,
};

/** The page of one release: each finding as a section that can be filed as it stands. */
export function pageOf({ release, description, report }) {
  const { findings, coverage } = report;
  const asked = coverage.filter(({ requests }) => requests > 0);
  const total = asked.reduce((sum, { requests }) => sum + requests, 0);
  const judged = asked.map(({ operation }) => signatureOf(operation, description));
  const intro = [
    `Where a server of release ${release} does not do what the documentation of its jobs API promises.`,
    `Judged were ${counted(total, 'request')} to ${judged.join(', ')}, recorded with a real server, by ${sourcesOf(description)}, which follows that documentation.`,
    'What recorded requests do not show, such as the bytes on the connection, was not judged. Written by `npm run drift`.',
  ];
  const sections = findings.map((finding, index) => sectionOf(finding, index + 1, asked));
  return `${[`# Drift of Apache Gravitino ${release}`, intro.join('\n'), ...sections].join('\n\n')}\n`;
}

/** The table of all releases: what is wrong, and the number of its section in the page of each release that has it. */
export function overviewOf(judged) {
  const drifts = new Map();
  for (const { release, report } of judged) {
    for (const [index, finding] of report.findings.entries()) {
      const { severity, check } = finding;
      const key = `${severity} ${code(check)}: ${titleOf(finding)}`;
      drifts.set(key, new Map([...(drifts.get(key) ?? []), [release, index + 1]]));
    }
  }
  const releases = judged.map(({ release }) => release);
  const rows = [...drifts].map(([drift, places]) => [
    drift,
    ...releases.map((release) => (places.has(release) ? `[${places.get(release)}](${fileOf(release)})` : '')),
  ]);
  const intro = [
    'Where real servers of Apache Gravitino do not do what the documentation of their jobs API promises. A number leads to',
    'the page of the release, and is that of the section there: what is promised, what was seen, a curl line that shows it,',
    'and what would repair either side. An error breaks the documentation; a warning surprises clients without breaking it.',
    '',
    `All are judged by the same description, ${sourcesOf(judged[0].description)}.`,
    '`npm run drift -- FOLDER` writes these files anew from the recordings in a folder (`RELEASE.jsonl`), and with `--check`',
    'says whether they are up to date.',
  ];
  return `${['# Drift', intro.join('\n'), table(['drift', ...releases], rows)].join('\n\n')}\n`;
}

/** What the description is made of: with more operations than the endpoint, the companions are in it. */
function sourcesOf({ operations }) {
  const endpoint = '[spec/openapi.yaml](../../spec/openapi.yaml)';
  const companions = '[its companions](../../spec/companions.overlay.yaml)';
  return operations.length > 1 ? `${endpoint} with ${companions}` : endpoint;
}

/** The name of the page of a release. */
export function fileOf(release) {
  return `gravitino-${release}.md`;
}

function sectionOf(finding, number, coverage) {
  const { severity, check, expected, actual, pointer, curl, count, evidence, operation } = finding;
  const { claim, fix } = RULES.find(({ id }) => id === check);
  const { requests } = coverage.find((each) => each.operation === operation.id);
  const facts = [
    `**${severity}**, rule ${code(check)}, seen in ${count} of ${counted(requests, 'request')}`,
    `${severity === 'error' ? 'Promised' : 'Expected'} (${sourceIn(finding)}): ${shown(expected)}. ${prose(claim)}`,
    `Seen: ${shown(actual)}${pointer ? ` at ${shown(pointer)}` : ''}`,
    `To repair the server: ${prose(fix)}`,
    `To repair the description: ${repairOf(finding)}`,
  ];
  return [
    `## ${number}. ${titleOf(finding)}`,
    facts.map((fact) => `- ${fact}`).join('\n'),
    block(curl, 'sh'),
    block(excerptOf(evidence), 'http'),
  ].join('\n\n');
}

/** What a server or a description says, as code on one line. */
function shown(text) {
  return code(printable(text));
}

/** The message, about any item of a list rather than the one that was seen. */
function titleOf({ message, pointer = '' }) {
  return prose(printable(pointer === '' ? message : message.replaceAll(pointer, withAnyIndex(pointer))));
}

function repairOf({ check, source, actual }) {
  if (typeof source === 'string') {
    return `nothing, since what convicts is ${prose(source)}.`;
  }
  const repair = DESCRIPTION_REPAIRS[check] ?? ((seen) => `say that the server may do otherwise: ${seen}.`);
  return repair(shown(actual));
}

function sourceIn({ source }) {
  if (typeof source === 'string') {
    return prose(source);
  }
  const file = relative(ROOT, resolve(source.file));
  return `[${prose(`${file}:${source.line}`)}](../../${file}#L${source.line})`;
}

function signatureOf(id, { operations }) {
  const { method, path } = operations.find((operation) => operation.id === id);
  return `${code(id)} (${code(`${method} ${path}`)})`;
}

/** The answer without what is noise, its body cut to what is around the convicting part. */
function excerptOf({ response, marked = { start: 0, end: 0 } }) {
  const blank = response.indexOf('\n\n');
  const end = blank < 0 ? response.length : blank;
  const told = response.slice(marked.start, Math.min(end, marked.end));
  const lines = response.slice(0, end).split('\n');
  const head = lines.filter((line) => !NOISE.test(line) || (told !== '' && line.includes(told)));
  const body = response.slice(end + 2);
  const from = Math.max(0, marked.start - end - 2 - AROUND);
  const to = Math.max(0, marked.end - end - 2) + AROUND;
  const cut = `${from > 0 ? '…' : ''}${body.slice(from, to)}${to < body.length ? '…' : ''}`;
  return [...head, '', cut].join('\n').trimEnd();
}
