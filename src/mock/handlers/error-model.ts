/** The documented error: `ErrorModel` of the description, as far as the mock writes it itself. */
export interface ErrorModel {
  /** From 1000 to 1100. */
  readonly code: number;
  readonly type: string;
  readonly message: string;
}

/** Makes the content of an error; properties in the documented order. */
export function errorModel({ code, type, message }: ErrorModel): ErrorModel {
  return { code, type, message };
}
