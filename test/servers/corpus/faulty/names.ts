import { decodeOnce } from '../api.ts';
import { casesOf } from '../case.ts';
import { both, data, habits, isAbsent, reply, type Which } from '../change.ts';
import { errorReply, jsonReply } from '../reply.ts';
import { type Job, namesOf, renamed, type World } from '../world.ts';

const failure = errorReply(500, 'RuntimeException', 'Internal Server Error', 1002);

/** Finds the first metalake that fits. */
const found = (fits: (existing: string, name: string) => boolean) =>
  habits({
    find: (name, world) => world.metalakes.get(name) ?? first(world, (existing) => fits(existing, name)),
  });

/** Changes a name before it is looked up. */
const named = (change: (name: string) => string) =>
  habits({ find: (name, { metalakes }) => metalakes.get(change(name)) });

/** Fails for names with something in them. */
const failsOn = (test: (name: string) => boolean): ReturnType<typeof reply> =>
  reply(
    failure,
    both(isAbsent, ({ metalake }) => test(metalake)),
  );

const isRead = (method: string) => method === 'GET' || method === 'HEAD';

const failsOnPath = (test: (path: string) => boolean): ReturnType<typeof reply> => {
  const which: Which = ({ method, target }) => isRead(method) && test(target.split('?')[0] ?? '');
  return reply(failure, which);
};

function first({ metalakes }: World, fits: (name: string) => boolean): readonly Job[] | undefined {
  return [...metalakes].find(([name]) => fits(name))?.[1];
}

