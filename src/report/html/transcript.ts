import type { Transcript } from '../../contract/verdict.ts';
import { printable } from '../printable.ts';
import { html, type Markup } from './markup.ts';

/** The request and what came back, side by side, with the part that convicts marked. */
export function transcriptToHtml({ request, response, marked }: Transcript): Markup {
  const { start, end } = marked ?? { start: response.length, end: response.length };
  const convicting = lines(response.slice(start, end));
  return html`
    <div class="transcript">
      ${wire('Request', html`${lines(request)}`)}
      ${wire(
        'Response',
        html`${lines(response.slice(0, start))}${marked && html`<mark>${convicting}</mark>`}${lines(response.slice(end))}`,
      )}
    </div>`;
}

function wire(title: string, text: Markup): Markup {
  return html`<figure>
        <figcaption>${title}</figcaption>
        <pre tabindex="0" role="region" aria-label="${title}">${text}</pre>
      </figure>`;
}

/** Text in which the ends of lines stay, and nothing else that a reader would not see. */
function lines(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => printable(line, Number.POSITIVE_INFINITY))
    .join('\n');
}
