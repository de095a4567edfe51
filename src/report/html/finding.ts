import type { Finding } from '../../contract/verdict.ts';
import { counted, type RuleWords, sourceOf } from '../finding.ts';
import { printable } from '../printable.ts';
import { html, type Markup } from './markup.ts';
import { transcriptToHtml } from './transcript.ts';

/** Characters of a value; a command line is shown whole. */
const VALUE_LIMIT = 2000;

/** One finding, folded up or open: what is wrong, expected and seen, what to do, the exchange, and how to repeat it. */
export function findingToHtml(
  finding: Finding,
  id: string,
  rule: RuleWords | undefined,
  isOpen: boolean,
): Markup {
  const { severity, check, message, count, operation, evidence } = finding;
  return html`
  <details class="finding ${severity}" id="${id}" ${isOpen ? 'open' : ''}>
    <summary>
      ${chip(severity)}
      <h3>${printable(message)}</h3>
      <p class="facts"><code>${printable(check)}</code>${operation && html`<span>${printable(operation.id)}</span>`}${
        count > 0 ? html`<span>in ${counted(count, 'exchange')}</span>` : ''
      }</p>
    </summary>
    <div class="body">
      <div class="compare">
        ${value('Expected', finding.expected, 'expected')}
        ${value('Seen', finding.actual, 'seen')}
      </div>
      <dl class="about">
        ${entry('At', finding.pointer, 'code')}
        ${entry('Rule', rule?.claim)}
        ${entry('Source', sourceOf(finding), 'code')}
        ${entry('What to do', rule?.fix)}
      </dl>
      ${evidence && transcriptToHtml(evidence)}
      ${command(finding.curl)}
    </div>
  </details>`;
}

/** A severity as a label. */
export function chip(severity: Finding['severity']): Markup {
  return html`<span class="chip ${severity}">${severity}</span>`;
}

function value(title: string, text: string, kind: string): Markup | undefined {
  return text === ''
    ? undefined
    : html`<figure class="${kind}"><figcaption>${title}</figcaption><pre>${printable(text, VALUE_LIMIT)}</pre></figure>`;
}

function entry(title: string, text: string | undefined, kind = 'prose'): Markup | undefined {
  if (text === undefined || text === '') {
    return undefined;
  }
  const shown = printable(text, VALUE_LIMIT);
  return html`<div><dt>${title}</dt><dd>${kind === 'code' ? html`<code>${shown}</code>` : shown}</dd></div>`;
}

function command(curl: string): Markup | undefined {
  return curl === ''
    ? undefined
    : html`<figure class="command">
        <figcaption>Repeat it</figcaption>
        <pre tabindex="0" role="region" aria-label="Command line">${printable(curl, Number.POSITIVE_INFINITY)}</pre>
        <button type="button" class="copy" hidden>Copy</button>
      </figure>`;
}
