import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { commands } from './commands/index.ts';
import { Interrupted, report } from './errors.ts';

/** What shells report after Ctrl-C: 128 + SIGINT. */
const INTERRUPTED = 130;

const { version, description } = createRequire(import.meta.url)('../../package.json') as {
  version: string;
  description: string;
};

const program = new Command('evenhand')
  .description(description)
  .version(version, '-V, --version', 'print the version')
  .helpOption('-h, --help', 'print this help')
  .helpCommand(false)
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(oneLine(text)) });
for (const command of commands) program.addCommand(command().copyInheritedSettings(program));

// `evenhand ... | head` closes the pipe early: not an error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else if (error instanceof Interrupted) {
    process.stderr.write(`evenhand: ${error.message}\n`);
    process.exitCode = INTERRUPTED;
  } else process.exitCode = report(error);
}

/** Commander's message and its suggestion, which come on two lines. */
function oneLine(text: string): string {
  const [first, ...rest] = text.trim().split('\n');
  const suggestion = rest.length > 0 ? ` ${rest.join(' ')}` : '';
  return `evenhand: ${first.replace(/^error: /, '')}${suggestion}; see evenhand --help\n`;
}
