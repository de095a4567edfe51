import { packageFile } from '../package-files.ts';
import { loadDescription } from './load.ts';
import type { Description } from './model.ts';

/** The shipped description: the endpoint alone. */
export const ENDPOINT = packageFile('spec/openapi.yaml');

/** What a mock serves. */
export interface Served {
  readonly description: Description;
  /** Loads the same description with more operations, for the requests that need one of these. */
  readonly companions?: () => Promise<Description>;
}

/**
 * The overlays that add to the shipped description what its users call around it; none for another description, which
 * has operations of its own.
 */
export function companionsOf(description: string): readonly string[] {
  return description === ENDPOINT ? [packageFile('spec/companions.overlay.yaml')] : [];
}

/**
 * Loads what a mock serves: a description with overlays and, unless it is to be the endpoint alone, with its companions.
 * Loading these takes as long as everything else together, so it waits until somebody asks for them; but not where
 * overlays may be about them.
 * @throws KitError as `loadDescription` does
 */
export async function loadServed(
  source: string,
  overlays: readonly string[],
  endpointOnly: boolean,
): Promise<Served> {
  const more = endpointOnly ? [] : companionsOf(source);
  if (more.length === 0 || overlays.length > 0) {
    return { description: await loadDescription(source, { overlays: [...more, ...overlays] }) };
  }
  return {
    description: await loadDescription(source),
    companions: () => loadDescription(source, { overlays: more }),
  };
}
