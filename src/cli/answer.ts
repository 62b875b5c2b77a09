/** What a command that writes nothing has to say on stdout; 2 when it found something wrong. */
export interface Answer {
  readonly text: string;
  readonly exitCode: 0 | 2;
}
