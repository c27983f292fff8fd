#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { CeladonError } from '@celadon/kernel'
import { InputError } from '@celadon/platform/files'
import { Command, CommanderError } from 'commander'
import { CommandError } from './command-error.js'
import { addInit } from './commands/init.js'
import { addLesson } from './commands/lesson.js'
import { addLogs } from './commands/logs.js'
import { addMetrics } from './commands/metrics.js'
import { addSimulate } from './commands/simulate.js'
import { EXIT_CODE_HELP, EXIT_CODES } from './exit-codes.js'
import { Interruption } from './interruption.js'

const packageJson: { readonly version: string } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
)

const interruption = new Interruption()
interruption.listen()
try {
  await createProgram(interruption).parseAsync()
} catch (error) {
  process.exitCode = report(error)
}

function createProgram(interruption: Interruption): Command {
  const program = new Command('celadon')
    .description('Answers capacity questions about a Heroku app by running it in virtual time.')
    .version(packageJson.version)
    .exitOverride()
    .showHelpAfterError('Run it with --help for what it accepts.')
    .addHelpText(
      'after',
      `
Examples:
  celadon init examples/shop       describe the traffic of an app
  celadon simulate examples/shop   run its day
  celadon logs run -f --speed 60   watch its log
  celadon metrics run              see what Heroku's metrics page would show
  celadon lesson dynos             see what more dynos change, and what they do not
${EXIT_CODE_HELP}`,
    )
  addSimulate(program, interruption)
  addLogs(program, interruption)
  addMetrics(program, interruption)
  addInit(program)
  addLesson(program, interruption)
  return program
}

/** Tells what went wrong, and returns the exit code. Only a fault of celadon itself shows a stack. */
function report(error: unknown): number {
  // Commander has written its own message; it throws for --help and --version too.
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.failed
  }
  if (error instanceof CommandError || error instanceof InputError) {
    process.stderr.write(`${error.message}\n`)
    return EXIT_CODES.failed
  }
  if (error instanceof CeladonError) {
    process.stderr.write(`${error.code}: ${error.message}\n`)
    return EXIT_CODES.failed
  }
  const stack = error instanceof Error ? error.stack : String(error)
  process.stderr.write(`celadon failed; this is a fault of celadon, not of its input.\n${stack}\n`)
  return EXIT_CODES.failed
}
