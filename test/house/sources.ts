/** The files of the repository the house rules speak about. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../support/paths.ts";
import type { SourceFile } from "./imports.ts";

/** Text files below the named files and folders of the checkout; what is not there yet is left out. */
export function sources(places: readonly string[], wanted: (path: string) => boolean = () => true): SourceFile[] {
  return places
    .filter((place) => existsSync(join(checkout, place)))
    .flatMap((place) => (statSync(join(checkout, place)).isDirectory() ? below(place) : [place]))
    .filter(wanted)
    .map((path) => ({ path, text: readFileSync(join(checkout, path), "utf8") }));
}

const below = (folder: string): string[] =>
  readdirSync(join(checkout, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? below(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]));
