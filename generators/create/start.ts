/** What a run starts from: a file, a preset, or nothing. */
import { FindingsError, UserError } from "../../src/model/errors.ts";
import { suggest } from "../../src/model/suggest.ts";
import { read } from "../../src/yaml/read.ts";
import { given, type Session } from "../generator.ts";
import type { Draft } from "./draft.ts";

export interface Start {
  readonly draft: Draft;
  /** The text to keep, with its comments, when there is one. */
  readonly text: string | undefined;
  readonly file: string;
}

const PRESETS = "presets";

export async function startOf(session: Session): Promise<Start> {
  const config = given(session, "config");
  const preset = given(session, "preset");
  if (config !== undefined && preset !== undefined) {
    throw new UserError(
      "--config and --preset both say what to start from",
      "give one of them; --set changes single values of either",
    );
  }
  if (config !== undefined)
    return fromText(await session.readInput(config), config === "-" ? "standard input" : config);
  if (preset !== undefined) return fromText(presetText(preset, session), "homelab.yaml");
  return { draft: {}, text: undefined, file: "homelab.yaml" };
}

function fromText(text: string, file: string): Start {
  const { value, problems } = read(text, file, { aliases: "refuse" });
  if (problems.length > 0) throw new FindingsError(problems);
  const draft = typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Draft) : {};
  return { draft, text, file };
}

export const presetNames = ({ templates }: Session["catalog"]): readonly string[] =>
  templates.list(PRESETS).map((id) => id.slice(PRESETS.length + 1).replace(/\.yaml$/, ""));

function presetText(name: string, { catalog }: Session): string {
  const names = presetNames(catalog);
  if (names.includes(name)) return catalog.templates.render(`${PRESETS}/${name}.yaml`, {});
  const near = suggest(name, names);
  throw new UserError(
    `there is no preset ${name}`,
    near === undefined ? `presets: ${names.join(", ")}` : `did you mean ${near}?`,
  );
}
