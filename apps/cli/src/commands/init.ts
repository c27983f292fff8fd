import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { draftCeladonYml } from '@celadon/platform/files'
import type { Command } from 'commander'
import { FILE_NAMES, readAppFolder } from '../app-folder.js'
import { CommandError } from '../command-error.js'
import { EXIT_CODE_HELP } from '../exit-codes.js'
import { openOutputs } from '../output-files.js'

interface InitOptions {
  readonly force?: boolean
}

/** Adds `celadon init`. */
export function addInit(program: Command): void {
  program
    .command('init')
    .summary('write a celadon.yml to start from')
    .description(
      'Writes a celadon.yml that fits the Procfile and the app.json in DIR: traffic and work of ' +
        'the app, with guesses to replace.',
    )
    .argument('[DIR]', 'folder of the app', '.')
    .option('--force', 'overwrite a celadon.yml that is there')
    .addHelpText(
      'after',
      `
Example:
  celadon init . && celadon simulate .
${EXIT_CODE_HELP}`,
    )
    .action(init)
}

function init(folder: string, options: InitOptions): void {
  const path = join(folder, FILE_NAMES.celadonYml)
  const { sources } = readAppFolder(folder)
  if (existsSync(path) && options.force !== true) {
    throw new CommandError(`${path}: is there already; --force overwrites it`)
  }
  const text = draftCeladonYml(sources)
  for (const output of openOutputs([{ option: 'init', target: path }], [], fail)) {
    output.write(text)
    output.close()
  }
  process.stdout.write(`Wrote ${path}. Replace its guesses, then run: celadon simulate ${folder}\n`)
}

function fail(message: string): never {
  throw new CommandError(message)
}
