const KIB = 1024;
const MIB = 1024 * KIB;

/** The most bytes of the heads of one answer, interim ones included, that are read: 128 KiB. */
export const HEAD_LIMIT = 128 * KIB;

/** The most header lines of one head, and the most interim answers in front of an answer, that are read. */
export const LINES_LIMIT = 1000;
export const INTERIM_LIMIT = 100;

/** The longest chunk line and trailer section that are read: 16 KiB. */
export const CHUNK_LINE_LIMIT = 16 * KIB;

/** The most bytes of one body that are kept, before and after decoding: 32 MiB. */
export const BODY_LIMIT = 32 * MIB;

/** The most bytes of a body that are kept beside what it was read as: 256 KiB. */
export const BEGINNING = 256 * KIB;

/** The most bytes of all the bodies that are read at the same time: 96 MiB. */
export const BODIES_LIMIT = 96 * MIB;

/** The most bytes of one answer, or of one request, that are kept as they went over the wire: 64 KiB. */
export const KEPT = 64 * KIB;

/** The most bytes behind an answer, or between two, that are kept. */
export const SURPLUS_KEPT = KIB;

/** The most faults of one answer that are told. */
export const FAULTS_TOLD = 20;

/** A number of bytes for people: `32 MiB`. */
export function sizeText(bytes: number): string {
  return bytes < MIB ? `${bytes / KIB} KiB` : `${bytes / MIB} MiB`;
}
