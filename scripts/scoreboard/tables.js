/** What is expected of a judge, as the columns say it: what convicts, what is merely suspicious, what conforms. */
const CONVICTS = ['description', 'semantics', 'standard'];

/**
 * Two tables in Markdown: each judge's outcomes by what convicts the servers, and by family.
 * @param {readonly { judge: string, family: string, expected: string, seconds: number }[]} outcomes
 * @param {(outcome: object) => boolean} isRight
 * @param {(judge: string) => string} titleOf
 */
export function tablesOf(outcomes, isRight, titleOf) {
  const judges = [...new Set(outcomes.map(({ judge }) => judge))];
  const rowsOf = (cellsOf) =>
    judges.map((judge) => [titleOf(judge), ...cellsOf(outcomes.filter((each) => each.judge === judge))]);
  const share = (all) => `${all.filter(isRight).length}/${all.length}`;
  const faulty = (all) => all.filter(({ expected }) => CONVICTS.includes(expected));
  const expecting = (all, wanted) => all.filter(({ expected }) => expected === wanted);
  const families = [...new Set(faulty(outcomes).map(({ family }) => family))].sort();

  const byCause = rowsOf((all) => {
    const found = faulty(all);
    const conforming = expecting(all, 'none');
    const alarms = conforming.length - conforming.filter(isRight).length;
    return [
      `${share(found)} (${percent(found.filter(isRight).length, found.length)})`,
      ...CONVICTS.map((cause) => share(expecting(all, cause))),
      share(expecting(all, 'suspicious')),
      `${alarms}/${conforming.length}`,
      median(all.map(({ seconds }) => seconds)).toFixed(1),
    ];
  });
  const byFamily = rowsOf((all) =>
    families.map((family) => share(faulty(all).filter((each) => each.family === family))),
  );
  return [
    table(['', 'faults found', ...CONVICTS, 'suspicious noticed', 'false alarms', 'median s'], byCause),
    table(['faults found', ...families], byFamily),
  ].join('\n');
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |\n`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('');
}

function percent(part, whole) {
  return `${whole === 0 ? 0 : Math.floor((100 * part) / whole)} %`;
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
