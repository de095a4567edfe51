import { packageFile } from '../package-files.ts';

/** The shipped description: the endpoint alone. */
export const ENDPOINT = packageFile('spec/openapi.yaml');

/**
 * The overlays that add to the shipped description what its users call around it; none for another description, which
 * has operations of its own.
 */
export function companionsOf(description: string): readonly string[] {
  return description === ENDPOINT ? [packageFile('spec/companions.overlay.yaml')] : [];
}
