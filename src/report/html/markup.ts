import { html, type SafeHtml } from '@remix-run/html-template';

/** HTML that is safe to show. */
export type Markup = SafeHtml;

/** HTML from a template: what is put in is escaped, unless it is markup itself; of lists each item, and `undefined` is nothing. */
export { html };

/** Text that is markup already. */
export function raw(text: string): Markup {
  return html.raw`${text}`;
}
