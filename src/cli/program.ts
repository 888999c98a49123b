import { Command, CommanderError } from "commander";
import type { World } from "../contracts/world.ts";
import { COMMANDS } from "./commands/index.ts";
import { EXIT, type Tell } from "./tell.ts";

/** What a command is given besides its own arguments. */
export interface CommandContext {
  readonly world: World;
  readonly tell: Tell;
  /** The command says how it ended; 0 when it says nothing. */
  exit(code: number): void;
}

/** One command: a file, a line in the list. */
export interface CommandModule {
  register(program: Command, context: CommandContext): void;
}

/** Options every command shares. */
export interface CommonOptions {
  readonly config?: string;
  readonly data?: string;
}

/** Runs one command line and answers the exit code. Never throws. */
export async function runProgram(argv: readonly string[], world: World, tell: Tell): Promise<number> {
  let code: number = EXIT.done;
  const context: CommandContext = {
    world,
    tell,
    exit(value) {
      code = value;
    },
  };
  const program = new Command("leastwise")
    .description("who can do what on AWS and GitHub, who still needs it, who approved it, and is it really gone")
    .version(world.version)
    .option("--config <file>", "configuration (default: leastwise.yaml in this folder)")
    .option("--data <folder>", "data directory (default: .leastwise, or LEASTWISE_DATA)")
    .configureOutput({
      writeOut: (text) => tell.answer(text),
      writeErr: (text) => tell.say(text.trimEnd()),
      outputError: (text, write) => write(text.replace(/^error: /, "error: ").replace(/\.\n$/, "\n")),
    })
    .exitOverride();
  for (const command of COMMANDS) command.register(program, context);
  // Subcommands inherit these only when they are made after them: none may exit by itself, and each names its own help.
  const overrideAll = (command: Command, name: string): void => {
    const lists = command.commands.length > 0 ? "lists the commands" : "shows how it is called";
    command.exitOverride().showHelpAfterError(`  hint: \`${name} --help\` ${lists}`);
    for (const sub of command.commands) overrideAll(sub, `${name} ${sub.name()}`);
  };
  overrideAll(program, "leastwise");
  try {
    await program.parseAsync([...argv]);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.mistake;
    return tell.error(error);
  }
}
