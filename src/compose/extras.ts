/** What a composition needs beside the plan. */
export interface Extras {
  /** homelab.yaml as it will stand in the repository. */
  readonly specText: string;
  /** Version of this program, for the lines that call it. */
  readonly version: string;
}
