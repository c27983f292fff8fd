import { join } from 'node:path'
import type { PlatformOptions, RunResult } from '@celadon/platform'
import {
  createRequestTable,
  openMetrics,
  type RequestTable,
  renderReport,
  resultJson,
} from '@celadon/report'
import { makeOutputFolder, type Output, type OutputRequest, openOutputs } from './output-files.js'
import { SampleReader } from './sample-reader.js'

/** Names of the files in a run's folder. */
export const RUN_FILES = {
  log: 'app.log',
  result: 'result.json',
  report: 'report.html',
  metrics: 'metrics.txt',
  requests: 'requests.parquet',
  samples: 'samples.parquet',
} as const

type Content = keyof typeof RUN_FILES

/** Where a run is to be written: single files, a folder with all of them, or both. */
export interface RunTargets {
  readonly logs?: string
  readonly json?: string
  readonly report?: string
  readonly out?: string
}

interface ContentRequest extends OutputRequest {
  readonly content: Content
}

interface ContentOutput {
  readonly content: Content
  readonly output: Output
}

/**
 * Opens everything that a run is to be written to, and makes its folder.
 *
 * @param inputs files that were read and must not be overwritten
 * @param epochMs calendar start of the run in milliseconds since 1970, UTC
 * @param onFailure called with words for people when an output that was opened cannot be written
 * @throws CommandError when one cannot be opened, two are the same, or one is an input
 */
export function openRunOutputs(
  targets: RunTargets,
  inputs: readonly string[],
  epochMs: number,
  onFailure: (message: string) => void,
): RunOutputs {
  const { out } = targets
  if (out !== undefined) makeOutputFolder('--out', out)
  const requests = contentRequests(targets)
  const opened = openOutputs(requests, inputs, onFailure)
  const outputs = opened.flatMap((output, index): ContentOutput[] => {
    const content = requests[index]?.content
    return content === undefined ? [] : [{ content, output }]
  })
  return new RunOutputs(outputs, epochMs)
}

/** The open outputs of a run. */
export class RunOutputs {
  /** What the platform has to tell while it runs. */
  readonly listener: PlatformOptions
  private readonly log: readonly Output[]
  private readonly requests: RequestTable | null
  private readonly samples: SampleReader | null

  /** Use {@link openRunOutputs}. */
  constructor(
    private readonly outputs: readonly ContentOutput[],
    epochMs: number,
  ) {
    this.log = this.to('log')
    const [requests] = this.to('requests')
    const [samples] = this.to('samples')
    const table =
      requests === undefined
        ? null
        : createRequestTable((bytes) => requests.write(bytes), { epochMs })
    this.requests = table
    this.samples = samples === undefined ? null : new SampleReader((bytes) => samples.write(bytes))
    this.listener = table === null ? {} : { onResponse: (request) => table.append(request) }
  }

  /** Whether somebody reads the log. */
  get wantLog(): boolean {
    return this.log.length > 0
  }

  /** Takes the next lines of the log. */
  writeLog(chunk: Uint8Array): void {
    for (const output of this.log) output.write(chunk)
    this.samples?.push(chunk)
  }

  /** Writes what is known at the end only, and closes all outputs. */
  finish(result: RunResult): void {
    this.requests?.close()
    this.samples?.close()
    this.write('result', () => resultJson(result))
    this.write('report', () => renderReport(result))
    this.write('metrics', () => openMetrics(result))
    for (const { output } of this.outputs) output.close()
  }

  private write(content: Content, render: () => string): void {
    const outputs = this.to(content)
    if (outputs.length === 0) return
    const text = render()
    for (const output of outputs) output.write(text)
  }

  private to(content: Content): Output[] {
    return this.outputs.filter((one) => one.content === content).map(({ output }) => output)
  }
}

function contentRequests({ logs, json, report, out }: RunTargets): ContentRequest[] {
  const requests: ContentRequest[] = []
  const add = (content: Content, option: string, target: string | undefined): void => {
    if (target !== undefined) requests.push({ content, option, target })
  }
  add('log', '--logs', logs)
  add('result', '--json', json)
  add('report', '--report', report)
  if (out === undefined) return requests
  for (const [content, name] of Object.entries(RUN_FILES)) {
    add(content as Content, '--out', join(out, name))
  }
  return requests
}
