/** What the judge has to reach: the shares of what it must find, of the servers that break something and of the suspicious ones. */
const SHARES = { faulty: 0.98, suspicious: 0.8 };

/**
 * Holds outcomes to what a judge has to reach: no false alarm, no crash, no hang, and these shares.
 * @param {readonly { expected: string, verdict: string }[]} outcomes
 * @param {(outcome: object) => boolean} isRight
 * @returns {{ passed: number, failed: number, lines: readonly string[] }} a line for each claim
 */
export function checkOutcomes(outcomes, isRight) {
  const groups = {
    faulty: outcomes.filter(({ expected }) => expected !== 'none' && expected !== 'suspicious'),
    suspicious: outcomes.filter(({ expected }) => expected === 'suspicious'),
  };
  const shares = Object.entries(SHARES).map(([name, share]) => {
    const found = groups[name].filter(isRight).length;
    return [found >= share * groups[name].length, `${found} of ${groups[name].length} ${name} servers found`];
  });
  const conforming = outcomes.filter(({ expected }) => expected === 'none');
  const alarms = conforming.filter((each) => !isRight(each)).length;
  const broken = outcomes.filter(({ verdict }) => verdict === 'crash' || verdict === 'hang').length;
  const claims = [
    ...shares,
    [alarms === 0, `${alarms} false alarms of ${conforming.length} conforming servers`],
    [broken === 0, `${broken} runs without a verdict of ${outcomes.length}`],
  ];
  const passed = claims.filter(([holds]) => holds).length;
  return {
    passed,
    failed: claims.length - passed,
    lines: claims.map(([holds, words]) => `${holds ? 'ok    ' : 'NOT OK'} ${words}`),
  };
}
