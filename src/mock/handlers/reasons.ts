import type { TransportName } from '../transport-answers.ts';

/** The reasons of refusals in words, and the transport answer for an operation whose description has none. */
export const REASONS: Readonly<Record<string, readonly [TransportName, string]>> = {
  'absent-metalake': ['absent-thing', 'no metalake "{metalake}"'],
  'absent-template': ['absent-thing', 'no job template "{template}" in metalake "{metalake}"'],
  'absent-job': ['absent-thing', 'no job "{job}" in metalake "{metalake}"'],
  'unknown-filter': ['absent-thing', 'no job template "{template}" in metalake "{metalake}"'],
  'metalake-exists': ['conflict', 'there is a metalake "{name}" already'],
  'template-exists': ['conflict', 'there is a job template "{name}" in metalake "{metalake}" already'],
  'disabled-metalake': ['conflict', 'metalake "{metalake}" is not in use'],
  'metalake-in-use': ['conflict', 'metalake "{metalake}" is in use'],
  'template-in-use': ['conflict', 'job template "{template}" has jobs that have not ended'],
  'wrong-template-type': ['malformed-body', 'job template "{template}" is not of the type {type}'],
  'empty-filter': ['malformed-body', 'the name of the job template is empty'],
  'missing-file': ['malformed-body', 'there is no file {file}'],
  'unreachable-file': ['malformed-body', 'nothing is to be had from {file}'],
  'clashing-files': ['malformed-body', '{file} has the file name of the executable'],
  'no-content': ['malformed-body', '{reason}'],
  'malformed-body': ['malformed-body', '{reason}'],
  'unsupported-media-type': ['unsupported-media-type', '{reason}'],
};
