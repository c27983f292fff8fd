import { join, resolve } from 'node:path'
import ts from 'typescript'
import { ROOT, type SourceFile, type WorkspacePackage } from '../workspace.js'

/** Source files that a package's `exports` name, for example `packages/kernel/src/index.ts`. */
export function entryPoints({ folder, manifest }: WorkspacePackage): string[] {
  return Object.values(manifest.exports ?? {}).flatMap((target) => {
    const source = typeof target === 'string' ? undefined : target['@celadon/source']
    return source === undefined ? [] : [join(folder, source)]
  })
}

/** Statements of an index that are more than a list of names taken from another module. */
export function listViolations({ path, text }: SourceFile): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  return file.statements
    .filter(
      (statement) =>
        !ts.isExportDeclaration(statement) ||
        statement.moduleSpecifier === undefined ||
        statement.exportClause === undefined ||
        !ts.isNamedExports(statement.exportClause),
    )
    .map((statement) => `${path} is more than a list of exports: ${statement.getText()}`)
}

/** Exported names without a doc comment, as `path name`. `entries` are absolute or from the root. */
export function undocumentedExports(entries: readonly string[]): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.base.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT)
  const program = ts.createProgram(
    entries.map((entry) => resolve(ROOT, entry)),
    options,
  )
  const checker = program.getTypeChecker()
  return entries.flatMap((entry) => {
    const file = program.getSourceFile(resolve(ROOT, entry))
    const module = file === undefined ? undefined : checker.getSymbolAtLocation(file)
    if (module === undefined) return [`${entry} is not a module`]
    return checker
      .getExportsOfModule(module)
      .filter((name) => documentationOf(name, checker) === '')
      .map((name) => `${entry} ${name.name}`)
  })
}

function documentationOf(name: ts.Symbol, checker: ts.TypeChecker): string {
  const isAlias = (name.flags & ts.SymbolFlags.Alias) !== 0
  const symbol = isAlias ? checker.getAliasedSymbol(name) : name
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim()
}
