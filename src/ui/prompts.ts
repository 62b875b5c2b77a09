/** The prompts in use, named one by one: taking the whole package would load many times as much. */
export { checkbox, confirm, input, password, select } from "@inquirer/prompts";
