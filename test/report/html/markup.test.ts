import { expect, test } from '@jest/globals';
import { html, raw } from '../../../src/report/html/markup.ts';

test('what is put in is text, in elements and in attributes', () => {
  expect(String(html`<p title="${`"'&`}">${'<b>&amp;</b>'}</p>`)).toBe(
    '<p title="&quot;&#39;&amp;">&lt;b&gt;&amp;amp;&lt;/b&gt;</p>',
  );
});

test('markup stays markup, of lists each item, numbers are shown and nothing is nothing', () => {
  const items = ['<', 'b'].map((each) => html`<li>${each}</li>`);
  expect(String(html`<ul>${items}</ul>${raw('<hr>')}${0}${undefined}`)).toBe(
    '<ul><li>&lt;</li><li>b</li></ul><hr>0',
  );
});
