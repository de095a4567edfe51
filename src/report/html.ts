import { createHash } from 'node:crypto';
import type { Report } from '../contract/verdict.ts';
import { packageVersion } from '../package-files.ts';
import { nounFor, type RuleWords } from './finding.ts';
import { type Headline, headlineOf, sentence } from './headline.ts';
import { SCRIPT, STYLE } from './html/assets.ts';
import { coverageSection } from './html/coverage.ts';
import { findingToHtml } from './html/finding.ts';
import {
  healedSection,
  keptSection,
  notesSection,
  type Section,
  untestedSection,
  waivedSection,
} from './html/lists.ts';
import { html, type Markup, raw } from './html/markup.ts';

export interface HtmlOptions {
  /** Whether warnings fail the run; the headline says so. */
  readonly strict: boolean;
  /** When the report was made. */
  readonly now: Date;
}

/** So many findings are unfolded; of more, each reader picks. */
const OPEN = 5;

/**
 * The report for a browser: one HTML file that needs nothing else. Whatever a target sent is shown as text, and a policy
 * in the page lets nothing run or load but its own style and script.
 */
export function reportToHtml(report: Report, rules: readonly RuleWords[], options: HtmlOptions): string {
  const headline = headlineOf(report, options.strict);
  const sections = [
    waivedSection(report),
    healedSection(report),
    untestedSection(report),
    coverageSection(report),
    keptSection(report, rules),
    notesSection(report),
  ].filter(({ count }) => count > 0);
  return `${html`<!doctype html>
<html lang="en">
${head(report, headline)}
<body>
<header class="verdict ${headline.meaning}">${summary(report, headline, options.now)}</header>
<main>${findings(report, rules)}${sections.map((each) => section(each))}</main>
<footer>Made by jobs-kit ${packageVersion()}.</footer>
<p class="hidden" role="status"></p>
<script>${raw(SCRIPT)}</script>
</body>
</html>
`}`;
}

function head(report: Report, { word }: Headline): Markup {
  const policy = `default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}; base-uri 'none'; form-action 'none'`;
  return html`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${word}: ${sentence(report.target)}</title>
<style>${raw(STYLE)}</style>
</head>`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function summary(report: Report, { word, text }: Headline, now: Date): Markup {
  const time = now.toISOString();
  return html`
  <h1><strong>${word}</strong> <span>${text}</span></h1>
  <dl class="run">
    <dt>Target</dt><dd>${sentence(report.target)}</dd>
    <dt>Description</dt><dd>${sentence(report.description)}</dd>
    <dt>Made</dt><dd><time datetime="${time}">${time.slice(0, 16).replace('T', ' ')} UTC</time></dd>
  </dl>
  ${report.verdict === 'no-verdict' ? undefined : figures(report)}
`;
}

function figures({ findings, waived = [], untested, kept, requests, durationMs }: Report): Markup {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  return html`<ul class="figures">
    ${figure(errors, nounFor(errors, 'error'), errors > 0 ? 'error' : 'good')}
    ${figure(warnings, nounFor(warnings, 'warning'), warnings > 0 ? 'warning' : 'good')}
    ${waived.length > 0 ? figure(waived.length, 'waived') : undefined}
    ${figure(untested.length, 'untested')}
    ${figure(kept.length, `${nounFor(kept.length, 'rule')} kept`)}
    ${figure(requests, nounFor(requests, 'exchange'))}
    ${figure((durationMs / 1000).toFixed(1), 'seconds')}
  </ul>`;
}

function figure(value: number | string, label: string, tone = 'plain'): Markup {
  return html`<li class="${tone}"><b>${value}</b> ${label}</li>`;
}

function findings({ verdict, findings: found }: Report, rules: readonly RuleWords[]): Markup | undefined {
  if (verdict === 'no-verdict') {
    return undefined;
  }
  const items = found.map((finding, index) => {
    const rule = rules.find(({ id }) => id === finding.check);
    return findingToHtml(finding, `finding-${index + 1}`, rule, index < OPEN);
  });
  const content = found.length > 0 ? html`${items}` : html`<p class="empty">No rule was found broken.</p>`;
  const tools = html`<span class="tools">
      <button type="button" data-open="true" hidden>Unfold all</button>
      <button type="button" data-open="false" hidden>Fold all</button>
    </span>`;
  return section(
    { id: 'findings', title: 'Findings', count: found.length, content },
    found.length > 1 ? tools : undefined,
  );
}

function section({ id, title, count, note, content }: Section, tools?: Markup): Markup {
  return html`
<section id="${id}" aria-labelledby="${id}-title">
  <div class="heading"><h2 id="${id}-title">${title}</h2><span class="count">${note ?? count}</span>${tools}</div>
  ${content}
</section>`;
}
