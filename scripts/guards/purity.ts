import { isBuiltin } from 'node:module'
import ts from 'typescript'
import type { SourceFile } from '../workspace.js'
import { importsOf } from './dependency-direction.js'

/** Names of the surroundings: wall time, chance, processes, files, network, locale. */
const FORBIDDEN_GLOBALS: ReadonlySet<string> = new Set([
  ...['Date', 'Temporal', 'performance', 'Intl'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame'],
  ...[
    'process',
    'Buffer',
    'console',
    'require',
    'module',
    '__dirname',
    '__filename',
    'Deno',
    'Bun',
  ],
  ...['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Worker', 'crypto'],
  ...['window', 'document', 'navigator', 'location', 'localStorage', 'sessionStorage', 'indexedDB'],
  ...['globalThis', 'global', 'self', 'eval', 'Function', 'Atomics', 'SharedArrayBuffer'],
])

/** Members whose result depends on chance or on the reader's language. */
const FORBIDDEN_MEMBERS: ReadonlySet<string> = new Set([
  ...['random', 'localeCompare', 'toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'],
  ...['toLocaleUpperCase', 'toLocaleLowerCase'],
])

/**
 * Uses of the surroundings in source files, as `path:line name`. It resolves names, so a parameter
 * that is called `process` is fine; comments and strings are not looked at.
 */
export function impurities(sources: readonly SourceFile[]): string[] {
  const program = programOf(sources)
  const checker = program.getTypeChecker()
  const found: string[] = []
  for (const { path, text } of sources) {
    for (const specifier of importsOf(text)) {
      if (isBuiltin(specifier)) found.push(`${path} imports ${specifier}`)
    }
    const file = program.getSourceFile(path)
    if (file === undefined) throw new Error(`${path} was not parsed`)
    const visit = (node: ts.Node): void => {
      const name = impureName(node, checker)
      if (name !== null) {
        const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
        found.push(`${path}:${line + 1} ${name}`)
      }
      ts.forEachChild(node, visit)
    }
    visit(file)
  }
  return found
}

/** A program without library and without resolution of imports: what it cannot resolve is global. */
function programOf(sources: readonly SourceFile[]): ts.Program {
  const options: ts.CompilerOptions = { noLib: true, noResolve: true, types: [], allowJs: true }
  const texts = new Map(sources.map(({ path, text }) => [path, text]))
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    getSourceFile: (path, version) => {
      const text = texts.get(path)
      return text === undefined ? undefined : ts.createSourceFile(path, text, version, true)
    },
  }
  return ts.createProgram([...texts.keys()], options, host)
}

function impureName(node: ts.Node, checker: ts.TypeChecker): string | null {
  if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
    return 'import.meta'
  }
  if (!ts.isIdentifier(node)) return null
  if (isMemberName(node)) {
    if (!FORBIDDEN_MEMBERS.has(node.text)) return null
    return ts.isPropertyAccessExpression(node.parent) ? node.parent.getText() : node.text
  }
  if (!FORBIDDEN_GLOBALS.has(node.text)) return null
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node)
  return (symbol?.declarations ?? []).length === 0 ? node.text : null
}

/** True for the name after a dot and for a name that is destructured out of an object. */
function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node
  if (ts.isQualifiedName(parent)) return parent.right === node
  return ts.isBindingElement(parent) && (parent.propertyName ?? parent.name) === node
}
