/** What a run starts from: a file, a preset, or nothing. */
import { FindingsError, UserError } from "../../src/model/errors.ts";
import { suggest } from "../../src/model/suggest.ts";
import { normalise } from "../../src/tree/lines.ts";
import { read } from "../../src/yaml/read.ts";
import type { Session } from "../generator.ts";
import type { Draft } from "./draft.ts";

export interface Start {
  readonly draft: Draft;
  /** The text to keep, with its comments, when there is one. */
  readonly text: string | undefined;
  readonly file: string;
  /** Chosen at the first question: its choices stand in the draft, and what is the user's own does not. */
  readonly preset?: { readonly draft: Draft; readonly text: string };
}

export const NOTHING: Start = { draft: {}, text: undefined, file: "homelab.yaml" };

const PRESETS = "presets";

/** What flags or the environment say; undefined when they leave it open. */
export async function startOf(session: Session): Promise<Start | undefined> {
  const { config, preset } = sourceOf(session);
  if (config !== undefined)
    return fromText(await session.readInput(config), config === "-" ? "standard input" : config);
  return preset === undefined ? undefined : fromPreset(preset, session);
}

export const fromPreset = (name: string, session: Session): Start =>
  fromText(presetText(name, session), "homelab.yaml");

/** A flag is stronger than the environment, also where the two name different things to start from. */
function sourceOf(session: Session): { readonly config?: string | undefined; readonly preset?: string | undefined } {
  for (const said of [session.flags, session.environment]) {
    const [config, preset] = [said.get("config")?.at(-1), said.get("preset")?.at(-1)];
    if (config !== undefined && preset !== undefined) {
      throw new UserError(
        "--config and --preset both say what to start from",
        "give one of them; --set changes single values of either",
      );
    }
    if (config !== undefined || preset !== undefined) return { config, preset };
  }
  return {};
}

/** The words stay as they are; a new repository has one kind of line end, and no byte order mark. */
const tidy = (text: string): string => normalise(text.replace(/^\uFEFF/, "").replace(/\r+\n|\r/g, "\n"));

function fromText(given: string, file: string): Start {
  const text = tidy(given);
  const { value, problems } = read(text, file, { aliases: "refuse" });
  if (problems.length > 0) throw new FindingsError(problems);
  if (value === null || value === undefined) return { draft: {}, text, file };
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new UserError(
      `${file} holds ${Array.isArray(value) ? "a list" : "a single value"}, and homelab.yaml is a map of keys`,
      "begin with version: 1 and name: NAME",
    );
  }
  return { draft: value as Draft, text, file };
}

/** What most people want comes first, where the cursor is. */
const USUAL = "talos-cilium-envoy";

export const presetNames = ({ templates }: Session["catalog"]): readonly string[] =>
  templates
    .list(PRESETS)
    .map((id) => id.slice(PRESETS.length + 1).replace(/\.yaml$/, ""))
    .sort((a, b) => Number(b === USUAL) - Number(a === USUAL));

export function presetText(name: string, { catalog }: Session): string {
  const names = presetNames(catalog);
  if (names.includes(name)) return catalog.templates.render(`${PRESETS}/${name}.yaml`, {});
  const near = suggest(name, names);
  throw new UserError(
    `there is no preset ${name}`,
    near === undefined ? `presets: ${names.join(", ")}` : `did you mean ${near}?`,
  );
}
