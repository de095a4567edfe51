/** How the page looks, in light and dark, on paper and on a phone. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f4f5f8;
  --surface: #fff;
  --sunken: #f6f7fa;
  --line: #dde1e9;
  --text: #1a2030;
  --quiet: #566074;
  --accent: #2f4ccf;
  --error: #b3261e;
  --error-soft: #fcebea;
  --warning: #8a5300;
  --warning-soft: #fdf2df;
  --good: #17663a;
  --good-soft: #e5f5eb;
  --mark: #ffd84d;
  --on-mark: #1a1500;
  --radius: 0.625rem;
  font: 16px/1.5 system-ui, sans-serif;
}

@media (prefers-color-scheme: dark) {
  :root {
    --page: #101218;
    --surface: #191c24;
    --sunken: #12151c;
    --line: #303646;
    --text: #e6e9f0;
    --quiet: #a0a9bb;
    --accent: #9bacff;
    --error: #ff9d94;
    --error-soft: #3a1a1a;
    --warning: #f5bf63;
    --warning-soft: #35270f;
    --good: #7fd8a0;
    --good-soft: #13301f;
    --mark: #f0c419;
    --on-mark: #1a1500;
  }
}

* {
  box-sizing: border-box;
}

body {
  max-width: 76rem;
  margin: 0 auto;
  padding: clamp(1rem, 4vw, 3rem);
  background: var(--page);
  color: var(--text);
  overflow-wrap: anywhere;
}

h1, h2, h3, p, dl, dd, figure, ul, pre {
  margin: 0;
}

code, pre {
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  font-size: 0.8125rem;
}

pre {
  padding: 0.75rem;
  border: 1px solid var(--line);
  border-radius: calc(var(--radius) - 0.25rem);
  background: var(--sunken);
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}

a {
  color: var(--accent);
}

:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
}

mark {
  border-radius: 0.2em;
  padding: 0.05em 0.15em;
  background: var(--mark);
  color: var(--on-mark);
  font-weight: 700;
  box-decoration-break: clone;
  -webkit-box-decoration-break: clone;
}

.quiet, figcaption, dt {
  color: var(--quiet);
}

.hidden {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
}

/* The verdict */

.verdict {
  padding: clamp(1.25rem, 3vw, 2rem);
  border: 1px solid var(--line);
  border-top: 0.375rem solid var(--tone);
  border-radius: var(--radius);
  background: var(--surface);
}

.conforms, .good { --tone: var(--good); --tone-soft: var(--good-soft); }
.violates, .error { --tone: var(--error); --tone-soft: var(--error-soft); }
.no-verdict, .warning { --tone: var(--warning); --tone-soft: var(--warning-soft); }
.plain { --tone: var(--text); --tone-soft: var(--sunken); }

.verdict h1 {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  gap: 0.25rem 0.75rem;
  font-size: clamp(1.25rem, 3vw, 1.625rem);
  line-height: 1.3;
  letter-spacing: -0.01em;
}

.verdict h1 strong {
  color: var(--tone);
}

.verdict h1 span {
  font-weight: 500;
}

.run {
  display: grid;
  grid-template-columns: max-content 1fr;
  gap: 0.125rem 1.25rem;
  margin-top: 1rem;
  font-size: 0.9375rem;
}

.figures {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr));
  gap: 0.75rem;
  margin-top: 1.5rem;
  padding: 0;
  list-style: none;
}

.figures li {
  display: grid;
  padding: 0.625rem 0.875rem;
  border-radius: calc(var(--radius) - 0.25rem);
  background: var(--tone-soft);
  color: var(--quiet);
  font-size: 0.8125rem;
}

.figures b {
  color: var(--tone);
  font-size: 1.5rem;
  line-height: 1.25;
  font-variant-numeric: tabular-nums;
}

/* Sections */

section {
  margin-top: 2.5rem;
}

.heading {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  gap: 0.5rem;
  margin-bottom: 0.875rem;
}

h2 {
  font-size: 1.25rem;
}

.heading .count {
  color: var(--quiet);
  font-variant-numeric: tabular-nums;
}

.heading .tools {
  display: flex;
  gap: 0.5rem;
  margin-left: auto;
}

button {
  padding: 0.25rem 0.75rem;
  border: 1px solid var(--line);
  border-radius: 99rem;
  background: var(--surface);
  color: var(--text);
  font: inherit;
  font-size: 0.8125rem;
  cursor: pointer;
}

button:hover {
  border-color: var(--accent);
  color: var(--accent);
}

button[hidden] {
  display: none;
}

.list, table, .empty {
  width: 100%;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--surface);
}

.empty {
  padding: 1.5rem;
}

.list {
  padding: 0;
  list-style: none;
}

.list li {
  padding: 0.75rem 1rem;
}

.list li + li, tbody tr + tr > * {
  border-top: 1px solid var(--line);
}

