/** What stands in a file of a Secret, whoever wrote it: its values, and the same with others. */
import { asList, asMap, at, type Mapping } from "../model/unknown.ts";

export type Values = Readonly<Record<string, string>>;

/** Those of `data` are base64. Of a SopsSecret, what its first template has. */
export function valuesIn(object: Mapping): Values {
  const { data, stringData } = isTemplates(object) ? firstTemplate(object) : object;
  return {
    ...Object.fromEntries(
      Object.entries(asMap(data)).map(([key, value]) => [key, Buffer.from(String(value), "base64").toString()]),
    ),
    ...Object.fromEntries(Object.entries(asMap(stringData)).map(([key, value]) => [key, String(value)])),
  };
}

/** Everything else stays, such as labels and keys somebody added. */
export function withValues(object: Mapping, values: Values): Mapping {
  if (!isTemplates(object)) return withValuesOf(object, values);
  const [, ...others] = asList(at(object, "spec", "secretTemplates"));
  const templates = [withValuesOf(firstTemplate(object), values), ...others];
  return { ...object, spec: { ...asMap(object["spec"]), secretTemplates: templates } };
}

function withValuesOf({ data, stringData, ...object }: Mapping, values: Values): Mapping {
  const rest = Object.fromEntries(Object.entries(asMap(data)).filter(([key]) => values[key] === undefined));
  return {
    ...object,
    ...(Object.keys(rest).length > 0 && { data: rest }),
    stringData: { ...asMap(stringData), ...values },
  };
}

const isTemplates = (object: Mapping): boolean => object["kind"] === "SopsSecret";

const firstTemplate = (object: Mapping): Mapping => asMap(at(object, "spec", "secretTemplates", 0));
