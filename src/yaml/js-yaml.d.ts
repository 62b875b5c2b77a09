/** Only a second reader for the property tests; the package brings no types. */
declare module "js-yaml" {
  export function load(text: string): unknown;
}
