/** Commands on a machine called NODE that lets people in over SSH. */
export const inShell = (...commands: readonly string[]): readonly string[] =>
  commands.map((command) => `ssh NODE '${command}'`);
