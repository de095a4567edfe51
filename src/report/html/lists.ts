import type { Report } from '../../contract/verdict.ts';
import { healedOf, type RuleWords, titleOf, waiverOf } from '../finding.ts';
import { sentence } from '../headline.ts';
import { printable } from '../printable.ts';
import { chip } from './finding.ts';
import { html, type Markup } from './markup.ts';

/** A part of the page that can be reached by its id. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  /** What stands in the heading in the place of the count. */
  readonly note?: string;
  readonly content: Markup;
}

/** Findings that are put up with, each with its reason. */
export function waivedSection({ waived = [] }: Report): Section {
  const items = waived.map(
    (each) => html`
    <li>
      <p>${chip(each.finding.severity)} ${titleOf(each.finding)}</p>
      <p class="quiet">${waiverOf({ ...each, waiver: { ...each.waiver, link: undefined } })}${link(each.waiver.link)}</p>
    </li>`,
  );
  return { id: 'waived', title: 'Waived', count: waived.length, content: list(items) };
}

/** Waivers that can go. */
export function healedSection({ healed = [] }: Report): Section {
  const items = healed.map((waiver) => html`<li>${healedOf(waiver)}</li>`);
  return { id: 'healed', title: 'Healed', count: healed.length, content: list(items) };
}

/** What this target gave no chance to test, and what would change that. */
export function untestedSection({ untested }: Report): Section {
  const rows = untested.map(
    ({ check, reason }) =>
      html`<tr><th scope="row"><code>${printable(check)}</code></th><td>${sentence(reason)}</td></tr>`,
  );
  const content = table('Rule', 'Why, and what would make it testable', rows);
  return { id: 'untested', title: 'Untested', count: untested.length, content };
}

/** The rules that were tested and found kept. */
export function keptSection({ kept }: Report, rules: readonly RuleWords[]): Section {
  const rows = kept.map((check) => {
    const claim = rules.find(({ id }) => id === check)?.claim ?? '';
    return html`<tr><th scope="row"><code>${printable(check)}</code></th><td>${claim}</td></tr>`;
  });
  const content = html`
  <details class="more">
    <summary>What was seen to hold</summary>
    ${table('Rule', 'Claim', rows)}
  </details>`;
  return { id: 'kept', title: 'Kept', count: kept.length, content };
}

/** Remarks on how the run came about. */
export function notesSection({ notes }: Report): Section {
  const items = notes.map((note) => html`<li>${sentence(note)}</li>`);
  return { id: 'notes', title: 'Notes', count: notes.length, content: list(items) };
}

function list(items: Markup[]): Markup {
  return html`<ul class="list">${items}</ul>`;
}

function table(first: string, second: string, rows: Markup[]): Markup {
  return html`<table>
    <thead><tr><th scope="col">${first}</th><th scope="col">${second}</th></tr></thead>
    <tbody>${rows}</tbody>
  </table>`;
}

/** Only a link that a browser opens and does not run. */
function link(url = ''): Markup | undefined {
  const href = URL.canParse(url) ? new URL(url).href : '';
  return /^https?:/.test(href) ? html` <a href="${href}" rel="noreferrer">${printable(url)}</a>` : undefined;
}
