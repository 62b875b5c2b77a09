/** What is wrong with a template, for whoever is writing it: `components/x/values.yaml.hbs:12:4: …`. */

/** 1-based line, 1-based column. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export class TemplateError extends Error {
  constructor(id: string, { line, column }: Position, message: string) {
    super(`templates/${id}.hbs:${line}:${column}: ${message}`);
    this.name = "TemplateError";
  }
}

/** Stops the build with a message; the template's id is known where it is made. */
export type Refuse = (at: Position, message: string) => never;
