import { expect, test } from '@jest/globals';
import { cutDeep } from '../../src/contract/json-depth.ts';

test('what is nested too deeply is null', () => {
  expect(cutDeep('{"a":[1,{"b":[2]},[3]],"c":{"d":{}}}', 2)).toBe('{"a":[1,null,null],"c":{"d":null}}');
});

test('what is not stays as it is', () => {
  expect(cutDeep(' [1, {"a]": "}"}] ', 2)).toBe(' [1, {"a]": "}"}] ');
});
