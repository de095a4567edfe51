import { sameMediaType } from '../http/media-type.ts';
import type { Description, MediaType, Operation, Parameter, ResponseDescription } from './model.ts';

/**
 * The response that describes a status: its own key, else its range, else `default`.
 * https://spec.openapis.org/oas/v3.0.3#responses-object
 */
export function findResponse(operation: Operation, status: number): ResponseDescription | undefined {
  const keys = [String(status), `${Math.floor(status / 100)}XX`, 'default'];
  for (const key of keys) {
    const response = operation.responses.find((each) => each.key === key);
    if (response) {
      return response;
    }
  }
  return undefined;
}

/** The described media type that a Content-Type names, parameters and letter case apart. */
export function findMediaType(response: ResponseDescription, contentType: string): MediaType | undefined {
  return response.mediaTypes.find(({ type }) => sameMediaType(type, contentType));
}

/** What a value of a parameter is taken for. */
export function meantBy(value: string, { aliases }: Pick<Parameter, 'aliases'>): string {
  const pattern = (like: string) => new RegExp(like, 's');
  const alias = aliases.find(({ like }) => pattern(like).test(value));
  return alias ? value.replace(pattern(alias.like), alias.as) : value;
}

/** What a description is made of, for people: `openapi.yaml with companions, gravitino-1.3`. */
export function sourcesOf({ source, overlays }: Description): string {
  const names = overlays.map((overlay) =>
    (overlay.split('/').at(-1) ?? '').replace(/(\.overlay)?\.\w+$/, ''),
  );
  return names.length === 0 ? source : `${source} with ${names.join(', ')}`;
}
