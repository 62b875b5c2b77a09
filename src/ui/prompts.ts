/** The four prompts in use, named one by one: taking the whole package would load sixteen times as much. */
export { checkbox, confirm, input, select } from "@inquirer/prompts";
