import type { MemberCoverage, PropertyCoverage } from '../../contract/body-coverage.ts';
import type { OperationCoverage, ParameterCoverage, ResponseCoverage } from '../../contract/coverage.ts';
import type { Report } from '../../contract/verdict.ts';
import { summaryOf, type Tally } from '../coverage.ts';
import { counted } from '../finding.ts';
import { printable } from '../printable.ts';
import type { Section } from './lists.ts';
import { html, type Markup } from './markup.ts';

/** A map of the description: what of it was seen, and what never. */
export function coverageSection({ coverage = [] }: Report): Section {
  const { tallies, unseen } = summaryOf(coverage);
  const content = html`
    <ul class="tallies">${tallies.map(tally)}</ul>
    <p class="legend"><span class="place seen">seen</span> <span class="place unseen">never seen</span></p>
    ${coverage.map((each) => operationMap(each))}`;
  return { id: 'coverage', title: 'Coverage', count: coverage.length, note: noteOn(unseen), content };
}

function noteOn(unseen: readonly string[]): string {
  return unseen.length === 0 ? 'all was seen' : `never seen: ${unseen.length}`;
}

function tally({ kind, seen, all }: Tally): Markup {
  return html`<li><b>${seen}</b> of ${all} ${kind}<progress value="${seen}" max="${all}" aria-hidden="true"></progress></li>`;
}

function operationMap({ operation, requests, parameters, responses }: OperationCoverage): Markup {
  return html`
    <div class="map">
      <h3>${printable(operation)} <span class="quiet">${counted(requests, 'request')}</span></h3>
      ${parameters.length > 0 ? group('Parameters', html`${parameters.map(parameter)}`) : undefined}
      ${responses.map(response)}
    </div>`;
}

function response({ status, seen, mediaTypes }: ResponseCoverage): Markup {
  const types = mediaTypes.map(
    ({ type, seen: isSeen, properties }) => html`
        <li>${place(printable(type), isSeen)}<ul>${properties.map(property)}</ul></li>`,
  );
  const title = html`${place(printable(status), seen > 0)} <span class="quiet">${counted(seen, 'answer')}</span>`;
  return group(title, html`${types}`);
}

function group(title: Markup | string, items: Markup): Markup {
  return html`
      <div class="group"><h4>${title}</h4><ul>${items}</ul></div>`;
}

function parameter({ name, in: where, required, seen, omitted, values = [] }: ParameterCoverage): Markup {
  const absence = required ? undefined : html` ${place('left out', omitted)}`;
  return html`
        <li>${place(printable(name), seen)} <span class="quiet">${where}</span>${absence}${members(values)}</li>`;
}

function property({ pointer, seen, values = [] }: PropertyCoverage): Markup {
  return html`
          <li>${place(pointer === '' ? 'the body' : printable(pointer), seen)}${members(values)}</li>`;
}

function members(values: readonly MemberCoverage[]): Markup | undefined {
  const items = values.map(({ value, seen }) => html` ${place(printable(value), seen)}`);
  return items.length > 0 ? html`<span class="members">${items}</span>` : undefined;
}

/** Not by its colour alone. */
function place(name: string, seen: boolean): Markup {
  return seen
    ? html`<code class="place seen">${name}</code>`
    : html`<code class="place unseen">${name}<span class="hidden"> (never seen)</span></code>`;
}
