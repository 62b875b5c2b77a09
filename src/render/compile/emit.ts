/** The whole of templates/ as a JavaScript module. */
import { compileFile } from "./compileFile.ts";

// Every template function carries a fallback for a runtime older than the one bundled with it.
const FALLBACK =
  /lookupProperty = container\.lookupProperty \|\| function\(parent, propertyName\) \{[^]*?return undefined\s*\};/g;
// And places in the source with every look-up and call; errors name the template and the key of the view instead.
const PLACE = /,\s*(?:"loc":)?\{"start":\{"line":\d+,"column":\d+\},"end":\{"line":\d+,"column":\d+\}\}/g;

const lean = (javascript: string): string =>
  javascript.replace(FALLBACK, "lookupProperty = container.lookupProperty;").replace(PLACE, "");

/** Keys of `files` are paths below templates/. Throws TemplateError at the first file that is refused. */
export function emitTemplates(files: Readonly<Record<string, string>>): string {
  const seen = new Map<string, string>();
  const entries = Object.keys(files)
    .sort()
    .map((file) => {
      const { id, compiled } = compileFile(file, files[file] ?? "");
      const twin = seen.get(id);
      if (twin !== undefined) throw new Error(`templates/${file} and templates/${twin} are one template`);
      seen.set(id, file);
      return `  ${JSON.stringify(id)}: ${"text" in compiled ? JSON.stringify(compiled.text) : lean(compiled.javascript)},\n`;
    });
  return `export const templates = {\n${entries.join("")}};\n`;
}
