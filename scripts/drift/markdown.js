/** Text that others wrote, as Markdown (GitHub's) that shows it and does nothing else. Each takes a single line unless it says more. */

/** As prose: every character that Markdown could read as more than itself is escaped. */
export function prose(text) {
  return text.replace(/[\\`*_[\]<>&#~|$]/g, '\\$&');
}

/** As code within a line, between more backticks than it has in a row. */
export function code(text) {
  const fence = '`'.repeat(longestRun(text) + 1);
  const blank = /^[` ]|[` ]$/.test(text) ? ' ' : '';
  return `${fence}${blank}${text}${blank}${fence}`;
}

/** Lines of code, between longer fences than any in it. */
export function block(text, language) {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A table of cells that are Markdown already; a bar would end a cell even within code. */
export function table(head, rows) {
  const rule = head.map((_, index) => (index === 0 ? '---' : ':---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');
}

function cell(markdown) {
  return markdown.replace(/(?<!\\)\|/g, '\\|');
}

function longestRun(text) {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}
