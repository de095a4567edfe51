import type { SourceDocument } from '../documents/document.ts';
import { appendToken } from '../documents/pointer.ts';
import type { Location } from '../errors.ts';

interface Place {
  readonly document: SourceDocument;
  readonly pointer: string;
}

/** Remembers for every object and array of the effective description which line of which document it came from. */
export class Origins {
  readonly #places = new WeakMap<object, Place>();
  /** Members that an overlay set on an object of another document. */
  readonly #members = new WeakMap<object, Map<string, Place>>();

  /** Notes the place of every container of a freshly parsed value. */
  adopt(value: unknown, document: SourceDocument, pointer = ''): void {
    if (typeof value !== 'object' || value === null || this.#places.has(value)) {
      return;
    }
    this.#places.set(value, { document, pointer });
    for (const [key, child] of Object.entries(value)) {
      this.adopt(child, document, appendToken(pointer, key));
    }
  }

  /** Notes that a member of `target` now comes from the same member of `source`. */
  moveMember(target: object, key: string, source: object, sourceKey = key): void {
    const place = this.#placeOf(source, sourceKey);
    if (place) {
      const members = this.#members.get(target) ?? new Map<string, Place>();
      this.#members.set(target, members.set(key, place));
    }
  }

  /** Gives a copy the places of its original. */
  copy(copy: object, original: object): void {
    const place = this.#places.get(original);
    const members = this.#members.get(original);
    if (place) {
      this.#places.set(copy, place);
    }
    if (members) {
      this.#members.set(copy, members);
    }
  }

  /** Where an object stands, or one of its members; a member that is absent is looked for at the object itself. */
  locate(node: object, key = ''): Location {
    const place = key === '' ? this.#places.get(node) : this.#placeOf(node, key);
    return place ? place.document.locate(place.pointer) : { file: '(object)', line: 1 };
  }

  #placeOf(node: object, key: string): Place | undefined {
    const moved = this.#members.get(node)?.get(key);
    const own = this.#places.get(node);
    return moved ?? (own && { document: own.document, pointer: appendToken(own.pointer, key) });
  }
}
