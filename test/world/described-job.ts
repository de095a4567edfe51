import { valueAt } from '../../src/documents/pointer.ts';
import { readDocument } from '../../src/documents/read.ts';
import { isObject, type JsonObject } from '../../src/json.ts';
import { packageFile } from '../../src/package-files.ts';

const description = await readDocument(packageFile('spec/openapi.yaml'));

/** One job, as `spec/openapi.yaml` describes it. */
export const jobSchema: JsonObject = {
  ...component('Job'),
  properties: { ...propertiesOf(component('Job')), audit: component('Audit') },
};

function component(name: string): JsonObject {
  const schema = valueAt(description.value, `/components/schemas/${name}`);
  return isObject(schema) ? schema : {};
}

export function propertiesOf({ properties }: JsonObject): JsonObject {
  return isObject(properties) ? properties : {};
}