/** Which name names what, and what names do to a server. */
export const NAMES = casesOf('F', [
  [
    'name-case',
    'semantics',
    'finds metalakes in any letter case',
    found((existing, name) => existing.toLowerCase() === name.toLowerCase()),
  ],
  [
    'name-prefix',
    'semantics',
    'finds a metalake by the beginning of its name',
    found((existing, name) => name.length > 2 && existing.startsWith(name)),
  ],
  [
    'name-suffix',
    'semantics',
    'finds a metalake whose name the given one begins with',
    found((existing, name) => name.startsWith(existing)),
  ],
  [
    'name-substring',
    'semantics',
    'finds a metalake by a part of its name',
    found((existing, name) => name.length > 2 && existing.includes(name)),
  ],
  ['name-trimmed', 'semantics', 'trims names', named((name) => name.trim())],
  ['name-decoded-twice', 'semantics', 'decodes names twice', named((name) => decodeOnce(name) ?? name)],
  ['name-undecoded', 'standard', 'does not decode names', habits({ decodePath: (raw) => raw })],
  [
    'name-partly-decoded',
    'standard',
    'decodes none but reserved characters of names',
    habits({ decodePath: (raw) => decodeOnce(raw.replace(/%(?=[46-7][0-9a-f]|3\d)/gi, '%25')) }),
  ],
  [
    'name-case-folded',
    'semantics',
    'writes names in small letters before it looks them up',
    [data(renamed((name, index) => (index === 0 ? `Q${name}` : name))), named((name) => name.toLowerCase())],
  ],
  [
    'name-like',
    'semantics',
    'takes % and _ in names for wildcards',
    found(
      (existing, name) =>
        /[%_]/.test(name) &&
        new RegExp(
          `^${name
            .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
            .replace(/%/g, '.*')
            .replace(/_/g, '.')}$`,
          's',
        ).test(existing),
    ),
  ],
  [
    'name-glob',
    'semantics',
    'takes * in names for a wildcard',
    found((existing, name) => name === '*' || (name.endsWith('*') && existing.startsWith(name.slice(0, -1)))),
  ],
  [
    'name-regex',
    'semantics',
    'takes names for regular expressions',
    found((existing, name) => {
      try {
        return new RegExp(`^(?:${name})$`).test(existing);
      } catch {
        return false;
      }
    }),
  ],
  ['name-cut-at-nul', 'semantics', 'cuts names at NUL', named((name) => name.split('\0')[0] ?? '')],
  [
    'name-cut-at-slash',
    'semantics',
    'cuts names at an encoded slash',
    named((name) => name.split('/')[0] ?? ''),
  ],
  [
    'name-cut-at-question',
    'semantics',
    'cuts names at an encoded question mark',
    named((name) => name.split(/[?#]/)[0] ?? ''),
  ],
  [
    'name-cut-at-dot',
    'semantics',
    'takes a dot for the beginning of a format',
    named((name) => name.replace(/\.\w+$/, '')),
  ],
  [
    'name-traversal',
    'semantics',
    'resolves encoded dot segments inside names',
    named((name) => resolved(name)),
  ],
  [
    'name-trailing-slash',
    'semantics',
    'ignores an encoded slash at the end of names',
    named((name) => name.replace(/\/$/, '')),
  ],
  [
    'name-backslash',
    'semantics',
    'takes an encoded backslash for a slash',
    named((name) => resolved(name.replaceAll('\\', '/'))),
  ],
  ['name-dots', 'semantics', 'ignores dots at the end of names', named((name) => name.replace(/\.+$/, ''))],
  [
    'name-4-characters',
    'semantics',
    'looks at the first four characters of names alone',
    [
      data(renamed((name, index) => `${'pqr'[index]}${name}`)),
      found((existing, name) => name.length >= 4 && existing.slice(0, 4) === name.slice(0, 4)),
    ],
  ],
  [
    'name-latin1',
    'semantics',
    'reads names as Latin-1',
    [
      data(renamed((name, index) => (index === 0 ? `${name}ü` : name))),
      named((name) => Buffer.from(name).toString('latin1')),
    ],
  ],
  [
    'name-normalised',
    'suspicious',
    'finds metalakes after Unicode normalisation',
    [
      data(renamed((name, index) => (index === 0 ? `${name}é` : name))),
      named((name) => name.normalize('NFC')),
    ],
  ],
  [
    'name-accents',
    'suspicious',
    'finds metalakes without their accents',
    [
      data(renamed((name, index) => (index === 0 ? `${name}é` : name))),
      found((existing, name) => plain(existing) === plain(name)),
    ],
  ],
  [
    'name-dashes',
    'suspicious',
    'takes dashes for underscores',
    [
      data(renamed((name, index) => (index === 0 ? `x_${name}` : name))),
      found((existing, name) => existing.replace(/-/g, '_') === name.replace(/-/g, '_')),
    ],
  ],
  [
    'name-malformed',
    'suspicious',
    'sends an empty list for a name that cannot be decoded',
    reply(
      jsonReply(200, { code: 0, jobs: [] }),
      ({ target, method }) => isRead(method) && /%(?![0-9a-f]{2})/i.test(target.split('?')[0] ?? ''),
    ),
  ],
  [
    'name-null',
    'suspicious',
    'finds a metalake of the name "null"',
    habits({
      find: (name, { metalakes }) =>
        metalakes.get(name) ?? (/^(null|undefined)$/.test(name) ? [] : undefined),
    }),
  ],
  [
    'name-of-object',
    'standard',
    'fails for the names of object methods',
    failsOn((name) => ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'].includes(name)),
  ],
  [
    'name-plus',
    'suspicious',
    'takes + in a path for a blank',
    [
      data(renamed((name, index) => (index === 0 ? `${name} x` : name))),
      habits({ decodePath: (raw) => decodeOnce(raw.replaceAll('+', ' ')) }),
    ],
  ],
  ['name-quote-500', 'standard', 'fails for a quote in a name', failsOn((name) => /['"]/.test(name))],
  ['name-nul-500', 'standard', 'fails for NUL in a name', failsOn((name) => name.includes('\0'))],
  [
    'name-long-500',
    'standard',
    'fails for names of more than 200 characters',
    failsOn((name) => name.length > 200),
  ],
  [
    'name-65-500',
    'standard',
    'fails for names of more than 64 characters',
    failsOn((name) => name.length > 64),
  ],
  [
    'name-emoji-500',
    'standard',
    'fails for an emoji in a name',
    failsOn((name) => /[\u{10000}-\u{10ffff}]/u.test(name)),
  ],
  [
    'name-unicode-500',
    'standard',
    'fails for letters outside ASCII in a name',
    failsOn((name) => /[^\p{ASCII}]/u.test(name)),
  ],
  ['name-blank-500', 'standard', 'fails for a blank in a name', failsOn((name) => name.includes(' '))],
  [
    'name-slash-500',
    'standard',
    'fails for an encoded slash in a name',
    failsOnPath((path) => /%2f/i.test(path)),
  ],
  [
    'name-percent-500',
    'standard',
    'fails for an encoded percent sign in a name',
    failsOnPath((path) => /%25/i.test(path)),
  ],
  [
    'name-malformed-500',
    'standard',
    'fails for a malformed escape in a path',
    failsOnPath((path) => /%(?![0-9a-f]{2})/i.test(path)),
  ],
  [
    'name-invalid-utf8-500',
    'standard',
    'fails for bytes in a path that are no UTF-8',
    failsOnPath((path) => /%f[ef]|%c[01]/i.test(path)),
  ],
  [
    'name-dots-500',
    'standard',
    'fails for dot segments',
    failsOnPath((path) => /\/(\.|%2e){1,2}(\/|$)/i.test(path)),
  ],
  [
    'name-crlf',
    'standard',
    'copies names into a header',
    {
      head: (text, { metalake }) =>
        text.replace('\r\n', `\r\nX-Metalake: ${Buffer.from(metalake).toString('latin1')}\r\n`),
    },
  ],
  [
    'name-in-html',
    'suspicious',
    'copies names into an error page that is called HTML',
    reply(
      ({ metalake }) => ({
        ...jsonReply(404, {}),
        headers: [['Content-Type', 'text/html']],
        bytes: Buffer.from(`<h1>No metalake ${metalake}</h1>`),
      }),
      both(isAbsent, ({ metalake }) => metalake.includes('<')),
    ),
  ],
  [
    'slash-500',
    'standard',
    'fails for a slash at the end of the path',
    failsOnPath((path) => path.endsWith('/runs/')),
  ],
  [
    'slashes-500',
    'standard',
    'fails for two slashes in the path',
    failsOnPath((path) => path.includes('//')),
  ],
  [
    'semicolon-500',
    'standard',
    'fails for a semicolon in the path',
    failsOnPath((path) => path.includes(';')),
  ],
  [
    'name-leak',
    'semantics',
    'lists the jobs of the second metalake in the first, too',
    habits({
      find: (name, world) => {
        const [one, two] = namesOf(world);
        return name === one
          ? [...(world.metalakes.get(one) ?? []), ...(world.metalakes.get(two ?? '') ?? [])]
          : world.metalakes.get(name);
      },
    }),
  ],
]);

/** Like a file system. */
function resolved(name: string): string {
  const parts: string[] = [];
  for (const part of name.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '.' && part !== '') {
      parts.push(part);
    }
  }
  return parts.join('/');
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}
