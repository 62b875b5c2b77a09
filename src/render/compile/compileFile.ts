/** One file of templates/: compiled when it ends in `.hbs`, copied as it is otherwise. */
import type { TemplateId } from "../../model/unit.ts";
import { compileTemplate, type CompiledSource } from "./compileTemplate.ts";
import { TemplateError } from "./refusal.ts";

/** `file` is the path below templates/. Throws TemplateError. */
export function compileFile(file: string, text: string): { id: TemplateId; compiled: CompiledSource } {
  const source = text.replaceAll("\r\n", "\n");
  if (file.endsWith(".hbs")) {
    const id = file.slice(0, -".hbs".length);
    return { id, compiled: compileTemplate(id, source) };
  }
  const at = source.search(/[\0\ufffd]/);
  if (at >= 0)
    throw new TemplateError(file, { line: source.slice(0, at).split("\n").length, column: 1 }, "not text in UTF-8");
  return { id: file, compiled: { text: source.endsWith("\n") ? source : `${source}\n` } };
}