table {
  table-layout: fixed;
  border-spacing: 0;
  font-size: 0.9375rem;
}

th, td {
  padding: 0.5rem 1rem;
  text-align: left;
  vertical-align: top;
}

th {
  font-weight: 500;
}

th:first-child {
  width: 14rem;
}

thead th {
  border-bottom: 1px solid var(--line);
  color: var(--quiet);
  font-size: 0.8125rem;
}

/* Findings */

.chip {
  display: inline-block;
  padding: 0.0625rem 0.5rem;
  border-radius: 99rem;
  background: var(--tone-soft);
  color: var(--tone);
  font-size: 0.75rem;
  font-weight: 600;
}

.finding {
  border: 1px solid var(--line);
  border-left: 0.25rem solid var(--tone);
  border-radius: var(--radius);
  background: var(--surface);
  scroll-margin-top: 1rem;
}

.finding + .finding {
  margin-top: 0.75rem;
}

summary {
  display: grid;
  grid-template-columns: max-content 1fr max-content;
  align-items: baseline;
  gap: 0.125rem 0.75rem;
  padding: 0.875rem 1rem;
  border-radius: var(--radius);
  cursor: pointer;
  list-style: none;
}

summary::-webkit-details-marker {
  display: none;
}

summary::after {
  content: "";
  grid-row: 1;
  grid-column: 3;
  align-self: center;
  width: 0.5rem;
  height: 0.5rem;
  border: solid var(--quiet);
  border-width: 0 2px 2px 0;
  transform: rotate(45deg) translate(-2px, -2px);
}

details[open] > summary::after {
  transform: rotate(-135deg) translate(-2px, -2px);
}

h3 {
  font-size: 1rem;
  font-weight: 600;
}

.facts {
  display: flex;
  flex-wrap: wrap;
  grid-column: 2;
  gap: 0 0.5rem;
  color: var(--quiet);
  font-size: 0.875rem;
}

.facts span::before {
  content: "·";
  margin-right: 0.5rem;
}

.body {
  display: grid;
  gap: 1rem;
  padding: 0 1rem 1rem;
}

.compare, .transcript {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
  gap: 1rem;
}

figure {
  position: relative;
  display: grid;
  grid-template-rows: max-content 1fr;
  gap: 0.25rem;
  min-width: 0;
}

figcaption, dt {
  font-size: 0.8125rem;
}

.transcript pre {
  max-height: 22rem;
  overflow: auto;
}

.expected { --tone: var(--good); --tone-soft: var(--good-soft); }
.seen { --tone: var(--error); --tone-soft: var(--error-soft); }
.warning .seen { --tone: var(--warning); --tone-soft: var(--warning-soft); }

.expected pre, .seen pre {
  border-color: transparent;
  background: var(--tone-soft);
  color: var(--tone);
}

.about {
  display: grid;
  gap: 0.25rem;
  font-size: 0.9375rem;
}

.about div {
  display: grid;
  grid-template-columns: 6rem 1fr;
  gap: 0 0.75rem;
  align-items: baseline;
}

.command pre {
  padding-right: 5.5rem;
}

.command button {
  position: absolute;
  right: 0.5rem;
  bottom: 0.5rem;
}

footer {
  margin-top: 3rem;
  color: var(--quiet);
  font-size: 0.8125rem;
}

@media (max-width: 40rem) {
  summary {
    grid-template-columns: 1fr max-content;
  }
  summary .chip {
    justify-self: start;
    margin-bottom: 0.25rem;
  }
  summary h3, .facts {
    grid-column: 1 / -1;
  }
  summary::after {
    grid-column: 2;
  }
  .run, .about div {
    grid-template-columns: 1fr;
  }
  .run dd + dt, .about div + div {
    margin-top: 0.375rem;
  }
  .figures {
    grid-template-columns: repeat(3, 1fr);
    gap: 0.5rem;
  }
  .figures li {
    align-content: start;
    padding: 0.5rem;
  }
  thead {
    display: none;
  }
  tr, th, td, th:first-child {
    display: block;
    width: auto;
  }
  th {
    padding-bottom: 0;
  }
  td {
    padding-top: 0;
  }
  tbody tr + tr td {
    border-top: 0;
  }
  .command pre {
    padding: 0.75rem 0.75rem 3rem;
  }
}

@media print {
  :root {
    --page: #fff;
    font-size: 11px;
  }
  body {
    padding: 0;
  }
  button {
    display: none;
  }
  .transcript pre {
    max-height: none;
  }
  .figures li, .chip, .expected pre, .seen pre, mark {
    print-color-adjust: exact;
    -webkit-print-color-adjust: exact;
  }
  summary, .compare, .command, tr, .list li {
    break-inside: avoid;
  }
  summary, h2 {
    break-after: avoid;
  }
}
`;
