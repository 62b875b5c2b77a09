/**
 * Writes generated/, the modules that are made from data: templates/ compiled, src/catalog/pins.yaml as objects.
 * A file is only touched when its content changes, so watchers stay quiet.
 */
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "rolldown";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Node 20 runs no TypeScript, so what is needed of src/ is bundled first, where its packages can be found. */
async function load(entry) {
  const name = `${entry.replaceAll("/", "-")}.${process.pid}.mjs`;
  const file = join(root, "node_modules/.cache/create-homelab-net", name);
  await build({
    cwd: root,
    input: entry,
    platform: "node",
    // Packages stay where they are; what is generated is bundled, since the next run would find the old one loaded.
    external: /^(?!#|\.|\/|src\/)/,
    output: { file, format: "esm", codeSplitting: false },
    logLevel: "warn",
  });
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    await rm(file);
  }
}

async function readTree(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return Object.fromEntries(files.map((file, index) => [relative(folder, file).split(sep).join("/"), texts[index]]));
}

async function write(name, text) {
  const file = join(root, "generated", name);
  const before = await readFile(file, "utf8").catch(() => undefined);
  if (before === text) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.${process.pid}`, text);
  await rename(`${file}.${process.pid}`, file);
}

const typed = (name, type, from) =>
  `import type { ${type.replace("readonly ", "").replace("[]", "")} } from "../src/${from}";\n\nexport declare const ${name}: ${type};\n`;

async function generateTemplates() {
  const { emitTemplates } = await load("src/render/compile/emit.ts");
  await write("templates.js", emitTemplates(await readTree(join(root, "templates"))));
  await write("templates.d.ts", typed("templates", "CompiledSet", "render/compiled.ts"));
}

const PIN_KEYS = ["id", "kind", "source", "version", "datasource", "depName"];
const PIN_KINDS = ["chart", "image", "git", "tool", "provider", "action"];
/** What pins of a kind may say beside that. */
const MORE_KEYS = {
  action: ["digest"],
  chart: ["chart"],
  git: ["versioning"],
  tool: ["versionCommand", "minorsApart"],
};

class PinError extends Error {
  name = "PinError";
}

function checkPins(pins, file) {
  if (!Array.isArray(pins)) throw new PinError(`${file}: not a list`);
  const seen = new Set();
  for (const [index, pin] of pins.entries()) {
    const where = `${file}: pin ${pin?.id ?? index + 1}`;
    const wrong = PIN_KEYS.filter((key) => typeof pin?.[key] !== "string" || pin[key] === "");
    if (wrong.length > 0) throw new PinError(`${where}: ${wrong.join(", ")} must be text`);
    if (pin.kind === "action" && !/^[0-9a-f]{40}$/.test(pin.digest))
      throw new PinError(`${where}: digest must be a commit`);
    const known = [...PIN_KEYS, "windows", "refused", ...(MORE_KEYS[pin.kind] ?? [])];
    const extra = Object.keys(pin).filter((key) => !known.includes(key));
    if (extra.length > 0) throw new PinError(`${where}: unknown ${extra.join(", ")}`);
    if (!PIN_KINDS.includes(pin.kind)) throw new PinError(`${where}: kind is one of ${PIN_KINDS.join(", ")}`);
    if (seen.has(pin.id)) throw new PinError(`${where} stands twice`);
    seen.add(pin.id);
  }
  for (const { id, windows = [], refused = [] } of pins) {
    for (const window of windows) checkWindow(window, seen, `${file}: pin ${id}`);
    for (const one of refused) checkRefused(one, `${file}: pin ${id}`);
  }
}

const VERSION = /^\d+(\.\d+)?$/;

function checkRefused({ line, because, source, ...extra }, where) {
  const wrong = [
    ...(VERSION.test(line) ? [] : ["line"]),
    ...(typeof because === "string" ? [] : ["because"]),
    ...(typeof source === "string" ? [] : ["source"]),
    ...Object.keys(extra),
  ];
  if (wrong.length > 0) throw new PinError(`${where}: a refused line is wrong in ${wrong.join(", ")}`);
}

function checkWindow({ line, with: other, from, to, outside, where: component, source, ...extra }, pins, where) {
  const wrong = [
    ...(VERSION.test(line) ? [] : ["line"]),
    ...(pins.has(other) ? [] : ["with"]),
    ...([from, to].every((end) => end === undefined || VERSION.test(end)) && (from ?? to) ? [] : ["from, to"]),
    ...(["fails", "untested"].includes(outside) ? [] : ["outside"]),
    ...(["string", "undefined"].includes(typeof component) ? [] : ["where"]),
    ...(typeof source === "string" ? [] : ["source"]),
    ...Object.keys(extra),
  ];
  if (wrong.length > 0) throw new PinError(`${where}: a window is wrong in ${wrong.join(", ")}`);
}

async function generatePins() {
  const file = "src/catalog/pins.yaml";
  const { readDocuments } = await load("src/yaml/documents.ts");
  const [pins] = readDocuments(await readFile(join(root, file), "utf8"), file);
  checkPins(pins, file);
  await write("pins.js", `export const pins = ${JSON.stringify(pins, null, 2)};\n`);
  await write("pins.d.ts", typed("pins", "readonly Pin[]", "model/unit.ts"));
}

/** Needs the two others: the table is read off the whole catalog. */
async function generateProgram() {
  const { version, bugs } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const { programTable } = await load("src/cli/table.ts");
  await write("program.js", `export const program = ${JSON.stringify(programTable(version, bugs.url), null, 2)};\n`);
  await write("program.d.ts", typed("program", "Program", "cli/program.ts"));
}

/** Of mistakes in templates and pins only the message helps: where, and what. Anything else keeps its stack. */
function report(error) {
  const isMistake = ["TemplateError", "UserError", "PinError"].includes(error.name);
  process.stderr.write(`error: ${isMistake ? error.message : error.stack}\n`);
  process.exitCode = 1;
}

await Promise.all([generateTemplates(), generatePins()]).then(generateProgram).catch(report);
