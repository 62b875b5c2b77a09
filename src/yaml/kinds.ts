/** What objects a text of ours holds. */

/** `group/Kind` of each document. Our printer and templates put both keys at column 1; parsing would cost a create its budget. */
export function kindsIn(text: string): readonly string[] {
  return text.split(/^---$/m).flatMap((document) => {
    const version = /^apiVersion: (\S+)$/m.exec(document)?.[1];
    const kind = /^kind: (\S+)$/m.exec(document)?.[1];
    if (version === undefined || kind === undefined) return [];
    const group = version.includes("/") ? version.slice(0, version.indexOf("/")) : "";
    return [`${group}/${kind}`];
  });
}
