import { expect, test } from '@jest/globals';
import { Hangs } from '../../src/contract/hangs.ts';

test('the first hang of a kind is tried twice, the second once, and then no more are sent', () => {
  const hangs = new Hangs();
  expect(hangs.patienceFor('OPTIONS')).toEqual({ tries: 2 });
  hangs.sawHang('OPTIONS');
  expect(hangs.patienceFor('OPTIONS')).toEqual({ tries: 1 });
  hangs.sawHang('OPTIONS');
  expect(hangs.patienceFor('OPTIONS')).toBeUndefined();
  expect(hangs.patienceFor('GET')).toEqual({ tries: 2 });
});

test('of a kind that is answered, too, the rest is given up sooner, but not before the slowest answer', () => {
  const hangs = new Hangs();
  hangs.sawAnswer('GET', 3);
  hangs.sawHang('GET');
  hangs.sawHang('GET');
  expect(hangs.patienceFor('GET')).toEqual({ tries: 1, seconds: 0.5 });
  hangs.sawAnswer('GET', 400);
  expect(hangs.patienceFor('GET')).toEqual({ tries: 1, seconds: 1.6 });
});
