import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

test.each([
  ['page', 6],
  ['chart-page', 7],
])('the scripts of %s pass the type checker', (page, scriptCount) => {
  const folder = fileURLToPath(new URL(`../src/${page}/browser`, import.meta.url))
  const file = `${folder}/tsconfig.json`
  const { config } = ts.readConfigFile(file, ts.sys.readFile)
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    config,
    ts.sys,
    folder,
    undefined,
    file,
  )
  const program = ts.createProgram(fileNames, options)
  const scripts = fileNames.map((name) => program.getSourceFile(name))
  const problems = [
    ...program.getOptionsDiagnostics(),
    ...scripts.flatMap((script) => program.getSyntacticDiagnostics(script)),
    ...scripts.flatMap((script) => program.getSemanticDiagnostics(script)),
  ].map(({ file: script, start = 0, messageText }) => {
    const line = script?.getLineAndCharacterOfPosition(start).line ?? 0
    return `${script?.fileName}:${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
  })
  expect(fileNames).toHaveLength(scriptCount)
  expect(problems).toEqual([])
})
