// `handrail screen`: what the safety screen says of each line of standard input, for operators and evaluation.
import type { Readable, Writable } from 'node:stream'
import { createScreen } from '../care/safety/screen/screen.ts'

type Streams = { readonly input: Readable; readonly output: Writable }

/** Only at line feeds: other marks that end a line for some readers may stand inside a text. */
async function* linesOf(input: Readable): AsyncIterable<string> {
  let rest = ''
  for await (const chunk of input.setEncoding('utf8')) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

export async function screenLines(
  { json = false }: { readonly json?: boolean },
  { input, output }: Streams = { input: process.stdin, output: process.stdout },
): Promise<void> {
  const screen = createScreen({ processes: 1, patience: 60_000 })
  for await (const line of linesOf(input)) {
    const verdict = await screen.screen(line)
    output.write(
      json
        ? `${JSON.stringify(verdict)}\n`
        : `${verdict.level.padEnd(8)} ${verdict.reason.padEnd(16)} ${line}\n`,
    )
  }
  await screen.close()
}
