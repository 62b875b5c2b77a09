/** What the build makes of templates/: the content of generated/templates.js. */

/** A file copied as it is, or the object Handlebars' precompiler writes. */
export type Compiled = string | { readonly compiler: unknown; readonly main: unknown };

/** By template id. */
export type CompiledSet = Readonly<Record<string, Compiled>>;
