import type { TlsTrust } from './raw-send.ts';

/** Which certificates of a server are accepted. */
export interface TrustOptions {
  /** Certificates in PEM of those who may have signed the server's, in place of the authorities that Node knows. */
  readonly ca?: string;
  /** Accepts any certificate of the server, which a note of the report says; default false. */
  readonly insecure?: boolean;
}

export function trustOf({ ca, insecure = false }: TrustOptions): TlsTrust {
  return { ...(ca !== undefined && { ca }), rejectUnauthorized: !insecure };
}

/** The same for curl. In which file the certificates are is not known here. */
export function trustInCurl({ ca, insecure = false }: TrustOptions): readonly string[] {
  if (insecure) {
    return ['-k'];
  }
  return ca === undefined ? [] : ['--cacert "$CA"'];
}

export function noteOnTrust({ insecure = false }: TrustOptions, origin: string): readonly string[] {
  return insecure && origin.startsWith('https:') ? ['The certificate of the server was not checked.'] : [];
}
