import { type Probe, probeOf, type Target } from './probe.ts';

/** Methods that only read, and harmless paths next to the documented one; `below` is what nothing below it is called. */
export function besides(target: Target, absent: Target, below: string | undefined): readonly Probe[] {
  const preflight = [
    ['Origin', 'https://example.invalid'],
    ['Access-Control-Request-Method', 'GET'],
  ] as const;
  return [
    probeOf(target, ' with HEAD', { method: 'HEAD', beside: 'method' }),
    probeOf(absent, ' with HEAD', { method: 'HEAD', beside: 'method' }),
    probeOf(target, ' with OPTIONS', { method: 'OPTIONS', beside: 'method' }),
    probeOf(target, ' with a preflight', { method: 'OPTIONS', beside: 'method', headers: preflight }),
    ...siblings(target, below),
    probeOf(target, ' with a trailing slash', { path: (path) => `${path}/`, beside: 'slashes' }),
    probeOf(target, ' with two slashes at the start', { path: (path) => `/${path}`, beside: 'slashes' }),
    probeOf(target, ' with two slashes inside', {
      path: (path) => path.replace(/(.)\/(?=[^/]*$)/, '$1//'),
      beside: 'slashes',
    }),
  ];
}

/** Methods that may change something, towards a name that nothing has, without a body. */
export function undescribedMethods(absent: Target, described: readonly string[]): readonly Probe[] {
  return ['PUT', 'PATCH', 'DELETE', 'POST', 'TRACE', 'PROPFIND', 'BREW']
    .filter((method) => !described.includes(method))
    .map((method) => probeOf(absent, ` with ${method}`, { method, beside: 'method' }));
}

/** A path that begins like the documented one. */
function siblings(target: Target, below: string | undefined): readonly Probe[] {
  return target.operation.path.endsWith('}')
    ? []
    : [
        probeOf(target, ' at a path beside', { path: (path) => `${path}X`, beside: 'path' }),
        ...(below === undefined
          ? []
          : [probeOf(target, ' at a path below', { path: (path) => `${path}/${below}`, beside: 'path' })]),
      ];
}
