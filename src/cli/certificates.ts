import { X509Certificate } from 'node:crypto';
import { readText, toUrl } from '../documents/read.ts';
import { KitError } from '../errors.ts';

/** A certificate in its textual form (RFC 7468 5). */
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/**
 * Reads a PEM file of certificates.
 * @throws KitError DOCUMENT_UNREADABLE; USAGE for a file without any, or with one that is broken
 */
export async function readCertificates(file: string): Promise<string> {
  const pem = await readText(toUrl(file));
  const certificates = pem.match(CERTIFICATE) ?? [];
  if (certificates.length === 0 || !certificates.every(isWhole)) {
    throw KitError.of('USAGE', {
      reason: `${file} holds ${certificates.length === 0 ? 'no certificate' : 'a broken certificate'}`,
      advice: 'Give a PEM file with "-----BEGIN CERTIFICATE-----" in it.',
    });
  }
  return pem;
}

function isWhole(certificate: string): boolean {
  try {
    return new X509Certificate(certificate).raw.length > 0;
  } catch {
    return false;
  }
}
