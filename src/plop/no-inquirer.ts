/** Stands in for inquirer in the bundle: node-plop loads it at start, and no generator of ours asks through it. */
const refuse = (): never => {
  throw new Error("a generator asked through plop's own prompts; ask through the session instead");
};

export default {
  prompt: refuse,
  registerPrompt: refuse,
  createPromptModule: () => Object.assign(refuse, { registerPrompt: refuse }),
};
